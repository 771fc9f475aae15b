/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_support.c - see the header.
 */
#include "core/spool/spool_support.h"

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "spool/spool_dir.h"
#include "spool/spool_file.h"

char spool_test_dir[PATH_MAX];

static void end(void)
{
	spool_test_end();
}

void spool_test_begin(void)
{
	const char *tmp = getenv("TMPDIR");

	if (*spool_test_dir)
		spool_test_end();
	else
		atexit(end);

	snprintf(spool_test_dir, sizeof spool_test_dir, "%s/spool-test.XXXXXX", tmp ? tmp : "/tmp");
	ck_assert_ptr_nonnull(mkdtemp(spool_test_dir));
}

static void each(void (*see)(const char *path, const char *name, void *arg), void *arg)
{
	char path[PATH_MAX];
	DIR *stream = opendir(spool_test_dir);
	const struct dirent *entry;

	while (stream && (entry = readdir(stream))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (snprintf(path, sizeof path, "%s/%s", spool_test_dir, entry->d_name) < (int)sizeof path)
			see(path, entry->d_name, arg);
	}
	if (stream)
		closedir(stream);
}

static void remove_one(const char *path, const char *name, void *arg)
{
	(void)name, (void)arg;
	remove(path);
}

void spool_test_end(void)
{
	chmod(spool_test_dir, 0700);
	each(remove_one, NULL);
	rmdir(spool_test_dir);
}

int spool_test_open(void)
{
	const char *why;
	const int dir = spool_dir_open(spool_test_dir, false, &why);

	ck_assert_int_ge(dir, 0);
	return dir;
}

struct spool_record spool_test_record(const char *exporter, const char *request)
{
	struct spool_record record = {
		.signal = 1, .items = 3, .data = (const uint8_t *)request, .len = strlen(request), .stored_ms = 1};

	snprintf(record.exporter, sizeof record.exporter, "%s", exporter);
	return record;
}

struct spool_name spool_test_name(const struct spool_record *record, uint32_t number, uint64_t stored_ms)
{
	uint8_t head[SPOOL_HEAD_MAX];

	return (struct spool_name){.stored_ms = stored_ms,
				   .origin = 0xabc,
				   .number = number,
				   .exporter = spool_exporter_number(record->exporter),
				   .signal = record->signal,
				   .items = record->items,
				   .bytes = spool_record_head(record, head) + record->len,
				   .state = SPOOL_FREE};
}

struct spool_name spool_test_store(const char *request, uint32_t number, uint64_t stored_ms)
{
	const struct spool_record record = spool_test_record("otlp", request);
	const struct spool_name name = spool_test_name(&record, number, stored_ms);
	uint8_t head[SPOOL_HEAD_MAX];
	const size_t head_len = spool_record_head(&record, head);
	const int dir = spool_test_open();

	ck_assert_int_eq(spool_file_write(dir, &name, 1, head, head_len, &record), 0);
	close(dir);
	return name;
}

struct counted {
	const char *suffix;
	unsigned count;
};

static void count_one(const char *path, const char *name, void *arg)
{
	struct counted *counted = arg;
	const size_t len = strlen(name), suffix = strlen(counted->suffix);

	(void)path;
	counted->count += len >= suffix && strcmp(name + len - suffix, counted->suffix) == 0;
}

unsigned spool_test_count(const char *suffix)
{
	struct counted counted = {.suffix = suffix};

	each(count_one, &counted);
	return counted.count;
}

void spool_test_in_killed_child(void (*run)(void))
{
	int status;
	const pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		run();
		kill(getpid(), SIGKILL);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

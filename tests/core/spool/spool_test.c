/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_test.c - the spool of a process, and of several.
 */
#include "spool/spool.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/spool/spool_support.h"
#include "support/child.h"
#include "support/suite.h"
#include "util/diag.h"

static uint32_t expired;
static char line[600]; /* the last that was said */
static unsigned lines;

static void on_expired(const struct spool_name *name)
{
	expired += name->items;
}

static void hear(enum diag_level level, const char *text)
{
	(void)level;
	snprintf(line, sizeof line, "%s", text);
	lines++;
}

static void set_up(const char *directory, uint64_t max_bytes, uint64_t max_age_ms)
{
	spool_setup(&(struct spool_options){.directory = directory,
					    .origin = "TEST",
					    .quota = {.max_bytes = max_bytes, .max_age_ms = max_age_ms},
					    .on_expired = on_expired});
}

static void setup(void)
{
	spool_end();
	spool_test_begin();
	diag_listen(hear);
	expired = 0;
	lines = 0;
	*line = '\0';
	set_up(spool_test_dir, 1 << 20, 0);
}

static bool store(const char *exporter, const char *request, bool hold, struct spool_name *file)
{
	struct spool_record record = spool_test_record(exporter, request);

	return spool_store(&record, hold, file);
}

/* The request of the next one; "" if there is none. */
static const char *next(const char *exporter, struct spool_name *file)
{
	static char request[64];
	struct spool_record record;
	uint8_t *memory;

	if (!spool_next(exporter, 1, file, &record, &memory))
		return "";
	snprintf(request, sizeof request, "%.*s", (int)record.len, (const char *)record.data);
	free(memory);
	return request;
}

START_TEST(without_a_directory_there_is_none)
{
	struct spool_name file;

	set_up(NULL, 1, 1);
	ck_assert(!spool_is_on());
	ck_assert(!store("otlp", "a", false, &file));
	ck_assert_str_eq(next("otlp", &file), "");
	set_up("", 1, 1);
	ck_assert(!spool_is_on());
	spool_setup(NULL);
	ck_assert(!spool_is_on());
}
END_TEST

START_TEST(nothing_is_made_before_it_is_needed)
{
	char path[PATH_MAX + 8];
	struct spool_name file;

	snprintf(path, sizeof path, "%s/d", spool_test_dir);
	set_up(path, 1 << 20, 0);
	ck_assert_str_eq(next("otlp", &file), "");
	ck_assert_int_ne(access(path, F_OK), 0);
	ck_assert_uint_eq(lines, 0);
}
END_TEST

START_TEST(a_relative_directory_stays_where_it_was)
{
	struct spool_name file;
	char here[PATH_MAX], above[PATH_MAX + 3];

	ck_assert_ptr_nonnull(getcwd(here, sizeof here));
	snprintf(above, sizeof above, "%s/..", spool_test_dir);
	ck_assert_int_eq(chdir(above), 0);
	set_up(strrchr(spool_test_dir, '/') + 1, 1 << 20, 0);
	ck_assert_int_eq(chdir("/"), 0);
	ck_assert(store("otlp", "a", false, &file));
	ck_assert_uint_eq(spool_test_count(".batch"), 1);
	ck_assert_int_eq(chdir(here), 0);
}
END_TEST

START_TEST(what_was_stored_comes_back_oldest_first_and_once)
{
	struct spool_name files[4], file;

	ck_assert(store("otlp", "a", false, &files[0]));
	ck_assert(store("console", "x", false, &files[3]));
	ck_assert(store("otlp", "b", false, &files[1]));
	ck_assert(store("otlp", "c", false, &files[2]));
	ck_assert(spool_is_own(&files[0]));
	for (const char *want = "abc"; *want; want++) {
		ck_assert_int_eq(next("otlp", &file)[0], *want);
		spool_remove(&file);
	}
	ck_assert_str_eq(next("otlp", &file), "");
	ck_assert_str_eq(next("console", &file), "x");
	ck_assert_str_eq(next("console", &file), "");
	spool_release(&file);
	ck_assert_uint_eq(spool_test_count(".held"), 0);
	ck_assert_str_eq(next("console", &file), "x");
}
END_TEST

START_TEST(other_signals_are_left)
{
	struct spool_record record = spool_test_record("otlp", "a");
	struct spool_name file;

	record.signal = 2;
	ck_assert(spool_store(&record, false, &file));
	ck_assert_str_eq(next("otlp", &file), "");
}
END_TEST

START_TEST(what_is_held_is_not_for_others_until_it_is_let_go)
{
	struct spool_name file, other;

	ck_assert(store("otlp", "a", true, &file));
	ck_assert_str_eq(next("otlp", &other), "");
	ck_assert(spool_hold(&file));
	spool_release(&file);
	ck_assert_int_eq(file.state, SPOOL_FREE);
	ck_assert_str_eq(next("otlp", &other), "a");
}
END_TEST

static void hold_one(void)
{
	struct spool_name file;

	spool_fork_child();
	ck_assert(store("otlp", "a", true, &file));
}

START_TEST(what_a_killed_process_held_comes_back)
{
	struct spool_name file;

	spool_test_in_killed_child(hold_one);
	ck_assert_uint_eq(spool_test_count(".held"), 1);
	ck_assert_uint_eq(spool_test_count(".lease"), 1);
	ck_assert_str_eq(next("otlp", &file), "a");
	ck_assert(!spool_is_own(&file));
	ck_assert_uint_eq(spool_test_count(".lease"), 1); /* ours; the other one is swept away */
}
END_TEST

START_TEST(a_child_neither_frees_nor_takes_what_its_parent_holds)
{
	struct spool_name file;
	int status;

	ck_assert(store("otlp", "a", true, &file));
	const pid_t pid = fork();
	if (pid == 0) {
		struct spool_name got;
		spool_fork_child();
		if (*next("otlp", &got) || spool_is_own(&file))
			child_leave(1);
		if (!store("otlp", "b", false, &got) || got.origin == file.origin)
			child_leave(2);
		spool_end();
		child_leave(0);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	ck_assert(spool_hold(&file));
	ck_assert_uint_eq(spool_test_count(".lease"), 1);
	struct spool_name got;
	ck_assert_str_eq(next("otlp", &got), "b");
}
END_TEST

/* Closes what this process has open, as a program that becomes a daemon does. */
static void close_high_descriptors(void)
{
	for (int fd = 64; fd < 256; fd++)
		close(fd);
}

START_TEST(a_lost_lease_is_made_good_if_nobody_was_faster)
{
	struct spool_name file;

	ck_assert(store("otlp", "a", true, &file));
	const uint64_t owner = file.owner;
	close_high_descriptors();
	ck_assert(spool_hold(&file));
	ck_assert_uint_ne(file.owner, owner);
	struct spool_name other;
	ck_assert_str_eq(next("otlp", &other), "");
}
END_TEST

START_TEST(otherwise_it_is_the_others)
{
	struct spool_name file;
	int status;

	ck_assert(store("otlp", "a", true, &file));
	close_high_descriptors();
	const pid_t pid = fork();
	if (pid == 0) {
		struct spool_name got;
		spool_fork_child();
		if (strcmp(next("otlp", &got), "a") != 0)
			child_leave(1);
		spool_remove(&got);
		child_leave(0);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	ck_assert(!spool_hold(&file));
}
END_TEST

START_TEST(the_quota_is_for_all_processes_together)
{
	struct spool_name file;

	set_up(spool_test_dir, 400, 0);
	for (int i = 0; i < 4; i++)
		spool_test_store("of another process, of some length", (uint32_t)i, 1);
	ck_assert(!store("otlp", "a request that is one too many for this spool", false, &file));
	ck_assert_ptr_nonnull(strstr(line, "[spool] max_bytes"));
	ck_assert(!store("otlp", "so soon it is not even tried", false, &file));
	ck_assert_uint_eq(lines, 1);
	ck_assert_uint_eq(spool_test_count(".batch"), 4);
}
END_TEST

START_TEST(what_is_delivered_makes_room_at_once)
{
	struct spool_name file;

	set_up(spool_test_dir, 150, 0);
	for (int i = 0; i < 50; i++) {
		ck_assert(store("otlp", "one of these fits, but no two of them", false, &file));
		spool_remove(&file);
	}
}
END_TEST

START_TEST(what_is_too_old_is_dropped_and_told)
{
	struct spool_name file;

	set_up(spool_test_dir, 1 << 20, 60000);
	spool_test_store("old", 1, 1000);
	ck_assert(store("otlp", "new", false, &file));
	ck_assert_str_eq(next("otlp", &file), "new");
	ck_assert_uint_eq(expired, 3);
	ck_assert_uint_eq(spool_test_count(".batch"), 0);
}
END_TEST

START_TEST(a_damaged_one_is_left_aside_with_a_line_and_the_next_one_comes)
{
	struct spool_name file;
	const struct spool_name torn = spool_test_store("torn", 1, 1);
	char name[SPOOL_FILE_NAME_MAX];
	const int dir = spool_test_open();

	spool_name_write(&torn, name);
	const int fd = openat(dir, name, O_WRONLY | O_CLOEXEC);
	ck_assert_int_eq(ftruncate(fd, 30), 0);
	close(fd);
	close(dir);
	spool_test_store("good", 2, 2);
	ck_assert_str_eq(next("otlp", &file), "good");
	ck_assert_uint_eq(spool_test_count(".bad"), 1);
	ck_assert_ptr_nonnull(strstr(line, "is left aside: it is cut off"));
	ck_assert_str_eq(next("otlp", &file), "");
}
END_TEST

START_TEST(one_that_cannot_be_used_is_told_once)
{
	struct spool_name file;

	chmod(spool_test_dir, 0755);
	ck_assert(!store("otlp", "a", false, &file));
	ck_assert_ptr_nonnull(strstr(line, "cannot be used: others may enter it; allowed: mode 0700"));
	ck_assert(!store("otlp", "a", false, &file));
	ck_assert_uint_eq(lines, 1);
}
END_TEST

START_TEST(it_is_tried_again_after_a_while)
{
	struct spool_name file;
	bool is_stored = false;

	chmod(spool_test_dir, 0755);
	ck_assert(!store("otlp", "a", false, &file));
	chmod(spool_test_dir, 0700);
	for (int i = 0; !is_stored && i < 1000; i++) {
		nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
		is_stored = store("otlp", "a", false, &file);
	}
	ck_assert(is_stored);
}
END_TEST

START_TEST(a_limit_on_file_sizes_is_like_a_full_disk)
{
	struct spool_name file;
	struct rlimit before, small;

	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 40;
	const int limited = setrlimit(RLIMIT_FSIZE, &small); /* check's notes are files, too */
	const bool is_stored = store("otlp", "a", false, &file);
	setrlimit(RLIMIT_FSIZE, &before);
	ck_assert_int_eq(limited, 0);
	ck_assert(!is_stored);
	ck_assert_ptr_nonnull(strstr(line, "File too large"));
}
END_TEST

enum { WORKERS = 4, EACH = 40 };

/* Takes all that it gets; how many that were. */
static int take_all(void)
{
	struct spool_name file;
	int taken = 0;

	spool_fork_child();
	while (*next("otlp", &file)) {
		spool_remove(&file);
		taken++;
	}
	return taken;
}

START_TEST(many_processes_share_what_is_there)
{
	pid_t pids[WORKERS];
	int all = 0, status;

	for (uint32_t i = 0; i < EACH; i++)
		spool_test_store("request", i, i);
	for (int i = 0; i < WORKERS; i++) {
		pids[i] = fork();
		if (pids[i] == 0)
			child_leave(take_all());
	}
	for (int i = 0; i < WORKERS; i++) {
		ck_assert_int_eq(waitpid(pids[i], &status, 0), pids[i]);
		ck_assert(WIFEXITED(status));
		all += WEXITSTATUS(status);
	}
	ck_assert_int_eq(all, EACH);
	ck_assert_uint_eq(spool_test_count(".batch") + spool_test_count(".held") + spool_test_count(".bad"), 0);
}
END_TEST

SUITE_MAIN("spool", setup, {without_a_directory_there_is_none, 0}, {nothing_is_made_before_it_is_needed, 0},
	   {a_relative_directory_stays_where_it_was, 0}, {what_was_stored_comes_back_oldest_first_and_once, 0},
	   {other_signals_are_left, 0}, {what_is_held_is_not_for_others_until_it_is_let_go, 0},
	   {what_a_killed_process_held_comes_back, 0}, {a_child_neither_frees_nor_takes_what_its_parent_holds, 0},
	   {a_lost_lease_is_made_good_if_nobody_was_faster, 0}, {otherwise_it_is_the_others, 0},
	   {the_quota_is_for_all_processes_together, 0}, {what_is_delivered_makes_room_at_once, 0},
	   {what_is_too_old_is_dropped_and_told, 0},
	   {a_damaged_one_is_left_aside_with_a_line_and_the_next_one_comes, 0},
	   {one_that_cannot_be_used_is_told_once, 0}, {it_is_tried_again_after_a_while, 0},
	   {a_limit_on_file_sizes_is_like_a_full_disk, 0}, {many_processes_share_what_is_there, 0})

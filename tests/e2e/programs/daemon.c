/* SPDX-License-Identifier: Apache-2.0
 *
 * daemon.c - a host that leaves the place it was started in, and closes what it did not open itself.
 *
 *     daemon detach | close | chroot DIRECTORY
 *
 * detach: forks twice, then closes every descriptor, 0 to 2 included. close: the same without a fork, while the SDK has
 * a connection open. Both then open files of DIRECTORY on all numbers that were open before, and say in
 * DIRECTORY/result what became of them. chroot: to the empty DIRECTORY. 20 spans before, 50 after.
 */
#include <dirent.h>
#include <fcntl.h>
#include <otel/otel.h>
#include <otel/sdk.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	NUMBERS_MAX = 2048,
	OF_A_CONNECTION =
		3, /* the least that the SDK has open beside the host: the socket, and what its thread waits with */
};

static const char *directory;
static int numbers[NUMBERS_MAX];
static int number_count;
static struct stat ours[NUMBERS_MAX];

static int make(int n, const char *name)
{
	for (int i = 0; i < n; i++)
		otel_span_end(otel_span_start(otel_tracer("daemon", "1"), name));
	return otel_sdk_flush(30000) == OTEL_OK;
}

/* Which are open. */
static void note_numbers(void)
{
	DIR *dir = opendir("/proc/self/fd");
	const struct dirent *entry;

	number_count = 0;
	while (dir && (entry = readdir(dir)) && number_count < NUMBERS_MAX)
		if (entry->d_name[0] != '.' && atoi(entry->d_name) != dirfd(dir))
			numbers[number_count++] = atoi(entry->d_name);
	if (dir)
		closedir(dir);
}

static int take_number(int number, struct stat *st)
{
	char path[4096];
	int fd;

	snprintf(path, sizeof path, "%s/file.%d", directory, number);
	fd = open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
	if (fd < 0 || (fd != number && (dup2(fd, number) < 0 || close(fd))))
		return 0;
	return fstat(number, st) == 0;
}

/* The last first: open() takes the lowest number, which must not be one that is to be had later. */
static int swap_descriptors(void)
{
	close_range(0, ~0U, 0);
	for (int i = number_count; i-- > 0;)
		if (!take_number(numbers[i], &ours[i]))
			return 0;
	return 1;
}

static const char *look_at_files(void)
{
	struct stat st;

	for (int i = 0; i < number_count; i++) {
		if (fstat(numbers[i], &st))
			return "a file of the host was closed";
		if (st.st_ino != ours[i].st_ino || st.st_dev != ours[i].st_dev)
			return "a file of the host was replaced";
		if (st.st_size || lseek(numbers[i], 0, SEEK_CUR))
			return "a file of the host was written to or read";
	}
	return "untouched";
}

static void say(const char *result)
{
	char path[4096], final[4096];
	FILE *file;

	snprintf(path, sizeof path, "%s/writing", directory);
	snprintf(final, sizeof final, "%s/result", directory);
	file = fopen(path, "w");
	if (!file)
		_exit(9);
	fprintf(file, "%s\n", result);
	fclose(file);
	rename(path, final);
}

static int live_on(void)
{
	if (!swap_descriptors())
		say("the files could not be opened");
	else if (!make(50, "after"))
		say("what ended afterwards could not be flushed");
	else if (otel_sdk_stop(30000) != OTEL_OK)
		say("the SDK could not be stopped");
	else
		say(look_at_files());
	return 0;
}

static int detach(void)
{
	if (fork())
		_exit(0);
	setsid();
	if (fork())
		_exit(0);
	return live_on();
}

int main(int argc, char **argv)
{
	int inherited;

	directory = argc > 2 ? argv[2] : "/nonexistent";
	note_numbers();
	inherited = number_count;
	if (argc < 3 || otel_sdk_start(NULL) != OTEL_OK)
		return 2;
	if (!strcmp(argv[1], "chroot"))
		return chroot(directory) || chdir("/") || !make(50, "after");
	if (!make(20, "before"))
		return 3;
	note_numbers();
	if (number_count < inherited + OF_A_CONNECTION)
		return 4;
	return !strcmp(argv[1], "detach") ? detach() : live_on();
}

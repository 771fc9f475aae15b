/* SPDX-License-Identifier: Apache-2.0
 *
 * standard_output_test.c - descriptor 1 as programs leave it.
 */
#include "plugins/otlp_file/standard_output.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/suite.h"

static int real_stdout = -1;

/* Descriptor 1 becomes `fd` (-1: closed), and the real one again in back(). */
static void swap(int fd)
{
	fflush(stdout);
	real_stdout = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 100);
	if (fd < 0)
		close(STDOUT_FILENO);
	else
		dup2(fd, STDOUT_FILENO);
}

static void back(void)
{
	dup2(real_stdout, STDOUT_FILENO);
	close(real_stdout);
}

static const char *write_to(int at_start, int now, const char *line)
{
	struct standard_output output;
	const char *why;

	swap(at_start);
	standard_output_note(&output);
	back();
	swap(now);
	why = standard_output_write(&output, (const uint8_t *)line, strlen(line));
	back();
	return why;
}

START_TEST(a_line_goes_out_as_it_is)
{
	char got[10] = "";
	int ends[2];

	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	ck_assert_ptr_null(write_to(ends[1], ends[1], "line\n"));
	ck_assert_int_eq(read(ends[0], got, sizeof got), 5);
	ck_assert_str_eq(got, "line\n");
	close(ends[0]);
	close(ends[1]);
}
END_TEST

START_TEST(a_pipe_or_terminal_may_take_its_place_later_but_no_file_of_the_program)
{
	const int file = memfd_create("theirs", MFD_CLOEXEC), other = memfd_create("log", MFD_CLOEXEC);
	int ends[2], sockets[2];

	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets), 0);
	ck_assert_ptr_null(write_to(file, file, "a\n"));
	ck_assert_ptr_null(write_to(file, ends[1], "a\n"));
	ck_assert_ptr_nonnull(write_to(file, other, "a\n"));
	ck_assert_ptr_nonnull(write_to(-1, file, "a\n"));
	ck_assert_ptr_nonnull(write_to(ends[1], sockets[1], "a\n"));
	ck_assert_ptr_nonnull(write_to(file, -1, "a\n"));
	ck_assert_int_eq(lseek(other, 0, SEEK_END), 0);
	close(file);
	close(other);
	close(ends[0]);
	close(ends[1]);
	close(sockets[0]);
	close(sockets[1]);
}
END_TEST

START_TEST(what_cannot_be_written_is_told)
{
	const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
	int ends[2];

	ck_assert_str_eq(write_to(full, full, "a\n"), "No space left on device");
	close(full);
	signal(SIGPIPE, SIG_IGN);
	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	close(ends[0]);
	ck_assert_str_eq(write_to(ends[1], ends[1], "a\n"), "Broken pipe");
	close(ends[1]);
}
END_TEST

enum { LINES = 50, LINE = 100000 };

static struct standard_output shared;

static void *write_lines(void *letter)
{
	static _Thread_local uint8_t line[LINE];
	const char *why = NULL;

	memset(line, *(const char *)letter, sizeof line - 1);
	line[sizeof line - 1] = '\n';
	for (int i = 0; i < LINES && !why; i++)
		why = standard_output_write(&shared, line, sizeof line);
	return (void *)(uintptr_t)why;
}

START_TEST(lines_of_several_threads_do_not_mix)
{
	static char letters[] = "ab", got[LINE];
	pthread_t threads[2];
	size_t counts[2] = {0};
	int ends[2];
	FILE *reader;
	void *why;

	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	reader = fdopen(ends[0], "r");
	swap(ends[1]);
	standard_output_note(&shared);
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, write_lines, &letters[i]);
	for (int i = 0; i < 2 * LINES && fread(got, 1, sizeof got, reader) == sizeof got; i++)
		for (int k = 0; k < 2; k++)
			counts[k] += strspn(got, (const char[]){letters[k], '\0'}) == LINE - 1 && got[LINE - 1] == '\n';
	for (int i = 0; i < 2; i++) {
		pthread_join(threads[i], &why);
		counts[i] += why ? LINES : 0;
	}
	back();
	ck_assert_uint_eq(counts[0], LINES);
	ck_assert_uint_eq(counts[1], LINES);
	fclose(reader);
	close(ends[1]);
}
END_TEST

START_TEST(behind_half_a_line_the_next_one_begins_anew)
{
	const int file = memfd_create("small", MFD_CLOEXEC);
	struct rlimit before, small;
	const char *why;
	char got[10] = "";

	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = (struct rlimit){4, before.rlim_max};
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
	why = write_to(file, file, "abcdef\n");
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
	ck_assert_str_eq(why, "File too large");
	ck_assert_ptr_null(write_to(file, file, "g\n"));
	ck_assert_ptr_null(write_to(file, file, "h\n"));
	ck_assert_int_eq(pread(file, got, sizeof got, 0), 9);
	ck_assert_mem_eq(got, "abcd\ng\nh\n", 9);
	close(file);
}
END_TEST

SUITE_MAIN("standard_output", NULL, {a_line_goes_out_as_it_is, 0},
	   {a_pipe_or_terminal_may_take_its_place_later_but_no_file_of_the_program, 0},
	   {what_cannot_be_written_is_told, 0}, {behind_half_a_line_the_next_one_begins_anew, 0},
	   {lines_of_several_threads_do_not_mix, 0})

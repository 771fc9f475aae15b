/* SPDX-License-Identifier: Apache-2.0
 *
 * standard_output_test.c - descriptor 1 as programs leave it.
 */
#include "plugins/otlp_file/standard_output.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
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

SUITE_MAIN("standard_output", NULL, {a_line_goes_out_as_it_is, 0},
	   {a_pipe_or_terminal_may_take_its_place_later_but_no_file_of_the_program, 0},
	   {what_cannot_be_written_is_told, 0})

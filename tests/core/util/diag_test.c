/* SPDX-License-Identifier: Apache-2.0
 *
 * diag_test.c - what the operator gets to read. Every case runs in a child whose fd 2 is a pipe.
 */
#include "util/diag.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/suite.h"

static char output[64 * 1024];

/* Runs body() in a child, puts what it wrote to fd 2 into `output`, and gives its wait status. */
static int run(void (*body)(void))
{
	int fds[2];
	int status;
	size_t len = 0;
	ssize_t got;
	pid_t pid;

	ck_assert_int_eq(pipe(fds), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (!pid) {
		dup2(fds[1], STDERR_FILENO);
		close(fds[0]);
		close(fds[1]);
		body();
		_exit(0);
	}
	close(fds[1]);
	while ((got = read(fds[0], output + len, sizeof(output) - 1 - len)) > 0)
		len += (size_t)got;
	output[len] = 0;
	close(fds[0]);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return status;
}

static size_t lines(void)
{
	size_t count = 0;

	for (const char *p = output; *p; p++)
		count += *p == '\n';
	return count;
}

static void two_problems_twice(void)
{
	for (int i = 0; i < 2; i++) {
		diag(DIAG_WARN, "%s: %d", "a", 1);
		diag(DIAG_ERROR, "b");
		diag(DIAG_INFO, "not at this level");
	}
}

START_TEST(a_problem_is_one_line_once)
{
	ck_assert_int_eq(run(two_problems_twice), 0);
	ck_assert_str_eq(output, "otel-c: a: 1\notel-c: b\n");
}
END_TEST

static void hear_line(enum diag_level level, const char *line)
{
	dprintf(STDERR_FILENO, "%d <%s>\n", (int)level, line);
}

static void to_a_listener(void)
{
	diag_listen(hear_line);
	diag(DIAG_WARN, "a\nb");
	diag(DIAG_WARN, "a\nb");
	diag(DIAG_INFO, "not at this level");
	diag_listen(NULL);
	diag(DIAG_ERROR, "c");
}

START_TEST(a_listener_hears_what_would_be_printed)
{
	ck_assert_int_eq(run(to_a_listener), 0);
	ck_assert_str_eq(output, "2 <a?b>\notel-c: c\n");
}
END_TEST

static void at_levels(void)
{
	diag_setup(NULL, DIAG_DEBUG);
	diag(DIAG_DEBUG, "debug");
	diag_setup(NULL, DIAG_ERROR);
	diag(DIAG_WARN, "warn");
	diag(DIAG_ERROR, "error");
	diag_setup(NULL, DIAG_NONE);
	diag(DIAG_ERROR, "silent");
	if (diag_enabled(DIAG_ERROR) || diag_enabled(DIAG_NONE))
		_exit(1);
}

START_TEST(the_level_says_what_is_shown)
{
	ck_assert_int_eq(run(at_levels), 0);
	ck_assert_str_eq(output, "otel-c: debug\notel-c: error\n");
}
END_TEST

static void hostile_text(void)
{
	diag(DIAG_WARN, "a\nb\x1b[2Jc\x7f\xff\xc2\x9b z\xc3\xa9");
}

static void problems_that_nobody_sees(void)
{
	diag_setup(NULL, DIAG_NONE);
	if (*diag_last())
		_exit(1);
	diag(DIAG_WARN, "the first of two");
	diag(DIAG_ERROR, "the second\nof two");
	diag(DIAG_INFO, "no problem");
	if (strcmp(diag_last(), "the second?of two") != 0)
		_exit(2);
	diag(DIAG_WARN, "the first of two");
	if (strcmp(diag_last(), "the first of two") != 0)
		_exit(3);
}

START_TEST(the_newest_problem_is_kept_even_if_it_was_not_shown)
{
	ck_assert_int_eq(run(problems_that_nobody_sees), 0);
	ck_assert_str_eq(output, "");
}
END_TEST

START_TEST(control_characters_and_broken_utf8_do_not_get_out)
{
	ck_assert_int_eq(run(hostile_text), 0);
	ck_assert_str_eq(output, "otel-c: a?b?[2Jc?\xef\xbf\xbd?? z\xc3\xa9\n");
}
END_TEST

static void long_text(void)
{
	static char text[5000];

	memset(text, 'x', sizeof(text) - 1);
	diag(DIAG_WARN, "%s", text);
	memset(text, 0xff, sizeof(text) - 1);
	diag(DIAG_WARN, "%s", text);
}

START_TEST(a_long_line_is_cut)
{
	ck_assert_int_eq(run(long_text), 0);
	ck_assert_uint_eq(lines(), 2);
	ck_assert_uint_lt(strlen(output), 2200);
	ck_assert_ptr_nonnull(strstr(output, "xxx...\n"));
}
END_TEST

static void many_problems(void)
{
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 300; i++)
			diag(DIAG_WARN, "problem %d", i);
}

START_TEST(after_256_problems_one_line_says_so)
{
	ck_assert_int_eq(run(many_problems), 0);
	ck_assert_uint_eq(lines(), 257);
	ck_assert_ptr_nonnull(strstr(output, "otel-c: problem 255\notel-c: too many different problems"));
	ck_assert_ptr_null(strstr(output, "problem 256\n"));
}
END_TEST

static void fd_reused(void)
{
	const struct otel_boot *boot = otel_boot_take();
	int keep = dup(STDERR_FILENO);

	diag_setup(boot, DIAG_WARN);
	diag(DIAG_WARN, "seen");
	dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);
	diag(DIAG_WARN, "to somebody else's file");
	close(STDERR_FILENO);
	diag(DIAG_WARN, "to nothing");
	dup2(keep, STDERR_FILENO);
	diag(DIAG_WARN, "seen again");
}

START_TEST(a_reused_fd_2_gets_nothing)
{
	ck_assert_int_eq(run(fd_reused), 0);
	ck_assert_str_eq(output, "otel-c: seen\notel-c: seen again\n");
}
END_TEST

static void fd_closed_at_load(void)
{
	static struct otel_boot boot = {.size = sizeof(boot)};

	diag_setup(&boot, DIAG_WARN);
	diag(DIAG_WARN, "nobody asked for this");
}

START_TEST(a_program_started_without_fd_2_gets_nothing)
{
	ck_assert_int_eq(run(fd_closed_at_load), 0);
	ck_assert_str_eq(output, "");
}
END_TEST

static void reader_gone(void)
{
	int fds[2];
	sigset_t pending;

	if (pipe(fds))
		_exit(2);
	close(fds[0]);
	dup2(fds[1], STDERR_FILENO);
	signal(SIGPIPE, SIG_DFL);
	errno = ENOTTY;
	diag(DIAG_WARN, "to nobody");
	if (errno != ENOTTY)
		_exit(3);
	if (sigpending(&pending) || sigismember(&pending, SIGPIPE))
		_exit(4);
	sigprocmask(SIG_SETMASK, NULL, &pending);
	if (sigismember(&pending, SIGPIPE))
		_exit(5);
}

START_TEST(a_pipe_without_a_reader_does_not_kill_the_host)
{
	ck_assert_int_eq(run(reader_gone), 0);
}
END_TEST

static void sigpipe_pending(void)
{
	int fds[2];
	sigset_t set;

	if (pipe(fds))
		_exit(2);
	close(fds[0]);
	dup2(fds[1], STDERR_FILENO);
	sigemptyset(&set);
	sigaddset(&set, SIGPIPE);
	sigprocmask(SIG_BLOCK, &set, NULL);
	raise(SIGPIPE);
	diag(DIAG_WARN, "to nobody");
	if (sigpending(&set) || !sigismember(&set, SIGPIPE))
		_exit(3);
}

START_TEST(the_hosts_own_pending_sigpipe_stays_pending)
{
	ck_assert_int_eq(run(sigpipe_pending), 0);
}
END_TEST

static void full_pipe(void)
{
	static char junk[4096];
	int fds[2];

	if (pipe(fds))
		_exit(2);
	fcntl(fds[1], F_SETFL, O_NONBLOCK);
	while (write(fds[1], junk, sizeof(junk)) > 0)
		;
	fcntl(fds[1], F_SETFL, 0);
	dup2(fds[1], STDERR_FILENO);
	alarm(100);
	diag(DIAG_WARN, "no room");
}

START_TEST(a_full_pipe_does_not_hold_the_host)
{
	ck_assert_int_eq(run(full_pipe), 0);
}
END_TEST

static void over_the_file_size_limit(void)
{
	struct rlimit none = {0, 0};
	FILE *file = tmpfile();

	if (!file)
		_exit(2);
	dup2(fileno(file), STDERR_FILENO);
	if (setrlimit(RLIMIT_FSIZE, &none))
		_exit(3);
	diag(DIAG_WARN, "no room");
}

START_TEST(a_file_at_its_size_limit_does_not_kill_the_host)
{
	ck_assert_int_eq(run(over_the_file_size_limit), 0);
}
END_TEST

static void *say_same(void *arg)
{
	(void)arg;
	for (int i = 0; i < 50; i++)
		diag(DIAG_WARN, "from any thread %d", i);
	return NULL;
}

static void four_threads(void)
{
	pthread_t threads[4];

	for (int i = 0; i < 4; i++)
		if (pthread_create(&threads[i], NULL, say_same, NULL))
			_exit(2);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
}

START_TEST(threads_with_the_same_problem_say_it_once)
{
	ck_assert_int_eq(run(four_threads), 0);
	ck_assert_uint_eq(lines(), 50);
}
END_TEST

SUITE_MAIN("diag", NULL, {a_problem_is_one_line_once, 0}, {a_listener_hears_what_would_be_printed, 0},
	   {the_level_says_what_is_shown, 0}, {the_newest_problem_is_kept_even_if_it_was_not_shown, 0},
	   {control_characters_and_broken_utf8_do_not_get_out, 0}, {a_long_line_is_cut, 0},
	   {after_256_problems_one_line_says_so, 0}, {a_reused_fd_2_gets_nothing, 0},
	   {a_program_started_without_fd_2_gets_nothing, 0}, {a_pipe_without_a_reader_does_not_kill_the_host, 0},
	   {the_hosts_own_pending_sigpipe_stays_pending, 0}, {a_full_pipe_does_not_hold_the_host, 0},
	   {a_file_at_its_size_limit_does_not_kill_the_host, 0}, {threads_with_the_same_problem_say_it_once, 0})

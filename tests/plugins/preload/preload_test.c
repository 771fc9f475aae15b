/* SPDX-License-Identifier: Apache-2.0
 *
 * preload_test.c - the whole libotel_preload.so before real copies of libcurl, both flavours in one process, with a
 * stand-in for the instrumentation that tells which calls reached it.
 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/build.h"
#include "support/run.h"
#include "support/suite.h"

static char url[4200], host[4200], openssl[4200], gnutls[4200], preload[4200];
static struct run run;

static void setup(void)
{
	const char *build = build_dir();

	snprintf(url, sizeof url, "file://%s/CMakeLists.txt", getenv("OTEL_C_TEST_SOURCE"));
	snprintf(host, sizeof host, "%s/tests/preload/host", build);
	snprintf(openssl, sizeof openssl, "%s/tests/preload/client_openssl.so", build);
	snprintf(gnutls, sizeof gnutls, "%s/tests/preload/client_gnutls.so", build);
	snprintf(preload, sizeof preload, "LD_PRELOAD=%s/tests/preload/lib/libotel_preload.so", build);
}

static void run_host(const char *mode, const char *mark)
{
	run_program(&run, RUN_ARGV(host, (char *)mode, url, openssl, gnutls),
		    RUN_VARIABLES(preload, "OTEL_DISTRO", mark, "OTEL_LOG_LEVEL"));
}

START_TEST(a_process_that_did_not_ask_works_as_without_us)
{
	run_host("plain", "OTEL_C_FLAGS");
	ck_assert_str_eq(run.out, "0 0 \n");
	ck_assert_str_eq(run.err, "");
	ck_assert_int_eq(run.status, 0);
}
END_TEST

/* Per plugin: init, setopt, reset, three setopts, duphandle, cleanup, perform, cleanup. */
START_TEST(both_flavours_in_one_process_are_traced)
{
	run_host("plain", "OTEL_C_FLAGS=otel-c-trace");
	ck_assert_str_eq(run.out, "0 0 \n");
	ck_assert_str_eq(run.err, "isrsssdcpcisrsssdcpc");
	ck_assert_int_eq(run.status, 0);
}
END_TEST

START_TEST(a_distro_in_the_environment_arms_it_too)
{
	run_program(&run, RUN_ARGV(host, (char *)"plain", url, gnutls),
		    RUN_VARIABLES(preload, "OTEL_DISTRO=aws", "OTEL_C_FLAGS"));
	ck_assert_str_eq(run.out, "0 \n");
	ck_assert_str_eq(run.err, "isrsssdcpc");
}
END_TEST

START_TEST(an_empty_distro_does_not)
{
	run_program(&run, RUN_ARGV(host, (char *)"plain", url, gnutls),
		    RUN_VARIABLES(preload, "OTEL_DISTRO=", "OTEL_C_FLAGS"));
	ck_assert_str_eq(run.out, "0 \n");
	ck_assert_str_eq(run.err, "");
}
END_TEST

START_TEST(a_request_from_within_a_request_reaches_the_instrumentation_too)
{
	run_host("nested", "OTEL_C_FLAGS=otel-c-trace");
	ck_assert_str_eq(run.out, "0 0 \n");
	ck_assert_str_eq(run.err, "isrsssdcpisrsssdcpcc"
				  "isrsssdcpisrsssdcpcc");
}
END_TEST

START_TEST(a_caller_hidden_by_a_tail_call_is_served)
{
	run_host("tail", "OTEL_C_FLAGS=otel-c-trace");
	ck_assert_str_eq(run.out, "0 0 \n");
	ck_assert_str_eq(run.err, "issspisssp");
}
END_TEST

/* Those that come while the first one loads the instrumentation pass through: how many is a matter of luck. */
START_TEST(threads_that_come_first_together_do_not_wait_for_each_other)
{
	run_host("threads", "OTEL_C_FLAGS=otel-c-trace");
	ck_assert_str_eq(run.out, "0 0 \n");
	ck_assert_int_eq(run.status, 0);
	ck_assert_ptr_nonnull(strchr(run.err, 'p'));
}
END_TEST

START_TEST(a_missing_instrumentation_is_one_line_and_no_harm)
{
	snprintf(preload, sizeof preload, "LD_PRELOAD=%s/tests/preload/bare/libotel_preload.so", build_dir());
	run_host("plain", "OTEL_C_FLAGS=otel-c-trace");
	ck_assert_str_eq(run.out, "0 0 \n");
	ck_assert_ptr_nonnull(strstr(run.err, "otel-c: "));
	ck_assert_ptr_nonnull(strstr(run.err, "/bare/otel-c/curl.so"));
	ck_assert_ptr_nonnull(strstr(run.err, "calls of libcurl are not traced\n"));
	ck_assert_ptr_eq(strchr(run.err, '\n'), strrchr(run.err, '\n'));
}
END_TEST

START_TEST(an_object_that_is_no_plugin_is_one_line_and_no_harm)
{
	snprintf(preload, sizeof preload, "LD_PRELOAD=%s/tests/preload/wrong/libotel_preload.so", build_dir());
	run_host("plain", "OTEL_C_FLAGS=otel-c-trace");
	ck_assert_str_eq(run.out, "0 0 \n");
	ck_assert_ptr_nonnull(strstr(run.err, "has no symbol otel_plugin_v1"));
}
END_TEST

/* What a pipeline leaves when its last program ends early. */
static void run_with_stderr_unread(void)
{
	char *argv[] = {host, (char *)"plain", url, openssl, NULL};
	char *env[] = {preload, (char *)"OTEL_C_FLAGS=otel-c-trace", NULL};
	int ends[2];

	if (pipe(ends) || dup2(ends[1], STDERR_FILENO) < 0)
		_exit(99);
	close(ends[0]);
	close(ends[1]);
	signal(SIGPIPE, SIG_DFL);
	execve(host, argv, env);
	_exit(99);
}

START_TEST(a_stderr_that_nobody_reads_does_not_end_the_program)
{
	int status;
	pid_t pid;

	snprintf(preload, sizeof preload, "LD_PRELOAD=%s/tests/preload/bare/libotel_preload.so", build_dir());
	pid = fork();
	if (pid == 0)
		run_with_stderr_unread();
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_msg(WIFEXITED(status), "ended by signal %d", WTERMSIG(status));
	ck_assert_int_eq(WEXITSTATUS(status), 0);
}
END_TEST

START_TEST(the_log_level_silences_it)
{
	snprintf(preload, sizeof preload, "LD_PRELOAD=%s/tests/preload/bare/libotel_preload.so", build_dir());
	run_program(&run, RUN_ARGV(host, (char *)"plain", url, openssl),
		    RUN_VARIABLES(preload, "OTEL_DISTRO=aws", "OTEL_LOG_LEVEL=none"));
	ck_assert_str_eq(run.out, "0 \n");
	ck_assert_str_eq(run.err, "");
}
END_TEST

START_TEST(it_needs_libc_and_nothing_else)
{
	char path[4200];
	const char *line;

	snprintf(path, sizeof path, "%s/lib/libotel_preload.so", build_dir());
	run_program(&run, RUN_ARGV((char *)"readelf", (char *)"-dW", path), NULL);
	ck_assert_int_eq(run.status, 0);
	line = strstr(run.out, "(NEEDED)");
	ck_assert_ptr_nonnull(line);
	for (; line; line = strstr(line + 1, "(NEEDED)")) {
		const char *name = strchr(line, '[');

		ck_assert_ptr_nonnull(name);
		ck_assert(strncmp(name, "[libc.so.6]", 11) == 0 || strncmp(name, "[ld-linux", 9) == 0);
	}
}
END_TEST

SUITE_MAIN("plugins/preload", setup, {a_process_that_did_not_ask_works_as_without_us, 0},
	   {both_flavours_in_one_process_are_traced, 0}, {a_distro_in_the_environment_arms_it_too, 0},
	   {an_empty_distro_does_not, 0}, {a_request_from_within_a_request_reaches_the_instrumentation_too, 0},
	   {a_caller_hidden_by_a_tail_call_is_served, 0},
	   {threads_that_come_first_together_do_not_wait_for_each_other, 0},
	   {a_missing_instrumentation_is_one_line_and_no_harm, 0},
	   {an_object_that_is_no_plugin_is_one_line_and_no_harm, 0},
	   {a_stderr_that_nobody_reads_does_not_end_the_program, 0}, {the_log_level_silences_it, 0},
	   {it_needs_libc_and_nothing_else, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * wake_test.c - programs of the folder wake/, run with and without an environment that asks for an SDK.
 *
 * OTEL_C_TEST_WAKE is the folder they were built into: bin/, lib/ (libotel_api, the fake SDK), and bare/lib/,
 * broken/lib/, foreign/lib/ with a libotel_api each and no SDK, one that is no library, and one that is not ours.
 */
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "support/suite.h"

struct run {
	char out[4096];
	char err[4096];
};

static const char *folder(void)
{
	const char *path = getenv("OTEL_C_TEST_WAKE");

	ck_assert_msg(path != NULL, "OTEL_C_TEST_WAKE is not set");
	return path;
}

static void read_back(FILE *file, char *out, size_t cap)
{
	rewind(file);
	out[fread(out, 1, cap - 1, file)] = '\0';
	fclose(file);
}

/* Runs bin/<program> with the mode, the folder of the libraries, and this environment alone. It must end by itself with
 * status 3. */
static struct run run(const char *program, const char *mode, const char *const *env)
{
	char path[4096];
	char libraries[4096];
	char *argv[] = {path, (char *)mode, libraries, NULL};
	posix_spawn_file_actions_t actions;
	FILE *out = tmpfile();
	FILE *err = tmpfile();
	struct run result;
	int status;
	pid_t pid;

	snprintf(path, sizeof(path), "%s/bin/%s", folder(), program);
	snprintf(libraries, sizeof(libraries), "%s/lib", folder());
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fileno(out), 1);
	posix_spawn_file_actions_adddup2(&actions, fileno(err), 2);
	ck_assert_int_eq(posix_spawn(&pid, path, &actions, NULL, argv, (char **)env), 0);
	posix_spawn_file_actions_destroy(&actions);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	read_back(out, result.out, sizeof(result.out));
	read_back(err, result.err, sizeof(result.err));
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 3, "status %x\n%s%s", status, result.out, result.err);
	return result;
}

#define ENV(...)                                                                                                       \
	(const char *const[])                                                                                          \
	{                                                                                                              \
		__VA_ARGS__ __VA_OPT__(, ) NULL                                                                        \
	}

/* A library path that comes before the program's own. */
static const char *instead(const char *name)
{
	static char variable[4096];

	snprintf(variable, sizeof(variable), "LD_LIBRARY_PATH=%s/%s/lib", folder(), name);
	return variable;
}

START_TEST(nobody_asked_and_nothing_is_loaded)
{
	struct run r = run("wake_program", "once", ENV());

	ck_assert_str_eq(r.out, "errno=42 traced=0\nattaches=0 started=0 reentrant=0 unlocked=0 distro=(not loaded)\n");
	ck_assert_str_eq(r.err, "");
}
END_TEST

START_TEST(an_empty_name_asks_for_nothing)
{
	struct run r = run("wake_program", "once", ENV("OTEL_DISTRO="));

	ck_assert_ptr_nonnull(strstr(r.out, "attaches=0"));
}
END_TEST

START_TEST(the_first_call_wakes_the_sdk_and_is_traced)
{
	struct run r = run("wake_program", "once", ENV("OTEL_DISTRO=fake"));

	ck_assert_str_eq(r.out, "errno=42 traced=1\nattaches=1 started=1 reentrant=0 unlocked=0 distro=fake\n");
	ck_assert_str_eq(r.err, "");
}
END_TEST

START_TEST(the_launchers_mark_wakes_it_too)
{
	struct run r = run("wake_program", "once", ENV("OTEL_C_FLAGS=otel-c-trace"));

	ck_assert_ptr_nonnull(strstr(r.out, "traced=1"));
}
END_TEST

START_TEST(a_constructor_may_be_the_first)
{
	struct run r = run("wake_program", "constructor", ENV("OTEL_DISTRO=fake"));

	ck_assert_ptr_nonnull(strstr(r.out, "traced=1\nattaches=1"));
}
END_TEST

START_TEST(of_many_threads_one_wakes_and_none_waits)
{
	struct run r = run("wake_program", "threads", ENV("OTEL_DISTRO=fake", "FAKE_SDK=gated"));

	ck_assert_msg(strstr(r.out, "good=8\nattaches=1") != NULL, "%s", r.out);
}
END_TEST

START_TEST(a_constructor_that_holds_the_loaders_lock_hangs_nobody)
{
	struct run r = run("wake_program", "loader", ENV("OTEL_DISTRO=fake"));

	ck_assert_msg(strstr(r.out, "traced=1\nattaches=1") != NULL, "%s%s", r.out, r.err);
}
END_TEST

START_TEST(an_sdk_that_is_busy_starting_is_asked_again)
{
	struct run r = run("wake_program", "busy", ENV("OTEL_DISTRO=fake", "FAKE_SDK=busy"));

	ck_assert_msg(strstr(r.out, "later=1\nattaches=3") != NULL, "%s", r.out);
	ck_assert_str_eq(r.err, "");
}
END_TEST

/* The sanitizers hang in the children of threaded programs. */
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
START_TEST(a_child_forked_during_the_wake_up_wakes_the_sdk_itself)
{
	struct run r = run("wake_program", "fork", ENV("OTEL_DISTRO=fake", "FAKE_SDK=gated"));

	ck_assert_msg(strstr(r.out, "child=1\n") != NULL, "%s%s", r.out, r.err);
}
END_TEST
#endif

START_TEST(an_sdk_that_failed_is_left_alone)
{
	struct run r = run("wake_program", "once", ENV("OTEL_DISTRO=fake", "FAKE_SDK=failing"));

	ck_assert_ptr_nonnull(strstr(r.out, "traced=0\nattaches=1"));
}
END_TEST

START_TEST(a_missing_sdk_is_said_once_and_the_program_runs_on)
{
	struct run r = run("wake_program", "once", ENV("OTEL_DISTRO=fake", instead("bare")));

	ck_assert_ptr_nonnull(strstr(r.out, "errno=42 traced=0"));
	ck_assert_msg(!strncmp(r.err, "otel-c: OTEL_DISTRO is set, but libotel_sdk.so.1 cannot be loaded: ", 66), "%s",
		      r.err);
	ck_assert_ptr_nonnull(strstr(r.err, "install the otel-c SDK, or unset OTEL_DISTRO\n"));
	ck_assert_ptr_eq(strchr(r.err, '\n'), r.err + strlen(r.err) - 1);
}
END_TEST

START_TEST(a_broken_sdk_is_named_with_the_loaders_reason)
{
	struct run r = run("wake_program", "once", ENV("OTEL_DISTRO=fake", instead("broken")));

	ck_assert_ptr_nonnull(strstr(r.out, "traced=0"));
	ck_assert_msg(strstr(r.err, "broken/lib/libotel_sdk.so.1: ") != NULL, "%s", r.err);
}
END_TEST

START_TEST(a_library_that_is_no_sdk_of_ours_is_told_so)
{
	struct run r = run("wake_program", "once", ENV("OTEL_DISTRO=fake", instead("foreign")));

	ck_assert_ptr_nonnull(strstr(r.out, "traced=0"));
	ck_assert_msg(strstr(r.err, "does not offer otel_sdk_attach_v1") != NULL, "%s", r.err);
}
END_TEST

START_TEST(log_level_none_says_nothing)
{
	struct run r = run("wake_program", "once", ENV("OTEL_DISTRO=fake", "OTEL_LOG_LEVEL=none", instead("bare")));

	ck_assert_str_eq(r.err, "");
}
END_TEST

START_TEST(the_preloads_snapshot_counts_and_not_the_environment)
{
	struct run r = run("wake_preloaded", "once", ENV("OTEL_DISTRO=from-the-environment"));

	ck_assert_msg(strstr(r.out, "traced=1 same=1\n") != NULL, "%s", r.out);
	ck_assert_ptr_nonnull(strstr(r.out, "distro=from-the-preload"));
}
END_TEST

START_TEST(a_static_copy_and_the_shared_library_share_current)
{
	struct run r = run("wake_static_copy", "once", ENV("OTEL_DISTRO=fake"));

	ck_assert_msg(strstr(r.out, "traced=1 parent=1 current=1\nattaches=2 started=2") != NULL, "%s%s", r.out, r.err);
}
END_TEST

#ifdef HAVE_FULL_STATIC
START_TEST(a_fully_static_program_says_why_it_is_not_traced)
{
	struct run r = run("wake_full_static", "once", ENV("OTEL_DISTRO=fake"));

	ck_assert_str_eq(r.out, "traced=0\n");
	ck_assert_str_eq(r.err, "otel-c: OTEL_DISTRO has no effect: this program is statically linked, and cannot load "
				"libotel_sdk.so.1\n");
	r = run("wake_full_static", "once", ENV());
	ck_assert_str_eq(r.err, "");
}
END_TEST
#endif

SUITE_MAIN("wake", NULL, {nobody_asked_and_nothing_is_loaded, 0}, {an_empty_name_asks_for_nothing, 0},
	   {the_first_call_wakes_the_sdk_and_is_traced, 0}, {the_launchers_mark_wakes_it_too, 0},
	   {a_constructor_may_be_the_first, 0}, {of_many_threads_one_wakes_and_none_waits, 0},
	   {a_constructor_that_holds_the_loaders_lock_hangs_nobody, 0},
	   {an_sdk_that_is_busy_starting_is_asked_again, 0}, {an_sdk_that_failed_is_left_alone, 0},
	   {a_missing_sdk_is_said_once_and_the_program_runs_on, 0}, {a_broken_sdk_is_named_with_the_loaders_reason, 0},
	   {a_library_that_is_no_sdk_of_ours_is_told_so, 0}, {log_level_none_says_nothing, 0},
	   {the_preloads_snapshot_counts_and_not_the_environment, 0},
	   {a_static_copy_and_the_shared_library_share_current, 0},
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
	   {a_child_forked_during_the_wake_up_wakes_the_sdk_itself, 0},
#endif
#ifdef HAVE_FULL_STATIC
	   {a_fully_static_program_says_why_it_is_not_traced, 0}
#endif
)

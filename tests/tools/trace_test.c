/* SPDX-License-Identifier: Apache-2.0
 *
 * trace_test.c - the launcher as a user meets it: exit codes, environment, arguments, messages.
 */
#include <stdio.h>
#include <sys/stat.h>

#include "support/run.h"
#include "support/suite.h"

static char launcher[4200], splunk[4200], azure[4200], preload[4200], dir[64];
static struct run run;

#define RUN(...) run_program(&run, RUN_ARGV(__VA_ARGS__), RUN_VARIABLES("LD_PRELOAD", "OTEL_DISTRO", "OTEL_C_FLAGS"))

#define W(text) ((char *)(size_t)(text))

static void setup(void)
{
	const char *build = getenv("OTEL_C_TEST_BUILD");

	snprintf(launcher, sizeof launcher, "%s/bin/otel-c-trace", build);
	snprintf(splunk, sizeof splunk, "%s/bin/splunk-c-trace", build);
	snprintf(azure, sizeof azure, "%s/bin/azure-c-trace", build);
	snprintf(preload, sizeof preload, "%s/lib/libotel_preload.so", build);
	strcpy(dir, "/tmp/otel-c-test-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
}

static void teardown(void)
{
	RUN(W("rm"), W("-rf"), W("--"), dir);
}

static const char *file(const char *name, const char *text, mode_t mode)
{
	static char path[256];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	f = fopen(path, "we");
	fputs(text, f);
	fclose(f);
	chmod(path, mode);
	return path;
}

/* ---- exit codes ---- */

START_TEST(no_argument_is_a_usage_error)
{
	RUN(launcher);
	ck_assert_int_eq(run.status, 2);
	ck_assert_ptr_nonnull(strstr(run.err, "usage: otel-c-trace"));
	ck_assert_str_eq(run.out, "");
}
END_TEST

START_TEST(an_unknown_option_is_named)
{
	RUN(launcher, W("--frobnicate"), W("true"));
	ck_assert_int_eq(run.status, 2);
	ck_assert_str_eq(run.err, "otel-c-trace: unknown option \"--frobnicate\"; there are --functions, "
				  "--dry-run, --help, --version, and -- before the program\n");
}
END_TEST

START_TEST(a_missing_program_is_127)
{
	RUN(splunk, W("./none"));
	ck_assert_int_eq(run.status, 127);
	ck_assert_str_eq(run.err, "otel-c-trace: ./none: no such file\n");
	RUN(splunk, W("otel-c-no-such-program"));
	ck_assert_int_eq(run.status, 127);
	ck_assert_str_eq(run.err, "otel-c-trace: otel-c-no-such-program: not found in PATH\n");
}
END_TEST

START_TEST(what_cannot_be_executed_is_126)
{
	RUN(splunk, W("/etc/passwd"));
	ck_assert_int_eq(run.status, 126);
	ck_assert_str_eq(run.err, "otel-c-trace: /etc/passwd: is not executable\n");
	RUN(splunk, W("/tmp"));
	ck_assert_int_eq(run.status, 126);
	ck_assert_str_eq(run.err, "otel-c-trace: /tmp: is a directory\n");
}
END_TEST

START_TEST(help_and_version_go_to_stdout)
{
	RUN(launcher, W("--help"));
	ck_assert_int_eq(run.status, 0);
	ck_assert_ptr_nonnull(strstr(run.out, "usage: otel-c-trace"));
	RUN(launcher, W("--version"));
	ck_assert_int_eq(run.status, 0);
	ck_assert_ptr_eq(strstr(run.out, "otel-c-trace "), run.out);
}
END_TEST

/* ---- what the program gets ---- */

#ifndef OTEL_C_SANITIZED /* a sanitized preload cannot live in programs that are not */

START_TEST(the_exit_status_is_the_programs)
{
	RUN(launcher, W("sh"), W("-c"), W("exit 42"));
	ck_assert_int_eq(run.status, 42);
	RUN(launcher, W("sh"), W("-c"), W("kill -TERM $$"));
	ck_assert_int_eq(run.status, 1000 + 15);
}
END_TEST

START_TEST(arguments_arrive_unchanged)
{
	RUN(launcher, W("--"), W("printf"), W("[%s]"), W(""), W("a b"), W("--help"), W("$x*"), W("--"));
	ck_assert_str_eq(run.out, "[][a b][--help][$x*][--]");
	ck_assert_int_eq(run.status, 0);
}
END_TEST

START_TEST(a_script_without_first_line_is_run_by_the_shell)
{
	RUN(launcher, W(file("plain", "echo \"$1\"\nexit 3\n", 0755)), W("an argument"));
	ck_assert_str_eq(run.out, "an argument\n");
	ck_assert_int_eq(run.status, 3);
}
END_TEST

static const char show[] = "echo $OTEL_DISTRO,$OTEL_C_FLAGS,$LD_PRELOAD";

START_TEST(distro_mark_and_preload_are_set)
{
	char expected[4300];

	RUN(splunk, W("sh"), W("-c"), W(show));
	snprintf(expected, sizeof expected, "splunk,otel-c-trace,%s\n", preload);
	ck_assert_str_eq(run.out, expected);
	ck_assert_str_eq(run.err, "");
}
END_TEST

START_TEST(under_its_own_name_the_environments_distro_stays)
{
	char expected[4300];

	run_program(&run, RUN_ARGV(launcher, W("sh"), W("-c"), W(show)),
		    RUN_VARIABLES("LD_PRELOAD", "OTEL_DISTRO=aws", "OTEL_C_FLAGS"));
	snprintf(expected, sizeof expected, "aws,otel-c-trace,%s\n", preload);
	ck_assert_str_eq(run.out, expected);
}
END_TEST

START_TEST(what_was_preloaded_stays)
{
	char expected[4300];
	char path[4300];

	/* Any library will do: a second copy of ours under another name. */
	snprintf(path, sizeof path, "cp %s %s/other.so", preload, dir);
	ck_assert_int_eq(system(path), 0);
	snprintf(path, sizeof path, "LD_PRELOAD=%s/other.so", dir);
	run_program(&run, RUN_ARGV(splunk, W("sh"), W("-c"), W("echo $LD_PRELOAD")), RUN_VARIABLES(path));
	snprintf(expected, sizeof expected, "%s:%s/other.so\n", preload, dir);
	ck_assert_str_eq(run.out, expected);
}
END_TEST

START_TEST(a_launcher_within_a_launcher_preloads_once)
{
	char expected[4300];

	RUN(splunk, launcher, splunk, W("sh"), W("-c"), W(show));
	snprintf(expected, sizeof expected, "splunk,otel-c-trace,%s\n", preload);
	ck_assert_str_eq(run.out, expected);
}
END_TEST

START_TEST(an_installation_in_a_directory_with_blanks_works)
{
	char command[13000], expected[200];

	snprintf(command, sizeof command,
		 "mkdir -p '%s/a b/bin' '%s/a b/lib' '%s/a b/share/otel-c' %s/run && cp %s '%s/a b/bin/splunk-c-trace' "
		 "&& "
		 "cp %s '%s/a b/lib/' && touch '%s/a b/share/otel-c/splunk.ini'",
		 dir, dir, dir, dir, launcher, dir, preload, dir, dir);
	ck_assert_int_eq(system(command), 0);
	snprintf(command, sizeof command, "%s/a b/bin/splunk-c-trace", dir);
	snprintf(expected, sizeof expected, "XDG_RUNTIME_DIR=%s/run", dir);
	run_program(&run, RUN_ARGV(command, W("sh"), W("-c"), W("echo $LD_PRELOAD; exec 2>&1; true")),
		    RUN_VARIABLES(expected, "LD_PRELOAD"));
	snprintf(expected, sizeof expected, "%s/run/otel-c/", dir);
	ck_assert_ptr_eq(strstr(run.out, expected), run.out);
	ck_assert_ptr_nonnull(strstr(run.out, "/libotel_preload.so\n"));
	ck_assert_str_eq(run.err, "");
	ck_assert_int_eq(run.status, 0);
}
END_TEST

START_TEST(dry_run_shows_and_does_not_run)
{
	char expected[4300];

	RUN(splunk, W("--dry-run"), W("/bin/sh"), W("-c"), W("exit 3"));
	snprintf(expected, sizeof expected,
		 "OTEL_DISTRO=splunk\nOTEL_C_FLAGS=otel-c-trace\nLD_PRELOAD=%s\n/bin/sh -c exit 3\n", preload);
	ck_assert_str_eq(run.out, expected);
	ck_assert_int_eq(run.status, 0);
}
END_TEST

#endif

START_TEST(a_distro_that_is_not_installed_is_said_and_the_program_runs)
{
	RUN(azure, W("sh"), W("-c"), W("echo \"$OTEL_DISTRO,$OTEL_C_FLAGS,$LD_PRELOAD\"; exit 7"));
	ck_assert_str_eq(run.out, ",,\n");
	ck_assert_ptr_eq(strstr(run.err, "otel-c-trace: azure is not installed; installed: "), run.err);
	ck_assert_ptr_eq(strchr(run.err, '\n'), strrchr(run.err, '\n'));
	ck_assert_int_eq(run.status, 7);
}
END_TEST

/* ---- programs that cannot be traced ---- */

START_TEST(a_static_program_runs_untraced_with_a_sentence)
{
	char program[4200], expected[4400];

	snprintf(program, sizeof program, "%s/tests/trace/static_program", getenv("OTEL_C_TEST_BUILD"));
	RUN(splunk, program);
	snprintf(expected, sizeof expected,
		 "otel-c-trace: %s: not traced: it is statically linked, so nothing can be loaded into it\n", program);
	ck_assert_str_eq(run.err, expected);
	ck_assert_str_eq(run.out, "splunk - 5\n");
	ck_assert_int_eq(run.status, 5);
}
END_TEST

START_TEST(a_set_uid_program_runs_untraced_with_a_sentence)
{
	char command[300];

	if (geteuid() != 0)
		return; /* only root can make one that changes who it is */
	snprintf(command, sizeof command, "cp /bin/true %s/suid && chown 65534 %s/suid && chmod 4755 %s/suid", dir, dir,
		 dir);
	ck_assert_int_eq(system(command), 0);
	snprintf(command, sizeof command, "%s/suid", dir);
	RUN(splunk, command);
	ck_assert_ptr_nonnull(strstr(run.err, "/suid: not traced: it is set-uid\n"));
	ck_assert_int_eq(run.status, 0);
}
END_TEST

START_TEST(a_script_is_judged_by_its_interpreter)
{
	char text[4300];

	snprintf(text, sizeof text, "#! %s/tests/trace/static_program -x\n", getenv("OTEL_C_TEST_BUILD"));
	RUN(splunk, W(file("script", text, 0755)));
	ck_assert_ptr_nonnull(strstr(run.err, "/script: not traced: its interpreter "));
	ck_assert_int_eq(run.status, 5);
}
END_TEST

START_TEST(a_script_whose_interpreter_is_missing_is_127)
{
	RUN(launcher, W(file("lost", "#!/no/such/interpreter\n", 0755)));
	ck_assert_int_eq(run.status, 127);
	ck_assert_ptr_nonnull(strstr(run.err, "/lost: cannot be run: "));
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		no_argument_is_a_usage_error,
		an_unknown_option_is_named,
		a_missing_program_is_127,
		what_cannot_be_executed_is_126,
		help_and_version_go_to_stdout,
		a_static_program_runs_untraced_with_a_sentence,
		a_set_uid_program_runs_untraced_with_a_sentence,
		a_script_is_judged_by_its_interpreter,
		a_script_whose_interpreter_is_missing_is_127,
#ifndef OTEL_C_SANITIZED
		the_exit_status_is_the_programs,
		arguments_arrive_unchanged,
		a_script_without_first_line_is_run_by_the_shell,
		distro_mark_and_preload_are_set,
		under_its_own_name_the_environments_distro_stays,
		what_was_preloaded_stays,
		a_launcher_within_a_launcher_preloads_once,
		an_installation_in_a_directory_with_blanks_works,
		dry_run_shows_and_does_not_run,
#endif
		a_distro_that_is_not_installed_is_said_and_the_program_runs,
	};
	Suite *suite = suite_create("tools/trace");
	TCase *tc = tcase_create("all");
	SRunner *sr = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tc);
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 60);
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
		tcase_add_test(tc, tests[i]);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * exit_test.c - what is delivered when a process ends without stopping the SDK. Each case runs this program again as a
 * child that plays one part.
 */
#include <otel/otel.h>
#include <otel/sdk.h>

#include <sys/wait.h>

#include "start_support.h"

/* ---- the parts ---- */

static void begin(void)
{
	if (otel_sdk_start(NULL) != OTEL_OK)
		_exit(99);
}

static void make_span(const char *name)
{
	otel_span_end(otel_span_start(otel_tracer("exit_test", "1"), name));
}

static int wait_for(pid_t pid)
{
	int status;
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return 98;
	return WEXITSTATUS(status);
}

static int return_from_main(void)
{
	begin();
	make_span("last");
	return 0;
}

static int call_exit(void)
{
	begin();
	make_span("last");
	exit(7);
}

static int stop_then_exit(void)
{
	begin();
	make_span("one");
	if (otel_sdk_stop(5000) != OTEL_OK)
		return 97;
	make_span("not recorded");
	return 0;
}

static int silent_child(void)
{
	begin();
	make_span("parent");
	pid_t pid = fork();
	if (!pid)
		exit(0);
	return wait_for(pid);
}

static int child_with_spans(void)
{
	begin();
	make_span("parent");
	pid_t pid = fork();
	if (!pid) {
		make_span("child");
		exit(0);
	}
	return wait_for(pid);
}

/* No atfork handler runs. */
static int child_behind_our_back(void)
{
	begin();
	make_span("parent");
	pid_t pid = _Fork();
	if (!pid)
		exit(0);
	return wait_for(pid);
}

static void late(void)
{
	make_span("after our handler");
}

static int span_in_an_older_handler(void)
{
	atexit(late);
	begin();
	make_span("before");
	return 0;
}

static const struct {
	const char *name;
	int (*play)(void);
} parts[] = {
	{"return_from_main", return_from_main},
	{"call_exit", call_exit},
	{"stop_then_exit", stop_then_exit},
	{"silent_child", silent_child},
	{"child_with_spans", child_with_spans},
	{"child_behind_our_back", child_behind_our_back},
	{"span_in_an_older_handler", span_in_an_older_handler},
};

/* ---- the cases ---- */

/* By its path: under memcheck /proc/self/exe is another program. */
static int run(const char *part)
{
	char path[4096] = "";
	ck_assert_int_gt(readlink("/proc/self/exe", path, sizeof path - 1), 0);
	pid_t pid = fork();
	ck_assert_int_ge(pid, 0);
	if (!pid) {
		execl(path, "exit_test", part, (char *)NULL);
		_exit(127);
	}
	return wait_for(pid);
}

START_TEST(spans_are_delivered_when_main_returns)
{
	ck_assert_int_eq(run("return_from_main"), 0);
	ck_assert_uint_eq(start_received(NULL, NULL), 1);
}
END_TEST

START_TEST(the_exit_code_stays)
{
	ck_assert_int_eq(run("call_exit"), 7);
	ck_assert_uint_eq(start_received(NULL, NULL), 1);
}
END_TEST

START_TEST(an_exit_after_a_stop_delivers_nothing_more)
{
	ck_assert_int_eq(run("stop_then_exit"), 0);
	ck_assert_uint_eq(start_received(NULL, NULL), 1);
}
END_TEST

/* In children of a threaded program ThreadSanitizer forbids threads, and the leak check of AddressSanitizer hangs at
 * exit. */
#if !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
#define OTEL_TEST_FORKS
#endif

#ifdef OTEL_TEST_FORKS
struct tally {
	size_t parents;
	size_t children;
	int64_t pids[8];
	char instances[8][37];
	size_t count;
};

static void tally_span(void *arg, const Otlp__Resource *resource, const Otlp__Span *span)
{
	struct tally *tally = arg;
	ck_assert_uint_lt(tally->count, 8);
	tally->parents += otlp_text_is(span->name, "parent");
	tally->children += otlp_text_is(span->name, "child");
	tally->pids[tally->count] = start_attribute(resource, "process.pid")->int_value;
	const Otlp__AnyValue *instance = start_attribute(resource, "service.instance.id");
	memcpy(tally->instances[tally->count++], instance->string_value.data, 36);
}

START_TEST(a_forked_child_does_not_deliver_its_parents_spans)
{
	struct tally tally = {0};
	ck_assert_int_eq(run("silent_child"), 0);
	ck_assert_uint_eq(start_received(tally_span, &tally), 1);
	ck_assert_uint_eq(tally.parents, 1);
}
END_TEST

START_TEST(a_forked_child_delivers_its_own_spans_as_another_instance)
{
	struct tally tally = {0};
	ck_assert_int_eq(run("child_with_spans"), 0);
	ck_assert_uint_eq(start_received(tally_span, &tally), 2);
	ck_assert_uint_eq(tally.parents, 1);
	ck_assert_uint_eq(tally.children, 1);
	ck_assert_int_ne(tally.pids[0], tally.pids[1]);
	ck_assert_str_ne(tally.instances[0], tally.instances[1]);
}
END_TEST

START_TEST(a_child_forked_without_handlers_neither_hangs_nor_delivers)
{
	ck_assert_int_eq(run("child_behind_our_back"), 0);
	ck_assert_uint_eq(start_received(NULL, NULL), 1);
}
END_TEST
#endif

START_TEST(spans_of_handlers_that_run_after_ours_are_dropped)
{
	ck_assert_int_eq(run("span_in_an_older_handler"), 0);
	ck_assert_uint_eq(start_received(NULL, NULL), 1);
}
END_TEST

START_TEST(an_exporter_that_never_answers_holds_the_exit_no_longer_than_it_may)
{
	setenv("FAKE_STUCK", "1", 1);
	setenv("OTEL_C_EXIT_TIMEOUT", "100", 1);
	ck_assert_int_eq(run("return_from_main"), 0);
	ck_assert_uint_eq(start_received(NULL, NULL), 0);
}
END_TEST

static int run_cases(void)
{
	const struct suite_entry entries[] = {
		{spans_are_delivered_when_main_returns, 0},
		{the_exit_code_stays, 0},
		{an_exit_after_a_stop_delivers_nothing_more, 0},
#ifdef OTEL_TEST_FORKS
		{a_forked_child_does_not_deliver_its_parents_spans, 5},
		{a_forked_child_delivers_its_own_spans_as_another_instance, 5},
		{a_child_forked_without_handlers_neither_hangs_nor_delivers, 0},
#endif
		{spans_of_handlers_that_run_after_ours_are_dropped, 0},
		{an_exporter_that_never_answers_holds_the_exit_no_longer_than_it_may, 0},
	};
	int status = suite_main("exit", entries, sizeof entries / sizeof *entries, start_set_up);
	start_clean_up();
	return status;
}

int main(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < sizeof parts / sizeof *parts; i++)
		if (!strcmp(argv[1], parts[i].name))
			return parts[i].play();
	return argc > 1 ? 96 : run_cases();
}

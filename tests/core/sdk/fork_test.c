/* SPDX-License-Identifier: Apache-2.0
 *
 * fork_test.c - all parts of the SDK around a fork at once: the parent goes on as if nothing had been, the child begins
 * with empty hands. Without a thread, so that sanitizers can follow.
 */
#include "sdk/fork.h"

#include <otel/otel.h>
#include <otel/sdk.h>

#include <sys/wait.h>
#include <unistd.h>

#include "sdk/fork_epoch.h"
#include "support/child.h"
#include "support/suite.h"

static otel_span open_span; /* of the parent process */

static void make_spans(int count)
{
	while (count--)
		otel_span_end(otel_span_start(otel_tracer("fork_test", "1"), "s"));
}

static void setup(void)
{
	static const otel_setting settings[] = {{"traces.exporter", "none"}, {"sdk.worker", "none"}};
	const otel_status stopped = otel_sdk_stop(5000);

	(void)stopped; /* of a test that failed */
	ck_assert_int_eq(otel_sdk_start(OTEL_SDK_OPTIONS(.settings = settings, .setting_count = 2)), OTEL_OK);
	open_span = otel_span_start(otel_tracer("fork_test", "1"), "open");
	make_spans(3);
}

static otel_sdk_stats counters(void)
{
	otel_sdk_stats s = {.size = sizeof s};

	otel_sdk_get_stats(&s);
	return s;
}

/* 0, or which of the promises is broken. */
static int empty_handed(void)
{
	const otel_sdk_stats fresh = counters();

	if (fresh.spans_created || fresh.spans_queued)
		return 1;
	if (otel_span_is_recording(open_span))
		return 2;
	otel_token token = otel_span_attach(open_span);
	otel_span child = otel_span_start(otel_tracer("fork_test", "1"), "child");
	const otel_span_context parent = otel_span_context_get(open_span), own = otel_span_context_get(child);
	otel_detach(token);
	if (memcmp(parent.trace_id, own.trace_id, 16) != 0 || !otel_span_is_recording(child))
		return 3;
	otel_span_end(child);
	make_spans(2);
	if (counters().spans_created != 3)
		return 4;
	return otel_sdk_stop(5000) == OTEL_OK ? 0 : 5;
}

static int child_status(pid_t (*forking)(void), void (*before)(void))
{
	int status;
	pid_t pid = forking();

	if (pid == 0) {
		if (before)
			before();
		child_leave(empty_handed());
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void parent_goes_on(void)
{
	const uint64_t created = counters().spans_created;

	ck_assert(otel_span_is_recording(open_span));
	otel_span_end(open_span);
	make_spans(1);
	ck_assert_uint_eq(counters().spans_created, created + 2);
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
}

START_TEST(the_table_is_whole)
{
	ck_assert_uint_eq(fork_hooks.size, sizeof(struct otel_fork_hooks));
	ck_assert(fork_hooks.prepare && fork_hooks.parent && fork_hooks.child);
}
END_TEST

START_TEST(a_fork_leaves_the_parent_as_it_was_and_the_child_with_empty_hands)
{
	const uint32_t epoch = fork_epoch();

	ck_assert_int_eq(child_status(fork, NULL), 0);
	ck_assert_uint_eq(fork_epoch(), epoch);
	parent_goes_on();
}
END_TEST

START_TEST(a_fork_that_did_not_come_about_leaves_all_as_it_was)
{
	for (int i = 0; i < 3; i++) {
		fork_hooks.prepare();
		fork_hooks.parent();
	}
	parent_goes_on();
}
END_TEST

START_TEST(a_child_that_no_handler_was_told_of_recovers)
{
	ck_assert_int_eq(child_status(_Fork, fork_epoch_recover), 0);
	parent_goes_on();
}
END_TEST

SUITE_MAIN("fork", setup, {the_table_is_whole, 0},
	   {a_fork_leaves_the_parent_as_it_was_and_the_child_with_empty_hands, 0},
	   {a_fork_that_did_not_come_about_leaves_all_as_it_was, 0}, {a_child_that_no_handler_was_told_of_recovers, 0})

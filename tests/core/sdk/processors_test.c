/* SPDX-License-Identifier: Apache-2.0
 *
 * processors_test.c - span processors: when they are called, with what, and what they may do.
 */
#include "sdk/processors.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>

#include "core/sdk/span_support.h"
#include "sdk/span_data.h"
#include "sdk/span_log.h"
#include "sdk/stats.h"
#include "support/suite.h"

static char calls[512];

static void note(const char *what, void *self)
{
	const size_t len = strlen(calls);
	snprintf(calls + len, sizeof calls - len, "%s%s%s ", what, self ? " " : "", self ? (const char *)self : "");
}

static void start_noted(void *self, otel_span span, const otel_context *parent)
{
	(void)span;
	note(parent ? "start-under" : "start", self);
	errno = 77;
}

static void ending_noted(void *self, otel_span span)
{
	(void)span;
	note("ending", self);
}

static void end_noted(void *self, const otel_span_data *data)
{
	(void)data;
	note("end", self);
}

static const otel_span_processor noting = {
	.component = {.size = sizeof noting},
	.on_start = start_noted,
	.on_ending = ending_noted,
	.on_end = end_noted,
};

static otel_decision record_only(void *self, const otel_sampling *sampling)
{
	(void)self;
	(void)sampling;
	return OTEL_RECORD_ONLY;
}

static const otel_sampler recording_only = {.component = {.size = sizeof recording_only}, .decide = record_only};

static struct component chain[2];

static void use(const char *sampler, const otel_span_processor *first, const otel_span_processor *second)
{
	struct provider_options options = test_options(sampler);

	chain[0] = (struct component){.vtable = first, .self = "a"};
	chain[1] = (struct component){.vtable = second, .self = "b"};
	options.processors[0] = &chain[0];
	options.processors[1] = &chain[1];
	options.processor_count = second ? 2 : 1;
	test_provider_with(&options);
}

static void use_record_only(const otel_span_processor *first)
{
	struct provider_options options = test_options("always_on");
	static struct component recorder = {.vtable = &recording_only};

	chain[0] = (struct component){.vtable = first, .self = "a"};
	options.processors[0] = &chain[0];
	options.processor_count = 1;
	options.sampler = &recorder;
	test_provider_with(&options);
}

static void setup(void)
{
	*calls = 0;
}

START_TEST(they_are_called_in_their_order_and_every_ending_before_any_end)
{
	use("always_on", &noting, &noting);
	errno = 5;
	otel_span span = test_start("s");
	ck_assert_int_eq(errno, 5);
	ck_assert_str_eq(calls, "start a start b ");
	test_end(span);
	ck_assert_str_eq(calls, "start a start b ending a ending b end a end b ");
	test_end(span);
	ck_assert_str_eq(calls, "start a start b ending a ending b end a end b ");
	test_take();
}
END_TEST

START_TEST(they_see_recording_spans_only)
{
	use("always_off", &noting, NULL);
	test_end(test_start("s"));
	ck_assert_str_eq(calls, "");
}
END_TEST

START_TEST(a_span_that_is_recorded_but_not_sampled_reaches_them_and_no_exporter)
{
	use_record_only(&noting);
	otel_span span = test_start("s");
	otel_span_context context;

	ck_assert(P->is_recording(T, span));
	ck_assert(P->span_context(T, span, &context, NULL));
	ck_assert_uint_eq(context.trace_flags & OTEL_TRACE_FLAG_SAMPLED, 0);
	test_end(span);
	ck_assert_str_eq(calls, "start a ending a end a ");
	ck_assert_uint_eq(test_take(), 0);
	ck_assert_uint_eq(span_log_created(), 0);
}
END_TEST

START_TEST(the_parent_context_is_passed_with_span_and_values)
{
	use("always_on", &noting, NULL);
	const otel_span_context remote = {.trace_id = {1}, .span_id = {2}, .trace_flags = 1, .is_remote = 1};
	otel_context *context = otel_context_with_span_context(NULL, &remote, NULL);

	test_end(test_under("child", context));
	ck_assert_str_eq(calls, "start-under a ending a end a ");
	otel_context_unref(context);
	test_take();
}
END_TEST

/* ---- what on_ending may do ---- */

static otel_span ending;
static bool recording_inside;

static uint64_t end_seen_inside, end_seen_after;

static void see_end(void *arg, const otel_span_data *data)
{
	*(uint64_t *)arg = data->end_time_ns;
}

static void ending_writes(void *self, otel_span span)
{
	(void)self;
	ending = span;
	ck_assert(span_data_read(span, see_end, &end_seen_inside));
	recording_inside = P->is_recording(T, span);
	CALL(set_int, span, STR("late"), 1);
	CALL(add_event, span, "last", 0, NULL, 0);
	P->update_name(T, span, "renamed");
}

static void end_writes(void *self, const otel_span_data *data)
{
	(void)self;
	see_end(&end_seen_after, data);
	ck_assert(!P->is_recording(T, data->span));
	CALL(set_int, data->span, STR("too-late"), 1);
}

START_TEST(inside_on_ending_the_span_is_written_and_after_it_no_more)
{
	static const otel_span_processor writing = {
		.component = {.size = sizeof writing}, .on_ending = ending_writes, .on_end = end_writes};

	use("always_on", &writing, NULL);
	test_end(test_start("s"));
	ck_assert(recording_inside);
	ck_assert_uint_ne(end_seen_inside, 0);
	ck_assert_uint_eq(end_seen_inside, end_seen_after);
	ck_assert(!P->is_recording(T, ending));
	ck_assert_uint_eq(atomic_load(&stats.misuse), 1);
	struct msg span = test_only();
	ck_assert_str_eq(msg_text(span, 5), "renamed");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "late"), "1");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "too-late"), "absent");
	ck_assert_uint_eq(msg_count(span, 11), 1);
}
END_TEST

/* Another thread, while the span is ending. */
static void *look_in(void *arg)
{
	static _Thread_local struct otel_thread th;

	(void)arg;
	recording_inside = P->is_recording(&th, ending);
	P->set_int(&th, ending, STR("from-outside"), 1);
	P->span_end(&th, ending, 0);
	return NULL;
}

static void ending_watched(void *self, otel_span span)
{
	pthread_t thread;

	(void)self;
	ending = span;
	ck_assert_int_eq(pthread_create(&thread, NULL, look_in, NULL), 0);
	pthread_join(thread, NULL);
	CALL(set_int, span, STR("late"), 1);
}

START_TEST(while_it_is_ending_other_threads_find_it_ended)
{
	static const otel_span_processor watched = {.component = {.size = sizeof watched}, .on_ending = ending_watched};

	use("always_on", &watched, NULL);
	recording_inside = true;
	test_end(test_start("s"));
	ck_assert(!recording_inside);
	ck_assert_uint_eq(atomic_load(&stats.misuse), 2);
	struct msg span = test_only();
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "late"), "1");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "from-outside"), "absent");
}
END_TEST

/* ---- what they see ---- */

static otel_span_data seen;
static char seen_name[32], seen_description[32], seen_scope[64];

static void look(void *arg, const otel_span_data *data)
{
	(void)arg;
	seen = *data;
	snprintf(seen_name, sizeof seen_name, "%.*s", (int)data->name_len, data->name);
	snprintf(seen_description, sizeof seen_description, "%.*s", (int)data->status_description_len,
		 data->status_description);
	struct msg scope = {data->scope, data->scope_len};
	snprintf(seen_scope, sizeof seen_scope, "%s", msg_text(scope, 1));
	ck_assert_str_eq(SPAN_ATTR_TEXT(((struct msg){data->data, data->len}), "order.id"), "7");
}

static void end_looks(void *self, const otel_span_data *data)
{
	look(self, data);
}

START_TEST(an_ended_span_shows_all_it_is)
{
	static const otel_span_processor looking = {.component = {.size = sizeof looking}, .on_end = end_looks};
	otel_span_context context;

	use("always_on", &looking, NULL);
	const otel_span parent = test_start("parent");
	P->span_context(T, parent, &context, NULL);
	const otel_span span = test_child("child", parent);
	CALL(set_int, span, STR("order.id"), 7);
	P->set_status(T, span, OTEL_STATUS_ERROR, "declined");
	ck_assert(span_data_read(span, look, NULL));
	ck_assert_uint_eq(seen.end_time_ns, 0);
	test_end(span);

	ck_assert_str_eq(seen_name, "child");
	ck_assert_int_eq(seen.status, OTEL_STATUS_ERROR);
	ck_assert_str_eq(seen_description, "declined");
	ck_assert_str_eq(seen_scope, test_tracer.name);
	ck_assert_mem_eq(seen.parent.span_id, context.span_id, 8);
	ck_assert_mem_eq(seen.parent.trace_id, context.trace_id, 16);
	ck_assert_mem_eq(seen.context.trace_id, context.trace_id, 16);
	ck_assert_uint_eq(seen.parent.trace_flags, context.trace_flags);
	ck_assert_uint_ge(seen.end_time_ns, seen.start_time_ns);
	ck_assert(!span_data_read(span, look, NULL));
	test_take();
}
END_TEST

START_TEST(without_processors_nothing_is_different)
{
	test_provider("always_on");
	test_end(test_start("s"));
	ck_assert_str_eq(msg_text(test_only(), 5), "s");
}
END_TEST

SUITE_MAIN("processors", setup, {they_are_called_in_their_order_and_every_ending_before_any_end, 0},
	   {they_see_recording_spans_only, 0},
	   {a_span_that_is_recorded_but_not_sampled_reaches_them_and_no_exporter, 0},
	   {the_parent_context_is_passed_with_span_and_values, 0},
	   {inside_on_ending_the_span_is_written_and_after_it_no_more, 0},
	   {while_it_is_ending_other_threads_find_it_ended, 0}, {an_ended_span_shows_all_it_is, 0},
	   {without_processors_nothing_is_different, 0})

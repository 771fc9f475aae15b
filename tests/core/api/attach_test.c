/* SPDX-License-Identifier: Apache-2.0
 *
 * attach_test.c - being current: nesting, tokens detached in any order, threads, scopes.
 */
#include <otel/otel.h>
#include <pthread.h>

#include "fake_provider.h"
#include "support/suite.h"

static const otel_context_key key = {"k"};

static void setup(void)
{
	otel_api_slot_v1()->provider = &fake_provider;
}

/* Every test must leave nothing current. */
static void teardown(void)
{
	ck_assert_ptr_null(otel_context_capture());
	ck_assert_uint_eq(otel_span_current().id, 0);
}

static otel_span started(void)
{
	return otel_span_start(otel_tracer("t", NULL), "s");
}

static otel_context *numbered(intptr_t number)
{
	return otel_context_with_value(NULL, &key, (void *)number, NULL);
}

static intptr_t current_number(void)
{
	otel_context *context = otel_context_capture();
	intptr_t number = (intptr_t)otel_context_value(context, &key);

	otel_context_unref(context);
	return number;
}

START_TEST(spans_nest)
{
	otel_span a = started();
	otel_span b = started();
	otel_token ta = otel_span_attach(a);
	otel_token tb = otel_span_attach(b);

	ck_assert_uint_eq(otel_span_current().id, b.id);
	otel_detach(tb);
	ck_assert_uint_eq(otel_span_current().id, a.id);
	otel_detach(ta);
	ck_assert_uint_eq(otel_span_current().id, 0);
}
END_TEST

START_TEST(a_span_attached_over_a_context_keeps_its_baggage)
{
	otel_baggage *baggage = otel_baggage_with(NULL, "a", "1", NULL);
	otel_context *context = otel_context_with_baggage(NULL, baggage);
	otel_token outer = otel_context_attach(context);
	otel_token inner = otel_span_attach(started());
	otel_context *captured = otel_context_capture();

	ck_assert_str_eq(otel_baggage_value(otel_context_baggage(captured), "a"), "1");
	ck_assert_uint_ne(otel_context_span(captured).id, 0);
	otel_context_unref(captured);
	otel_detach(inner);
	otel_detach(outer);
	otel_context_unref(context);
	otel_baggage_unref(baggage);
}
END_TEST

START_TEST(an_attached_context_hides_the_span_below_it)
{
	otel_token outer = otel_span_attach(started());
	otel_span span = otel_span_current();
	otel_token inner = otel_context_attach(NULL);

	ck_assert_uint_eq(otel_span_current().id, 0);
	ck_assert_ptr_null(otel_context_capture());
	otel_detach(inner);
	ck_assert_uint_eq(otel_span_current().id, span.id);
	otel_detach(outer);
}
END_TEST

START_TEST(no_span_leaves_what_is_current)
{
	otel_token outer = otel_span_attach(started());
	otel_span span = otel_span_current();
	otel_token inner = otel_span_attach((otel_span){0});

	ck_assert_uint_eq(otel_span_current().id, span.id);
	otel_detach(inner);
	ck_assert_uint_eq(otel_span_current().id, span.id);
	otel_detach(outer);
}
END_TEST

START_TEST(contexts_nest_deeper_than_the_block)
{
	otel_token tokens[100];

	for (int i = 0; i < 100; i++) {
		otel_context *context = numbered(i + 1);
		tokens[i] = otel_context_attach(context);
		otel_context_unref(context);
	}
	for (int i = 99; i >= 0; i--) {
		ck_assert_int_eq(current_number(), i + 1);
		otel_detach(tokens[i]);
	}
}
END_TEST

START_TEST(detaching_the_outer_one_undoes_the_inner_ones_too)
{
	otel_context *a = numbered(1);
	otel_context *b = numbered(2);
	unsigned before = fake_calls.misuse;
	otel_token ta = otel_context_attach(a);
	otel_token tb = otel_context_attach(b);
	otel_token tc = otel_span_attach(started());

	otel_context_unref(a);
	otel_context_unref(b);
	otel_detach(ta);
	ck_assert_ptr_null(otel_context_capture());
	ck_assert_uint_eq(fake_calls.misuse, before + 1);
	otel_detach(tc);
	otel_detach(tb);
	ck_assert_uint_eq(fake_calls.misuse, before + 3);
}
END_TEST

START_TEST(a_token_detached_twice_does_not_undo_anothers_attachment)
{
	unsigned before = fake_calls.misuse;
	otel_token first = otel_span_attach(started());
	otel_token second;
	otel_span span;

	otel_detach(first);
	second = otel_span_attach(started());
	span = otel_span_current();
	otel_detach(first);
	ck_assert_uint_eq(otel_span_current().id, span.id);
	ck_assert_uint_eq(fake_calls.misuse, before + 1);
	otel_detach(second);
	ck_assert_uint_eq(fake_calls.misuse, before + 1);
}
END_TEST

START_TEST(a_zeroed_token_is_ignored)
{
	unsigned before = fake_calls.misuse;

	otel_detach((otel_token){0});
	ck_assert_uint_eq(fake_calls.misuse, before);
}
END_TEST

static void *detach_elsewhere(void *arg)
{
	otel_detach(*(otel_token *)arg);
	return NULL;
}

START_TEST(a_token_of_another_thread_is_ignored)
{
	unsigned before = fake_calls.misuse;
	otel_token token = otel_span_attach(started());
	pthread_t thread;

	ck_assert(!pthread_create(&thread, NULL, detach_elsewhere, &token));
	pthread_join(thread, NULL);
	ck_assert_uint_ne(otel_span_current().id, 0);
	ck_assert_uint_eq(fake_calls.misuse, before + 1);
	otel_detach(token);
}
END_TEST

struct job {
	otel_context *context;
	otel_span_context seen;
	uint64_t after;
};

static void see(void *arg)
{
	otel_context *context = otel_context_capture();

	*(otel_span_context *)arg = otel_context_span_context(context);
	otel_context_unref(context);
}

static void *work(void *arg)
{
	struct job *job = arg;

	otel_context_run(job->context, see, &job->seen);
	job->after = otel_span_current().id;
	return NULL;
}

START_TEST(a_captured_context_runs_on_another_thread)
{
	otel_span span = started();
	otel_token token = otel_span_attach(span);
	struct job job = {otel_context_capture(), {{0}, {0}, 0, 0, {0}}, 1};
	pthread_t thread;

	otel_detach(token);
	ck_assert(!pthread_create(&thread, NULL, work, &job));
	pthread_join(thread, NULL);
	ck_assert_mem_eq(job.seen.span_id, fake_context_of(span).span_id, 8);
	ck_assert_uint_eq(job.after, 0);
	otel_context_unref(job.context);
}
END_TEST

static int destroyed;

static void destroy(void *value)
{
	(void)value;
	destroyed++;
}

static void *leave_attached(void *arg)
{
	(void)arg;
	for (int i = 0; i < 10; i++) {
		otel_context *context = otel_context_with_value(NULL, &key, NULL, destroy);
		otel_context_attach(context);
		otel_context_unref(context);
	}
	return NULL;
}

START_TEST(what_a_thread_left_attached_is_released_when_it_exits)
{
	pthread_t thread;

	ck_assert(!pthread_create(&thread, NULL, leave_attached, NULL));
	pthread_join(thread, NULL);
	ck_assert_int_eq(destroyed, 10);
}
END_TEST

static otel_span in_scope(void)
{
	OTEL_SPAN(span, otel_tracer("t", NULL), "scoped");
	ck_assert_uint_eq(otel_span_current().id, span.id);
	return span;
}

START_TEST(a_scope_ends_its_span_on_the_way_out)
{
	unsigned ended = fake_calls.ended;

	in_scope();
	ck_assert_uint_eq(fake_calls.ended, ended + 1);
	ck_assert_str_eq(fake_name, "scoped");
}
END_TEST

START_TEST(suppression_nests_and_never_goes_below_nothing)
{
	unsigned before = fake_calls.misuse;

	otel_suppress_begin();
	otel_suppress_begin();
	otel_suppress_end();
	ck_assert(otel_is_suppressed());
	otel_suppress_end();
	ck_assert(!otel_is_suppressed());
	otel_suppress_end();
	ck_assert(!otel_is_suppressed());
	ck_assert_uint_eq(fake_calls.misuse, before + 1);
}
END_TEST

SUITE_MAIN_WITH("attach", setup, teardown, {spans_nest, 0}, {a_span_attached_over_a_context_keeps_its_baggage, 0},
		{an_attached_context_hides_the_span_below_it, 0}, {no_span_leaves_what_is_current, 0},
		{contexts_nest_deeper_than_the_block, 0}, {detaching_the_outer_one_undoes_the_inner_ones_too, 0},
		{a_token_detached_twice_does_not_undo_anothers_attachment, 0}, {a_zeroed_token_is_ignored, 0},
		{a_token_of_another_thread_is_ignored, 0}, {a_captured_context_runs_on_another_thread, 0},
		{what_a_thread_left_attached_is_released_when_it_exits, 0}, {a_scope_ends_its_span_on_the_way_out, 0},
		{suppression_nests_and_never_goes_below_nothing, 0})

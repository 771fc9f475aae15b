/* SPDX-License-Identifier: Apache-2.0
 *
 * context_test.c - contexts as values: they do not change, do not go stale, and free what they hold.
 */
#include <otel/otel.h>
#include <pthread.h>

#include "fake_provider.h"
#include "support/suite.h"

static const otel_span_context remote = {
	.trace_id = {1, 2, 3}, .span_id = {4, 5}, .trace_flags = OTEL_TRACE_FLAG_SAMPLED, .is_remote = 1};

static void setup(void)
{
	otel_api_slot_v1()->provider = &fake_provider;
}

START_TEST(capturing_nothing_is_the_root)
{
	ck_assert_ptr_null(otel_context_capture());
	ck_assert_uint_eq(otel_context_span(NULL).id, 0);
	ck_assert_uint_eq(otel_context_span_context(NULL).span_id[0], 0);
	ck_assert_str_eq(otel_context_tracestate(NULL), "");
	ck_assert_ptr_null(otel_context_baggage(NULL));
	ck_assert_ptr_null(otel_context_value(NULL, NULL));
}
END_TEST

START_TEST(a_captured_context_outlives_the_span_and_its_handle)
{
	otel_span span = otel_span_start(otel_tracer("t", NULL), "s");
	otel_token token = otel_span_attach(span);
	otel_context *context = otel_context_capture();
	otel_span_context sc;

	otel_detach(token);
	otel_span_end(span);
	fake_recycle();
	sc = otel_context_span_context(context);
	ck_assert_uint_eq(otel_context_span(context).id, span.id);
	ck_assert_mem_eq(sc.span_id, fake_context_of(span).span_id, 8);
	ck_assert_str_eq(otel_context_tracestate(context), "fake=1");
	otel_context_unref(context);
}
END_TEST

START_TEST(a_derived_context_keeps_what_its_base_had)
{
	static const otel_context_key key = {"k"};
	int value = 7;
	otel_baggage *baggage = otel_baggage_with(NULL, "a", "1", NULL);
	otel_context *a = otel_context_with_baggage(NULL, baggage);
	otel_context *b = otel_context_with_value(a, &key, &value, NULL);
	otel_context *c = otel_context_with_span_context(b, &remote, "x=1");

	otel_baggage_unref(baggage);
	otel_context_unref(a);
	otel_context_unref(b);
	ck_assert_str_eq(otel_baggage_value(otel_context_baggage(c), "a"), "1");
	ck_assert_ptr_eq(otel_context_value(c, &key), &value);
	ck_assert_str_eq(otel_context_tracestate(c), "x=1");
	ck_assert_uint_eq(otel_context_span(c).id, 0);
	ck_assert_uint_eq(otel_context_span_context(c).is_remote, 1);
	otel_context_unref(c);
}
END_TEST

START_TEST(a_bad_tracestate_is_dropped_and_the_span_context_kept)
{
	otel_context *c = otel_context_with_span_context(NULL, &remote, "Bad=1");

	ck_assert_str_eq(otel_context_tracestate(c), "");
	ck_assert_uint_eq(otel_context_span_context(c).trace_id[2], 3);
	otel_context_unref(c);
}
END_TEST

START_TEST(a_new_span_replaces_the_old_ones_tracestate)
{
	otel_context *a = otel_context_with_span_context(NULL, &remote, "x=1");
	otel_span span = otel_span_start(NULL, "s");
	otel_context *b = otel_context_with_span(a, span);

	ck_assert_str_eq(otel_context_tracestate(a), "x=1");
	ck_assert_str_eq(otel_context_tracestate(b), "fake=1");
	ck_assert_uint_eq(otel_context_span(b).id, span.id);
	otel_context_unref(a);
	otel_context_unref(b);
}
END_TEST

START_TEST(no_span_and_a_stale_one_leave_the_base_as_it_is)
{
	otel_context *a = otel_context_with_span_context(NULL, &remote, NULL);
	otel_span span = otel_span_start(NULL, "s");
	unsigned before = fake_calls.misuse;

	ck_assert_ptr_eq(otel_context_with_span(a, (otel_span){0}), a);
	ck_assert_uint_eq(fake_calls.misuse, before);
	fake_recycle();
	ck_assert_ptr_eq(otel_context_with_span(a, span), a);
	ck_assert_uint_eq(fake_calls.misuse, before + 1);
	for (int i = 0; i < 3; i++)
		otel_context_unref(a);
}
END_TEST

static int destroyed;

static void destroy(void *value)
{
	(void)value;
	destroyed++;
}

START_TEST(a_value_is_destroyed_with_the_last_context_that_holds_it)
{
	static const otel_context_key key = {"same name"};
	static const otel_context_key other = {"same name"};
	otel_context *a = otel_context_with_value(NULL, &key, &destroyed, destroy);
	otel_context *b = otel_context_with_value(a, &other, NULL, destroy);

	ck_assert_ptr_null(otel_context_value(b, &other));
	ck_assert_ptr_eq(otel_context_value(b, &key), &destroyed);
	otel_context_unref(a);
	ck_assert_int_eq(destroyed, 0);
	otel_context_unref(b);
	ck_assert_int_eq(destroyed, 2);
}
END_TEST

START_TEST(a_value_without_key_changes_nothing)
{
	ck_assert_ptr_null(otel_context_with_value(NULL, NULL, &destroyed, destroy));
}
END_TEST

static void *derive_many(void *arg)
{
	static const otel_context_key key = {"k"};

	for (int i = 0; i < 2000; i++) {
		otel_context *mine = otel_context_with_value(arg, &key, arg, NULL);
		otel_token token = otel_context_attach(mine);
		otel_context *again = otel_context_capture();
		ck_assert_ptr_eq(again, mine);
		otel_context_unref(again);
		otel_detach(token);
		otel_context_unref(mine);
	}
	return NULL;
}

START_TEST(threads_share_a_context)
{
	otel_baggage *baggage = otel_baggage_with(NULL, "a", "1", NULL);
	otel_context *shared = otel_context_with_baggage(NULL, baggage);
	pthread_t threads[4];

	otel_baggage_unref(baggage);
	for (int i = 0; i < 4; i++)
		ck_assert(!pthread_create(&threads[i], NULL, derive_many, shared));
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	ck_assert_str_eq(otel_baggage_value(otel_context_baggage(shared), "a"), "1");
	otel_context_unref(shared);
}
END_TEST

SUITE_MAIN("context", setup, {capturing_nothing_is_the_root, 0},
	   {a_captured_context_outlives_the_span_and_its_handle, 0}, {a_derived_context_keeps_what_its_base_had, 0},
	   {a_bad_tracestate_is_dropped_and_the_span_context_kept, 0}, {a_new_span_replaces_the_old_ones_tracestate, 0},
	   {no_span_and_a_stale_one_leave_the_base_as_it_is, 0},
	   {a_value_is_destroyed_with_the_last_context_that_holds_it, 0}, {a_value_without_key_changes_nothing, 0},
	   {threads_share_a_context, 0})

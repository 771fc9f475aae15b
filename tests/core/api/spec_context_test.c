/* SPDX-License-Identifier: Apache-2.0
 *
 * spec_context_test.c - rules of the specification for contexts and span contexts that no other test states.
 */
#include <otel/otel.h>

#include "fake_provider.h"
#include "header_list.h"
#include "support/suite.h"

static const otel_span_context remote = {
	.trace_id = {1, 2, 3}, .span_id = {4, 5}, .trace_flags = OTEL_TRACE_FLAG_SAMPLED, .is_remote = 1};

static void setup(void)
{
	otel_api_slot_v1()->provider = &fake_provider;
}

/* specification/trace/api.md, IsValid */
START_TEST(a_span_context_is_valid_with_both_ids)
{
	const otel_span_context none = {.trace_flags = 1}, no_span = {.trace_id = {1}}, no_trace = {.span_id = {1}};
	const otel_span_context last = {.trace_id = {[15] = 1}, .span_id = {[7] = 1}};

	ck_assert(otel_span_context_is_valid(&remote));
	ck_assert(otel_span_context_is_valid(&last));
	ck_assert(!otel_span_context_is_valid(&none));
	ck_assert(!otel_span_context_is_valid(&no_span));
	ck_assert(!otel_span_context_is_valid(&no_trace));
	ck_assert(!otel_span_context_is_valid(NULL));
}
END_TEST

/* specification/trace/api.md, IsRemote */
START_TEST(what_was_extracted_is_remote_and_its_children_are_not)
{
	struct header_list headers = {.count = 0};
	otel_carrier carrier = {.size = sizeof carrier, .self = &headers, .get = header_list_get};

	header_list_add(&headers, "traceparent", "00-0102030405060708090a0b0c0d0e0f10-1112131415161718-01");
	otel_api_slot_v1()->provider = NULL;
	otel_propagate_w3c();
	otel_context *context = otel_extract(NULL, &carrier);
	otel_span_context sc = otel_context_span_context(context);
	ck_assert(otel_span_context_is_valid(&sc));
	ck_assert_uint_eq(sc.is_remote, 1);

	otel_api_slot_v1()->provider = &fake_provider;
	otel_span child = otel_span_start_with(NULL, "child", OTEL_SPAN_OPTIONS(.parent = context));
	ck_assert_uint_eq(otel_span_context_get(child).is_remote, 0);
	otel_context *local = otel_context_with_span(NULL, child);
	ck_assert_uint_eq(otel_context_span_context(local).is_remote, 0);
	otel_context_unref(local);
	otel_context_unref(context);
	otel_span_end(child);
	header_list_clear(&headers);
}
END_TEST

/* specification/trace/api.md, Span Creation */
START_TEST(an_explicit_context_beats_what_is_current)
{
	otel_context *context = otel_context_with_span_context(NULL, &remote, NULL);
	otel_token token = otel_span_attach(otel_span_start(NULL, "current"));

	otel_span_start_with(NULL, "child", OTEL_SPAN_OPTIONS(.parent = context));
	ck_assert_uint_eq(fake_parent_span.id, 0);
	ck_assert_mem_eq(fake_parent_context.span_id, remote.span_id, 8);
	otel_detach(token);
	otel_context_unref(context);
}
END_TEST

/* specification/trace/api.md, Span Creation: no span and no span context, but a context. */
START_TEST(a_parent_is_a_context_and_nothing_else)
{
	const otel_span_options options = {.size = sizeof options};
	_Static_assert(_Generic(options.parent, const otel_context * : 1, default : 0),
		       "the parent of a span is a context");

	ck_assert_ptr_null(options.parent);
}
END_TEST

/* specification/context/README.md, Create a key */
START_TEST(keys_of_one_name_are_two_keys)
{
	static const otel_context_key a = {"same"}, b = {"same"};
	int value = 1, other = 2;
	otel_context *first = otel_context_with_value(NULL, &a, &value, NULL);
	otel_context *second = otel_context_with_value(first, &b, &other, NULL);

	ck_assert_ptr_eq(otel_context_value(second, &a), &value);
	ck_assert_ptr_eq(otel_context_value(second, &b), &other);
	ck_assert_ptr_null(otel_context_value(first, &b));
	otel_context_unref(first);
	otel_context_unref(second);
}
END_TEST

SUITE_MAIN("spec_context", setup, {a_span_context_is_valid_with_both_ids, 0},
	   {what_was_extracted_is_remote_and_its_children_are_not, 0}, {an_explicit_context_beats_what_is_current, 0},
	   {a_parent_is_a_context_and_nothing_else, 0}, {keys_of_one_name_are_two_keys, 0})

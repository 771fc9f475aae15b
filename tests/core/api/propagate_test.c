/* SPDX-License-Identifier: Apache-2.0
 *
 * propagate_test.c - who injects and extracts: nobody, W3C by request, the provider.
 */
#include <otel/otel.h>

#include "api/passthrough.h"
#include "fake_provider.h"
#include "header_list.h"
#include "support/suite.h"

#define TRACEPARENT "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

static struct header_list list;

static void clear(void)
{
	header_list_clear(&list);
}

START_TEST(without_sdk_or_request_nothing_is_read_or_written)
{
	otel_carrier carrier = header_list_carrier(&list);

	header_list_add(&list, "traceparent", TRACEPARENT);
	ck_assert_ptr_null(otel_extract(NULL, &carrier));
	clear();
	otel_inject(NULL, &carrier);
	ck_assert_uint_eq(list.count, 0);
	ck_assert_ptr_null(otel_propagation_field(0));
}
END_TEST

START_TEST(on_request_w3c_headers_pass_through)
{
	otel_carrier in = header_list_carrier(&list);
	struct header_list out_list = {0};
	otel_carrier out = header_list_carrier(&out_list);
	otel_context *context;
	otel_token token;

	otel_propagate_w3c();
	header_list_add(&list, "TraceParent", TRACEPARENT);
	header_list_add(&list, "baggage", "a=1");
	context = otel_extract(NULL, &in);
	token = otel_context_attach(context);
	otel_inject(NULL, &out);
	otel_detach(token);
	ck_assert_str_eq(header_list_get(&out_list, "traceparent", 0), TRACEPARENT);
	ck_assert_str_eq(header_list_get(&out_list, "baggage", 0), "a=1");
	otel_context_unref(context);
	header_list_clear(&out_list);
}
END_TEST

START_TEST(bad_headers_give_the_base_itself)
{
	otel_carrier carrier = header_list_carrier(&list);
	otel_baggage *baggage = otel_baggage_with(NULL, "a", "1", NULL);
	otel_context *base = otel_context_with_baggage(NULL, baggage);

	otel_propagate_w3c();
	header_list_add(&list, "traceparent", "nonsense");
	header_list_add(&list, "baggage", "nonsense");
	ck_assert_ptr_eq(otel_extract(base, &carrier), base);
	ck_assert_ptr_eq(otel_extract(base, NULL), base);
	otel_inject(base, NULL);
	for (int i = 0; i < 3; i++)
		otel_context_unref(base);
	otel_baggage_unref(baggage);
}
END_TEST

START_TEST(with_an_sdk_its_propagators_see_the_current_span)
{
	otel_carrier carrier = header_list_carrier(&list);
	otel_token token;
	otel_span span;
	otel_context *context;

	otel_api_slot_v1()->provider = &fake_provider;
	span = otel_span_start(NULL, "s");
	token = otel_span_attach(span);
	otel_inject(NULL, &carrier);
	ck_assert_uint_eq(fake_calls.injected, 1);
	ck_assert_ptr_nonnull(header_list_get(&list, "traceparent", 0));
	ck_assert_str_eq(header_list_get(&list, "tracestate", 0), "fake=1");
	context = otel_extract(NULL, &carrier);
	ck_assert_uint_eq(fake_calls.extracted, 1);
	ck_assert_mem_eq(otel_context_span_context(context).span_id, fake_context_of(span).span_id, 8);
	otel_context_unref(context);
	otel_detach(token);
}
END_TEST

START_TEST(with_an_sdk_the_root_may_be_injected_too)
{
	otel_carrier carrier = header_list_carrier(&list);

	otel_api_slot_v1()->provider = &fake_provider;
	otel_inject(NULL, &carrier);
	ck_assert_uint_eq(list.count, 0);
}
END_TEST

START_TEST(fields_are_those_that_would_be_written)
{
	static struct otel_provider old;

	otel_api_slot_v1()->provider = NULL;
	otel_propagate_w3c();
	ck_assert_str_eq(otel_propagation_field(0), "traceparent");
	ck_assert_str_eq(otel_propagation_field(1), "tracestate");
	ck_assert_str_eq(otel_propagation_field(2), "baggage");
	ck_assert_ptr_null(otel_propagation_field(3));
	old = fake_provider;
	old.size = offsetof(struct otel_provider, field); /* an SDK of before there were fields */
	otel_api_slot_v1()->provider = &old;
	ck_assert_ptr_null(otel_propagation_field(0));
}
END_TEST

/* ---- responses ---- */

START_TEST(a_response_tells_of_the_span_that_is_current)
{
	const unsigned before = fake_calls.responses;
	otel_carrier carrier = header_list_carrier(&list);
	otel_token token;
	otel_span span;

	otel_api_slot_v1()->provider = &fake_provider;
	span = otel_span_start(NULL, "serve");
	token = otel_span_attach(span);
	otel_inject_response(&carrier);
	otel_detach(token);
	ck_assert_uint_eq(fake_calls.responses, before + 1);
	ck_assert_mem_eq(fake_served.span_id, fake_context_of(span).span_id, 8);
	ck_assert_str_eq(header_list_get(&list, "served", 0), "yes");
}
END_TEST

START_TEST(without_a_span_of_our_own_a_response_tells_nothing)
{
	const unsigned before = fake_calls.responses;
	otel_carrier carrier = header_list_carrier(&list);
	const otel_span_context remote = {.trace_id = {1}, .span_id = {2}, .is_remote = 1};
	otel_context *context = otel_context_with_span_context(NULL, &remote, NULL);
	otel_token token;

	otel_api_slot_v1()->provider = NULL;
	otel_inject_response(&carrier); /* no SDK */
	otel_propagate_w3c();
	otel_inject_response(&carrier);
	otel_api_slot_v1()->provider = &fake_provider;
	otel_inject_response(&carrier); /* no span */
	token = otel_context_attach(context);
	otel_inject_response(&carrier); /* the client's */
	otel_detach(token);
	otel_context_unref(context);
	ck_assert_uint_eq(fake_calls.responses, before);
	ck_assert_uint_eq(list.count, 0);
}
END_TEST

START_TEST(what_cannot_be_written_or_asked_for_is_left_alone)
{
	static struct otel_provider old;
	const unsigned before = fake_calls.responses;
	otel_carrier carrier = header_list_carrier(&list);
	otel_span span;
	otel_token token;

	otel_api_slot_v1()->provider = &fake_provider;
	span = otel_span_start(NULL, "serve");
	token = otel_span_attach(span);
	otel_inject_response(NULL);
	carrier.set = NULL;
	otel_inject_response(&carrier);
	carrier = header_list_carrier(&list);
	carrier.size = offsetof(otel_carrier, set); /* of somebody older than we are */
	otel_inject_response(&carrier);
	carrier = header_list_carrier(&list);
	old = fake_provider;
	old.size = offsetof(struct otel_provider, inject_response); /* an SDK of before there were responses */
	otel_api_slot_v1()->provider = &old;
	otel_inject_response(&carrier);
	otel_detach(token);
	ck_assert_uint_eq(fake_calls.responses, before);
}
END_TEST

SUITE_MAIN_WITH("propagate", NULL, clear, {without_sdk_or_request_nothing_is_read_or_written, 0},
		{on_request_w3c_headers_pass_through, 0}, {bad_headers_give_the_base_itself, 0},
		{with_an_sdk_its_propagators_see_the_current_span, 0}, {with_an_sdk_the_root_may_be_injected_too, 0},
		{fields_are_those_that_would_be_written, 0}, {a_response_tells_of_the_span_that_is_current, 0},
		{without_a_span_of_our_own_a_response_tells_nothing, 0},
		{what_cannot_be_written_or_asked_for_is_left_alone, 0})

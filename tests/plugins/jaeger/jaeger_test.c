/* SPDX-License-Identifier: Apache-2.0
 *
 * jaeger_test.c - the module: debug and baggage, there and back.
 */
#define MODULE "jaeger"
#include "plugins/propagation/propagator.h"

static void ck_entry(const otel_context *context, const char *name, const char *value)
{
	const char *is = otel_baggage_value(otel_context_baggage(context), name);

	ck_assert_msg(is && !strcmp(is, value), "%s is %s", name, is ? is : "absent");
}

START_TEST(debug_is_sent_on_with_its_trace_alone)
{
	otel_span_context other = {.trace_id = {9}, .span_id = {9}};
	otel_context *debug;
	otel_context *context;

	header_list_add(&headers, "uber-trace-id", TRACE_1 ":" SPAN ":0:3");
	debug = extract("jaeger", NULL);
	inject("jaeger", debug);
	ck_header("uber-trace-id", TRACE_1 ":" SPAN ":0:03");
	context = otel_context_with_span_context(debug, &other, NULL);
	inject("jaeger", context);
	ck_header("uber-trace-id", "09000000000000000000000000000000:0900000000000000:0:00");
	otel_context_unref(context);
	otel_context_unref(debug);
}
END_TEST

START_TEST(baggage_goes_out_one_header_an_entry_and_url_encoded)
{
	otel_context *context = context_of(1, OTEL_TRACE_FLAG_SAMPLED);

	context = with_entry(context, "tenant", "a b+c%\r\nX-Evil: 1");
	context = with_entry(context, "no token", "x");
	context = with_entry(context, "empty", "");
	inject("jaeger", context);
	ck_assert_uint_eq(headers.count, 3);
	ck_header("uber-trace-id", TRACE_1 ":" SPAN ":0:01");
	ck_header("uberctx-tenant", "a%20b%2Bc%25%0D%0AX-Evil%3A%201");
	ck_header("uberctx-empty", "");
	otel_context_unref(context);
}
END_TEST

START_TEST(what_baggage_was_sent_comes_back)
{
	otel_context *out = with_entry(NULL, "k", "a b+c%41\xc3\xa9,;=\"");
	otel_context *in;

	inject("jaeger", out);
	ck_assert_uint_eq(headers.count, 1);
	in = extract("jaeger", NULL);
	ck_entry(in, "k", "a b+c%41\xc3\xa9,;=\"");
	ck_assert_uint_eq(otel_context_span_context(in).is_remote, 0);
	otel_context_unref(in);
	otel_context_unref(out);
}
END_TEST

START_TEST(encoders_may_write_a_blank_as_plus_and_others_may_not_encode)
{
	otel_context *context;

	header_list_add(&headers, "uberctx-a", "x+y%2Bz");
	header_list_add(&headers, "uberctx-b", "100% + sure");
	context = extract("jaeger", NULL);
	ck_entry(context, "a", "x y+z");
	ck_entry(context, "b", "100% + sure");
	otel_context_unref(context);
}
END_TEST

START_TEST(a_list_of_pairs_is_read_too_and_single_headers_win)
{
	otel_context *context;

	header_list_add(&headers, "uberctx-k2", "single");
	header_list_add(&headers, "Jaeger-Baggage", "k1=v1, k2 = v2,novalue,=x,k3=a=b,k4=");
	header_list_add(&headers, "jaeger-baggage", "k5=v5");
	context = extract("jaeger", NULL);
	ck_assert_uint_eq(otel_baggage_count(otel_context_baggage(context)), 5);
	ck_entry(context, "k1", "v1");
	ck_entry(context, "k2", "single");
	ck_entry(context, "k3", "a=b");
	ck_entry(context, "k4", "");
	ck_entry(context, "k5", "v5");
	otel_context_unref(context);
}
END_TEST

START_TEST(baggage_found_before_is_replaced_only_by_baggage)
{
	otel_context *base = with_entry(NULL, "old", "1");
	otel_context *context;

	header_list_add(&headers, "uber-trace-id", "1:1:0:1");
	context = extract("jaeger", base);
	ck_entry(context, "old", "1");
	otel_context_unref(context);
	header_list_add(&headers, "uberctx-new", "2");
	context = extract("jaeger", base);
	ck_assert_uint_eq(otel_baggage_count(otel_context_baggage(context)), 1);
	ck_entry(context, "new", "2");
	otel_context_unref(context);
	otel_context_unref(base);
}
END_TEST

START_TEST(without_names_of_headers_the_trace_is_read_alone)
{
	struct component *c = open_propagator("jaeger");
	otel_carrier carrier = header_list_carrier(&headers);
	otel_context *context;

	header_list_add(&headers, "uber-trace-id", "1:1:0:1");
	header_list_add(&headers, "uberctx-a", "1");
	carrier.size = offsetof(otel_carrier, key); /* of ABI 1.0 */
	context = ((const otel_propagator *)c->vtable)->extract(c->self, NULL, &carrier);
	ck_assert_uint_eq(otel_context_span_context(context).trace_id[15], 1);
	ck_assert_ptr_null(otel_context_baggage(context));
	otel_context_unref(context);
}
END_TEST

START_TEST(it_says_which_header_it_writes)
{
	const otel_propagator *p = open_propagator("jaeger")->vtable;

	ck_assert_str_eq(p->fields[0], "uber-trace-id");
	ck_assert_ptr_null(p->fields[1]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("jaeger");
	TCase *tc = tcase_create("jaeger");
	tcase_add_checked_fixture(tc, propagators_begin, propagators_end);
	tcase_add_test(tc, debug_is_sent_on_with_its_trace_alone);
	tcase_add_test(tc, baggage_goes_out_one_header_an_entry_and_url_encoded);
	tcase_add_test(tc, what_baggage_was_sent_comes_back);
	tcase_add_test(tc, encoders_may_write_a_blank_as_plus_and_others_may_not_encode);
	tcase_add_test(tc, a_list_of_pairs_is_read_too_and_single_headers_win);
	tcase_add_test(tc, baggage_found_before_is_replaced_only_by_baggage);
	tcase_add_test(tc, without_names_of_headers_the_trace_is_read_alone);
	tcase_add_test(tc, it_says_which_header_it_writes);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * ottrace_test.c - the headers of OpenTracing's basic tracers, as other languages' propagators read and write them.
 */
#define MODULE "ottrace"
#include "plugins/propagation/propagator.h"

static otel_context *read_headers(otel_context *base, const char *trace_id, const char *span_id, const char *sampled)
{
	header_list_clear(&headers);
	header_list_add(&headers, "ot-tracer-traceid", trace_id);
	header_list_add(&headers, "OT-Tracer-SpanID", span_id);
	if (sampled)
		header_list_add(&headers, "ot-tracer-sampled", sampled);
	return extract("ottrace", base);
}

START_TEST(the_lower_half_of_the_trace_id_is_sent)
{
	otel_context *context = context_of(1, OTEL_TRACE_FLAG_SAMPLED);

	inject("ottrace", context);
	ck_header("ot-tracer-traceid", "00000000000000ff");
	ck_header("ot-tracer-spanid", SPAN);
	ck_header("ot-tracer-sampled", "true");
	ck_assert_uint_eq(headers.count, 3);
	otel_context_unref(context);
	context = context_of(1, OTEL_TRACE_FLAG_RANDOM);
	inject("ottrace", context);
	ck_header("ot-tracer-sampled", "false");
	otel_context_unref(context);
}
END_TEST

START_TEST(ids_of_any_length_are_read)
{
	static const struct {
		const char *trace_id;
		const char *span_id;
		uint8_t last[2];
	} rows[] = {{"a", "b", {0x0a, 0x0b}},
		    {"64fe8b2a57d3eff7", "e457b5a2e4d86bd1", {0xf7, 0xd1}},
		    {"80f198ee56343ba864fe8b2a57d3eff7", " e457b5a2e4d86bd1 ", {0xf7, 0xd1}}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		otel_context *context = read_headers(NULL, rows[i].trace_id, rows[i].span_id, "true");
		otel_span_context sc = otel_context_span_context(context);
		ck_assert_uint_eq(sc.trace_id[15], rows[i].last[0]);
		ck_assert_uint_eq(sc.span_id[7], rows[i].last[1]);
		ck_assert_uint_eq(sc.is_remote, 1);
		otel_context_unref(context);
	}
}
END_TEST

START_TEST(sampled_is_true_or_one)
{
	static const struct {
		const char *sampled;
		uint8_t flags;
	} rows[] = {{"true", 1}, {"True", 1}, {"1", 1}, {"false", 0}, {"0", 0}, {"", 0}, {"yes", 0}, {NULL, 0}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		otel_context *context = read_headers(NULL, "a", "b", rows[i].sampled);
		ck_assert_uint_eq(otel_context_span_context(context).trace_flags, rows[i].flags);
		otel_context_unref(context);
	}
}
END_TEST

START_TEST(bad_ids_give_nothing_and_no_baggage_either)
{
	static const char *const bad[] = {"",   "0",   "00000000000000000000000000000000", "g",
					  "-1", "1 2", "111111111111111111111111111111111"};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		ck_assert_msg(!read_headers(NULL, bad[i], "1", "true"), "%s", bad[i]);
		ck_assert_msg(!read_headers(NULL, "1", bad[i], "true"), "%s", bad[i]);
	}
	header_list_clear(&headers);
	header_list_add(&headers, "ot-baggage-a", "1");
	ck_assert_ptr_null(extract("ottrace", NULL));
}
END_TEST

START_TEST(a_whole_trace_id_told_by_another_propagator_stays_whole)
{
	otel_span_context sc = {
		.trace_id = {0x80, [15] = 0xff}, .span_id = {1}, .is_remote = 1, .trace_flags = OTEL_TRACE_FLAG_RANDOM};
	otel_context *base = otel_context_with_span_context(NULL, &sc, "a=1");
	otel_context *same = read_headers(base, "00000000000000ff", "2", "1");
	otel_context *other = read_headers(base, "00000000000000fe", "2", "1");

	ck_assert_uint_eq(otel_context_span_context(same).trace_id[0], 0x80);
	ck_assert_uint_eq(otel_context_span_context(same).span_id[7], 2);
	ck_assert_uint_eq(otel_context_span_context(same).trace_flags, 3);
	ck_assert_str_eq(otel_context_tracestate(same), "a=1");
	ck_assert_uint_eq(otel_context_span_context(other).trace_id[0], 0);
	ck_assert_str_eq(otel_context_tracestate(other), "");
	otel_context_unref(same);
	otel_context_unref(other);
	otel_context_unref(base);
}
END_TEST

START_TEST(baggage_travels_raw)
{
	otel_context *context = context_of(1, OTEL_TRACE_FLAG_SAMPLED);
	otel_context *back;

	context = with_entry(context, "tenant", "a b%20+\xc3\xa9");
	context = with_entry(context, "evil", "1\r\nX-Evil: 1");
	context = with_entry(context, "no token", "1");
	inject("ottrace", context);
	ck_assert_uint_eq(headers.count, 4);
	ck_header("ot-baggage-tenant", "a b%20+\xc3\xa9");
	header_list_add(&headers, "Ot-Baggage-User-ID", "7");
	back = extract("ottrace", NULL);
	ck_assert_str_eq(otel_baggage_value(otel_context_baggage(back), "tenant"), "a b%20+\xc3\xa9");
	ck_assert_str_eq(otel_baggage_value(otel_context_baggage(back), "user-id"), "7");
	otel_context_unref(back);
	otel_context_unref(context);
}
END_TEST

START_TEST(baggage_without_a_span_is_not_sent)
{
	otel_context *context = with_entry(NULL, "a", "1");

	inject("ottrace", context);
	ck_assert_uint_eq(headers.count, 0);
	otel_context_unref(context);
}
END_TEST

START_TEST(it_says_which_headers_it_writes)
{
	const otel_propagator *p = open_propagator("ottrace")->vtable;

	ck_assert_str_eq(p->fields[0], "ot-tracer-traceid");
	ck_assert_str_eq(p->fields[2], "ot-tracer-sampled");
	ck_assert_ptr_null(p->fields[3]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("ottrace");
	TCase *tc = tcase_create("ottrace");
	tcase_add_checked_fixture(tc, propagators_begin, propagators_end);
	tcase_add_test(tc, the_lower_half_of_the_trace_id_is_sent);
	tcase_add_test(tc, ids_of_any_length_are_read);
	tcase_add_test(tc, sampled_is_true_or_one);
	tcase_add_test(tc, bad_ids_give_nothing_and_no_baggage_either);
	tcase_add_test(tc, a_whole_trace_id_told_by_another_propagator_stays_whole);
	tcase_add_test(tc, baggage_travels_raw);
	tcase_add_test(tc, baggage_without_a_span_is_not_sent);
	tcase_add_test(tc, it_says_which_headers_it_writes);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}

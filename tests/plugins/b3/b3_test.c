/* SPDX-License-Identifier: Apache-2.0
 *
 * b3_test.c - the module: what it keeps of a header that a span context cannot hold, and sends on.
 */
#define MODULE "b3"
#include "plugins/propagation/propagator.h"

#define IDS TRACE_1 "-" SPAN

/* What a child of the extracted span would send: the same trace, another span, this decision. */
static otel_context *child_of(otel_context *taken, uint8_t flags)
{
	otel_span_context sc = otel_context_span_context(taken);
	otel_context *child;

	sc.span_id[0] = 0x77;
	sc.trace_flags = flags;
	sc.is_remote = 0;
	child = otel_context_with_span_context(taken, &sc, NULL);
	otel_context_unref(taken);
	return child;
}

static otel_context *read_single(const char *value)
{
	header_list_clear(&headers);
	header_list_add(&headers, "b3", value);
	return extract("b3", NULL);
}

START_TEST(debug_is_sent_on_by_both_forms_whatever_the_sampler_said)
{
	otel_context *context = child_of(read_single(IDS "-d"), 0);

	inject("b3", context);
	ck_header("b3", TRACE_1 "-7700000000000005-d");
	inject("b3multi", context);
	ck_header("X-B3-Flags", "1");
	ck_header("X-B3-Sampled", NULL);
	otel_context_unref(context);
}
END_TEST

START_TEST(no_decision_yet_is_sent_on_until_somebody_samples)
{
	otel_context *context = child_of(read_single(IDS), 0);

	inject("b3", context);
	ck_header("b3", TRACE_1 "-7700000000000005");
	inject("b3multi", context);
	ck_assert_uint_eq(headers.count, 2);
	context = child_of(context, OTEL_TRACE_FLAG_SAMPLED);
	inject("b3", context);
	ck_header("b3", TRACE_1 "-7700000000000005-1");
	otel_context_unref(context);
}
END_TEST

START_TEST(a_new_trace_inside_the_context_does_not_inherit_debug)
{
	otel_context *remote = read_single(IDS "-d");
	otel_span_context sc = {.trace_id = {9}, .span_id = {9}, .trace_flags = OTEL_TRACE_FLAG_SAMPLED};
	otel_context *context = otel_context_with_span_context(remote, &sc, NULL);

	inject("b3", context);
	ck_header("b3", "09000000000000000000000000000000-0900000000000000-1");
	otel_context_unref(context);
	otel_context_unref(remote);
}
END_TEST

START_TEST(a_later_header_of_the_same_trace_takes_debug_back)
{
	otel_context *debug = read_single(IDS "-d");
	otel_context *plain;

	header_list_clear(&headers);
	header_list_add(&headers, "b3", IDS "-1");
	plain = extract("b3multi", debug);
	inject("b3", plain);
	ck_header("b3", IDS "-1");
	otel_context_unref(plain);
	otel_context_unref(debug);
}
END_TEST

START_TEST(contexts_made_here_are_written_with_their_decision)
{
	otel_context *context = context_of(1, OTEL_TRACE_FLAG_SAMPLED | OTEL_TRACE_FLAG_RANDOM);

	inject("b3", context);
	ck_header("b3", IDS "-1");
	ck_assert_uint_eq(headers.count, 1);
	inject("b3multi", context);
	ck_header("x-b3-traceid", TRACE_1);
	ck_header("x-b3-spanid", SPAN);
	ck_header("x-b3-sampled", "1");
	ck_header("x-b3-parentspanid", NULL);
	inject("b3", NULL);
	ck_assert_uint_eq(headers.count, 0);
	otel_context_unref(context);
}
END_TEST

START_TEST(two_headers_of_one_name_count_as_none)
{
	header_list_add(&headers, "b3", IDS "-1");
	header_list_add(&headers, "B3", IDS "-0");
	ck_assert_ptr_null(extract("b3", NULL));
	header_list_clear(&headers);
	header_list_add(&headers, "x-b3-traceid", TRACE_1);
	header_list_add(&headers, "x-b3-spanid", SPAN);
	header_list_add(&headers, "x-b3-spanid", SPAN);
	ck_assert_ptr_null(extract("b3multi", NULL));
}
END_TEST

START_TEST(blanks_around_values_are_stripped)
{
	otel_context *context = read_single("\t " IDS "-1 ");

	ck_assert_uint_eq(otel_context_span_context(context).trace_flags, OTEL_TRACE_FLAG_SAMPLED);
	otel_context_unref(context);
}
END_TEST

START_TEST(a_header_of_several_that_is_too_long_spoils_them)
{
	header_list_add(&headers, "x-b3-traceid", TRACE_1);
	header_list_add(&headers, "x-b3-spanid", SPAN);
	header_list_add(&headers, "x-b3-sampled", "0000000000000000000000000000000000000000000000000000000000001");
	ck_assert_ptr_null(extract("b3multi", NULL));
}
END_TEST

START_TEST(they_say_which_headers_they_write)
{
	const otel_propagator *single = open_propagator("b3")->vtable;
	const otel_propagator *multi = open_propagator("b3multi")->vtable;

	ck_assert_str_eq(single->fields[0], "b3");
	ck_assert_ptr_null(single->fields[1]);
	ck_assert_str_eq(multi->fields[3], "x-b3-flags");
	ck_assert_ptr_null(multi->fields[4]);
}
END_TEST

START_TEST(carriers_of_one_direction_do_no_harm)
{
	otel_context *context = context_of(1, 0);
	struct component *c = open_propagator("b3");
	const otel_propagator *p = c->vtable;
	otel_carrier carrier = header_list_carrier(&headers);

	carrier.size = offsetof(otel_carrier, set);
	p->inject(c->self, context, &carrier);
	ck_assert_uint_eq(headers.count, 0);
	ck_assert_ptr_null(p->extract(c->self, context, &carrier));
	otel_context_unref(context);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("b3");
	TCase *tc = tcase_create("b3");
	tcase_add_checked_fixture(tc, propagators_begin, propagators_end);
	tcase_add_test(tc, debug_is_sent_on_by_both_forms_whatever_the_sampler_said);
	tcase_add_test(tc, no_decision_yet_is_sent_on_until_somebody_samples);
	tcase_add_test(tc, a_new_trace_inside_the_context_does_not_inherit_debug);
	tcase_add_test(tc, a_later_header_of_the_same_trace_takes_debug_back);
	tcase_add_test(tc, contexts_made_here_are_written_with_their_decision);
	tcase_add_test(tc, two_headers_of_one_name_count_as_none);
	tcase_add_test(tc, blanks_around_values_are_stripped);
	tcase_add_test(tc, a_header_of_several_that_is_too_long_spoils_them);
	tcase_add_test(tc, they_say_which_headers_they_write);
	tcase_add_test(tc, carriers_of_one_direction_do_no_harm);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}

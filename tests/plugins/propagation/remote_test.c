/* SPDX-License-Identifier: Apache-2.0
 *
 * remote_test.c - ids of any length, and what stays of an earlier propagator's word.
 */
#include "plugins/propagation/remote.h"

#include <otel/otel.h>

#include "plugin/registry.h"
#include "support/suite.h"

START_TEST(short_ids_are_padded_on_the_left)
{
	static const uint8_t expected[8] = {0, 0, 0, 0, 0, 0, 0x0a, 0xbc};
	uint8_t id[8];

	ck_assert(remote_id(view_of("aBc"), id, sizeof id));
	ck_assert_mem_eq(id, expected, sizeof id);
	ck_assert(remote_id(view_of("0000000000000abc"), id, sizeof id));
	ck_assert_mem_eq(id, expected, sizeof id);
}
END_TEST

START_TEST(what_is_no_id_is_refused)
{
	uint8_t id[16];

	ck_assert(!remote_id(view_of(""), id, 8));
	ck_assert(!remote_id(view_of(NULL), id, 8));
	ck_assert(!remote_id(view_of("0"), id, 8));
	ck_assert(!remote_id(view_of("00000000000000001"), id, 8));
	ck_assert(!remote_id(view_of("x"), id, 8));
	ck_assert(!remote_id(view_of(" 1"), id, 8));
	ck_assert(!remote_id(view_of("000000000000000000000000000000001"), id, 16));
}
END_TEST

static otel_context *earlier(uint8_t first, uint8_t is_remote)
{
	otel_span_context sc = {.trace_id = {first},
				.span_id = {1},
				.is_remote = is_remote,
				.trace_flags = OTEL_TRACE_FLAG_RANDOM | OTEL_TRACE_FLAG_SAMPLED};

	return otel_context_with_span_context(NULL, &sc, "a=1");
}

static void expect(otel_context *base, uint8_t flags, const char *tracestate)
{
	const otel_span_context sc = {.trace_id = {7}, .span_id = {2}};
	otel_context *context = remote_context(&registry_host, base, &sc);
	otel_span_context is = otel_context_span_context(context);

	ck_assert_uint_eq(is.span_id[0], 2);
	ck_assert_uint_eq(is.is_remote, 1);
	ck_assert_uint_eq(is.trace_flags, flags);
	ck_assert_str_eq(otel_context_tracestate(context), tracestate);
	otel_context_unref(context);
	otel_context_unref(base);
}

START_TEST(tracestate_and_random_flag_stay_with_the_same_remote_trace)
{
	expect(earlier(7, 1), OTEL_TRACE_FLAG_RANDOM, "a=1");
}
END_TEST

START_TEST(nothing_stays_of_another_trace_or_of_a_local_span)
{
	expect(earlier(8, 1), 0, "");
	expect(earlier(7, 0), 0, "");
	expect(NULL, 0, "");
}
END_TEST

SUITE_MAIN("remote", NULL, {short_ids_are_padded_on_the_left, 0}, {what_is_no_id_is_refused, 0},
	   {tracestate_and_random_flag_stay_with_the_same_remote_trace, 0},
	   {nothing_stays_of_another_trace_or_of_a_local_span, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * traceparent_test.c - what the vectors leave out: bounds, flags, and that a refused header changes nothing.
 */
#include "api/traceparent.h"

#include <string.h>

#include "support/suite.h"

#define GOOD "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

START_TEST(what_was_written_is_read_again)
{
	otel_span_context in = {.trace_id = {1, 2, 0xab}, .span_id = {9, 0xff}, .trace_flags = OTEL_TRACE_FLAG_RANDOM};
	otel_span_context out;
	char text[TRACEPARENT_LEN + 1];

	traceparent_format(text, &in);
	ck_assert_str_eq(text, "00-0102ab00000000000000000000000000-09ff000000000000-02");
	ck_assert(traceparent_parse(text, strlen(text), &out));
	ck_assert_mem_eq(in.trace_id, out.trace_id, 16);
	ck_assert_mem_eq(in.span_id, out.span_id, 8);
	ck_assert_uint_eq(out.trace_flags, OTEL_TRACE_FLAG_RANDOM);
	ck_assert_uint_eq(out.is_remote, 1);
}
END_TEST

START_TEST(unknown_flags_are_not_sent)
{
	otel_span_context in = {.trace_id = {1}, .span_id = {1}, .trace_flags = 0xff};
	char text[TRACEPARENT_LEN + 1];

	traceparent_format(text, &in);
	ck_assert_str_eq(text + 53, "03");
}
END_TEST

START_TEST(every_shorter_text_is_refused_and_nothing_behind_its_end_is_read)
{
	for (size_t len = 0; len < TRACEPARENT_LEN; len++) {
		char *exact = malloc(len + !len); /* AddressSanitizer sees a byte too many */
		otel_span_context out = {.trace_flags = 77};
		memcpy(exact, GOOD, len);
		ck_assert(!traceparent_parse(exact, len, &out));
		ck_assert_uint_eq(out.trace_flags, 77);
		free(exact);
	}
}
END_TEST

START_TEST(every_position_takes_only_its_own_characters)
{
	char text[TRACEPARENT_LEN + 1];
	otel_span_context out;

	for (size_t i = 0; i < TRACEPARENT_LEN; i++) {
		for (const char *bad = "gG,; \x80\xff/:@`"; *bad; bad++) {
			strcpy(text, GOOD);
			text[i] = *bad;
			ck_assert_msg(!traceparent_parse(text, TRACEPARENT_LEN, &out), "%s", text);
		}
	}
}
END_TEST

SUITE_MAIN("traceparent", NULL, {what_was_written_is_read_again, 0}, {unknown_flags_are_not_sent, 0},
	   {every_shorter_text_is_refused_and_nothing_behind_its_end_is_read, 0},
	   {every_position_takes_only_its_own_characters, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * b3_header_test.c - B3 text in both forms: what the vectors leave out.
 */
#include "plugins/b3/b3_header.h"

#include "support/suite.h"

#define TRACE "80f198ee56343ba864fe8b2a57d3eff7"
#define SPAN  "e457b5a2e4d86bd1"

static bool is_read(const char *text)
{
	struct b3 b3;

	return b3_parse_single(view_of(text), &b3);
}

START_TEST(what_was_written_is_read_again)
{
	static const char *const texts[] = {TRACE "-" SPAN, TRACE "-" SPAN "-0", TRACE "-" SPAN "-1",
					    TRACE "-" SPAN "-d"};
	char text[B3_SINGLE_SIZE];
	struct b3 b3;

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		ck_assert(b3_parse_single(view_of(texts[i]), &b3));
		ck_assert_uint_eq(b3.sampling, i);
		b3_format_single(&b3, text);
		ck_assert_str_eq(text, texts[i]);
	}
}
END_TEST

START_TEST(malformed_headers_are_refused)
{
	static const char *const bad[] = {"",
					  "-",
					  "--",
					  "d",
					  TRACE,
					  TRACE "-",
					  TRACE "-" SPAN "-",
					  TRACE "-" SPAN "-1-",
					  TRACE "-" SPAN "-11",
					  TRACE "-" SPAN "-D",
					  TRACE "-" SPAN "-1-" SPAN "-",
					  TRACE "-" SPAN "-1-" SPAN "-1",
					  TRACE "-" SPAN "-" SPAN,
					  TRACE "-" SPAN "-1-05e3ac9a4f6e3b9",
					  TRACE "-0000000000000000-1",
					  TRACE "0-" SPAN "-1",
					  TRACE "-" SPAN "0-1",
					  "80f198ee56343ba864fe8b2a57d3eff-" SPAN "-1",
					  "80F198EE56343BA864FE8B2A57D3EFF7-" SPAN "-1",
					  TRACE "-E457B5A2E4D86BD1-1",
					  TRACE " -" SPAN,
					  TRACE "-" SPAN "-1-g5e3ac9a4f6e3b90"};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(!is_read(bad[i]), "%s", bad[i]);
	ck_assert(!b3_parse_single((struct view){NULL, 0}, &(struct b3){.sampling = 0}));
}
END_TEST

START_TEST(a_parent_id_of_zeros_is_read_over)
{
	ck_assert(is_read(TRACE "-" SPAN "-1-0000000000000000"));
}
END_TEST

START_TEST(several_headers_say_sampled_in_two_spellings)
{
	static const struct {
		const char *sampled;
		enum b3_sampling sampling;
	} rows[] = {
		{"", B3_DEFERRED}, {"0", B3_DENIED}, {"False", B3_DENIED}, {"1", B3_ACCEPTED}, {"TRUE", B3_ACCEPTED}};
	struct b3_fields fields = {.trace_id = view_of(TRACE), .span_id = view_of(SPAN)};
	struct b3 b3;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		fields.sampled = view_of(rows[i].sampled);
		ck_assert(b3_parse_multi(&fields, &b3));
		ck_assert_uint_eq(b3.sampling, rows[i].sampling);
	}
	fields.sampled = view_of("d");
	ck_assert(!b3_parse_multi(&fields, &b3));
}
END_TEST

START_TEST(flags_other_than_debug_are_ignored)
{
	struct b3_fields fields = {.trace_id = view_of(TRACE), .span_id = view_of(SPAN), .flags = view_of("2")};
	struct b3 b3;

	ck_assert(b3_parse_multi(&fields, &b3));
	ck_assert_uint_eq(b3.sampling, B3_DEFERRED);
}
END_TEST

SUITE_MAIN("b3_header", NULL, {what_was_written_is_read_again, 0}, {malformed_headers_are_refused, 0},
	   {a_parent_id_of_zeros_is_read_over, 0}, {several_headers_say_sampled_in_two_spellings, 0},
	   {flags_other_than_debug_are_ignored, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * answer_test.c - what the bodies of answers say, whole, broken and from tomorrow.
 */
#include "otlp/answer.h"

#include <string.h>

#include "support/suite.h"

static struct answer answer;

static bool read_success(const char *body, size_t len)
{
	memset(&answer, 0xff, sizeof answer);
	return answer_read_success(&answer, (const uint8_t *)body, len);
}

static bool read_failure(const char *body, size_t len)
{
	memset(&answer, 0xff, sizeof answer);
	return answer_read_failure(&answer, (const uint8_t *)body, len);
}

START_TEST(an_empty_body_says_nothing)
{
	ck_assert(answer_read_success(&answer, NULL, 0));
	ck_assert_int_eq(answer.rejected, 0);
	ck_assert_uint_eq(answer.words_len, 0);
	ck_assert(answer_read_failure(&answer, NULL, 0));
	ck_assert_uint_eq(answer.words_len, 0);
}
END_TEST

START_TEST(a_partial_success_has_a_number_and_words)
{
	ck_assert(read_success("\x0a\x06\x08\x96\x01\x12\x01x", 8));
	ck_assert_int_eq(answer.rejected, 150);
	ck_assert_uint_eq(answer.words_len, 1);
	ck_assert_mem_eq(answer.words, "x", 1);
	ck_assert(read_success("\x0a\x0b\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 13));
	ck_assert_int_eq(answer.rejected, -1);
}
END_TEST

START_TEST(the_last_of_a_field_counts)
{
	/* one message in two halves, as protobuf allows */
	ck_assert(read_success("\x0a\x04\x08\x01\x08\x02\x0a\x03\x12\x01y", 11));
	ck_assert_int_eq(answer.rejected, 2);
	ck_assert_mem_eq(answer.words, "y", 1);
	ck_assert(read_failure("\x12\x01x\x12\x02yz", 7));
	ck_assert_uint_eq(answer.words_len, 2);
	ck_assert_mem_eq(answer.words, "yz", 2);
}
END_TEST

START_TEST(the_words_of_a_failure_stand_between_code_and_details)
{
	ck_assert(read_failure("\x08\x03\x12\x02no\x1a\x03\x0a\x01t", 11));
	ck_assert_uint_eq(answer.words_len, 2);
	ck_assert_mem_eq(answer.words, "no", 2);
}
END_TEST

START_TEST(unknown_fields_are_passed_over)
{
	ck_assert(read_success(
		"\x10\x05\x1d\x01\x02\x03\x04\x21\x01\x02\x03\x04\x05\x06\x07\x08\x0a\x04\x08\x07\x18\x01", 22));
	ck_assert_int_eq(answer.rejected, 7);
}
END_TEST

START_TEST(what_is_broken_or_of_another_type_is_no_answer)
{
	static const char *const success[] = {"\xff\xff", "\x0a\x05\x08\x01", "\x0a\x02\x08\xff",
					      "\x08\x01", "\x0a\x02\x10\x01", "\x0a\x03\x0a\x01x",
					      "\x0b"};
	for (size_t i = 0; i < sizeof success / sizeof *success; i++)
		ck_assert(!read_success(success[i], strlen(success[i])));
	ck_assert(!read_failure("\x12\x05no", 4));
	ck_assert(!read_failure("\x10\x01", 2));
}
END_TEST

SUITE_MAIN("answer", NULL, {an_empty_body_says_nothing, 0}, {a_partial_success_has_a_number_and_words, 0},
	   {the_last_of_a_field_counts, 0}, {the_words_of_a_failure_stand_between_code_and_details, 0},
	   {unknown_fields_are_passed_over, 0}, {what_is_broken_or_of_another_type_is_no_answer, 0})

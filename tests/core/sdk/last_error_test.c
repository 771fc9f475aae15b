/* SPDX-License-Identifier: Apache-2.0
 *
 * last_error_test.c - the sentence of the last failure: what is kept, what is said, and how long it may be read.
 */
#include "sdk/last_error.h"

#include <otel/sdk.h>

#include "core/plugin/support.h"

START_TEST(before_any_failure_it_is_empty)
{
	ck_assert_str_eq(otel_last_error(), "");
}
END_TEST

START_TEST(what_is_said_goes_to_the_operator_and_is_kept)
{
	ck_assert_int_eq(last_error_say(OTEL_DENIED, "%s has %d locks", "the door", 3), OTEL_DENIED);
	ck_assert_str_eq(otel_last_error(), "the door has 3 locks");
	ck_assert_str_eq(said(), "otel-c: the door has 3 locks\n");
}
END_TEST

START_TEST(what_is_noted_is_kept_silently)
{
	ck_assert_int_eq(last_error_note(OTEL_TIMEOUT, "nothing came in %d ms", 7), OTEL_TIMEOUT);
	ck_assert_str_eq(otel_last_error(), "nothing came in 7 ms");
	ck_silent();
}
END_TEST

START_TEST(a_sentence_stays_whole_until_the_one_after_the_next)
{
	last_error_note(OTEL_FAILED, "first");
	const char *first = otel_last_error();
	last_error_note(OTEL_FAILED, "second");
	ck_assert_str_eq(first, "first");
	ck_assert_str_eq(otel_last_error(), "second");
}
END_TEST

START_TEST(a_sentence_of_any_length_is_cut_and_terminated)
{
	char text[5000];

	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	last_error_note(OTEL_FAILED, "%s", text);
	ck_assert_uint_eq(strlen(otel_last_error()), 1023);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("last_error");
	TCase *tc = tcase_create("all");
	tcase_add_test(tc, before_any_failure_it_is_empty);
	tcase_add_test(tc, what_is_said_goes_to_the_operator_and_is_kept);
	tcase_add_test(tc, what_is_noted_is_kept_silently);
	tcase_add_test(tc, a_sentence_stays_whole_until_the_one_after_the_next);
	tcase_add_test(tc, a_sentence_of_any_length_is_cut_and_terminated);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}

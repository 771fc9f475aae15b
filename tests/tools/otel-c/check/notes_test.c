/* SPDX-License-Identifier: Apache-2.0
 *
 * Notes of a check run: what counts once, what is told to another process, what a child may send.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/otel-c/check/notes.h"

static struct notes notes;
static char told[256];

static void set_up(void)
{
	notes_begin(&notes);
	notes_take(NOTES_ALL);
	told[0] = '\0';
}

static void tear_down(void)
{
	notes_fini(&notes);
}

static void hear(void *arg, char tag, const char *text)
{
	(void)arg;
	snprintf(told + strlen(told), sizeof told - strlen(told), "%c=%s;", tag, text);
}

START_TEST(a_rule_counts_once_and_its_failures_count_more_than_that_it_was_kept_before)
{
	note(true, "rule", "cure", "found");
	note(true, "rule", "cure", "found");
	ck_assert_uint_eq(notes.count, 1);
	ck_assert(!note(false, "rule", "cure", "found %d", 1));
	note(false, "rule", "cure", "found %d", 1);
	note(false, "rule", "cure", "found %d", 2);
	note(true, "rule", "cure", "found");
	ck_assert_uint_eq(notes.count, 2);
	ck_assert_uint_eq(notes.of_kind[NOTE_FAILED], 2);
	ck_assert_uint_eq(notes.of_kind[NOTE_GOOD], 0);
	ck_assert_str_eq(notes.all[1].text, "found 2");
	ck_assert_str_eq(notes.all[1].cure, "cure");
}
END_TEST

START_TEST(what_is_odd_is_a_warning)
{
	ck_assert(note_odd(true, "a", "", " "));
	ck_assert(!note_odd(false, "b", "cure", "found"));
	ck_assert_uint_eq(notes.of_kind[NOTE_WARNING], 1);
}
END_TEST

START_TEST(notes_may_be_left_out_of_steps_that_were_judged_before)
{
	notes_take(NOTES_NOT_GOOD);
	note(true, "a", "", " ");
	note(false, "b", "", "found");
	notes_take(NOTES_NONE);
	note(false, "c", "", "found");
	ck_assert_uint_eq(notes.count, 1);
}
END_TEST

START_TEST(a_child_tells_its_parent_and_nothing_in_a_text_can_break_the_line)
{
	char bytes[8192], step[256] = "";
	bool is_over;
	int ends[2];
	ssize_t len;

	ck_assert_int_eq(pipe(ends), 0);
	notes_send(ends[1]);
	notes_step("setup() of %s", "acme");
	note(false, "ru\nle", "cure", "a\nf\x1f%s", "b");
	notes_tell('n', "na\tme");
	notes_tell('.', "");
	len = read(ends[0], bytes, sizeof bytes);
	close(ends[0]), close(ends[1]);
	notes_begin(&notes);
	notes_read(bytes, (size_t)len, step, &is_over, hear, NULL);
	ck_assert_str_eq(step, "setup() of acme");
	ck_assert(is_over);
	ck_assert_str_eq(told, "n=na me;");
	ck_assert_uint_eq(notes.count, 1);
	ck_assert_str_eq(notes.all[0].rule, "ru le");
	ck_assert_str_eq(notes.all[0].text, "a f b");
}
END_TEST

START_TEST(what_a_crashed_child_left_behind_is_read_as_far_as_it_goes)
{
	static const char left[] = "gone\nfrule\x1f"
				   "found\x1f"
				   "cure\n\n\x1f\nf\x1f\x1f\nfcut\x1fsh";
	char step[256] = "";
	bool is_over;

	notes_read(left, sizeof left - 1, step, &is_over, hear, NULL);
	ck_assert(!is_over);
	ck_assert_uint_eq(notes.count, 2);
	ck_assert_str_eq(notes.all[0].text, "found");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("check_notes");
	TCase *tcase = tcase_create("all");
	SRunner *runner;
	int failed;

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, a_rule_counts_once_and_its_failures_count_more_than_that_it_was_kept_before);
	tcase_add_test(tcase, what_is_odd_is_a_warning);
	tcase_add_test(tcase, notes_may_be_left_out_of_steps_that_were_judged_before);
	tcase_add_test(tcase, a_child_tells_its_parent_and_nothing_in_a_text_can_break_the_line);
	tcase_add_test(tcase, what_a_crashed_child_left_behind_is_read_as_far_as_it_goes);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

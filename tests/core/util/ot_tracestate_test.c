/* SPDX-License-Identifier: Apache-2.0
 *
 * ot_tracestate_test.c - thresholds and randomness in a tracestate: the vectors, the specification's table, edits.
 */
#include "util/ot_tracestate.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "support/suite.h"

/* ---- reading ---- */

static void check_vector(const json_t *vector)
{
	const char *id = json_string_value(json_object_get(vector, "id"));
	const char *value = json_string_value(json_object_get(vector, "value"));
	const json_t *expected = json_object_get(vector, "expected");
	const json_t *probability = json_object_get(expected, "probability");
	const char *threshold = json_string_value(json_object_get(expected, "threshold"));
	const char *random = json_string_value(json_object_get(expected, "rv"));
	const struct ot_state state = ot_value_read(value, strlen(value));
	char text[OT_DIGITS + 1];

	ck_assert_msg(state.has_threshold == (threshold != NULL), "%s", id);
	ck_assert_msg(state.has_random == (random != NULL), "%s", id);
	ot_random_text(state.threshold, text);
	ck_assert_msg(!threshold || !strcmp(threshold, text), "%s: %s", id, text);
	ck_assert_msg(!probability ||
			      (double)(OT_RANGE - state.threshold) / (double)OT_RANGE == json_real_value(probability),
		      "%s", id);
	ot_random_text(state.random, text);
	ck_assert_msg(!random || !strcmp(random, text), "%s: %s", id, text);
}

START_TEST(values_are_read_as_the_vectors_say)
{
	char path[4096];
	json_error_t error;
	json_t *vector;
	unsigned count = 0;
	size_t i;

	snprintf(path, sizeof path, "%s/tests/vectors/propagation-vectors.json", getenv("OTEL_C_TEST_SOURCE"));
	json_t *document = json_load_file(path, 0, &error);
	ck_assert_msg(document != NULL, "%s: %s", path, error.text);
	json_array_foreach(json_object_get(document, "vectors"), i, vector)
	{
		if (strcmp(json_string_value(json_object_get(vector, "propagator")), "ottracestate") != 0)
			continue;
		check_vector(vector);
		count++;
	}
	ck_assert_uint_eq(count, 5);
	json_decref(document);
}
END_TEST

START_TEST(what_is_malformed_counts_as_absent_by_itself)
{
	static const char *const bad[] = {"th:",
					  "th:000000000000000",
					  "th:G",
					  "th:8;th:8",
					  "th",
					  "xth:8",
					  "th8",
					  "TH:8",
					  "th: 8",
					  " th:8",
					  "rv:6E6d1a75832a2f",
					  "rv:",
					  "rv:6e6d1a75832a2f0",
					  "rv:6e6d1a75832a2f;rv:6e6d1a75832a2f"};
	char with[64];

	const struct ot_state alone = ot_value_read(bad[_i], strlen(bad[_i]));
	ck_assert(!alone.has_threshold && !alone.has_random);
	snprintf(with, sizeof with, "%s;%s", bad[_i], strstr(bad[_i], "rv") ? "th:c" : "rv:00000000000001");
	const struct ot_state beside = ot_value_read(with, strlen(with));
	ck_assert(beside.has_threshold != beside.has_random);
}
END_TEST

START_TEST(the_member_is_found_among_others)
{
	static const char *const texts[] = {"ot=th:8", "a=b,ot=th:8", "ot=th:8,a=b", "aot=th:c , ot=th:8 ,,",
					    "ot=th:8,ot=th:4"};
	const struct ot_state state = ot_read(texts[_i], strlen(texts[_i]));

	ck_assert(state.has_threshold);
	ck_assert_uint_eq(state.threshold, OT_RANGE / 2);
	ck_assert(!ot_read("ott=th:8", 8).has_threshold);
	ck_assert(!ot_read("", 0).has_threshold);
	ck_assert(!ot_read(NULL, 0).has_threshold);
}
END_TEST

/* ---- thresholds ---- */

START_TEST(probabilities_become_the_thresholds_of_the_table)
{
	static const struct {
		double n;
		const char *th[3]; /* with 3, 4 and 5 digits */
	} rows[] = {
		{1, {"0", "0", "0"}},
		{2, {"8", "8", "8"}},
		{3, {"aab", "aaab", "aaaab"}},
		{4, {"c", "c", "c"}},
		{5, {"ccd", "cccd", "ccccd"}},
		{8, {"e", "e", "e"}},
		{10, {"e66", "e666", "e6666"}},
		{16, {"f", "f", "f"}},
		{100, {"fd71", "fd70a", "fd70a4"}},
		{1000, {"ffbe7", "ffbe77", "ffbe76d"}},
		{10000, {"fff972", "fff9724", "fff97247"}},
		{100000, {"ffff584", "ffff583a", "ffff583a5"}},
		{1000000, {"ffffef4", "ffffef39", "ffffef391"}},
	};
	char text[OT_DIGITS + 1];

	for (unsigned k = 0; k < 3; k++) {
		ot_threshold_text(ot_threshold_precise(1 / rows[_i].n, 3 + k), text);
		ck_assert_str_eq(text, rows[_i].th[k]);
	}
	ot_threshold_text(ot_threshold(1 / rows[_i].n), text);
	ck_assert_str_eq(text, rows[_i].th[1]);
}
END_TEST

START_TEST(the_smallest_probability_keeps_one_trace_of_all)
{
	ck_assert_uint_eq(ot_threshold(1 / (double)OT_RANGE), OT_RANGE - 1);
	ck_assert_uint_eq(ot_threshold(1e-30), OT_RANGE - 1);
	ck_assert_uint_lt(ot_threshold(0.9999999), OT_RANGE);
}
END_TEST

START_TEST(a_lower_probability_never_has_the_lower_threshold)
{
	uint64_t before = OT_RANGE - 1;

	for (double p = 1 / (double)OT_RANGE; p <= 1; p *= 1.01) {
		const uint64_t threshold = ot_threshold(p);
		ck_assert_uint_le(threshold, before);
		before = threshold;
	}
}
END_TEST

/* ---- edits ---- */

START_TEST(the_randomness_of_a_trace_is_the_end_of_its_id)
{
	static const uint8_t id[16] = {0xff, [8] = 0xee, [9] = 0x01, [15] = 0xab};

	ck_assert_uint_eq(ot_random_of_trace(id), UINT64_C(0x010000000000ab));
}
END_TEST

START_TEST(an_edit_keeps_what_others_have_written)
{
	static const struct {
		const char *before;
		const char *th; /* NULL: erase */
		const char *after; /* NULL: the same */
	} rows[] = {
		{"", "8", "ot=th:8"},
		{"a=b", "8", "ot=th:8,a=b"},
		{"a=b,ot=p:8;r:62", "8", "ot=p:8;r:62;th:8,a=b"},
		{"ot=p:8;th:4;r:62,a=b", "8", "ot=p:8;r:62;th:8,a=b"},
		{"a=b,ot=th:8", "8", NULL},
		{"a=b,ot=th:8;th:8", "8", "ot=th:8,a=b"},
		{"ot=th:8,a=b", NULL, "a=b"},
		{"ot=th:8", NULL, ""},
		{"a=b,ot=th:8;rv:6e6d1a75832a2f", NULL, "ot=rv:6e6d1a75832a2f,a=b"},
		{"a=b,ot=rv:6e6d1a75832a2f", NULL, NULL},
		{"", NULL, NULL},
		{"ot=;;x:1;,ot=th:4", "c", "ot=x:1;th:c"},
		{"a=1,b=2,ot=thx:1,c=3", "c", "ot=thx:1;th:c,a=1,b=2,c=3"},
	};
	const struct ot_change change = {"th", rows[_i].th};
	const size_t len = strlen(rows[_i].before);
	char out[1024];
	size_t out_len = 0;
	const enum ot_edit edit = ot_edit(rows[_i].before, len, &change, 1, out, &out_len);

	ck_assert_int_eq(edit, rows[_i].after ? OT_CHANGED : OT_SAME);
	ck_assert_uint_le(out_len, len + OT_EDIT_EXTRA);
	out[out_len] = 0;
	if (rows[_i].after)
		ck_assert_str_eq(out, rows[_i].after);
}
END_TEST

START_TEST(several_changes_are_made_at_once)
{
	const struct ot_change changes[] = {{"th", "8"}, {"rv", "6e6d1a75832a2f"}};
	char out[OT_EDIT_EXTRA + 1];
	size_t len = 0;

	ck_assert_int_eq(ot_edit("", 0, changes, 2, out, &len), OT_CHANGED);
	out[len] = 0;
	ck_assert_str_eq(out, "ot=th:8;rv:6e6d1a75832a2f");
}
END_TEST

START_TEST(a_member_of_more_than_256_characters_is_refused)
{
	const struct ot_change change = {"th", "8"};
	char before[400], out[800];
	size_t len = 0;

	snprintf(before, sizeof before, "ot=x:%0249d", 0); /* 251, and ";th:8" */
	ck_assert_int_eq(ot_edit(before, strlen(before), &change, 1, out, &len), OT_CHANGED);
	ck_assert_uint_eq(len, 3 + 256);
	snprintf(before, sizeof before, "ot=x:%0250d", 0);
	ck_assert_int_eq(ot_edit(before, strlen(before), &change, 1, out, &len), OT_TOO_LONG);
}
END_TEST

START_TEST(a_33rd_member_pushes_the_rightmost_out)
{
	const struct ot_change change = {"th", "8"};
	char before[512] = "", out[1024];
	size_t len = 0;

	for (int i = 0; i < 32; i++)
		snprintf(before + strlen(before), sizeof before - strlen(before), "%sk%d=v", i ? "," : "", i);
	ck_assert_int_eq(ot_edit(before, strlen(before), &change, 1, out, &len), OT_CHANGED);
	out[len] = 0;
	ck_assert_ptr_nonnull(strstr(out, "ot=th:8,k0=v,"));
	ck_assert_ptr_nonnull(strstr(out, ",k30=v"));
	ck_assert_ptr_null(strstr(out, "k31"));
}
END_TEST

SUITE_MAIN("ot_tracestate", NULL, {values_are_read_as_the_vectors_say, 0},
	   {what_is_malformed_counts_as_absent_by_itself, 14}, {the_member_is_found_among_others, 5},
	   {probabilities_become_the_thresholds_of_the_table, 13}, {the_smallest_probability_keeps_one_trace_of_all, 0},
	   {a_lower_probability_never_has_the_lower_threshold, 0}, {the_randomness_of_a_trace_is_the_end_of_its_id, 0},
	   {an_edit_keeps_what_others_have_written, 13}, {several_changes_are_made_at_once, 0},
	   {a_member_of_more_than_256_characters_is_refused, 0}, {a_33rd_member_pushes_the_rightmost_out, 0})

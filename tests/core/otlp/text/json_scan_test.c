/* SPDX-License-Identifier: Apache-2.0
 *
 * json_scan_test.c - what is JSON and what is not.
 */
#include "otlp/text/json_scan.h"

#include <jansson.h>
#include <string.h>

#include "support/suite.h"

static struct otlp_fault fault;

static bool is_json(const char *text, size_t len)
{
	struct json_scan scan;

	json_scan_init(&scan, text, len, &fault);
	const bool ok = json_scan_skip(&scan, 0) && json_scan_end(&scan);
	ck_assert(ok == !scan.failed);
	json_scan_fini(&scan);
	return ok;
}

/* jansson judges the same, but for numbers that no double can hold. */
static void assert_judged(const char *text, size_t len, bool want)
{
	json_t *json = json_loadb(text, len, JSON_ALLOW_NUL | JSON_DECODE_ANY, NULL);

	ck_assert_msg(is_json(text, len) == want, "%s", text);
	ck_assert_msg(!!json == want, "jansson: %s", text);
	json_decref(json);
}

START_TEST(good_values_are_taken)
{
	static const char *const rows[] = {
		"{}",
		"[]",
		"0",
		"-0",
		"10",
		"1.5",
		"-1.25e-10",
		"1E+2",
		"true",
		"false",
		"null",
		"\"\"",
		" [ 1 , { \"a\" : [ ] } ] \r\n\t",
		"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\ud83c\\udf75\\u0000\"",
		"\"\303\244 \360\237\215\265\"",
		"{\"a\":{\"b\":[[[]]]}}",
		"\"/\"",
		"\"\x7f\"",
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_judged(rows[i], strlen(rows[i]), true);
}
END_TEST

static const char *const no_json[] = {
	"",
	" ",
	"{",
	"[",
	"}",
	"]",
	"{]",
	"[}",
	"[1",
	"[1,",
	"[1,]",
	"[,1]",
	"[1 2]",
	"{\"a\"}",
	"{\"a\":}",
	"{\"a\":1,}",
	"{a:1}",
	"{1:1}",
	"{\"a\" 1}",
	"01",
	"-",
	"+1",
	"1.",
	".5",
	"1e",
	"1e+",
	"0x10",
	"1a",
	"--1",
	"tru",
	"True",
	"nul",
	"NaN",
	"Infinity",
	"'a'",
	"\"",
	"\"a",
	"\"\\",
	"\"\\x\"",
	"\"\\u12\"",
	"\"\\u123g\"",
	"\"\\ud800\"",
	"\"\\ud800\\n\"",
	"\"\\ud800\\u0041\"",
	"\"\\udc00\"",
	"\"\n\"",
	"\"\xff\"",
	"\"\303\"",
	"\"\355\240\200\"",
	"[] []",
	"// no",
	"[1]x",
	"\x01",
};

START_TEST(anything_else_is_not)
{
	for (size_t i = 0; i < sizeof no_json / sizeof *no_json; i++)
		assert_judged(no_json[i], strlen(no_json[i]), false);
}
END_TEST

START_TEST(no_byte_behind_the_end_counts)
{
	static const char text[] = "{\"a\":[1234,\"b\\u00e4\\ud83c\\udf75\",true]}";

	for (size_t len = 0; len < sizeof text - 1; len++)
		ck_assert(!is_json(text, len));
	ck_assert(is_json(text, sizeof text - 1));
}
END_TEST

START_TEST(a_zero_byte_is_no_end)
{
	ck_assert(!is_json("[]\0", 3));
	ck_assert(!is_json("\"a\0b\"", 5));
	ck_assert(!is_json("\0", 1));
}
END_TEST

START_TEST(depth_is_bounded)
{
	char text[300];

	memset(text, '[', 100);
	memset(text + 100, ']', 100);
	ck_assert(is_json(text, 200));
	memset(text, '[', 150);
	memset(text + 150, ']', 150);
	ck_assert(!is_json(text, 300));
	ck_assert_ptr_nonnull(strstr(fault.text, "nested deeper than 100 levels"));
}
END_TEST

START_TEST(the_first_fault_is_kept_with_its_place)
{
	struct json_scan scan;
	struct view text;

	json_scan_init(&scan, "[\n  x", 5, &fault);
	ck_assert(json_scan_take(&scan, '['));
	ck_assert(!json_scan_text(&scan, &text));
	ck_assert_str_eq(fault.text, "JSON: line 2, column 3: there should be a text");
	ck_assert(!json_scan_word(&scan, &text));
	ck_assert(!json_scan_fail(&scan, "another"));
	ck_assert_str_eq(fault.text, "JSON: line 2, column 3: there should be a text");
	json_scan_fini(&scan);
}
END_TEST

SUITE_MAIN("json_scan", NULL, {good_values_are_taken, 0}, {anything_else_is_not, 0}, {no_byte_behind_the_end_counts, 0},
	   {a_zero_byte_is_no_end, 0}, {depth_is_bounded, 0}, {the_first_fault_is_kept_with_its_place, 0})

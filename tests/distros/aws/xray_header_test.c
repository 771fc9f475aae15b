/* SPDX-License-Identifier: Apache-2.0
 *
 * xray_header_test.c - the text of X-Amzn-Trace-Id. The table of vectors is in xray_propagator_test.c; here are the
 * edges it leaves out.
 */
#include "xray_header.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define ROOT   "Root=1-65f0a1b2-0f1e2d3c4b5a69788796a5b4"
#define PARENT "Parent=0a1b2c3d4e5f6071"

static struct xray_header header;

/* From memory that ends where the text ends, so that a sanitizer sees a read too far. */
static bool parse(const char *text)
{
	size_t len = strlen(text);
	char *copy = malloc(len ? len : 1);
	memcpy(copy, text, len);
	bool ok = xray_header_parse(copy, len, &header);
	free(copy);
	return ok;
}

START_TEST(what_is_written_is_read_back)
{
	struct xray_header out = {.trace_id = {0x65, 0xf0, 0xa1, 0xb2, 1},
				  .span_id = {9},
				  .sampled = true,
				  .lineage = "32767:e65a2c4d:255"};
	char text[XRAY_TEXT_SIZE];
	xray_header_format(&out, text);
	ck_assert_str_eq(text, "Root=1-65f0a1b2-010000000000000000000000;Parent=0900000000000000;Sampled=1;"
			       "Lineage=32767:e65a2c4d:255");
	ck_assert(parse(text));
	ck_assert_mem_eq(&header, &out, sizeof out);
}
END_TEST

START_TEST(pieces_may_be_empty_and_unknown_values_hold_anything)
{
	ck_assert(parse(";" ROOT ";;" PARENT ";"));
	ck_assert(parse(ROOT ";" PARENT ";Foo=a=b=c;Self=1"));
	ck_assert(parse("\t" ROOT " ;\t" PARENT "\t"));
	ck_assert(!header.sampled);
}
END_TEST

START_TEST(a_known_part_that_is_malformed_spoils_the_header_wherever_it_stands)
{
	ck_assert(!parse(ROOT ";" PARENT ";Sampled="));
	ck_assert(!parse(ROOT ";" PARENT ";Sampled=?"));
	ck_assert(!parse("Root=2-65f0a1b2-0f1e2d3c4b5a69788796a5b4;" PARENT));
	ck_assert(!parse("Parent=x;" ROOT ";" PARENT));
	ck_assert(!parse(ROOT ";" PARENT ";Parent="));
	ck_assert(!parse(ROOT "=;" PARENT));
	ck_assert(!parse("Root=1-65f0a1b2-0f1e2d3c4b5a69788796a5bg;" PARENT));
	ck_assert(!parse("Root=1-00000000-000000000000000000000000;" PARENT));
	ck_assert(!parse(""));
	ck_assert(!parse(";"));
}
END_TEST

START_TEST(lineage_has_three_parts_within_bounds)
{
	static const char *const good[] = {"0:00000000:0", "32767:e65a2c4d:255", "1:d4d48d4d:13"};
	static const char *const bad[] = {"",
					  "d4d48d4d:0",
					  "1:d4d48d4d",
					  "32768:d4d48d4d:0",
					  "1:d4d48d4d:256",
					  "1:D4D48D4D:0",
					  "-1:d4d48d4d:0",
					  "1:d4d48d4:0",
					  "1:d4d48d4d0:0",
					  ":d4d48d4d:0",
					  "1:d4d48d4d:",
					  "1:d4d48d4d:0:0",
					  "1:d4d48d4d:0\r\n",
					  "000001:d4d48d4d:255",
					  "1: d4d48d4:0"};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		ck_assert_msg(xray_lineage_is_valid(good[i], strlen(good[i])), "%s", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(!xray_lineage_is_valid(bad[i], strlen(bad[i])), "%s", bad[i]);
}
END_TEST

START_TEST(of_several_lineages_the_last_counts)
{
	ck_assert(parse(ROOT ";" PARENT ";Lineage=1:d4d48d4d:0;Lineage=2:d4d48d4d:0"));
	ck_assert_str_eq(header.lineage, "2:d4d48d4d:0");
	ck_assert(parse(ROOT ";" PARENT ";Lineage=1:d4d48d4d:0;Lineage=junk"));
	ck_assert_str_eq(header.lineage, "");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("xray_header");
	TCase *tc = tcase_create("xray_header");
	tcase_add_test(tc, what_is_written_is_read_back);
	tcase_add_test(tc, pieces_may_be_empty_and_unknown_values_hold_anything);
	tcase_add_test(tc, a_known_part_that_is_malformed_spoils_the_header_wherever_it_stands);
	tcase_add_test(tc, lineage_has_three_parts_within_bounds);
	tcase_add_test(tc, of_several_lineages_the_last_counts);
	suite_add_tcase(suite, tc);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

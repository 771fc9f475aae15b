/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_name_test.c - names say what a file is, and nothing else passes for one.
 */
#include "spool/spool_name.h"

#include <string.h>

#include "support/suite.h"

static const struct spool_name example = {.stored_ms = 0x18c0ffee123,
					  .origin = 0xfedcba9876543210,
					  .number = 7,
					  .exporter = 0x89abcdef,
					  .signal = 1,
					  .items = 512,
					  .bytes = 70000};
#define BASE "018c0ffee123-fedcba9876543210-00000007-89abcdef-1-512-70000"

START_TEST(each_state_has_its_name_and_back)
{
	static const struct {
		enum spool_state state;
		const char *text;
	} names[] = {
		{SPOOL_FREE, BASE ".batch"},
		{SPOOL_HELD, BASE ".00000000000000ab.held"},
		{SPOOL_PART, BASE ".00000000000000ab.part"},
		{SPOOL_BAD, BASE ".bad"},
		{SPOOL_LEASE, "00000000000000ab.lease"},
	};
	const struct spool_name name = spool_name_as(&example, names[_i].state, 0xab);
	char text[SPOOL_FILE_NAME_MAX];
	struct spool_name read;

	spool_name_write(&name, text);
	ck_assert_str_eq(text, names[_i].text);
	ck_assert(spool_name_parse(text, &read));
	ck_assert_int_eq(read.state, names[_i].state);
	if (names[_i].state == SPOOL_LEASE || names[_i].state == SPOOL_HELD)
		ck_assert_uint_eq(read.owner, 0xab);
	if (names[_i].state != SPOOL_LEASE) {
		ck_assert_int_eq(spool_name_compare(&read, &example), 0);
		ck_assert_uint_eq(read.exporter, example.exporter);
		ck_assert_uint_eq(read.items, 512);
		ck_assert_uint_eq(read.bytes, 70000);
	}
}
END_TEST

START_TEST(the_longest_name_fits)
{
	const struct spool_name most = {.stored_ms = UINT64_MAX,
					.origin = UINT64_MAX,
					.number = UINT32_MAX,
					.exporter = UINT32_MAX,
					.signal = UINT32_MAX,
					.items = UINT32_MAX,
					.bytes = UINT64_MAX,
					.state = SPOOL_HELD,
					.owner = UINT64_MAX};
	char text[SPOOL_FILE_NAME_MAX];
	struct spool_name read;

	spool_name_write(&most, text);
	ck_assert(spool_name_parse(text, &read));
	ck_assert_uint_eq(read.owner, UINT64_MAX);
	ck_assert_uint_eq(read.bytes, UINT64_MAX);
}
END_TEST

START_TEST(nothing_else_is_a_name)
{
	static const char *const others[] = {
		"",
		"x",
		SPOOL_MARKER,
		".00000000000000ab",
		BASE,
		BASE ".batch.",
		BASE ".batch~",
		BASE ".held",
		BASE ".ab.held",
		" " BASE ".batch",
		"+" BASE ".batch",
		"018C0FFEE123-fedcba9876543210-00000007-89abcdef-1-512-70000.batch",
		"018c0ffee123-fedcba9876543210-00000007-89abcdef-1-+512-70000.batch",
		"018c0ffee123-fedcba9876543210-00000007-89abcdef-1-0512-70000.batch",
		"ab.lease",
		"00000000000000ab.leases",
		"00000000000000ab.lease/x",
	};
	struct spool_name read;

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		ck_assert_msg(!spool_name_parse(others[i], &read), "%s", others[i]);
}
END_TEST

START_TEST(older_ones_come_first_in_a_listing_too)
{
	struct spool_name later = example;
	char a[SPOOL_FILE_NAME_MAX], b[SPOOL_FILE_NAME_MAX];

	later.stored_ms++;
	later.origin = 1;
	ck_assert_int_lt(spool_name_compare(&example, &later), 0);
	spool_name_write(&example, a);
	spool_name_write(&later, b);
	ck_assert_int_lt(strcmp(a, b), 0);
	later = example;
	later.number++;
	ck_assert_int_lt(spool_name_compare(&example, &later), 0);
	ck_assert_int_gt(spool_name_compare(&later, &example), 0);
}
END_TEST

START_TEST(exporters_are_told_apart)
{
	ck_assert_uint_eq(spool_exporter_number("otlp"), spool_exporter_number("otlp"));
	ck_assert_uint_ne(spool_exporter_number("otlp"), spool_exporter_number("otlp2"));
}
END_TEST

SUITE_MAIN("spool_name", NULL, {each_state_has_its_name_and_back, 5}, {the_longest_name_fits, 0},
	   {nothing_else_is_a_name, 0}, {older_ones_come_first_in_a_listing_too, 0}, {exporters_are_told_apart, 0})

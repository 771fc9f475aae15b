/* SPDX-License-Identifier: Apache-2.0
 *
 * uber_trace_id_test.c - uber-trace-id as text: what the vectors leave out.
 */
#include "plugins/jaeger/uber_trace_id.h"

#include <errno.h>
#include <string.h>

#include "support/suite.h"

#define IDS "0af7651916cd43dd8448eb211c80319c:b7ad6b7169203331"

START_TEST(what_was_written_is_read_again)
{
	struct uber_trace_id id;
	char text[UBER_TEXT_SIZE];

	ck_assert(uber_parse(view_of("AB:cd:ef:3"), &id));
	uber_format(&id, text);
	ck_assert_str_eq(text, "000000000000000000000000000000ab:00000000000000cd:0:03");
	ck_assert(uber_parse(view_of(text), &id));
	ck_assert_uint_eq(id.flags, UBER_FLAG_SAMPLED | UBER_FLAG_DEBUG);
}
END_TEST

START_TEST(debug_counts_only_together_with_sampled)
{
	static const struct {
		const char *text;
		uint8_t flags;
	} rows[] = {{IDS ":0:0", 0},  {IDS ":0:2", 0},  {IDS ":0:1", 1},
		    {IDS ":0:03", 3}, {IDS ":0:ff", 3}, {IDS ":0:8", 0}};
	struct uber_trace_id id;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		ck_assert_msg(uber_parse(view_of(rows[i].text), &id), "%s", rows[i].text);
		ck_assert_uint_eq(id.flags, rows[i].flags);
	}
}
END_TEST

START_TEST(malformed_headers_are_refused)
{
	static const char *const bad[] = {"",
					  ":",
					  ":::",
					  IDS,
					  IDS ":0",
					  IDS ":0:",
					  IDS ":0:1:",
					  IDS ":0:1:1",
					  IDS ":0:g",
					  IDS ":0:001",
					  ":1:0:1",
					  "1::0:1",
					  "g:1:0:1",
					  "1:12345678901234567:0:1",
					  "%3A",
					  "%",
					  "1%3a1%3A0%3A1%",
					  "1%3A1%3A0%3A%00",
					  " 1:1:0:1"};
	static char long_one[400];
	struct uber_trace_id id;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(!uber_parse(view_of(bad[i]), &id), "%s", bad[i]);
	memset(long_one, '0', sizeof long_one - 1);
	ck_assert(!uber_parse(view_of(long_one), &id));
	ck_assert(!uber_parse((struct view){NULL, 0}, &id));
}
END_TEST

START_TEST(errno_stays)
{
	struct uber_trace_id id;

	errno = EXDEV;
	ck_assert(uber_parse(view_of("1%3A1%3a0%3A1"), &id));
	ck_assert_int_eq(errno, EXDEV);
}
END_TEST

SUITE_MAIN("uber_trace_id", NULL, {what_was_written_is_read_again, 0}, {debug_counts_only_together_with_sampled, 0},
	   {malformed_headers_are_refused, 0}, {errno_stays, 0})

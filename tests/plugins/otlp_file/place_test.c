/* SPDX-License-Identifier: Apache-2.0
 *
 * place_test.c - names of files.
 */
#include "plugins/otlp_file/place.h"

#include <string.h>

#include "support/suite.h"

static const char *place(const char *pattern, otel_signal signal)
{
	static struct buf out;

	buf_fini(&out);
	buf_init(&out, 1000);
	place_append(&out, pattern, signal, 4711);
	return buf_str(&out);
}

START_TEST(placeholders_are_replaced)
{
	ck_assert_str_eq(place("/a/%s.jsonl", OTEL_SIGNAL_TRACES), "/a/traces.jsonl");
	ck_assert_str_eq(place("%s/%s-%p", OTEL_SIGNAL_METRICS), "metrics/metrics-4711");
	ck_assert_str_eq(place("100%%s-%s%%", OTEL_SIGNAL_LOGS), "100%s-logs%");
	ck_assert_str_eq(place("plain", OTEL_SIGNAL_LOGS), "plain");
}
END_TEST

START_TEST(other_percent_signs_are_refused)
{
	static const char *const wrong[] = {"a%", "%q", "%%%", "%S", "%5s", "a%/b"};
	static const char *const right[] = {"a", "%s", "%%", "%p%%%s", "/a/b"};

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		ck_assert_msg(place_check(wrong[i]), "%s", wrong[i]);
	for (size_t i = 0; i < sizeof right / sizeof *right; i++)
		ck_assert_msg(!place_check(right[i]), "%s", right[i]);
}
END_TEST

START_TEST(a_directory_is_no_file)
{
	ck_assert_ptr_nonnull(strstr(place_check("/var/log/"), "name a file"));
	ck_assert_ptr_nonnull(place_check(""));
}
END_TEST

START_TEST(only_a_placeholder_tells_the_signals_apart)
{
	ck_assert(place_tells_signal("a/%s"));
	ck_assert(place_tells_signal("%%%s"));
	ck_assert(!place_tells_signal("a/%p"));
	ck_assert(!place_tells_signal("%%s"));
	ck_assert(!place_tells_signal("a"));
}
END_TEST

SUITE_MAIN("place", NULL, {placeholders_are_replaced, 0}, {other_percent_signs_are_refused, 0},
	   {a_directory_is_no_file, 0}, {only_a_placeholder_tells_the_signals_apart, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_proc_test.c - the tables of /proc and /etc, whole, cut and nonsensical.
 */
#include "sdk/resource_proc.h"

#include <string.h>
#include <time.h>

#include "support/suite.h"

static const char stat_line[] =
	"4711 (a (b) c) S 1 2 3 0 -1 4194560 123 0 0 0 5 6 0 0 20 0 1 0 8315 7000 600 1 2 3 4 5\n";

START_TEST(the_start_of_a_process_is_the_22nd_field_whatever_its_name)
{
	uint64_t ticks = 0;

	ck_assert(proc_start_ticks(stat_line, sizeof stat_line - 1, &ticks));
	ck_assert_uint_eq(ticks, 8315);
	for (size_t len = 0; len < (size_t)(strstr(stat_line, " 8315") - stat_line); len++)
		ck_assert(!proc_start_ticks(stat_line, len, &ticks) || ticks == 0);
	ck_assert(!proc_start_ticks("4711 (a) S x", 12, &ticks));
	ck_assert(!proc_start_ticks("", 0, &ticks));
}
END_TEST

START_TEST(the_start_of_the_machine_is_btime)
{
	static const char text[] = "cpu  1 2 3\nintr 5 6\nctxt 7\nbtime 1700558000\nprocesses 9\n";
	static const char *const broken[] = {"btime\n", "btime x\n", "btimes 5\n", "", "btime 99999999999\n"};
	uint64_t seconds = 0;

	ck_assert(proc_boot_seconds(text, sizeof text - 1, &seconds));
	ck_assert_uint_eq(seconds, 1700558000);
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
		ck_assert(!proc_boot_seconds(broken[i], strlen(broken[i]), &seconds));
}
END_TEST

START_TEST(a_processor_is_described_by_its_first_lines)
{
	static const char text[] =
		"processor\t: 0\nvendor_id\t: GenuineIntel\nmodel\t\t: 85\nmodel name\t: A B @ 2GHz\n"
		"cache size\t: 1024 KB\nflags\t\t:\n\nprocessor\t: 1\nvendor_id\t: Other\n";
	char out[16];
	uint64_t kib = 0;

	ck_assert(proc_cpuinfo_value(text, sizeof text - 1, "vendor_id", out, sizeof out));
	ck_assert_str_eq(out, "GenuineIntel");
	ck_assert(proc_cpuinfo_value(text, sizeof text - 1, "model", out, sizeof out));
	ck_assert_str_eq(out, "85");
	ck_assert(proc_cpuinfo_value(text, sizeof text - 1, "model name", out, 4));
	ck_assert_str_eq(out, "A B");
	ck_assert(!proc_cpuinfo_value(text, sizeof text - 1, "flags", out, sizeof out));
	ck_assert(!proc_cpuinfo_value(text, sizeof text - 1, "stepping", out, sizeof out));
	ck_assert(proc_cache_kib(text, sizeof text - 1, &kib));
	ck_assert_uint_eq(kib, 1024);
	ck_assert(!proc_cache_kib("cache size : 1 MB\n", 18, &kib));
	ck_assert(!proc_cache_kib("cache size : 1024\n", 18, &kib));
	ck_assert(!proc_cache_kib("cache size : x KB\n", 18, &kib));
}
END_TEST

START_TEST(a_user_is_found_by_number)
{
	static const char text[] =
		"root:x:0:0:root:/root:/bin/sh\nbroken\n:::\nnobody:x:65534:65534::/:\n+nis\nx:y:z:1\n";
	char name[16];

	ck_assert(proc_user_name(text, sizeof text - 1, 0, name, sizeof name));
	ck_assert_str_eq(name, "root");
	ck_assert(proc_user_name(text, sizeof text - 1, 65534, name, sizeof name));
	ck_assert_str_eq(name, "nobody");
	ck_assert(!proc_user_name(text, sizeof text - 1, 7, name, sizeof name));
	ck_assert(!proc_user_name(text, sizeof text - 1, 0, name, 4));
}
END_TEST

START_TEST(arguments_are_told_apart_by_their_ends)
{
	static const char text[] = "prog\0-a\0\0last";
	const char *out[8];

	ck_assert_uint_eq(proc_arguments(text, sizeof text, out, 8), 4);
	ck_assert_str_eq(out[0], "prog");
	ck_assert_str_eq(out[2], "");
	ck_assert_str_eq(out[3], "last");
	ck_assert_uint_eq(proc_arguments(text, sizeof text, out, 2), 2);
	ck_assert_uint_eq(proc_arguments("", 0, out, 8), 0);
}
END_TEST

START_TEST(times_are_those_of_the_c_library)
{
	static const uint64_t seconds[] = {0, 951782400, 951868799, 1700558765, 4107542400, 253402300799};
	char text[PROC_TIME_SIZE], expected[64];

	for (size_t i = 0; i < sizeof seconds / sizeof *seconds; i++) {
		const time_t t = (time_t)seconds[i];
		struct tm tm;
		strftime(expected, sizeof expected, "%Y-%m-%dT%H:%M:%S.007Z", gmtime_r(&t, &tm));
		proc_time_text(seconds[i] * 1000 + 7, text);
		ck_assert_str_eq(text, expected);
	}
	for (uint64_t day = 0; day < 60000; day += 1) {
		const time_t t = (time_t)(day * 86400 + 86399);
		struct tm tm;
		strftime(expected, sizeof expected, "%Y-%m-%dT%H:%M:%S.999Z", gmtime_r(&t, &tm));
		proc_time_text((uint64_t)t * 1000 + 999, text);
		ck_assert_str_eq(text, expected);
	}
	proc_time_text(UINT64_MAX, text);
	ck_assert_str_eq(text, "9999-12-31T23:59:59.999Z");
}
END_TEST

SUITE_MAIN("resource_proc", NULL, {the_start_of_a_process_is_the_22nd_field_whatever_its_name, 0},
	   {the_start_of_the_machine_is_btime, 0}, {a_processor_is_described_by_its_first_lines, 0},
	   {a_user_is_found_by_number, 0}, {arguments_are_told_apart_by_their_ends, 0},
	   {times_are_those_of_the_c_library, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler_describe_test.c - ratios are told apart whatever the locale, and nothing is written past the room.
 */
#include <check.h>
#include <locale.h>
#include <string.h>

#include "sdk/sampler_expression.h"
#include "sdk/sampler_tree.h"
#include "support/suite.h"

static struct sampler_tree tree;

static void read_ratio(const char *ratio)
{
	struct sampler_error error;

	ck_assert(sampler_expression_read(&tree, "traceidratio", ratio, strlen(ratio), &error));
}

START_TEST(ratios_have_as_many_digits_as_they_need)
{
	static const char *const rows[][2] = {
		{"0", "TraceIdRatioBased{0.000000}"},          {"1", "TraceIdRatioBased{1.000000}"},
		{"0.0001", "TraceIdRatioBased{0.000100}"},     {"0.3", "TraceIdRatioBased{0.300000}"},
		{"0.1234567", "TraceIdRatioBased{0.1234567}"}, {"1e-9", "TraceIdRatioBased{0.000000001}"},
	};
	char out[64];

	setlocale(LC_ALL, "C.UTF-8");
	read_ratio(rows[_i][0]);
	sampler_tree_describe(&tree, out, sizeof out);
	ck_assert_str_eq(out, rows[_i][1]);
}
END_TEST

START_TEST(a_description_is_cut_to_its_room)
{
	char out[64];

	read_ratio("0.5");
	for (size_t room = 1; room < sizeof out; room++) {
		memset(out, 'x', sizeof out);
		sampler_tree_describe(&tree, out, room);
		ck_assert_uint_le(strlen(out), room - 1);
		ck_assert_int_eq(strncmp(out, "TraceIdRatioBased{0.500000}", strlen(out)), 0);
		ck_assert_int_eq(out[room], 'x');
	}
}
END_TEST

SUITE_MAIN("sampler_describe", NULL, {ratios_have_as_many_digits_as_they_need, 6},
	   {a_description_is_cut_to_its_room, 0})

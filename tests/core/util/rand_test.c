/* SPDX-License-Identifier: Apache-2.0
 *
 * rand_test.c - the generator of ids.
 */
#include "util/rand.h"

#include <string.h>

#include "support/suite.h"

START_TEST(it_is_xoshiro256_plus_plus)
{
	/* First outputs from the state 1, 2, 3, 4, worked out from the published definition. */
	static const uint64_t expected[] = {41943041, 58720359, 3588806011781223, 3591011842654386,
					    9228616714210784205u};
	struct rand_state r = {{1, 2, 3, 4}};

	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++)
		ck_assert_uint_eq(rand_next(&r), expected[i]);
}
END_TEST

START_TEST(two_seeds_differ)
{
	struct rand_state a;
	struct rand_state b;

	rand_seed(&a);
	rand_seed(&b);
	ck_assert_int_ne(memcmp(&a, &b, sizeof(a)), 0);
	ck_assert_uint_ne(rand_next(&a), rand_next(&b));
}
END_TEST

START_TEST(every_bit_gets_set_and_cleared)
{
	struct rand_state r;
	uint64_t ones = 0;
	uint64_t zeros = 0;

	rand_seed(&r);
	for (int i = 0; i < 200; i++) {
		uint64_t v = rand_next(&r);
		ones |= v;
		zeros |= ~v;
	}
	ck_assert_uint_eq(ones, UINT64_MAX);
	ck_assert_uint_eq(zeros, UINT64_MAX);
}
END_TEST

SUITE_MAIN("rand", NULL, {it_is_xoshiro256_plus_plus, 0}, {two_seeds_differ, 0}, {every_bit_gets_set_and_cleared, 0})

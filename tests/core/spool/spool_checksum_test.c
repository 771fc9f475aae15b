/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_checksum_test.c - any accident changes the sum.
 */
#include "spool/spool_checksum.h"

#include <string.h>

#include "support/suite.h"

static uint64_t sum(const void *bytes, size_t len)
{
	return spool_checksum(SPOOL_CHECKSUM_BEGIN, bytes, len);
}

START_TEST(the_same_bytes_have_the_same_sum_wherever_they_lie)
{
	char one[40] = "0123456789abcdefghijklmnopqrstuvwxy", other[48];

	for (size_t shift = 0; shift < 8; shift++) {
		memcpy(other + shift, one, 36);
		ck_assert_uint_eq(sum(one, 36), sum(other + shift, 36));
	}
}
END_TEST

START_TEST(every_bit_counts)
{
	uint8_t bytes[37] = {0};
	const uint64_t before = sum(bytes, sizeof bytes);

	for (size_t bit = 0; bit < 8 * sizeof bytes; bit++) {
		bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
		ck_assert_uint_ne(sum(bytes, sizeof bytes), before);
		bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
}
END_TEST

START_TEST(so_does_the_length_also_of_zeros)
{
	const uint8_t zeros[40] = {0};

	for (size_t a = 0; a < sizeof zeros; a++)
		for (size_t b = 0; b < a; b++)
			ck_assert_uint_ne(sum(zeros, a), sum(zeros, b));
}
END_TEST

SUITE_MAIN("spool_checksum", NULL, {the_same_bytes_have_the_same_sum_wherever_they_lie, 0}, {every_bit_counts, 0},
	   {so_does_the_length_also_of_zeros, 0})

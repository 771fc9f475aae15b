/* SPDX-License-Identifier: Apache-2.0
 *
 * memory_room_test.c - the memory of kept spans: how much there is, and what becomes of it.
 */
#include "sdk/memory_room.h"

#include <stdint.h>
#include <string.h>

#include "support/suite.h"

static struct memory_room room;

static void tear_down(void)
{
	memory_room_clear(&room);
	ck_assert_uint_eq(room.bytes, 0);
}

START_TEST(what_is_taken_is_zeroed_aligned_and_ones_own)
{
	uint8_t *first = memory_room_take(&room, 3), *second = memory_room_take(&room, 100000);

	ck_assert_ptr_nonnull(first);
	ck_assert_ptr_nonnull(second);
	ck_assert_uint_eq((uintptr_t)first % _Alignof(max_align_t), 0);
	ck_assert_uint_eq((uintptr_t)second % _Alignof(max_align_t), 0);
	for (size_t i = 0; i < 100000; i++)
		ck_assert_uint_eq(second[i], 0);
	memset(second, 0xff, 100000);
	ck_assert_mem_eq(first, "\0\0\0", 3);
}
END_TEST

START_TEST(what_was_given_back_is_there_again_and_zeroed)
{
	memory_room_take(&room, 16);
	const struct memory_mark mark = memory_room_mark(&room);
	const size_t bytes = room.bytes;
	uint8_t *before = memory_room_take(&room, 16);
	memset(before, 0xff, 16);
	ck_assert_ptr_nonnull(memory_room_take(&room, 1 << 20));
	memory_room_back(&room, mark);
	ck_assert_uint_eq(room.bytes, bytes);
	uint8_t *after = memory_room_take(&room, 16);
	ck_assert_ptr_eq(after, before);
	ck_assert_uint_eq(after[15], 0);
}
END_TEST

START_TEST(there_is_an_end_to_it_until_something_is_given_back)
{
	const struct memory_mark mark = memory_room_mark(&room);
	size_t taken = 0;

	while (memory_room_take(&room, 1000))
		taken += 1000;
	ck_assert_uint_le(room.bytes, MEMORY_ROOM_MAX);
	ck_assert_uint_gt(taken, MEMORY_ROOM_MAX / 10 * 9);
	ck_assert(room.failed);
	ck_assert_ptr_null(memory_room_take(&room, 1)); /* there would be room */
	memory_room_back(&room, mark);
	ck_assert_ptr_nonnull(memory_room_take(&room, 1));
}
END_TEST

START_TEST(sizes_that_no_memory_has_are_refused)
{
	const struct memory_mark mark = memory_room_mark(&room);

	ck_assert_ptr_null(memory_room_take(&room, SIZE_MAX));
	memory_room_back(&room, mark);
	ck_assert_ptr_null(memory_room_take(&room, MEMORY_ROOM_MAX));
	memory_room_back(&room, mark);
}
END_TEST

SUITE_MAIN_WITH("sdk/memory_room", NULL, tear_down, {what_is_taken_is_zeroed_aligned_and_ones_own, 0},
		{what_was_given_back_is_there_again_and_zeroed, 0},
		{there_is_an_end_to_it_until_something_is_given_back, 0}, {sizes_that_no_memory_has_are_refused, 0})

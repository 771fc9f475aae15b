/* SPDX-License-Identifier: Apache-2.0
 *
 * guard_test.c - one traced call at a time on a thread, and none lost for ever.
 */
#include "plugins/preload/guard.h"

#include <setjmp.h>

#include "support/suite.h"

static __attribute__((noinline)) bool enter_deeper(void)
{
	return guard_enter(GUARD_CURL, __builtin_frame_address(0));
}

START_TEST(a_call_inside_a_traced_call_is_not_traced)
{
	ck_assert(guard_enter(GUARD_CURL, __builtin_frame_address(0)));
	ck_assert(!enter_deeper());
	guard_leave(GUARD_CURL);
	ck_assert(enter_deeper());
	guard_leave(GUARD_CURL);
}
END_TEST

static jmp_buf back;

static __attribute__((noinline)) void enter_and_jump(void)
{
	if (guard_enter(GUARD_CURL, __builtin_frame_address(0)))
		longjmp(back, 1);
}

START_TEST(a_traced_call_left_by_longjmp_does_not_block_later_ones)
{
	if (setjmp(back) == 0)
		enter_and_jump();
	ck_assert(guard_enter(GUARD_CURL, __builtin_frame_address(0)));
	guard_leave(GUARD_CURL);
}
END_TEST

SUITE_MAIN("plugins/preload/guard", NULL, {a_call_inside_a_traced_call_is_not_traced, 0},
	   {a_traced_call_left_by_longjmp_does_not_block_later_ones, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * thread_test.c - one "current" for all copies of the API, once an SDK has joined them.
 */
#include "api/thread.h"

#include "suite.h"

static struct otel_thread others = {.size = sizeof(struct otel_thread)};

static struct otel_thread *thread_of_another_copy(void)
{
	return &others;
}

START_TEST(a_copy_uses_its_own_block_until_it_is_told_of_a_shared_one)
{
	struct otel_slot *slot = otel_api_slot_v1();
	otel_token token;

	ck_assert_ptr_eq(thread_current(), slot->thread());
	slot->shared_thread = thread_of_another_copy;
	ck_assert_ptr_eq(thread_current(), &others);
	ck_assert_ptr_ne(slot->thread(), &others);
	token = otel_span_attach((otel_span){(uint64_t)7 << 56 | 1});
	ck_assert_uint_eq(others.span, (uint64_t)7 << 56 | 1);
	ck_assert_uint_eq(slot->thread()->span, 0);
	otel_detach(token);
	slot->shared_thread = NULL;
}
END_TEST

START_TEST(the_block_says_how_large_it_is)
{
	ck_assert_uint_eq(thread_own()->size, sizeof(struct otel_thread));
}
END_TEST

SUITE_MAIN("thread", NULL, NULL, a_copy_uses_its_own_block_until_it_is_told_of_a_shared_one,
	   the_block_says_how_large_it_is)

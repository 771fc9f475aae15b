/* SPDX-License-Identifier: Apache-2.0
 *
 * record_pool_test.c - memory of records is reused, and bounded over all threads.
 */
#include "sdk/record_pool.h"

#include "sdk/record.h"
#include "support/suite.h"

static struct record_pool pool;

static void setup(void)
{
	record_pool_drain(&pool);
	record_pool_limit(0);
}

static struct record *get(void)
{
	struct record *r = record_pool_get(&pool);

	if (r)
		r->data = r->own;
	return r;
}

START_TEST(a_record_is_used_again)
{
	struct record *r = get();

	record_pool_put(&pool, r);
	ck_assert_ptr_eq(get(), r);
	record_pool_put(&pool, r);
}
END_TEST

START_TEST(past_the_budget_spans_do_not_grow_and_then_there_are_none)
{
	static struct record *records[1000];
	uint32_t size;
	size_t n = 0;

	record_pool_limit(100 * sizeof(struct record));
	while (n < 100 && (records[n] = get()))
		n++;
	ck_assert_uint_eq(n, 100);
	ck_assert_ptr_null(record_block_get(&pool, 1000, &size));
	while (n < 1000 && (records[n] = get()))
		n++;
	ck_assert_uint_ge(n, 199);
	ck_assert_uint_le(n, 202);
	for (size_t i = 0; i < n; i++)
		record_pool_put(&pool, records[i]);
	uint8_t *block = record_block_get(&pool, 1000, &size);
	ck_assert_ptr_nonnull(block);
	record_block_put(&pool, block, size);
}
END_TEST

SUITE_MAIN("record_pool", setup, {a_record_is_used_again, 0},
	   {past_the_budget_spans_do_not_grow_and_then_there_are_none, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * record_pool.c - memory for records.
 */
#include "sdk/record_pool.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "sdk/record.h"

#define RECORDS_KEPT  64
#define RECORD_BUDGET ((int64_t)32 << 20)

static const uint32_t block_sizes[] = {2048, 8192, 32768, 131072, 524288, RECORD_MAX_BYTES};
static const uint32_t blocks_kept[RECORD_POOL_CLASSES] = {16, 8, 2};

#define BLOCK_SIZES (sizeof block_sizes / sizeof *block_sizes)

/* ---- the budget: what all threads have taken from malloc, in use or kept ---- */

static _Atomic int64_t taken; /* below 0 in a child that frees what its parent counted */
static _Atomic int64_t budget = RECORD_BUDGET;

void record_pool_limit(size_t bytes)
{
	atomic_store_explicit(&budget, bytes ? (int64_t)bytes : RECORD_BUDGET, memory_order_relaxed);
}

void record_pool_fork_child(void)
{
	atomic_store_explicit(&taken, 0, memory_order_relaxed);
}

static bool is_over(int64_t more)
{
	return atomic_load_explicit(&taken, memory_order_relaxed) + more >
	       atomic_load_explicit(&budget, memory_order_relaxed);
}

static __attribute__((noinline, cold)) void *allocate(size_t size)
{
	const int saved = errno;
	void *memory = malloc(size);

	errno = saved;
	if (memory)
		atomic_fetch_add_explicit(&taken, (int64_t)size, memory_order_relaxed);
	return memory;
}

static void give_back(void *memory, size_t size)
{
	atomic_fetch_sub_explicit(&taken, (int64_t)size, memory_order_relaxed);
	free(memory);
}

struct record *record_pool_get(struct record_pool *pool)
{
	struct record *record = pool ? pool->records : NULL;

	/* Small spans are let in for as long again: they lose attributes first. */
	if (!record)
		return is_over(-atomic_load_explicit(&budget, memory_order_relaxed)) ? NULL : allocate(sizeof *record);
	pool->records = record->next;
	pool->record_count--;
	return record;
}

void record_pool_put(struct record_pool *pool, struct record *record)
{
	if (record->data != record->own)
		record_block_put(pool, record->data, record->size);
	if (!pool || pool->record_count >= RECORDS_KEPT || (pool->record_count && is_over(0))) {
		give_back(record, sizeof *record);
		return;
	}
	record->next = pool->records;
	pool->records = record;
	pool->record_count++;
}

static size_t size_class(size_t need)
{
	size_t class = 0;

	while (class < BLOCK_SIZES && block_sizes[class] < need)
		class ++;
	return class;
}

uint8_t *record_block_get(struct record_pool *pool, size_t need, uint32_t *size)
{
	const size_t class = size_class(need);

	if (class == BLOCK_SIZES)
		return NULL;
	*size = block_sizes[class];
	if (!pool || class >= RECORD_POOL_CLASSES || !pool->blocks[class])
		return is_over(*size) ? NULL : allocate(*size);

	uint8_t *block = pool->blocks[class];
	memcpy(&pool->blocks[class], block, sizeof(void *));
	pool->block_count[class]--;
	return block;
}

void record_block_put(struct record_pool *pool, uint8_t *block, uint32_t size)
{
	const size_t class = size_class(size);

	if (!pool || class >= RECORD_POOL_CLASSES || pool->block_count[class] >= blocks_kept[class] || is_over(0)) {
		give_back(block, size);
		return;
	}
	memcpy(block, &pool->blocks[class], sizeof(void *));
	pool->blocks[class] = block;
	pool->block_count[class]++;
}

void record_pool_drain(struct record_pool *pool)
{
	while (pool->records) {
		struct record *record = pool->records;
		pool->records = record->next;
		give_back(record, sizeof *record);
	}
	for (size_t class = 0; class < RECORD_POOL_CLASSES; class ++) {
		while (pool->blocks[class]) {
			void *block = pool->blocks[class];
			memcpy(&pool->blocks[class], block, sizeof(void *));
			give_back(block, block_sizes[class]);
		}
	}
	memset(pool, 0, sizeof *pool);
}

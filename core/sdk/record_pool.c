/* SPDX-License-Identifier: Apache-2.0
 *
 * record_pool.c - memory for records.
 */
#include "sdk/record_pool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sdk/record.h"

#define RECORDS_KEPT 64

static const uint32_t block_sizes[] = {2048, 8192, 32768, 131072, 524288, RECORD_MAX_BYTES};
static const uint32_t blocks_kept[RECORD_POOL_CLASSES] = {16, 8, 2};

#define BLOCK_SIZES (sizeof block_sizes / sizeof *block_sizes)

static __attribute__((noinline, cold)) void *allocate(size_t size)
{
	const int saved = errno;
	void *memory = malloc(size);

	errno = saved;
	return memory;
}

struct record *record_pool_get(struct record_pool *pool)
{
	struct record *record = pool ? pool->records : NULL;

	if (!record)
		return allocate(sizeof *record);
	pool->records = record->next;
	pool->record_count--;
	return record;
}

void record_pool_put(struct record_pool *pool, struct record *record)
{
	if (record->data != record->own)
		record_block_put(pool, record->data, record->size);
	if (!pool || pool->record_count >= RECORDS_KEPT) {
		free(record);
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
		return allocate(*size);

	uint8_t *block = pool->blocks[class];
	memcpy(&pool->blocks[class], block, sizeof(void *));
	pool->block_count[class]--;
	return block;
}

void record_block_put(struct record_pool *pool, uint8_t *block, uint32_t size)
{
	const size_t class = size_class(size);

	if (!pool || class >= RECORD_POOL_CLASSES || pool->block_count[class] >= blocks_kept[class]) {
		free(block);
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
		free(record);
	}
	for (size_t class = 0; class < RECORD_POOL_CLASSES; class ++) {
		while (pool->blocks[class]) {
			void *block = pool->blocks[class];
			memcpy(&pool->blocks[class], block, sizeof(void *));
			free(block);
		}
	}
	memset(pool, 0, sizeof *pool);
}

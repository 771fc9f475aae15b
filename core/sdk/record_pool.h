/* SPDX-License-Identifier: Apache-2.0
 *
 * record_pool.h - memory for records: last in, first out, per thread, bounded. No locks: a pool belongs to one thread.
 *
 * Records have room for 512 bytes of span in themselves; larger ones add a block by size class (2, 8, 32, 128, 512 KiB,
 * then the greatest span). A NULL pool works too: straight from malloc.
 */
#ifndef OTEL_SDK_RECORD_POOL_H
#define OTEL_SDK_RECORD_POOL_H

#include <stddef.h>
#include <stdint.h>

struct record;

#define RECORD_POOL_CLASSES 3 /* what larger blocks save in malloc is nothing beside filling them */

struct record_pool {
	struct record *records;
	uint32_t record_count;
	uint32_t block_count[RECORD_POOL_CLASSES];
	void *blocks[RECORD_POOL_CLASSES]; /* linked through their first word */
};

/* How many bytes the records of open spans may take together, those kept for reuse included; 0: 32 MiB. Past it no span
 * grows beyond what a record holds in itself; past twice as much there are no more records. */
void record_pool_limit(size_t bytes);

void record_pool_fork_child(void);

/* Not initialised. NULL when out of memory; keeps errno. */
struct record *record_pool_get(struct record_pool *pool);

/* Gives a record and its block back. */
void record_pool_put(struct record_pool *pool, struct record *record);

/* A block of at least `need` bytes, *size gets how many; NULL when out of memory or larger than any span. */
uint8_t *record_block_get(struct record_pool *pool, size_t need, uint32_t *size);
void record_block_put(struct record_pool *pool, uint8_t *block, uint32_t size);

/* Frees everything kept. */
void record_pool_drain(struct record_pool *pool);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * span_room.c - spans and bytes in one word, so that one operation takes both.
 */
#include "sdk/span_room.h"

#include <stdatomic.h>

#define SPAN_SHIFT 36
#define BYTES_MASK ((UINT64_C(1) << SPAN_SHIFT) - 1)
#define SPANS_MAX  (UINT64_C(1) << 27) /* leaves room for those who ask and are refused */
#define BYTES_MAX  (UINT64_C(1) << 35)
#define BLOCK_MAX  128

static _Atomic uint64_t taken;
static _Atomic uint64_t max_spans;
static _Atomic uint64_t max_bytes;
static _Atomic bool one_by_one;

static uint64_t room(uint64_t spans, uint64_t bytes)
{
	return spans << SPAN_SHIFT | bytes;
}

void span_room_setup(size_t spans, size_t bytes)
{
	atomic_store(&max_spans, spans < SPANS_MAX ? spans : SPANS_MAX);
	atomic_store(&max_bytes, bytes < BYTES_MAX ? bytes : BYTES_MAX);
}

void span_room_clear(void)
{
	atomic_store(&taken, 0);
}

bool span_room_take(uint32_t spans, size_t bytes, uint32_t *now_taken)
{
	const uint64_t want = room(spans, bytes);
	const uint64_t now = atomic_fetch_add_explicit(&taken, want, memory_order_relaxed) + want;

	*now_taken = (uint32_t)(now >> SPAN_SHIFT);
	if (now >> SPAN_SHIFT <= atomic_load_explicit(&max_spans, memory_order_relaxed) &&
	    (now & BYTES_MASK) <= atomic_load_explicit(&max_bytes, memory_order_relaxed))
		return true;
	atomic_fetch_sub_explicit(&taken, want, memory_order_relaxed);
	return false;
}

void span_room_give(uint32_t spans, size_t bytes)
{
	atomic_fetch_sub_explicit(&taken, room(spans, bytes), memory_order_relaxed);
}

uint32_t span_room_taken(void)
{
	return (uint32_t)(atomic_load_explicit(&taken, memory_order_relaxed) >> SPAN_SHIFT);
}

uint32_t span_room_block(void)
{
	const uint64_t max = atomic_load_explicit(&max_spans, memory_order_relaxed);
	const uint64_t share = max / 64;

	if (atomic_load_explicit(&one_by_one, memory_order_relaxed) || span_room_taken() >= max / 2 || !share)
		return 1;
	return share < BLOCK_MAX ? (uint32_t)share : BLOCK_MAX;
}

void span_room_one_by_one(bool on)
{
	atomic_store_explicit(&one_by_one, on, memory_order_relaxed);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * log_writer.h - a thread's own log: it appends with plain stores, and the pipeline takes the whole chunk away.
 *
 * The thread marks its turns (odd while it appends) and looks at `chunk` only inside one. Who takes the chunk puts NULL
 * there, passes a heavy fence, and waits for the end of a turn that it sees: then nobody writes into the chunk any
 * more. Needs fence.h; without it, and for a thread's first spans, the shared logs of span_log.h are used.
 */
#ifndef OTEL_SDK_LOG_WRITER_H
#define OTEL_SDK_LOG_WRITER_H

#include <stdatomic.h>
#include <stdbool.h>

#include "sdk/span_chunk.h"
#include "util/fence.h"

/* All zero: new. The thread that has it: all but `seized`. */
struct log_writer {
	_Atomic uint32_t turn;
	uint32_t few; /* spans that went to a shared log: short threads need no chunk of their own */
	_Atomic(struct span_log_chunk *) chunk;
	struct span_log_chunk *open; /* between begin and commit */
	_Atomic uint64_t appended; /* spans, ever */
	_Atomic uint64_t granted; /* spans that room was taken for, ever */
	_Atomic uint64_t returned; /* of these, given back unused: by the one who took the chunk */
	_Atomic uint32_t next_size; /* of the next chunk */
	_Atomic bool listed;
	struct log_writer *next;
	struct span_log_chunk *seized; /* the taker's, while the thread's turn lasts */
};

#define LOG_AHEAD 512 /* bytes: a span or two, so that its lines are there when it comes */

/* For writing: the pipeline's core was the last that had the line. (The compiler's own form of it fetches for reading,
 * where it may not assume the instruction.) */
static inline void log_prefetch(const uint8_t *p)
{
#if defined(__x86_64__)
	__asm__ volatile("prefetchw %0" ::"m"(*p));
#else
	__builtin_prefetch(p, 1);
#endif
}

/* Where `len` bytes of a span go; NULL: use log_writer_begin_slowly(). Between this and commit nothing else is done. */
static inline uint8_t *log_writer_begin(struct log_writer *w, uint32_t scope, size_t len)
{
	const uint32_t turn = atomic_load_explicit(&w->turn, memory_order_relaxed);

	atomic_store_explicit(&w->turn, turn + 1, memory_order_relaxed);
	fence_light();
	struct span_log_chunk *chunk = atomic_load_explicit(&w->chunk, memory_order_acquire);
	if (!chunk || !chunk->credit || chunk->cap - chunk->used < span_log_entry_size(len)) {
		atomic_store_explicit(&w->turn, turn, memory_order_release);
		return NULL;
	}
	struct span_log_entry *entry = (struct span_log_entry *)(void *)(chunk->data + chunk->used);
	*entry = (struct span_log_entry){scope, (uint32_t)len};
	w->open = chunk;
	/* Most spans are of one or two lines. */
	const uint8_t *ahead = chunk->data + chunk->used + LOG_AHEAD;
	log_prefetch(ahead);
	log_prefetch(ahead + 64);
	for (size_t more = 128; __builtin_expect(more < span_log_entry_size(len), 0); more += 64)
		log_prefetch(ahead + more);
	return (uint8_t *)(entry + 1);
}

static inline void log_writer_commit(struct log_writer *w, size_t len)
{
	struct span_log_chunk *chunk = w->open;

	chunk->used += span_log_entry_size(len);
	chunk->spans++;
	chunk->credit--;
	atomic_store_explicit(&w->appended, atomic_load_explicit(&w->appended, memory_order_relaxed) + 1,
			      memory_order_relaxed);
	atomic_store_explicit(&w->turn, atomic_load_explicit(&w->turn, memory_order_relaxed) + 1, memory_order_release);
}

/* Finds room first: a new chunk, or more credit. NULL: none, or not for this thread; use the shared log. *queued gets
 * how many spans are queued, about. */
uint8_t *log_writer_begin_slowly(struct log_writer *w, uint32_t hint, uint32_t scope, size_t len, uint32_t *queued);

/* The thread ends: hands its chunk over. */
void log_writer_close(struct log_writer *w, uint32_t hint);

/* The other side: everything that was appended before the call, by threads with logs of their own. */
struct span_log_chunk *log_writers_take(void);

uint64_t log_writers_appended(void); /* ever, by all; 0 after a fork */
uint64_t log_writers_spare(void); /* spans that room is taken for but that are not there yet */

/* In the child of a fork: chunks are forgotten, into *stale; everything is new. */
void log_writers_fork_child(struct span_log_chunk **stale);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * span_log.h - ended spans as bytes, on their way from the threads that end them to the pipeline.
 *
 * A thread's first spans go to one of eight mutex-protected logs; then it has chunks of its own (log_writer.h). Bounded
 * in spans and bytes (span_room.h). What is taken still counts as queued until span_log_release() says it was delivered
 * or dropped.
 */
#ifndef OTEL_SDK_SPAN_LOG_H
#define OTEL_SDK_SPAN_LOG_H

#include <stdbool.h>

#include "sdk/span_chunk.h"

/* Start thread; drops what is there. */
void span_log_setup(size_t max_spans, size_t max_bytes);

/* Appends one entry to a shared log; counts created, and the drop if there was no room (false). `hint` picks the log (any
 * per-thread number). *queued gets the number of spans now queued, about. */
bool span_log_append(uint32_t hint, uint32_t scope, const void *span, size_t len, uint32_t *queued);

/* A writer's chunk joins a shared log; nobody appends to it any more. */
void span_log_push(uint32_t hint, struct span_log_chunk *chunk);

/* Takes everything appended before the call: chunks in a list, per thread in end order, to be freed with
 * span_log_chunk_free(). One taker at a time. */
struct span_log_chunk *span_log_take(void);

/* Gives the queue back the room of delivered or dropped spans. */
void span_log_release(uint32_t spans, size_t bytes);

uint32_t span_log_queued(void);

/* Spans that were to be exported and ended, ever; 0 after a fork. */
uint64_t span_log_created(void);

/* atfork: prepare locks all logs, parent unlocks; child re-initialises the locks and forgets every entry. */
void span_log_fork_prepare(void);
void span_log_fork_parent(void);
void span_log_fork_child(void);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * span_log.h - ended spans as bytes, on their way from the threads that end them to the pipeline.
 *
 * Eight mutex-protected logs; a thread keeps to one. Bounded in spans (OTEL_BSP_MAX_QUEUE_SIZE) and in bytes. What is
 * taken still counts as queued until span_log_release() says it was delivered or dropped.
 */
#ifndef OTEL_SDK_SPAN_LOG_H
#define OTEL_SDK_SPAN_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An entry: this header, then `len` bytes, a complete ScopeSpans.spans field (tag, length, Span), then padding to 8. */
struct span_log_entry {
	uint32_t scope; /* number of the instrumentation scope, see scope.h */
	uint32_t len;
};

/* A run of entries, `used` bytes of them after the header. Allocated by malloc; the taker frees it. */
struct span_log_chunk {
	struct span_log_chunk *next;
	size_t cap;
	size_t used;
	uint32_t spans;
	uint32_t reserved;
	_Alignas(8) uint8_t data[];
};

void span_log_setup(size_t max_spans, size_t max_bytes); /* start thread; drops what is there */

/* Appends one entry; counts created, and the drop if there was no room (false). `hint` picks the log (any per-thread
 * number). *queued gets the number of spans now queued. */
bool span_log_append(uint32_t hint, uint32_t scope, const void *span, size_t len, uint32_t *queued);

/* Takes everything appended before the call: chunks in a list, per log in end order. Pipeline thread. */
struct span_log_chunk *span_log_take(void);

/* Gives the queue back the room of delivered or dropped spans. */
void span_log_release(uint32_t spans, size_t bytes);

uint32_t span_log_queued(void);

/* atfork: prepare locks all logs, parent unlocks; child re-initialises the locks and forgets every entry. */
void span_log_fork_prepare(void);
void span_log_fork_parent(void);
void span_log_fork_child(void);

#endif

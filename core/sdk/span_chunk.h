/* SPDX-License-Identifier: Apache-2.0
 *
 * span_chunk.h - memory of the span logs: pieces of 4 to 64 KiB, recycled, so that a busy program neither asks malloc
 * for them nor touches fresh pages.
 */
#ifndef OTEL_SDK_SPAN_CHUNK_H
#define OTEL_SDK_SPAN_CHUNK_H

#include <stddef.h>
#include <stdint.h>

/* An entry: this header, then `len` bytes, a complete ScopeSpans.spans field (tag, length, Span), then padding to 8. */
struct span_log_entry {
	uint32_t scope; /* number of the instrumentation scope, see scope.h */
	uint32_t len;
};

static inline size_t span_log_entry_size(size_t len)
{
	return (sizeof(struct span_log_entry) + len + 7) & ~(size_t)7;
}

/* A run of entries, `used` bytes of them after the header. */
struct span_log_chunk {
	struct span_log_chunk *next;
	size_t size; /* of all of it */
	size_t cap; /* of data, as far as it may be filled */
	size_t used;
	uint32_t spans;
	uint32_t credit; /* spans that its writer may still append; see log_writer.h */
	_Alignas(8) uint8_t data[];
};

#define SPAN_CHUNK_FIRST 4096
#define SPAN_CHUNK_LAST  65536

/* An empty one of `size` bytes in all, a power of two from FIRST to LAST, or of whatever size holds an entry of `need`
 * bytes. NULL when out of memory; keeps errno. */
struct span_log_chunk *span_chunk_get(size_t size, size_t need);

void span_log_chunk_free(struct span_log_chunk *chunk);

/* atfork. child: chunks kept for reuse are forgotten. */
void span_chunk_fork_prepare(void);
void span_chunk_fork_parent(void);
void span_chunk_fork_child(void);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * context_block.h - the layout of contexts and baggage: an ABI among API copies, since one may read and release what
 * another has made. Blocks begin with their size and grow at the end only; all are malloc'ed, but for contexts on a
 * stack.
 */
#ifndef OTEL_API_CONTEXT_BLOCK_H
#define OTEL_API_CONTEXT_BLOCK_H

#include "api/slot.h"

/* A value under a key, and those that were there before it. Shared by the contexts derived from one another. */
struct context_value {
	size_t size;
	_Atomic uint32_t refs;
	uint32_t reserved;
	const otel_context_key *key;
	void *value;
	void (*destroy)(void *value);
	struct context_value *next; /* owned */
};

/* The block lives on the stack of a call of ours: a reference to it is a copy of it. */
#define CONTEXT_ON_STACK 1u

struct otel_context {
	size_t size;
	_Atomic uint32_t refs;
	uint32_t flags; /* CONTEXT_… */
	otel_span span; /* {0} if there is none or it is remote */
	otel_span_context span_context;
	struct otel_tracestate *tracestate; /* owned, may be NULL; so are the next two */
	otel_baggage *baggage;
	struct context_value *values;
	/* Called when refs is 0, so that a newer copy's block is released whole by an older copy. */
	void (*release)(otel_context *context);
};

/* A copy of base with a span that is not of this process; takes the reference to tracestate. NULL: out of memory. */
otel_context *context_with_remote(otel_context *base, const otel_span_context *span_context,
				  struct otel_tracestate *taken);

/* Entries and their text lie behind the header, in the same allocation. */
struct otel_baggage {
	size_t size;
	_Atomic uint32_t refs;
	uint32_t count;
	size_t header_len; /* bytes of its W3C header form, were every name a token */
	const otel_baggage_entry *entries;
};

#endif

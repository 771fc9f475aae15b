/* SPDX-License-Identifier: Apache-2.0
 *
 * passthrough.c - a ring of entries, each behind its own state word. Nobody waits: a writer that finds an entry in use
 * takes the next one, a reader that finds it rewritten has a stale handle. So a fork at any point, or a signal, leaves
 * at most one entry unused.
 */
#include "api/passthrough.h"

#include <sched.h>

#define ENTRIES       1024u
#define WRITING       1u /* contents are changing */
#define PINNED        2u /* somebody takes a reference to the tracestate: contents stay */
#define BUSY          (WRITING | PINNED)
#define GENERATION(s) ((s) >> 2)
#define LAST          0xffffffu
#define WORDS         (sizeof(otel_span_context) / sizeof(uint64_t))

struct entry {
	_Atomic uint32_t state; /* generation << 2 | WRITING | PINNED */
	_Atomic uint64_t context[WORDS]; /* an otel_span_context, in words that may be read while they change */
	struct otel_tracestate *tracestate;
};

static struct entry table[ENTRIES];
static _Atomic uint32_t cursor;

/* Copies of the API number their entries from different starts, lest they take each other's handles for their own. */
static uint32_t generation_after(uint32_t generation)
{
	if (!generation)
		generation = (uint32_t)((uintptr_t)table >> 12) & LAST;
	return generation == LAST ? 1 : generation + 1;
}

/* The next entry that nobody uses, marked WRITING; *generation is its new one. */
static struct entry *claim(uint32_t *generation)
{
	for (int tries = 0; tries < 16; tries++) {
		struct entry *e = &table[atomic_fetch_add_explicit(&cursor, 1, memory_order_relaxed) % ENTRIES];
		uint32_t state = atomic_load_explicit(&e->state, memory_order_relaxed);

		if (state & BUSY)
			continue;
		*generation = generation_after(GENERATION(state));
		if (atomic_compare_exchange_strong_explicit(&e->state, &state, *generation << 2 | WRITING,
							    memory_order_acq_rel, memory_order_relaxed))
			return e;
	}
	return NULL;
}

otel_span passthrough_take(const otel_span_context *span_context, struct otel_tracestate *tracestate)
{
	uint64_t words[WORDS];
	uint32_t generation;
	struct entry *e = claim(&generation);
	struct otel_tracestate *before;

	if (!e) {
		dropped();
		otel_tracestate_unref_v1(tracestate);
		return (otel_span){0};
	}
	memcpy(words, span_context, sizeof(words));
	for (size_t i = 0; i < WORDS; i++)
		atomic_store_explicit(&e->context[i], words[i], memory_order_release);
	before = e->tracestate;
	e->tracestate = tracestate;
	atomic_store_explicit(&e->state, generation << 2, memory_order_release);
	otel_tracestate_unref_v1(before);
	return (otel_span){(uint64_t)generation << 32 | (uint32_t)(e - table)};
}

static bool is_current(struct entry *e, uint32_t generation, memory_order order)
{
	return (atomic_load_explicit(&e->state, order) & ~PINNED) == generation << 2;
}

static struct otel_tracestate *tracestate_of(struct entry *e, uint32_t generation)
{
	struct otel_tracestate *tracestate;

	for (int tries = 0; tries < 1000; tries++) {
		uint32_t state = generation << 2;
		if (atomic_compare_exchange_strong_explicit(&e->state, &state, state | PINNED, memory_order_acquire,
							    memory_order_relaxed)) {
			tracestate = otel_tracestate_ref_v1(e->tracestate);
			atomic_store_explicit(&e->state, generation << 2, memory_order_release);
			return tracestate;
		}
		if (state != (generation << 2 | PINNED))
			return NULL;
		if (tries > 100)
			sched_yield();
	}
	return NULL;
}

bool passthrough_context(otel_span span, otel_span_context *out, struct otel_tracestate **tracestate)
{
	uint32_t index = (uint32_t)span.id;
	uint32_t generation = (uint32_t)(span.id >> 32);
	struct entry *e;
	uint64_t words[WORDS];

	if (index >= ENTRIES || !generation)
		return false;
	e = &table[index];
	if (!is_current(e, generation, memory_order_acquire))
		return false;
	for (size_t i = 0; i < WORDS; i++)
		words[i] = atomic_load_explicit(&e->context[i], memory_order_acquire);
	if (!is_current(e, generation, memory_order_relaxed))
		return false;
	memcpy(out, words, sizeof(words));
	if (tracestate)
		*tracestate = tracestate_of(e, generation);
	return true;
}

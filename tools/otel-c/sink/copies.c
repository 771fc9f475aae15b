/* SPDX-License-Identifier: Apache-2.0
 *
 * copies.c - open addressing with linear probes, never more than half full. Ids are random enough to be their own
 * hash, but those that people write by hand are not: they are mixed.
 */
#include "tools/otel-c/sink/copies.h"

#include <stdlib.h>

#define FIRST_SLOTS 1024

/* All zero: an empty slot, for no id is. */
struct sink_copies_id {
	uint64_t words[3];
};

static struct sink_copies_id id_of(const Otlp__Span *span)
{
	struct sink_copies_id id;

	memcpy(id.words, span->trace_id.data, 16);
	memcpy(id.words + 2, span->span_id.data, 8);
	return id;
}

static bool is_empty(const struct sink_copies_id *slot)
{
	return !slot->words[2];
}

static size_t hash_of(const struct sink_copies_id *id)
{
	uint64_t mixed = 0;

	for (size_t i = 0; i < 3; i++) {
		mixed = (mixed ^ id->words[i]) * 0x9e3779b97f4a7c15u;
		mixed ^= mixed >> 32;
	}
	return (size_t)mixed;
}

/* Its slot, or the empty one where it belongs. */
static struct sink_copies_id *find(struct sink_copies_id *slots, size_t slot_count, const struct sink_copies_id *id)
{
	size_t at = hash_of(id) & (slot_count - 1);

	while (!is_empty(&slots[at]) && memcmp(&slots[at], id, sizeof *id) != 0)
		at = (at + 1) & (slot_count - 1);
	return &slots[at];
}

static bool make_room(struct sink_copies *copies)
{
	const size_t slot_count = copies->slot_count ? 2 * copies->slot_count : FIRST_SLOTS;
	struct sink_copies_id *slots;

	if (2 * copies->used < copies->slot_count)
		return true;
	if (copies->used >= SINK_COPIES_MAX)
		return false;
	slots = calloc(slot_count, sizeof *slots);
	if (!slots)
		return false;
	for (size_t i = 0; i < copies->slot_count; i++)
		if (!is_empty(&copies->slots[i]))
			*find(slots, slot_count, &copies->slots[i]) = copies->slots[i];
	free(copies->slots);
	copies->slots = slots;
	copies->slot_count = slot_count;
	return true;
}

static bool came_before(struct sink_copies *copies, const Otlp__Span *span)
{
	const struct sink_copies_id id = id_of(span);
	const bool has_room = make_room(copies);
	struct sink_copies_id *slot = copies->slots ? find(copies->slots, copies->slot_count, &id) : NULL;

	if (slot && !is_empty(slot))
		return true;
	if (!has_room || !slot) {
		copies->is_full = true;
		return false;
	}
	*slot = id;
	copies->used++;
	return false;
}

size_t sink_copies_add(struct sink_copies *copies, const Otlp__ExportTraceServiceRequest *request)
{
	size_t count = 0;

	for (size_t i = 0; i < request->n_resource_spans; i++) {
		const Otlp__ResourceSpans *resource_spans = request->resource_spans[i];
		for (size_t k = 0; k < resource_spans->n_scope_spans; k++) {
			const Otlp__ScopeSpans *scope_spans = resource_spans->scope_spans[k];
			for (size_t n = 0; n < scope_spans->n_spans; n++)
				count += came_before(copies, scope_spans->spans[n]);
		}
	}
	return count;
}

void sink_copies_fini(struct sink_copies *copies)
{
	free(copies->slots);
	*copies = (struct sink_copies){.slots = NULL};
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * baggage.c - baggage: immutable, one allocation each.
 */
#include "api/baggage_draft.h"
#include "api/mem.h"

/* ---- drafts ---- */

void baggage_draft_begin(struct baggage_draft *draft, size_t max_entries, size_t text_bytes)
{
	size_t size = sizeof(*draft->baggage) + max_entries * sizeof(*draft->entries);
	otel_baggage *baggage = mem_alloc(size + text_bytes);

	*draft = (struct baggage_draft){.baggage = baggage, .max_entries = max_entries};
	if (!baggage)
		return;
	draft->entries = (otel_baggage_entry *)(baggage + 1);
	draft->text = (char *)baggage + size;
	draft->room = text_bytes;
	*baggage = (otel_baggage){.size = sizeof(*baggage), .refs = 1, .entries = draft->entries};
}

/* A scrubbed, terminated copy; NULL when there is no room. */
static const char *keep(struct baggage_draft *draft, struct view v)
{
	char *start = draft->text;
	size_t used;

	if (!v.len)
		return "";
	if (v.len + 1 > draft->room)
		return NULL;
	used = str_scrub_utf8(start, draft->room, v.ptr, v.len) + 1;
	draft->text += used;
	draft->room -= used;
	return start;
}

static otel_baggage_entry *find(const otel_baggage *baggage, struct view name)
{
	for (uint32_t i = 0; i < baggage->count; i++) {
		if (view_equals(name, baggage->entries[i].name))
			return (otel_baggage_entry *)&baggage->entries[i];
	}
	return NULL;
}

static size_t entry_len(const otel_baggage_entry *e)
{
	return baggage_member_len(view_of(e->name), view_of(e->value), view_of(e->metadata));
}

void baggage_draft_put(struct baggage_draft *draft, struct view name, struct view value, struct view metadata)
{
	otel_baggage *baggage = draft->baggage;
	otel_baggage_entry entry;
	otel_baggage_entry *old;
	size_t len;

	if (!baggage)
		return;
	entry.name = keep(draft, name);
	entry.value = keep(draft, value);
	entry.metadata = keep(draft, metadata);
	if (!entry.name || !entry.value || !entry.metadata)
		goto left_out;
	old = find(baggage, view_of(entry.name));
	len = baggage->header_len + entry_len(&entry) - (old ? entry_len(old) : 0);
	len += !old && baggage->count; /* the comma */
	if (len > BAGGAGE_MAX_BYTES || (!old && baggage->count == draft->max_entries))
		goto left_out;
	baggage->header_len = len;
	if (!old)
		old = &draft->entries[baggage->count++];
	*old = entry;
	return;
left_out:
	dropped();
}

otel_baggage *baggage_draft_end(struct baggage_draft *draft)
{
	if (draft->baggage && draft->baggage->count)
		return draft->baggage;
	free(draft->baggage);
	return NULL;
}

/* ---- sharing ---- */

otel_baggage *otel_baggage_ref(otel_baggage *baggage)
{
	if (baggage)
		atomic_fetch_add_explicit(&baggage->refs, 1, memory_order_relaxed);
	return baggage;
}

void otel_baggage_unref(otel_baggage *baggage)
{
	if (baggage && atomic_fetch_sub_explicit(&baggage->refs, 1, memory_order_acq_rel) == 1)
		free(baggage);
}

/* ---- changed copies ---- */

static size_t text_size(const otel_baggage *baggage)
{
	size_t sum = 0;

	for (size_t i = 0; i < otel_baggage_count(baggage); i++) {
		const otel_baggage_entry *e = &baggage->entries[i];
		sum += strlen(e->name) + strlen(e->value) + strlen(e->metadata) + 3;
	}
	return sum;
}

static void put_all(struct baggage_draft *draft, const otel_baggage *baggage, const char *but)
{
	for (size_t i = 0; i < otel_baggage_count(baggage); i++) {
		const otel_baggage_entry *e = &baggage->entries[i];
		if (!but || strcmp(e->name, but) != 0)
			baggage_draft_put(draft, view_of(e->name), view_of(e->value), view_of(e->metadata));
	}
}

otel_baggage *otel_baggage_with(otel_baggage *base, const char *name, const char *value, const char *metadata)
{
	struct baggage_draft draft;
	size_t new_bytes = otel_strlen(name) + otel_strlen(value) + otel_strlen(metadata);
	size_t count = otel_baggage_count(base) + 1;

	if (!name || !*name) {
		misuse();
		return otel_baggage_ref(base);
	}
	if (new_bytes > BAGGAGE_MAX_BYTES) {
		dropped();
		return otel_baggage_ref(base);
	}
	/* Scrubbing may make three bytes of one. */
	baggage_draft_begin(&draft, count < BAGGAGE_MAX_ENTRIES ? count : BAGGAGE_MAX_ENTRIES,
			    text_size(base) + 3 * new_bytes + 3);
	if (!draft.baggage)
		return otel_baggage_ref(base);
	put_all(&draft, base, NULL);
	baggage_draft_put(&draft, view_of(name), view_of(value), view_of(metadata));
	return baggage_draft_end(&draft);
}

otel_baggage *otel_baggage_without(otel_baggage *base, const char *name)
{
	struct baggage_draft draft;

	if (!name || !otel_baggage_value(base, name))
		return otel_baggage_ref(base);
	baggage_draft_begin(&draft, base->count, text_size(base));
	if (!draft.baggage)
		return otel_baggage_ref(base);
	put_all(&draft, base, name);
	return baggage_draft_end(&draft);
}

/* ---- reading ---- */

const char *otel_baggage_value(const otel_baggage *baggage, const char *name)
{
	const otel_baggage_entry *e = baggage && name ? find(baggage, view_of(name)) : NULL;

	return e ? e->value : NULL;
}

size_t otel_baggage_count(const otel_baggage *baggage)
{
	return baggage ? baggage->count : 0;
}

otel_baggage_entry otel_baggage_at(const otel_baggage *baggage, size_t index)
{
	if (index >= otel_baggage_count(baggage))
		return (otel_baggage_entry){NULL, NULL, NULL};
	return baggage->entries[index];
}

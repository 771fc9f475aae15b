/* SPDX-License-Identifier: Apache-2.0
 *
 * export_parts.c - see the header. One part of a batch exists at a time, made when its turn comes: so each is as large
 * as what is known of the backend by then allows.
 */
#include "sdk/export_parts.h"

#include <stdlib.h>

/* A limit that somebody raised is found again at the price of one request. */
#define REMEMBERED_MS 3600000u

void export_sizes_init(struct export_sizes *sizes, size_t allowed)
{
	sizes->allowed = allowed;
	for (unsigned i = 0; i < EXPORT_SIGNALS; i++) {
		sizes->learned[i] = SIZE_MAX;
		sizes->until[i] = 0;
	}
}

size_t export_sizes_limit(struct export_sizes *sizes, unsigned signal, uint64_t now)
{
	if (now >= sizes->until[signal])
		sizes->learned[signal] = SIZE_MAX;
	return sizes->learned[signal] < sizes->allowed ? sizes->learned[signal] : sizes->allowed;
}

bool export_sizes_refused(struct export_sizes *sizes, unsigned signal, size_t size, uint64_t now)
{
	const bool is_first = sizes->learned[signal] == SIZE_MAX;

	if (size / 2 < sizes->learned[signal])
		sizes->learned[signal] = size / 2;
	sizes->until[signal] = now + REMEMBERED_MS;
	return is_first;
}

/* ---- parts ---- */

struct batch *export_parts_now(const struct batch_entry *entry)
{
	return entry->parts && entry->parts->part ? entry->parts->part : entry->batch;
}

static bool goes_in_parts(const struct batch_entry *entry, size_t limit)
{
	return entry->parts || (entry->batch->wire.len > limit && entry->batch->wire.items > 1);
}

struct batch *export_parts_next(struct batch_entry *entry, size_t limit)
{
	size_t size;

	if (!goes_in_parts(entry, limit))
		return entry->batch;
	if (!entry->parts && !(entry->parts = calloc(1, sizeof *entry->parts)))
		return NULL;
	if (!entry->parts->part) {
		const struct split_range range = split_next(&entry->batch->wire, entry->parts->done, limit, &size);
		entry->parts->part = batch_part(entry->batch, range, size);
	}
	return entry->parts->part;
}

void export_parts_undo(struct batch_entry *entry)
{
	if (!entry->parts || !entry->parts->part)
		return;
	batch_unref(entry->parts->part);
	entry->parts->part = NULL;
}

uint32_t export_parts_left(const struct batch_entry *entry)
{
	return entry->batch->wire.items - (entry->parts ? entry->parts->done : 0);
}

bool export_parts_done(struct batch_entry *entry, enum batch_loss loss, uint32_t lost)
{
	struct batch_parts *parts = entry->parts;

	parts->lost.of[loss] += lost;
	parts->done += parts->part->wire.items;
	export_parts_undo(entry);
	return parts->done == entry->batch->wire.items;
}

void export_parts_settle(struct batch_entry *entry, enum batch_loss loss)
{
	entry->parts->lost.of[loss] += export_parts_left(entry);
	batch_settle_losses(entry->batch, &entry->parts->lost);
	export_parts_forget(entry);
}

void export_parts_forget(struct batch_entry *entry)
{
	export_parts_undo(entry);
	free(entry->parts);
	entry->parts = NULL;
}

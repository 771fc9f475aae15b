/* SPDX-License-Identifier: Apache-2.0
 *
 * spooling.c - see the header.
 */
#include "sdk/spooling.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sdk/export_parts.h"
#include "sdk/request_items.h"
#include "sdk/spool_account.h"
#include "sdk/stats.h"
#include "util/diag.h"

enum { LOOK_AGAIN_MS = 5000 }; /* while the backend answers: what other processes left there */

static bool is_always, is_hurried, is_left_alone;
static uint32_t replay_pause_ms;
static _Atomic uint32_t taken;

/* What was this process's own is counted where its spans are; the rest by itself. */
static void count_end(const struct spool_name *file, uint32_t rejected, uint32_t expired)
{
	if (spool_is_own(file) && spool_account_close(file->number, rejected, expired))
		return;
	stats_add(&stats.replayed, file->items - rejected - expired);
	stats_add(&stats.replay_rejected, rejected);
}

static void on_expired(const struct spool_name *file)
{
	diag(DIAG_WARN, "the spool \"%s\": what is older than [spool] max_age is dropped", spool_path());
	count_end(file, 0, file->items);
}

void spooling_setup(const struct spooling_options *options)
{
	struct spool_options spool = options ? options->spool : (struct spool_options){.directory = NULL};

	spool.on_expired = on_expired;
	is_always = options && options->always;
	replay_pause_ms = options && !is_hurried ? options->replay_pause_ms : 0;
	if (is_left_alone)
		spool.directory = NULL;
	spool_account_reset();
	spool_setup(&spool);
}

void spooling_hurry(void)
{
	is_hurried = true;
}

void spooling_leave_alone(void)
{
	is_left_alone = true;
}

uint32_t spooling_taken(void)
{
	return atomic_load(&taken);
}

/* ---- into the spool ---- */

static bool store(const char *exporter, const otel_batch *batch, bool hold, struct spool_name *file)
{
	struct spool_record record = {
		.signal = batch->signal, .items = batch->items, .data = batch->data, .len = batch->len};

	snprintf(record.exporter, sizeof record.exporter, "%s", exporter);
	return strlen(exporter) < sizeof record.exporter && spool_store(&record, hold, file);
}

void spooling_begin(const char *exporter, struct batch_entry *entry)
{
	entry->is_stored = is_always && spool_is_on() && store(exporter, &entry->batch->wire, true, &entry->file);
}

bool spooling_holds(struct batch_entry *entry)
{
	if (!entry->is_stored || spool_hold(&entry->file))
		return true;
	entry->is_stored = false; /* whoever has it delivers it */
	if (!entry->is_replay)
		spool_account_add(&entry->batch->account, entry->file.number);
	return false;
}

static uint32_t lost_of_parts(const struct batch_entry *entry)
{
	uint32_t lost = 0;

	for (size_t i = 0; entry->parts && i < BATCH_LOSSES; i++)
		lost += entry->parts->lost.of[i];
	return lost;
}

/* A part of what was stored is through, the rest goes on under another name. */
static void count_part(const struct batch_entry *entry, const struct spool_name *rest)
{
	const uint32_t rejected = lost_of_parts(entry);

	if (spool_is_own(&entry->file) && spool_account_move(entry->file.number, rest->number, rejected))
		return;
	stats_add(&stats.replayed, entry->parts->done - rejected);
	stats_add(&stats.replay_rejected, rejected);
}

/* Some of it was delivered: what is left is stored anew. */
static bool keep_rest(const char *exporter, struct batch_entry *entry)
{
	const struct split_range range = {entry->parts->done, entry->batch->wire.items};
	struct batch *rest = batch_part(entry->batch, range, split_size(&entry->batch->wire, range));
	struct spool_name file;

	if (!rest)
		return false;
	const bool is_kept = store(exporter, &rest->wire, false, &file);
	batch_unref(rest);
	if (!is_kept)
		return false;
	if (entry->is_stored)
		spool_remove(&entry->file);
	if (entry->is_replay)
		count_part(entry, &file);
	entry->file = file;
	return true;
}

static bool keep_all(const char *exporter, struct batch_entry *entry)
{
	if (!entry->is_stored)
		return store(exporter, &entry->batch->wire, false, &entry->file);
	spool_release(&entry->file);
	return true;
}

bool spooling_keep(const char *exporter, struct batch_entry *entry)
{
	if (!spool_is_on())
		return false;
	const bool is_kept =
		entry->parts && entry->parts->done ? keep_rest(exporter, entry) : keep_all(exporter, entry);
	if (!is_kept)
		return false;
	entry->is_stored = false;
	if (entry->is_unknown)
		stats_add(&stats.ambiguous, export_parts_now(entry)->wire.items);
	if (!entry->is_replay)
		spool_account_add(&entry->batch->account, entry->file.number);
	return true;
}

/* ---- the end of a batch ---- */

static void finish(struct batch_entry *entry, enum batch_loss loss, uint32_t rejected)
{
	spool_remove(&entry->file);
	entry->is_stored = false;
	if (!entry->is_replay)
		return;
	rejected += lost_of_parts(entry);
	if (loss != BATCH_TAKEN)
		rejected += export_parts_left(entry);
	count_end(&entry->file, rejected < entry->file.items ? rejected : entry->file.items, 0);
}

enum batch_loss spooling_end(const char *exporter, struct batch_entry *entry, enum batch_loss loss, uint32_t rejected)
{
	switch (loss) {
	case BATCH_SPOOLED: /* it is there */
		break;
	case BATCH_TAKEN:
	case BATCH_REJECTED:
		if (entry->is_stored)
			finish(entry, loss, rejected);
		break;
	default:
		if (spooling_keep(exporter, entry))
			return BATCH_SPOOLED;
	}
	return loss;
}

void spooling_fork_child(void)
{
	spool_account_forget();
	spool_fork_child();
}

/* ---- replay ---- */

void spool_replay_init(struct spool_replay *replay)
{
	*replay = (struct spool_replay){.is_due = is_hurried};
}

static uint64_t id_of(const struct spool_name *file)
{
	return file->origin ^ file->stored_ms << 20 ^ file->number;
}

void spool_replay_failed(struct spool_replay *replay, const struct spool_name *file, uint64_t at)
{
	replay->at = at;
	replay->failures++;
	if (!spool_replay_is_again(replay, file))
		replay->failed[replay->failed_count++ % SPOOL_FAILED_MAX] = id_of(file);
}

bool spool_replay_is_again(const struct spool_replay *replay, const struct spool_name *file)
{
	const size_t count = replay->failed_count < SPOOL_FAILED_MAX ? replay->failed_count : SPOOL_FAILED_MAX;

	for (size_t i = 0; i < count; i++)
		if (replay->failed[i] == id_of(file))
			return true;
	return false;
}

void spool_replay_answered(struct spool_replay *replay, bool is_replay, uint64_t now)
{
	if (is_replay)
		replay->failures = 0;
	if (!replay->is_due && (!replay->looked_at || now - replay->looked_at >= LOOK_AGAIN_MS))
		replay->is_due = spool_is_on();
}

static struct batch *batch_from(struct spool_name *file, const struct spool_record *record)
{
	uint32_t items;

	if (!request_count((otel_signal)record->signal, record->data, record->len, &items) || items != record->items ||
	    !items) {
		spool_quarantine(file, "what is in it is no OTLP request with as many items as it says");
		return NULL;
	}
	struct batch *batch = batch_submitted((otel_signal)record->signal, record->data, record->len, items);
	if (!batch) {
		spool_release(file);
		return NULL;
	}
	batch->submitted = 0; /* it was counted when it was stored */
	batch->room = 0;
	batch->owners = 1;
	atomic_fetch_add(&taken, 1);
	return batch;
}

struct batch *spool_replay_next(struct spool_replay *replay, const char *exporter, uint32_t signals, uint64_t now,
				struct spool_name *file)
{
	struct spool_record record;
	struct batch *batch = NULL;
	uint8_t *memory;

	if (!replay->is_due || replay->is_under_way || now < replay->at || !spool_is_on())
		return NULL;
	replay->looked_at = now;
	if (!spool_next(exporter, signals, file, &record, &memory)) {
		replay->is_due = false;
		return NULL;
	}
	batch = batch_from(file, &record);
	free(memory);
	replay->at = now + replay_pause_ms;
	replay->is_under_way = batch != NULL;
	return batch;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * export_queue.c - one exporter's batches: when each is tried, and what follows from the answer.
 */
#include "sdk/export_queue.h"

#include <stdatomic.h>
#include <string.h>

#include "sdk/blocking.h"
#include "sdk/http_door.h"
#include "sdk/stats.h"
#include "util/diag.h"

/* ---- entries ---- */

static uint32_t entry_spans(const struct batch_entry *entry)
{
	return entry->batch->wire.items;
}

static void entry_unlink(struct export_queue *q, struct batch_entry *entry)
{
	struct batch_entry **link = &q->first, *before = NULL;
	while (*link != entry) {
		before = *link;
		link = &before->next;
	}
	*link = entry->next;
	if (q->last == entry)
		q->last = before;
	q->spans -= entry_spans(entry);
	q->bytes -= entry->batch->wire.len;
}

/* Of what went out, if anything did. */
static void tally_piece(struct export_queue *q, struct batch_entry *entry, enum batch_loss loss, uint32_t rejected)
{
	const struct batch *piece = export_parts_now(entry);

	if (entry->began_at)
		export_tally_add(q->tally[export_signal(piece)], piece->wire.items, loss, rejected,
				 q->now - entry->began_at);
	entry->began_at = 0;
}

/* With BATCH_TAKEN, and rejected items only without parts: they count their own. */
static void entry_end(struct export_queue *q, struct batch_entry *entry, enum batch_loss loss, uint32_t rejected)
{
	struct batch *batch = entry->batch;
	loss = spooling_end(q->exporter->name, entry, loss, rejected);
	q->replay.is_due |= loss == BATCH_SPOOLED;
	q->replay.is_under_way &= !entry->is_replay;
	tally_piece(q, entry, loss, rejected);
	entry_unlink(q, entry);
	if (loss != BATCH_TAKEN || rejected)
		q->on_failure(q->index, entry->seq);
	if (entry->parts)
		export_parts_settle(entry, loss);
	else
		batch_settle(batch, loss, rejected);
	batch_unref(batch);
}

/* The next part has its own time: nothing is given up that was not tried. */
static void begin_anew(struct batch_entry *entry)
{
	entry->again = false;
	entry->give_up_at = entry->began_at = 0;
}

/* What went out of the batch, all of it or a part, is through: so many items of it are lost. */
static void piece_end(struct export_queue *q, struct batch_entry *entry, enum batch_loss loss, uint32_t rejected)
{
	const uint32_t items = export_parts_now(entry)->wire.items;
	if (rejected > items)
		rejected = items;
	if (!entry->parts) {
		entry_end(q, entry, loss, rejected);
		return;
	}
	const uint32_t lost = loss != BATCH_TAKEN ? items : rejected;
	tally_piece(q, entry, loss, rejected);
	if (lost)
		q->on_failure(q->index, entry->seq);
	begin_anew(entry);
	if (export_parts_done(entry, loss != BATCH_TAKEN ? loss : BATCH_REJECTED, lost))
		entry_end(q, entry, BATCH_TAKEN, 0);
}

void export_queue_init(struct export_queue *q, struct component *exporter, uint32_t index, uint32_t timeout_ms,
		       const struct backoff *backoff, void (*on_failure)(uint32_t index, uint64_t seq))
{
	q->exporter = exporter;
	q->index = index;
	q->timeout_ms = timeout_ms;
	q->backoff = *backoff;
	q->on_failure = on_failure;
	q->limit = UINT32_MAX;
	export_sizes_init(&q->sizes, SIZE_MAX);
	q->said_too_large = false;
	q->spool_above = UINT32_MAX;
	spool_replay_init(&q->replay);
	q->first = q->last = NULL;
	q->flying = NULL;
	memset(q->tally, 0, sizeof q->tally);
	memset(q->waits, 0, sizeof q->waits);
	q->spans = 0;
	q->bytes = 0;
	q->owed_seq = q->cancel_at = q->now = 0;
	q->cancelled = false;
	atomic_store_explicit(&q->landed, false, memory_order_relaxed);
}

static void entry_append(struct export_queue *q, struct batch_entry *entry)
{
	if (q->last)
		q->last->next = entry;
	else
		q->first = entry;
	q->last = entry;
	q->spans += entry_spans(entry);
	q->bytes += entry->batch->wire.len;
}

/* What waits long is better kept on disk than in the way of what comes: the oldest goes there first. */
static void relieve(struct export_queue *q)
{
	while ((q->spans > q->spool_above || q->bytes > SPOOL_ABOVE_BYTES) && q->first != q->last) {
		struct batch_entry *entry = q->first != q->flying ? q->first : q->first->next;
		if (!spooling_keep(q->exporter->name, entry))
			return;
		entry_end(q, entry, BATCH_SPOOLED, 0);
	}
}

void export_queue_add(struct export_queue *q, struct batch *batch)
{
	struct batch_entry *entry = &batch->entries[q->index];
	const bool is_full = q->first && q->spans + batch->wire.items > q->limit;

	*entry = (struct batch_entry){.batch = batch_ref(batch), .seq = ++q->last_seq};
	entry_append(q, entry);
	if (is_full) {
		entry_end(q, entry, BATCH_QUEUE_FULL, 0);
		return;
	}
	spooling_begin(q->exporter->name, entry);
	relieve(q);
}

static struct export_wait *wait_of(struct export_queue *q, const struct batch_entry *entry)
{
	return &q->waits[export_signal(entry->batch)];
}

/* Until no signal waits. */
static uint64_t longest_wait(const struct export_queue *q)
{
	uint64_t until = 0;

	for (unsigned i = 0; i < EXPORT_SIGNALS; i++)
		if (q->waits[i].retry_at > until)
			until = q->waits[i].retry_at;
	return until;
}

/* What lies in the spool, one batch at a time. */
static void replay(struct export_queue *q, const struct export_round *round)
{
	struct spool_name file;

	if (round->exiting)
		q->replay.is_due = false;
	if (round->now < longest_wait(q) || q->spans > q->spool_above / 2)
		return; /* what is new comes first */
	struct batch *batch = spool_replay_next(&q->replay, q->exporter->name, q->signals, round->now, &file);
	if (!batch)
		return;
	struct batch_entry *entry = &batch->entries[q->index];
	*entry = (struct batch_entry){.batch = batch,
				      .seq = UINT64_MAX /* of no flush */,
				      .is_stored = true,
				      .is_replay = true,
				      .file = file};
	entry->again = spool_replay_is_again(&q->replay, &file);
	entry_append(q, entry);
}

static bool entry_owed(const struct batch_entry *entry, uint64_t seq, uint64_t flush)
{
	return entry->seq <= seq && entry->tried < flush;
}

bool export_queue_owes(const struct export_queue *q, uint64_t seq, uint64_t flush)
{
	for (const struct batch_entry *entry = q->first; entry; entry = entry->next)
		if (entry_owed(entry, seq, flush))
			return true;
	return false;
}

/* What to try now: what a flush asked for, else the oldest, unless the backend wants to be left alone. */
static struct batch_entry *entry_pick(struct export_queue *q, const struct export_round *round)
{
	for (struct batch_entry *entry = q->first; entry; entry = entry->next)
		if (entry_owed(entry, q->owed_seq, round->flush))
			return entry;
	for (struct batch_entry *entry = q->first; entry; entry = entry->next)
		if (round->now >= wait_of(q, entry)->retry_at)
			return entry;
	return NULL;
}

/* ---- results ---- */

static void give_up(struct export_queue *q)
{
	while (q->first)
		entry_end(q, q->first, BATCH_SHUTDOWN, 0);
}

static void set_retry(struct export_queue *q, const struct batch_entry *entry, uint64_t now)
{
	export_wait_on(wait_of(q, entry), &q->backoff, q->outcome.retry_after_ms, now);
}

static void end_tries(struct export_queue *q, struct batch_entry *entry)
{
	if (spooling_keep(q->exporter->name, entry)) {
		entry_end(q, entry, BATCH_SPOOLED, 0);
		return;
	}
	diag(DIAG_WARN, "%s: what could not be delivered within %u ms ([export] retry_elapsed) is dropped",
	     q->exporter->name, q->backoff.elapsed_ms);
	piece_end(q, entry, BATCH_GIVEN_UP, 0);
}

/* What is new does not wait for it. */
static void put_back(struct export_queue *q, struct batch_entry *entry, uint64_t now)
{
	if (q->outcome.retry_after_ms)
		set_retry(q, entry, now);
	spool_replay_failed(&q->replay, &entry->file, now + backoff_wait_ms(&q->backoff, q->replay.failures));
	entry_end(q, entry, BATCH_GIVEN_UP, 0);
}

static void keep_for_retry(struct export_queue *q, struct batch_entry *entry, const struct export_round *round)
{
	q->on_failure(q->index, entry->seq);
	entry->is_unknown = q->outcome.result == OTEL_EXPORT_UNKNOWN;
	if (round->exiting || round->ending) {
		give_up(q);
		return;
	}
	if (entry->is_replay) {
		put_back(q, entry, round->now);
		return;
	}
	set_retry(q, entry, round->now);
	if (round->now >= entry->give_up_at) {
		end_tries(q, entry);
		return;
	}
	if (entry->is_unknown)
		stats_add(&stats.ambiguous, export_parts_now(entry)->wire.items);
	entry->is_unknown = false; /* counted: the spool shall not count it again */
	entry->tried = round->flush;
	entry->again = true;
}

/* The backend is there, and wants to be asked in another way. */
static void answered(struct export_queue *q, const struct batch_entry *entry)
{
	*wait_of(q, entry) = (struct export_wait){.retry_at = 0};
}

static void drop_too_large(struct export_queue *q, struct batch_entry *entry)
{
	const struct batch *piece = export_parts_now(entry);

	if (!q->said_too_large)
		diag(DIAG_WARN,
		     "%s: one item alone makes a request of %zu bytes, which is too large; such items are dropped",
		     q->exporter->name, piece->wire.len);
	q->said_too_large = true;
	piece_end(q, entry, BATCH_REJECTED, piece->wire.items);
}

/* It goes out again in parts at once, each half as large or less. */
static void make_smaller(struct export_queue *q, struct batch_entry *entry, const struct export_round *round)
{
	const struct batch *piece = export_parts_now(entry);

	answered(q, entry);
	if (piece->wire.items <= 1) {
		drop_too_large(q, entry);
		return;
	}
	if (export_sizes_refused(&q->sizes, export_signal(piece), piece->wire.len, round->now))
		diag(DIAG_INFO, "%s: a request of %zu bytes was too large; smaller ones are sent", q->exporter->name,
		     piece->wire.len);
	export_parts_undo(entry);
	begin_anew(entry);
}

static void land(struct export_queue *q, const struct export_round *round)
{
	struct batch_entry *entry = q->flying;

	q->flying = NULL;
	atomic_store_explicit(&q->landed, false, memory_order_relaxed);
	if (q->outcome.result != OTEL_EXPORT_DONE)
		stats_add(&stats.export_failures, 1);
	switch (q->outcome.result) {
	case OTEL_EXPORT_DONE:
		answered(q, entry);
		spool_replay_answered(&q->replay, entry->is_replay, round->now);
		piece_end(q, entry, BATCH_TAKEN, q->outcome.rejected);
		return;
	case OTEL_EXPORT_TOO_LARGE:
		make_smaller(q, entry, round);
		return;
	case OTEL_EXPORT_RETRY:
	case OTEL_EXPORT_UNKNOWN:
		keep_for_retry(q, entry, round);
		return;
	case OTEL_EXPORT_DROP:
		if (door_is_shut() && spooling_keep(q->exporter->name, entry)) {
			set_retry(q, entry, round->now);
			entry_end(q, entry, BATCH_SPOOLED, 0);
			return;
		}
		break;
	case OTEL_EXPORT_PENDING:
	default:
		diag(DIAG_ERROR,
		     "exporter \"%s\" finished an export with result %d, which is none; the batch is dropped",
		     q->exporter->name, (int)q->outcome.result);
	}
	piece_end(q, entry, BATCH_REJECTED, 0);
}

static otel_export_result begin(struct export_queue *q, const otel_batch *batch, otel_export_op *op)
{
	const otel_exporter *vtable = q->exporter->vtable;

	return blocking_is(q->exporter) ? blocking_export(q->exporter, q->index, batch, op)
					: vtable->export_batch(q->exporter->self, batch, op);
}

static void launch(struct export_queue *q, struct batch_entry *entry, const struct batch *piece,
		   const struct export_round *round)
{
	otel_export_op *op = (otel_export_op *)(uintptr_t)export_op_begin(q); // NOLINT(performance-no-int-to-ptr)

	if (!entry->give_up_at)
		entry->give_up_at = q->backoff.elapsed_ms ? round->now + q->backoff.elapsed_ms : UINT64_MAX;
	if (!entry->began_at)
		entry->began_at = round->now;
	q->flying = entry;
	q->cancelled = false;
	q->cancel_at = q->timeout_ms ? round->now + q->timeout_ms : 0;
	stats_add(&stats.export_attempts, 1);
	stats_add(&stats.retried, entry->again);
	struct export_outcome outcome = {.result = begin(q, &piece->wire, op)};
	if (outcome.result == OTEL_EXPORT_PENDING)
		return;
	if (!export_queue_finish(q, op, &outcome))
		diag(DIAG_ERROR,
		     "exporter \"%s\" finished an export and returned a result as well; the first one counts",
		     q->exporter->name);
}

/* As much of the batch as the backend takes at once. */
static void try_entry(struct export_queue *q, struct batch_entry *entry, const struct export_round *round)
{
	if (!spooling_holds(entry)) {
		entry_end(q, entry, BATCH_SPOOLED, 0);
		return;
	}
	const size_t limit = export_sizes_limit(&q->sizes, export_signal(entry->batch), round->now);
	const struct batch *piece = export_parts_next(entry, limit);

	if (!piece)
		entry_end(q, entry, BATCH_NO_MEMORY, 0);
	else if (piece->wire.len > q->sizes.allowed)
		drop_too_large(q, entry);
	else
		launch(q, entry, piece, round);
}

void export_queue_step(struct export_queue *q, const struct export_round *round)
{
	struct batch_entry *entry;

	q->now = round->now;
	for (;;) {
		if (atomic_load_explicit(&q->landed, memory_order_acquire))
			land(q, round);
		if (!q->flying && !round->ending)
			replay(q, round);
		if (q->flying || round->ending || !(entry = entry_pick(q, round)))
			break;
		try_entry(q, entry, round);
		if (q->flying && !atomic_load_explicit(&q->landed, memory_order_acquire))
			break;
	}

	if (q->flying && q->cancel_at && round->now >= q->cancel_at)
		export_queue_cancel(q);
}

/* When the first of its entries may go out. */
static uint64_t first_due(const struct export_queue *q)
{
	uint64_t due = UINT64_MAX;

	for (const struct batch_entry *entry = q->first; entry; entry = entry->next) {
		const struct export_wait *wait = &q->waits[export_signal(entry->batch)];
		if (wait->retry_at < due)
			due = wait->retry_at;
	}
	return due;
}

uint64_t export_queue_due(const struct export_queue *q)
{
	if (atomic_load_explicit(&q->landed, memory_order_acquire))
		return 0;
	if (q->flying)
		return q->cancel_at && !q->cancelled ? q->cancel_at : UINT64_MAX;
	if (q->first)
		return first_due(q);
	if (!q->replay.is_due || q->replay.is_under_way)
		return UINT64_MAX;
	return q->replay.at > longest_wait(q) ? q->replay.at : longest_wait(q);
}

uint32_t export_queue_inflight(const struct export_queue *q, unsigned signal)
{
	uint32_t items = 0;

	for (const struct batch_entry *entry = q->first; entry; entry = entry->next)
		if (entry->began_at && export_signal(entry->batch) == signal)
			items += export_parts_now(entry)->wire.items;
	return items;
}

/* ---- ending ---- */

bool export_queue_flying(const struct export_queue *q)
{
	return q->flying != NULL;
}

void export_queue_cancel(struct export_queue *q)
{
	const otel_exporter *vtable = q->exporter->vtable;
	uint64_t op = atomic_load_explicit(&q->op, memory_order_acquire);
	if (!q->flying || q->cancelled || !op)
		return;
	q->cancelled = true;
	if (vtable->component.size >= sizeof(*vtable) && vtable->cancel)
		vtable->cancel(q->exporter->self, (otel_export_op *)(uintptr_t)op); // NOLINT(performance-no-int-to-ptr)
}

void export_queue_drop(struct export_queue *q)
{
	if (q->flying && !atomic_load_explicit(&q->landed, memory_order_acquire)) {
		batch_keep(export_parts_now(q->flying));
		q->flying->is_unknown = true;
	}
	export_op_give_up(q);
	q->flying = NULL;
	give_up(q);
}

void export_queue_forget(struct export_queue *q)
{
	export_op_give_up(q);
	atomic_store_explicit(&q->landed, false, memory_order_relaxed);
	while (q->first) {
		struct batch_entry *entry = q->first;
		q->first = entry->next;
		export_parts_forget(entry);
		batch_unref(entry->batch);
	}
	spool_replay_init(&q->replay);
	q->last = NULL;
	q->flying = NULL;
	memset(q->tally, 0, sizeof q->tally);
	memset(q->waits, 0, sizeof q->waits);
	q->spans = 0;
	q->bytes = 0;
}

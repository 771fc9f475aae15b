/* SPDX-License-Identifier: Apache-2.0
 *
 * export_queue.c - one exporter's batches: when each is tried, and what follows from the answer.
 */
#include "sdk/export_queue.h"

#include <stdatomic.h>

#include "sdk/blocking.h"
#include "sdk/stats.h"
#include "util/diag.h"

enum { OP_QUEUE_BITS = 3 }; /* an op is a number, never an address: a late or second finish can do no harm */
_Static_assert(BATCH_MAX_OWNERS <= 1 << OP_QUEUE_BITS, "a queue's number must fit into an op");

#define RETRY_AFTER_MAX_MS 300000u

static _Atomic uint64_t last_op;
static _Atomic uint64_t given_up_op; /* everything up to here was given up by us, not finished twice by its exporter */

static uint64_t op_number(const otel_export_op *op)
{
	return (uint64_t)(uintptr_t)op;
}

uint32_t export_op_queue(const otel_export_op *op)
{
	return (uint32_t)(op_number(op) & ((1u << OP_QUEUE_BITS) - 1));
}

bool export_op_given_up(const otel_export_op *op)
{
	return op_number(op) >> OP_QUEUE_BITS <= atomic_load_explicit(&given_up_op, memory_order_relaxed);
}

static void op_give_up(struct export_queue *q)
{
	atomic_store_explicit(&given_up_op, atomic_load_explicit(&last_op, memory_order_relaxed), memory_order_relaxed);
	atomic_store(&q->op, 0);
}

static uint64_t op_begin(struct export_queue *q)
{
	uint64_t n = atomic_fetch_add_explicit(&last_op, 1, memory_order_relaxed) + 1;
	uint64_t op = (uint64_t)(uintptr_t)(n << OP_QUEUE_BITS | q->index);
	atomic_store_explicit(&q->landed, false, memory_order_relaxed);
	atomic_store_explicit(&q->op, op, memory_order_release);
	return op;
}

bool export_queue_runs(const struct export_queue *q, const otel_export_op *op)
{
	return op && atomic_load_explicit(&q->op, memory_order_acquire) == op_number(op);
}

bool export_queue_finish(struct export_queue *q, const otel_export_op *op, const struct export_outcome *outcome)
{
	uint64_t running = op_number(op);
	if (!running || !atomic_compare_exchange_strong(&q->op, &running, 0))
		return false;
	q->outcome = *outcome;
	atomic_store_explicit(&q->landed, true, memory_order_release);
	return true;
}

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
}

static void entry_end(struct export_queue *q, struct batch_entry *entry, enum batch_loss loss, uint32_t rejected)
{
	struct batch *batch = entry->batch;
	entry_unlink(q, entry);
	if (loss != BATCH_TAKEN || rejected)
		q->on_failure(q->index, entry->seq);
	batch_settle(batch, loss, rejected);
	batch_unref(batch);
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
	q->first = q->last = NULL;
	q->flying = NULL;
	q->spans = q->failures = 0;
	q->retry_at = q->owed_seq = q->cancel_at = 0;
	q->cancelled = false;
	atomic_store_explicit(&q->landed, false, memory_order_relaxed);
}

void export_queue_add(struct export_queue *q, struct batch *batch)
{
	struct batch_entry *entry = &batch->entries[q->index];
	*entry = (struct batch_entry){.batch = batch, .seq = ++q->last_seq};
	if (q->first && q->spans + batch->wire.items > q->limit) {
		q->on_failure(q->index, entry->seq);
		batch_settle(batch, BATCH_QUEUE_FULL, 0);
		return;
	}
	batch_ref(batch);
	if (q->last)
		q->last->next = entry;
	else
		q->first = entry;
	q->last = entry;
	q->spans += batch->wire.items;
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
static struct batch_entry *entry_pick(const struct export_queue *q, const struct export_round *round)
{
	for (struct batch_entry *entry = q->first; entry; entry = entry->next)
		if (entry_owed(entry, q->owed_seq, round->flush))
			return entry;
	return round->now >= q->retry_at ? q->first : NULL;
}

/* ---- results ---- */

static void give_up(struct export_queue *q)
{
	while (q->first)
		entry_end(q, q->first, BATCH_SHUTDOWN, 0);
}

/* What the backend asked for wins. A try that a flush began before its time, and that failed, changes nothing: flushes
 * would else drive the wait up to its maximum. */
static void set_retry(struct export_queue *q, uint64_t now)
{
	const uint32_t asked = q->outcome.retry_after_ms;
	const bool was_due = now >= q->retry_at;

	if (asked)
		q->retry_at = now + (asked < RETRY_AFTER_MAX_MS ? asked : RETRY_AFTER_MAX_MS);
	else if (was_due)
		q->retry_at = now + backoff_wait_ms(&q->backoff, q->failures);
	if (was_due && q->failures < UINT32_MAX)
		q->failures++;
}

static void end_tries(struct export_queue *q, struct batch_entry *entry)
{
	diag(DIAG_WARN, "%s: what could not be delivered within %u ms ([export] retry_elapsed) is dropped",
	     q->exporter->name, q->backoff.elapsed_ms);
	entry_end(q, entry, BATCH_GIVEN_UP, 0);
}

static void keep_for_retry(struct export_queue *q, struct batch_entry *entry, const struct export_round *round)
{
	q->on_failure(q->index, entry->seq);
	if (round->exiting || round->ending) {
		give_up(q);
		return;
	}
	set_retry(q, round->now);
	if (round->now >= entry->give_up_at) {
		end_tries(q, entry);
		return;
	}
	if (q->outcome.result == OTEL_EXPORT_UNKNOWN)
		stats_add(&stats.ambiguous, entry_spans(entry));
	entry->tried = round->flush;
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
		q->retry_at = 0;
		q->failures = 0;
		entry_end(q, entry, BATCH_TAKEN, q->outcome.rejected);
		return;
	case OTEL_EXPORT_RETRY:
	case OTEL_EXPORT_UNKNOWN:
		keep_for_retry(q, entry, round);
		return;
	case OTEL_EXPORT_DROP:
		break;
	case OTEL_EXPORT_PENDING:
	default:
		diag(DIAG_ERROR,
		     "exporter \"%s\" finished an export with result %d, which is none; the batch is dropped",
		     q->exporter->name, (int)q->outcome.result);
	}
	entry_end(q, entry, BATCH_REJECTED, 0);
}

static void launch(struct export_queue *q, struct batch_entry *entry, const struct export_round *round)
{
	const otel_exporter *vtable = q->exporter->vtable;
	uint64_t op = op_begin(q);

	if (!entry->give_up_at)
		entry->give_up_at = q->backoff.elapsed_ms ? round->now + q->backoff.elapsed_ms : UINT64_MAX;
	q->flying = entry;
	q->cancelled = false;
	q->cancel_at = q->timeout_ms ? round->now + q->timeout_ms : 0;
	stats_add(&stats.export_attempts, 1);
	otel_export_op *handle = (otel_export_op *)(uintptr_t)op; // NOLINT(performance-no-int-to-ptr)
	const otel_batch *batch = &entry->batch->wire;
	otel_export_result result = blocking_is(q->exporter)
					    ? blocking_export(q->exporter, q->index, batch, handle)
					    : vtable->export_batch(q->exporter->self, batch, handle);
	if (result == OTEL_EXPORT_PENDING)
		return;
	struct export_outcome outcome = {.result = result};
	if (!export_queue_finish(q, handle, &outcome))
		diag(DIAG_ERROR,
		     "exporter \"%s\" finished an export and returned a result as well; the first one counts",
		     q->exporter->name);
}

void export_queue_step(struct export_queue *q, const struct export_round *round)
{
	struct batch_entry *entry;
	do {
		if (atomic_load_explicit(&q->landed, memory_order_acquire))
			land(q, round);
		if (q->flying || round->ending || !(entry = entry_pick(q, round)))
			break;
		launch(q, entry, round);
	} while (atomic_load_explicit(&q->landed, memory_order_acquire));

	if (q->flying && q->cancel_at && round->now >= q->cancel_at)
		export_queue_cancel(q);
}

uint64_t export_queue_due(const struct export_queue *q)
{
	if (atomic_load_explicit(&q->landed, memory_order_acquire))
		return 0;
	if (q->flying)
		return q->cancel_at && !q->cancelled ? q->cancel_at : UINT64_MAX;
	return q->first ? q->retry_at : UINT64_MAX;
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
	if (q->flying && !atomic_load_explicit(&q->landed, memory_order_acquire))
		batch_keep(q->flying->batch);
	op_give_up(q);
	q->flying = NULL;
	give_up(q);
}

void export_queue_forget(struct export_queue *q)
{
	op_give_up(q);
	atomic_store_explicit(&q->landed, false, memory_order_relaxed);
	while (q->first) {
		struct batch_entry *entry = q->first;
		q->first = entry->next;
		batch_unref(entry->batch);
	}
	q->last = NULL;
	q->flying = NULL;
	q->spans = q->failures = 0;
	q->retry_at = 0;
}

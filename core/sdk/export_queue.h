/* SPDX-License-Identifier: Apache-2.0
 *
 * export_queue.h - what one exporter still has to deliver: batches in order, one in flight, and when to try again.
 *
 * Pipeline thread only, except export_queue_finish().
 */
#ifndef OTEL_SDK_EXPORT_QUEUE_H
#define OTEL_SDK_EXPORT_QUEUE_H

#include <otel/plugin.h>

#include "plugin/registry.h"
#include "sdk/batch.h"
#include "sdk/export_op.h"
#include "sdk/export_parts.h"
#include "sdk/export_tally.h"
#include "sdk/export_wait.h"
#include "sdk/spooling.h"

/* What waits past these goes into the spool, too: half of what plugins may have submitted at once. */
#define SPOOL_ABOVE_BYTES ((size_t)8 << 20)

struct export_queue {
	struct component *exporter;
	uint32_t index; /* in the pipeline; also in its batches' entries */
	uint32_t limit; /* spans it may hold; UINT32_MAX at first */
	uint32_t timeout_ms; /* 0 = none */
	struct backoff backoff;
	uint32_t signals; /* bits of otel_signal: batches it gets */
	struct export_sizes sizes;
	bool said_too_large;
	uint32_t spool_above; /* spans: what waits past these goes into the spool, if there is one */
	struct spool_replay replay;

	struct batch_entry *first;
	struct batch_entry *last;
	uint32_t spans; /* of all its entries */
	size_t bytes; /* likewise */
	uint64_t last_seq; /* of the newest entry ever added */
	struct export_wait waits[EXPORT_SIGNALS]; /* they may go to different addresses, or be throttled one by one */
	uint64_t owed_seq; /* a flush wants entries up to here tried at once */

	struct batch_entry *flying; /* handed to the exporter */
	uint64_t cancel_at; /* its deadline; 0 = none */
	bool cancelled;

	struct export_tally tally[EXPORT_SIGNALS][BATCH_LOSSES]; /* BATCH_TAKEN: delivered */
	uint64_t now; /* of the last step */

	/* The running op: plugins hold its number, and whoever swaps that for 0 has finished it. */
	_Atomic uint64_t op;
	_Atomic bool landed; /* `outcome` is there */
	struct export_outcome outcome;

	/* A batch was lost or must be tried again: entries up to `seq` concern a flush. */
	void (*on_failure)(uint32_t index, uint64_t seq);
};

/* What the pipeline tells its queues on every round. */
struct export_round {
	uint64_t now; /* milliseconds */
	uint64_t flush; /* number of the newest flush; attempts are marked with it */
	bool exiting; /* one try, then give up */
	bool ending; /* begin nothing any more */
};

/* All else is empty. The op is left alone: a plugin may be late with the end of one that was given up. */
void export_queue_init(struct export_queue *q, struct component *exporter, uint32_t index, uint32_t timeout_ms,
		       const struct backoff *backoff, void (*on_failure)(uint32_t index, uint64_t seq));

void export_queue_add(struct export_queue *q, struct batch *batch);

/* Takes a finished export in, cancels one that is late, begins the next if there is reason to. */
void export_queue_step(struct export_queue *q, const struct export_round *round);

/* When the next step is due without anything new happening; UINT64_MAX = never. */
uint64_t export_queue_due(const struct export_queue *q);

/* Entries up to seq that were not tried since this flush began? */
bool export_queue_owes(const struct export_queue *q, uint64_t seq, uint64_t flush);

/* Items of this signal that the exporter was given and that are not through, those between two tries included. */
uint32_t export_queue_inflight(const struct export_queue *q, unsigned signal);

bool export_queue_flying(const struct export_queue *q);
void export_queue_cancel(struct export_queue *q); /* what is in flight, if anything, once */

/* Gives everything up as dropped at shutdown. A batch that an exporter has not finished stays in memory for good. */
void export_queue_drop(struct export_queue *q);
void export_queue_forget(struct export_queue *q); /* without counting: in the child of a fork */

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * stats.c - the counters of the SDK.
 */
#include "sdk/stats.h"

#include <string.h>

#include "sdk/log_writer.h"
#include "sdk/span_log.h"

struct stats stats;

static uint64_t stats_get(_Atomic uint64_t *counter)
{
	return atomic_load_explicit(counter, memory_order_relaxed);
}

void stats_reset(void)
{
	_Atomic uint64_t *const counters[] = {
		&stats.created,
		&stats.accepted,
		&stats.dropped_queue_full,
		&stats.dropped_rejected,
		&stats.dropped_no_memory,
		&stats.dropped_shutdown,
		&stats.export_attempts,
		&stats.export_failures,
		&stats.ambiguous,
		&stats.retried,
		&stats.spooled,
		&stats.submitted_spooled,
		&stats.replayed,
		&stats.replay_rejected,
		&stats.misuse,
		&stats.dropped_processed,
		&stats.dropped_retry,
		&stats.submitted,
		&stats.submitted_accepted,
		&stats.submitted_dropped,
	};

	for (size_t i = 0; i < sizeof counters / sizeof *counters; i++)
		atomic_store_explicit(counters[i], 0, memory_order_relaxed);
	/* Threads count their own for ever: span_log_created() adds both. */
	atomic_store_explicit(&stats.created, 0 - log_writers_appended(), memory_order_relaxed);
}

void stats_read(otel_sdk_stats *out)
{
	if (!out || out->size < sizeof out->size)
		return;

	/* An older program knows fewer fields, a newer one more: fill what both know, zero the rest. */
	const size_t size = out->size;
	otel_sdk_stats now = {
		.size = size,
		.spans_created = span_log_created(),
		.spans_accepted = stats_get(&stats.accepted),
		.spans_queued = span_log_queued(),
		.dropped_queue_full = stats_get(&stats.dropped_queue_full),
		.dropped_rejected = stats_get(&stats.dropped_rejected),
		.dropped_no_memory = stats_get(&stats.dropped_no_memory),
		.dropped_shutdown = stats_get(&stats.dropped_shutdown),
		.export_attempts = stats_get(&stats.export_attempts),
		.export_failures = stats_get(&stats.export_failures),
		.ambiguous = stats_get(&stats.ambiguous),
		.misuse = stats_get(&stats.misuse),
		.dropped_processed = stats_get(&stats.dropped_processed),
		.items_submitted = stats_get(&stats.submitted),
		.items_accepted = stats_get(&stats.submitted_accepted),
		.items_dropped = stats_get(&stats.submitted_dropped),
		.dropped_retry = stats_get(&stats.dropped_retry),
		.retried = stats_get(&stats.retried),
		.spooled = stats_get(&stats.spooled),
		.items_spooled = stats_get(&stats.submitted_spooled),
		.replayed = stats_get(&stats.replayed),
	};

	memset(out, 0, size);
	memcpy(out, &now, size < sizeof now ? size : sizeof now);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * stats.h - what the SDK counts about itself. Relaxed atomics, one global; see otel_sdk_stats in otel/sdk.h.
 */
#ifndef OTEL_SDK_STATS_H
#define OTEL_SDK_STATS_H

#include <otel/sdk.h>
#include <stdatomic.h>

struct stats {
	_Atomic uint64_t created;
	_Atomic uint64_t accepted;
	_Atomic uint64_t dropped_queue_full;
	_Atomic uint64_t dropped_rejected;
	_Atomic uint64_t dropped_no_memory;
	_Atomic uint64_t dropped_shutdown;
	_Atomic uint64_t dropped_processed;
	_Atomic uint64_t dropped_retry;
	_Atomic uint64_t submitted; /* items that plugins handed over, or producers made */
	_Atomic uint64_t submitted_accepted;
	_Atomic uint64_t submitted_dropped;
	_Atomic uint64_t export_attempts;
	_Atomic uint64_t export_failures;
	_Atomic uint64_t ambiguous;
	_Atomic uint64_t retried;
	_Atomic uint64_t spooled; /* minus what came back and was settled */
	_Atomic uint64_t submitted_spooled;
	_Atomic uint64_t replayed; /* of other processes */
	_Atomic uint64_t replay_rejected;
	_Atomic uint64_t misuse;
};

extern struct stats stats;

static inline void stats_add(_Atomic uint64_t *counter, uint64_t n)
{
	atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

void stats_reset(void);
void stats_read(otel_sdk_stats *out); /* fills what out->size has room for */

#endif

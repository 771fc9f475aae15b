/* SPDX-License-Identifier: Apache-2.0
 *
 * live_spans.c - see the header.
 */
#include "sdk/live_spans.h"

#include "sdk/fork_epoch.h"
#include "sdk/slot_table.h"

/* What a parent process left open is not this one's. */
static bool is_live(uint64_t control, uint32_t epoch)
{
	const unsigned state = (unsigned)(control >> SLOT_STATE_SHIFT) & 0x7f;

	return (state == SLOT_RECORDING || state == SLOT_ENDING) &&
	       ((uint32_t)(control >> SLOT_EPOCH_SHIFT) & 0xffff) == epoch;
}

struct live_spans live_spans(void)
{
	struct live_spans live = {0, 0};
	const uint32_t epoch = fork_epoch();
	struct span_slot *slot;

	for (uint32_t number = 0; (slot = slot_at(number)); number++) {
		if (!is_live(atomic_load_explicit(&slot->control, memory_order_acquire), epoch))
			continue;
		if (atomic_load_explicit(&slot->flags, memory_order_relaxed) & OTEL_TRACE_FLAG_SAMPLED)
			live.sampled++;
		else
			live.unsampled++;
	}
	return live;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * strategy_slots.c - see the header. Every step is sequentially consistent: the reader's count must be seen by a writer
 * whose slot the reader has seen as current.
 */
#include "plugins/jaeger_remote/strategy_slots.h"

struct strategy_slot *strategy_enter(struct strategy_slots *slots)
{
	for (;;) {
		const uint32_t current = atomic_load(&slots->current);
		struct strategy_slot *slot = &slots->slots[current];
		atomic_fetch_add(&slot->readers, 1);
		if (atomic_load(&slots->current) == current)
			return slot;
		atomic_fetch_sub(&slot->readers, 1);
	}
}

void strategy_leave(struct strategy_slot *slot)
{
	atomic_fetch_sub(&slot->readers, 1);
}

bool strategy_put(struct strategy_slots *slots, const struct strategy *strategy)
{
	const uint32_t current = atomic_load(&slots->current);

	for (uint32_t i = 0; i < STRATEGY_SLOTS; i++) {
		struct strategy_slot *slot = &slots->slots[i];
		if (i == current || atomic_load(&slot->readers))
			continue;
		strategy_fini(&slot->strategy);
		slot->strategy = *strategy;
		atomic_store(&slots->current, i);
		return true;
	}
	return false;
}

void strategy_slots_fini(struct strategy_slots *slots)
{
	for (uint32_t i = 0; i < STRATEGY_SLOTS; i++)
		strategy_fini(&slots->slots[i].strategy);
}

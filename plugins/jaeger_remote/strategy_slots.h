/* SPDX-License-Identifier: Apache-2.0
 *
 * strategy_slots.h - the strategy in force, read by any thread while one thread puts a new one in its place.
 *
 * A few slots that live as long as the sampler. A reader counts itself in and looks whether the slot is still the
 * current one; the writer takes a slot that is neither current nor read.
 */
#ifndef PLUGINS_JAEGER_REMOTE_STRATEGY_SLOTS_H
#define PLUGINS_JAEGER_REMOTE_STRATEGY_SLOTS_H

#include "plugins/jaeger_remote/strategy.h"

#define STRATEGY_SLOTS 4 /* the child of a fork loses one to each thread that was reading */

struct strategy_slot {
	_Atomic uint32_t readers;
	struct strategy strategy;
};

struct strategy_slots {
	_Atomic uint32_t current;
	struct strategy_slot slots[STRATEGY_SLOTS];
};

/* All zero before: no strategy is in force until the first is put. */

struct strategy_slot *strategy_enter(struct strategy_slots *slots);
void strategy_leave(struct strategy_slot *slot);

/* Takes the strategy over. False: every slot is being read; it stays the caller's. One thread at a time. */
bool strategy_put(struct strategy_slots *slots, const struct strategy *strategy);

void strategy_slots_fini(struct strategy_slots *slots);

#endif

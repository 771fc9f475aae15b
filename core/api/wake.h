/* SPDX-License-Identifier: Apache-2.0
 *
 * wake.h - the first call that needs a provider brings the SDK, if the environment asked for one at load.
 */
#ifndef OTEL_API_WAKE_H
#define OTEL_API_WAKE_H

#include "api/own_slot.h"

enum wake_state {
	WAKE_OFF, /* nobody asked for an SDK: stays so for ever */
	WAKE_IDLE, /* to be started by the next call that needs it */
	WAKE_STARTING, /* a thread is at it; others go on without */
	WAKE_DONE /* the SDK has our slot, or it failed and that was said */
};

extern _Atomic int wake_state HIDDEN;

/* The slow path: at most one thread starts the SDK, none waits. The provider, NULL if there is none yet. */
const struct otel_provider *wake(void) HIDDEN __attribute__((cold));

/* In the child of a fork: what a thread of the parent began is to be begun anew, unless it was inside the dynamic linker
 * (the child stays without a provider then). */
void wake_fork_child(void) HIDDEN;

static inline const struct otel_provider *provider_or_wake(void)
{
	const struct otel_provider *provider = provider_load();

	if (LIKELY(provider != NULL))
		return provider;
	if (LIKELY(atomic_load_explicit(&wake_state, memory_order_relaxed) != WAKE_IDLE))
		return NULL;
	return wake();
}

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * own_slot.c - this copy's slot, and its counters.
 */
#include "api/own_slot.h"

#include "api/fork.h"
#include "api/net_lock.h"
#include "api/thread.h"
#include "api/thread_record.h"

struct otel_slot own_slot = {
	.size = sizeof(struct otel_slot),
	.api_version = OTEL_C_VERSION,
	.thread = thread_own,
	.net_lock = net_lock,
	.net_unlock = net_unlock,
	.arm_fork = fork_arm,
	.record_place = thread_record_place,
};

struct otel_slot *otel_api_slot_v1(void)
{
	return &own_slot;
}

void misuse(void)
{
	const struct otel_provider *provider = provider_load();

	if (provider)
		provider->misuse();
	else
		atomic_fetch_add_explicit(&own_slot.misuse, 1, memory_order_relaxed);
}

void dropped(void)
{
	atomic_fetch_add_explicit(&own_slot.dropped, 1, memory_order_relaxed);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * start.c - one start at a time, and the calls of otel/sdk.h.
 */
#include "sdk/start.h"

#include <errno.h>
#include <string.h>

#include "plugin/loader.h"
#include "sdk/engine.h"
#include "sdk/last_error.h"
#include "sdk/live_spans.h"
#include "sdk/pipeline.h"
#include "sdk/processors.h"
#include "sdk/provider.h"
#include "sdk/resource.h"
#include "sdk/slots.h"
#include "sdk/snapshot.h"
#include "sdk/stats.h"
#include "util/diag.h"

/* Long enough for nearly any dlopen by another thread. */
#define NET_LOCK_MS 100

static _Atomic int state;

/* While it is START_STARTING: the thread that does it, and the state to go back to. */
static _Atomic(const struct otel_thread *) starter;
static _Atomic int state_before;

enum start_state start_state(void)
{
	return (enum start_state)atomic_load(&state);
}

/* Of this build: older copies of the API lack later fields, but none that are needed here. */
static bool is_slot(const struct otel_slot *slot)
{
	return slot && slot->size >= offsetof(struct otel_slot, arm_fork) + sizeof slot->arm_fork;
}

static otel_status build(const struct otel_boot *boot, const otel_sdk_options *options)
{
	/* The atfork handlers that find the SDK are those of the first copy, so its lock is the one to hold. */
	struct otel_slot *first = slots_first();
	bool locked = first->net_lock(NET_LOCK_MS);
	otel_status status = engine_build(first, boot, options);
	if (locked)
		first->net_unlock();
	return status;
}

otel_status start_run(struct otel_slot *slot, const struct otel_boot *boot, const otel_sdk_options *options)
{
	if (!is_slot(slot))
		return last_error_say(OTEL_MISMATCH, "this program's libotel_api is too old for libotel_sdk");
	if (!slots_add(slot) || !slots_add(otel_api_slot_v1()))
		return last_error_say(OTEL_NO_MEMORY, "the SDK cannot start: out of memory");

	int from = atomic_load(&state);
	if (from == START_BROKEN)
		return last_error_say(OTEL_FAILED, "this process was forked while the SDK was being loaded: it stays "
						   "without");
	if (from == START_RUNNING) {
		slots_publish(provider_table());
		return OTEL_ALREADY;
	}
	/* Without a snapshot: it was running when the caller looked, and is being stopped. */
	if (!boot || (from != START_IDLE && from != START_STOPPED) ||
	    !atomic_compare_exchange_strong(&state, &from, START_STARTING))
		return OTEL_TIMEOUT;
	atomic_store(&state_before, from);
	atomic_store(&starter, slots_first()->thread());
	otel_status status = build(boot, options);
	atomic_store(&starter, NULL);
	atomic_store(&state, status ? from : START_RUNNING);
	if (!status)
		slots_publish(provider_table());
	return status;
}

/* What a thread began that does not exist here. It is begun anew where that does no harm: not when the thread was inside
 * the dynamic linker. */
static void undo_start(void)
{
	const struct otel_thread *by = atomic_load(&starter);

	if (by == slots_first()->thread()) /* it forks in the middle of it, and goes on here */
		return;
	const bool is_clean = pipeline_fork_undo() && by && !loader_is_busy;
	atomic_store(&starter, NULL);
	atomic_store(&state, is_clean ? atomic_load(&state_before) : START_BROKEN);
}

/* A stop that was under way is as good as done. */
void start_fork_child(void)
{
	int stopping = START_STOPPING;
	atomic_compare_exchange_strong(&state, &stopping, START_STOPPED);
	if (atomic_load(&state) == START_STARTING)
		undo_start();
	if (atomic_load(&state) == START_RUNNING)
		resource_renew();
}

/* ---- otel/sdk.h ---- */

/* Only what the caller's version of the struct has. */
static otel_sdk_options copy_options(const otel_sdk_options *options)
{
	otel_sdk_options copy = {.size = sizeof copy};
	if (options && options->size > sizeof options->size)
		memcpy(&copy, options, options->size < sizeof copy ? options->size : sizeof copy);
	copy.size = sizeof copy;
	return copy;
}

otel_status otel_sdk_start_v1(struct otel_slot *slot, const otel_sdk_options *options)
{
	int saved = errno;
	const struct otel_boot *boot = NULL;
	enum start_state before = start_state();
	otel_status status;

	if (!is_slot(slot)) {
		status = last_error_say(OTEL_MISMATCH, "this program's libotel_api is too old for libotel_sdk");
		goto out;
	}
	if (before == START_IDLE || before == START_STOPPED) {
		/* As it was at load, or else now, on the caller's thread. */
		boot = slot->boot ? slot->boot : snapshot_take();
		if (!boot) {
			status = last_error_say(OTEL_NO_MEMORY, "the SDK cannot start: out of memory");
			goto out;
		}
	}
	otel_sdk_options copy = copy_options(options);
	status = start_run(slot, boot, &copy);
	if (status == OTEL_TIMEOUT)
		status = start_state() == START_STOPPING
				 ? last_error_note(OTEL_FAILED, "the SDK is being stopped by another thread")
				 : OTEL_ALREADY;
out:
	errno = saved;
	return status;
}

otel_status otel_sdk_flush(uint32_t timeout_ms)
{
	int saved = errno;
	otel_status status = OTEL_FAILED;
	if (start_state() == START_RUNNING) {
		const otel_status processed = processors_flush(timeout_ms);
		status = pipeline_flush(timeout_ms);
		status = status ? status : processed;
	} else {
		last_error_note(status, "nothing to flush: the SDK does not run");
	}
	errno = saved;
	return status;
}

uint32_t otel_sdk_poll(uint32_t timeout_ms)
{
	return start_state() == START_RUNNING ? pipeline_poll(timeout_ms) : UINT32_MAX;
}

otel_status otel_sdk_stop(uint32_t timeout_ms)
{
	int saved = errno;
	int from = START_RUNNING;
	otel_status status = OTEL_FAILED;

	if (pipeline_is_self()) {
		last_error_note(status, "a plugin's callback cannot stop the SDK");
	} else if (!atomic_compare_exchange_strong(&state, &from, START_STOPPING)) {
		last_error_note(status, "nothing to stop: the SDK does not run");
	} else {
		status = engine_stop(timeout_ms);
		atomic_store(&state, START_STOPPED);
	}
	errno = saved;
	return status;
}

void otel_sdk_get_stats(otel_sdk_stats *out)
{
	stats_read(out);
	if (out && out->size >= offsetof(otel_sdk_stats, misuse) + sizeof out->misuse)
		out->misuse += slots_misuse();
	if (out && out->size >= offsetof(otel_sdk_stats, left_out) + sizeof out->left_out)
		out->left_out = slots_left_out();
	if (out && out->size >= offsetof(otel_sdk_stats, spans_sampled) + sizeof out->spans_sampled)
		out->spans_sampled = out->spans_created + live_spans().sampled;
	if (out && out->size >= offsetof(otel_sdk_stats, last_error) + sizeof out->last_error)
		out->last_error = diag_last();
}

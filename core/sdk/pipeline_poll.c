/* SPDX-License-Identifier: Apache-2.0
 *
 * pipeline_poll.c - see the header.
 */
#include "sdk/pipeline_poll.h"

#include <errno.h>

#include "sdk/http_door.h"
#include "sdk/resource.h"
#include "util/clock.h"

#define TRANSFER_MS 10 /* while something is under way on the network */

static _Atomic bool busy;

static bool enter(void)
{
	struct otel_thread *th = pl.options.slot->thread();

	if (pipeline_is_self() || atomic_exchange(&busy, true))
		return false;
	th->suppressed++; /* what exporters and libcurl do here is not the program's doing */
	th->waking++;
	atomic_store_explicit(&pl.self, pthread_self(), memory_order_relaxed);
	return true;
}

static void leave(void)
{
	struct otel_thread *th = pl.options.slot->thread();

	atomic_store_explicit(&pl.self, 0, memory_order_relaxed);
	th->suppressed--;
	th->waking--;
	atomic_store(&busy, false);
}

static bool is_flying(void)
{
	if (resource_due(UINT64_MAX) != UINT64_MAX)
		return true; /* detectors may be asking somebody */
	for (size_t i = 0; i < pl.queue_count; i++)
		if (export_queue_flying(&pl.queues[i]))
			return true;
	return door_is_busy(); /* with requests that are no exporter's */
}

bool poll_until(uint64_t deadline_ms, bool (*is_done)(void *arg), void *arg)
{
	const int saved = errno;
	uint32_t rest;
	bool over = false;

	while (!enter()) {
		if (pipeline_is_self() || clock_mono_ms() >= deadline_ms)
			return false;
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
	}
	for (;;) {
		over = pipeline_round(&rest);
		const uint64_t now = clock_mono_ms();
		if (over || now >= deadline_ms || (is_done && is_done(arg)))
			break;
		if (!door_has_news())
			door_wait(rest < deadline_ms - now ? rest : (uint32_t)(deadline_ms - now));
	}
	if (over)
		pipeline_settle();
	leave();
	errno = saved;
	return true;
}

uint32_t pipeline_poll(uint32_t timeout_ms)
{
	const int state = atomic_load(&pl.state);
	uint32_t rest = UINT32_MAX;
	int saved = errno;

	if (pl.options.worker != WORKER_NONE || state != PIPELINE_READY)
		return UINT32_MAX;
	if (timeout_ms) {
		poll_until(clock_mono_ms() + timeout_ms, NULL, NULL);
		timeout_ms = 0;
	}
	if (!enter())
		return TRANSFER_MS;
	pipeline_round(&rest);
	if (is_flying() && rest > TRANSFER_MS)
		rest = TRANSFER_MS;
	leave();
	errno = saved;
	return rest;
}

void poll_fork_child(void)
{
	atomic_store(&busy, false);
}

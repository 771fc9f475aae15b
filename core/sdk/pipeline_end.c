/* SPDX-License-Identifier: Apache-2.0
 *
 * pipeline_end.c - stop and exit: a last flush, then the end of the thread, each within its time.
 *
 * exit() may be called by a signal handler, on top of anything that its thread was doing here: of the locks that such a
 * thread may hold, the exit waits for the first it needs by a deadline, and goes without the rest if it does not come.
 */
#include "sdk/pipeline_state.h"

#include "sdk/http_door.h"
#include "sdk/pipeline_poll.h"
#include "sdk/span_log.h"
#include "sdk/span_thread.h"
#include "sdk/stats.h"
#include "sdk/timer.h"
#include "util/clock.h"
#include "util/diag.h"

enum {
	END_GRACE_MS = 100, /* for exporters to finish what is cancelled at the end */
	SPOOL_GRACE_MS = 500, /* for what is left to be written into the spool */
	EXIT_NET_LOCK_MS = 500,
};

static void say_dropped(const char *when, uint64_t spans, otel_status status, uint32_t timeout_ms)
{
	if (spans == 0)
		return;
	if (status == OTEL_TIMEOUT)
		diag(DIAG_WARN, "%s: time was up after %u ms; spans dropped: %llu", when, timeout_ms,
		     (unsigned long long)spans);
	else
		diag(DIAG_INFO, "%s: spans dropped: %llu", when, (unsigned long long)spans);
}

/* Nobody is at work: what is in the log goes uncounted otherwise. */
static void drop_without_thread(void)
{
	if (atomic_load(&pl.exiting)) { /* the log's locks may be this thread's */
		stats_add(&stats.dropped_shutdown, span_log_queued());
		return;
	}
	pthread_mutex_lock(&pl.work);
	pipeline_forget_inherited();
	batcher_add(&pl.batcher, span_log_take());
	batcher_drop(&pl.batcher);
	pipeline_drop_submitted();
	pthread_mutex_unlock(&pl.work);
}

static bool join_until(pthread_t thread, uint64_t deadline_ms)
{
	while (pthread_tryjoin_np(thread, NULL)) {
		if (clock_mono_ms() >= deadline_ms)
			return false;
		nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
	}
	return true;
}

/* Tells the thread to end and waits a little for it. After that it is left alone. */
static void end_thread(void)
{
	pipeline_lock();
	uint64_t now = clock_mono_ms();
	pl.ending = true;
	pl.end_by = now + END_GRACE_MS;
	door_wake();
	const uint64_t last = now + 2 * END_GRACE_MS + (spool_is_on() ? SPOOL_GRACE_MS : 0);
	while (!pl.ended && pipeline_wait_until(last))
		;
	bool ended = pl.ended;
	pipeline_unlock();
	/* Its last steps are libc's, whose locks the thread under a signal handler may hold. */
	if (!ended || !join_until(pl.thread, last))
		pthread_detach(pl.thread);
}

/* The same without a thread: the last rounds, here. */
static void end_here(void)
{
	const uint64_t now = clock_mono_ms();

	pipeline_lock();
	pl.ending = true;
	pl.end_by = now + END_GRACE_MS;
	pipeline_unlock();
	if (!poll_until(now + 2 * END_GRACE_MS, NULL, NULL))
		drop_without_thread();
	pipeline_lock();
	flush_list_fail(&pl.flushes);
	pl.ended = true;
	pipeline_unlock();
}

/* A thread that is being created cannot be told to end yet; that takes microseconds, unless its maker was interrupted
 * by who asks. */
static int settled_state(void)
{
	const uint64_t deadline = clock_mono_ms() + END_GRACE_MS;
	int state;

	while ((state = atomic_load(&pl.state)) == PIPELINE_STARTING && clock_mono_ms() < deadline)
		nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
	return state;
}

/* What state there was before it became PIPELINE_ENDING; PIPELINE_OFF when there is nothing to end, or somebody else
 * does it; PIPELINE_STARTING when it cannot be ended. */
static int claim_end(void)
{
	for (;;) {
		int state = settled_state();
		if (state == PIPELINE_OFF || state == PIPELINE_ENDING)
			return PIPELINE_OFF;
		if (state == PIPELINE_STARTING || atomic_compare_exchange_strong(&pl.state, &state, PIPELINE_ENDING))
			return state;
	}
}

static otel_status stop(const char *when, struct flush *flush, uint32_t timeout_ms)
{
	uint64_t before = atomic_load_explicit(&stats.dropped_shutdown, memory_order_relaxed);
	otel_status status = pipeline_flush_in(flush, timeout_ms);
	int state = claim_end();

	if (state == PIPELINE_OFF)
		return status;
	if (state == PIPELINE_STARTING)
		return OTEL_TIMEOUT;
	if (state == PIPELINE_RUNNING)
		end_thread();
	else if (pl.options.worker == WORKER_NONE)
		end_here();
	else
		drop_without_thread();
	if (!atomic_load(&pl.exiting)) /* whose thread may be holding the timers */
		timer_clear();
	atomic_store(&pl.state, PIPELINE_OFF);
	say_dropped(when, atomic_load_explicit(&stats.dropped_shutdown, memory_order_relaxed) - before, status,
		    timeout_ms);
	return status;
}

otel_status pipeline_stop(uint32_t timeout_ms)
{
	return pipeline_is_self() ? OTEL_FAILED : stop("stop", NULL, timeout_ms);
}

/* Whether a flush and an end can be had from here. */
static bool may_end(uint32_t timeout_ms)
{
	if (atomic_load(&pl.state) == PIPELINE_OFF)
		return true;
	if (pl.options.worker == WORKER_NONE) {
		const struct span_thread *t = span_thread_peek(pl.options.slot->thread());
		if (t && atomic_load_explicit(&t->inside, memory_order_relaxed))
			return false; /* the work would be done on top of what it waits for */
	}
	if (!pipeline_lock_until(clock_mono_ms() + timeout_ms))
		return false;
	pipeline_unlock();
	return true;
}

void pipeline_exit(uint32_t timeout_ms)
{
	static struct flush last; /* malloc() may be what a signal handler interrupted */

	if (pipeline_is_self() || atomic_exchange(&pl.exiting, true))
		return;
	if (may_end(timeout_ms))
		stop("exit", &last, timeout_ms);
	else
		say_dropped("exit", span_log_queued(), OTEL_FAILED, timeout_ms);
	if (pl.options.slot) /* for good: nobody is inside OpenSSL while it cleans up */
		pl.options.slot->net_lock(EXIT_NET_LOCK_MS);
}

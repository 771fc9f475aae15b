/* SPDX-License-Identifier: Apache-2.0
 *
 * pipeline_loop.c - what the pipeline thread does, round by round: transfers, batches, exporters, flushes, sleep.
 */
#include "sdk/pipeline_state.h"

#include "sdk/http_door.h"
#include "sdk/span_log.h"
#include "sdk/timer.h"
#include "util/clock.h"
#include "util/fence.h"

enum { WAIT_MAX_MS = 3600000 };

void pipeline_on_failure(uint32_t index, uint64_t seq)
{
	pipeline_lock();
	flush_list_failure(&pl.flushes, index, seq);
	pipeline_unlock();
}

static void form_batches(bool all)
{
	uint32_t max = pl.options.max_batch_size;
	uint32_t owners = pl.queue_count ? (uint32_t)pl.queue_count : 1;

	while (pl.batcher.waiting >= max || (all && pl.batcher.waiting)) {
		bool lost = false;
		struct batch *batch = batcher_next(&pl.batcher, max, BATCH_MAX_BYTES, owners, &lost);
		if (lost)
			pipeline_on_failure(0, 0);
		if (!batch)
			continue;
		for (size_t i = 0; i < pl.queue_count; i++)
			export_queue_add(&pl.queues[i], batch);
		if (!pl.queue_count)
			batch_settle(batch, BATCH_TAKEN, 0); /* meant for nobody */
		batch_unref(batch);
	}
}

static bool begin_flushes(void)
{
	pipeline_lock();
	bool fresh = flush_list_fresh(&pl.flushes);
	if (fresh)
		flush_list_begin(&pl.flushes);
	pipeline_unlock();
	return fresh;
}

uint32_t pipeline_loose_spans(uint32_t queued)
{
	uint32_t held = batch_held();
	return queued > held ? queued - held : 0;
}

/* From the log into the queues, when a flush, the schedule or a full batch asks for it. */
static void collect(uint64_t now)
{
	bool flush = begin_flushes();
	bool due = now >= pl.next_take;

	if (!flush && !due && pipeline_loose_spans(span_log_queued()) < pl.options.max_batch_size)
		return;
	batcher_add(&pl.batcher, span_log_take());
	form_batches(flush || due);
	if (flush || due)
		pl.next_take = now + pl.options.schedule_delay_ms;
	if (!flush)
		return;
	pipeline_lock();
	flush_list_aim(&pl.flushes, pl.queues, pl.queue_count);
	pipeline_unlock();
}

static void step_queues(const struct export_round *round)
{
	for (size_t i = 0; i < pl.queue_count; i++)
		export_queue_step(&pl.queues[i], round);
	pipeline_lock();
	if (flush_list_settle(&pl.flushes, pl.queues, pl.queue_count))
		pthread_cond_broadcast(&pl.changed);
	pipeline_unlock();
}

/* Time is up: cancels, waits a little for exporters to finish, drops the rest. True when all is over. */
static bool wind_up(uint64_t now, uint64_t end_by)
{
	bool flying = false;
	for (size_t i = 0; i < pl.queue_count; i++) {
		export_queue_cancel(&pl.queues[i]);
		flying = flying || export_queue_flying(&pl.queues[i]);
	}
	if (flying && now < end_by)
		return false;
	for (size_t i = 0; i < pl.queue_count; i++)
		export_queue_drop(&pl.queues[i]);
	batcher_add(&pl.batcher, span_log_take());
	batcher_drop(&pl.batcher);
	return true;
}

/* One round. True when the thread shall end. */
static bool work(void)
{
	struct export_round round = {.now = clock_mono_ms(),
				     .exiting = atomic_load_explicit(&pl.exiting, memory_order_relaxed)};
	pipeline_lock();
	round.ending = pl.ending;
	uint64_t end_by = pl.end_by;
	pipeline_unlock();

	timer_fire(round.now);
	if (!round.ending)
		collect(round.now);
	round.flush = pl.flushes.last_number;
	step_queues(&round);
	return round.ending && wind_up(round.now, end_by);
}

static uint32_t time_to_sleep(void)
{
	uint64_t now = clock_mono_ms(), due = pl.next_take, timer = timer_due();

	if (timer < due)
		due = timer;

	for (size_t i = 0; i < pl.queue_count; i++) {
		uint64_t queue_due = export_queue_due(&pl.queues[i]);
		if (queue_due < due)
			due = queue_due;
	}
	pipeline_lock();
	if (pl.ending && pl.end_by < due)
		due = pl.end_by;
	pipeline_unlock();
	if (due <= now)
		return 0;
	return due - now < WAIT_MAX_MS ? (uint32_t)(due - now) : WAIT_MAX_MS;
}

void pipeline_forget_inherited(void)
{
	if (!pl.inherited)
		return;
	pl.inherited = false;
	for (size_t i = 0; i < pl.queue_count; i++)
		export_queue_forget(&pl.queues[i]);
	batcher_forget(&pl.batcher);
}

static void thread_begin(void)
{
	pthread_setname_np(pthread_self(), "otel-pipeline");
	struct otel_thread *th = pl.options.slot->thread();
	th->suppressed = 1; /* what exporters and libcurl do here is not the program's doing */
	th->waking = 1;
	atomic_store_explicit(&pl.self, pthread_self(), memory_order_relaxed);
	pthread_mutex_lock(&pl.work);
	pipeline_forget_inherited();
	pl.next_take = clock_mono_ms() + pl.options.schedule_delay_ms;
	pthread_mutex_unlock(&pl.work);
}

static void thread_end(void)
{
	atomic_store_explicit(&pl.self, 0, memory_order_relaxed);
	pipeline_lock();
	flush_list_fail(&pl.flushes);
	pl.ended = true;
	pthread_cond_broadcast(&pl.changed);
	pipeline_unlock();
}

bool pipeline_round(uint32_t *rest_ms)
{
	door_drive();
	pthread_mutex_lock(&pl.work);
	pipeline_forget_inherited();
	door_deliver();
	const bool over = work();
	*rest_ms = time_to_sleep();
	pthread_mutex_unlock(&pl.work);
	return over;
}

void pipeline_settle(void)
{
	door_drive();
	pthread_mutex_lock(&pl.work);
	door_deliver();
	pthread_mutex_unlock(&pl.work);
}

void *pipeline_run(void *unused)
{
	uint32_t rest;

	(void)unused;
	thread_begin();
	fence_register();
	while (!pipeline_round(&rest))
		if (!door_has_news())
			door_wait(rest);
	pipeline_settle();
	thread_end();
	return NULL;
}

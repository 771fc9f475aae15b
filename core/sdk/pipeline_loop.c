/* SPDX-License-Identifier: Apache-2.0
 *
 * pipeline_loop.c - what the pipeline thread does, round by round: transfers, batches, exporters, flushes, sleep.
 */
#include "sdk/pipeline_state.h"

#include "sdk/batch_processors.h"
#include "sdk/blocking.h"
#include "sdk/http_door.h"
#include "sdk/metric_producers.h"
#include "sdk/resource.h"
#include "sdk/span_log.h"
#include "sdk/submit.h"
#include "sdk/timer.h"
#include "util/clock_tsc.h"
#include "util/fence.h"

enum { WAIT_MAX_MS = 3600000 };

void pipeline_on_failure(uint32_t index, uint64_t seq)
{
	pipeline_lock();
	flush_list_failure(&pl.flushes, index, seq);
	pipeline_unlock();
}

static uint32_t owners_of(uint32_t signal)
{
	uint32_t owners = 0;

	for (size_t i = 0; i < pl.queue_count; i++)
		owners += (pl.queues[i].signals & signal) != 0;
	return owners;
}

/* To every exporter of its signal; the caller's reference goes with it. */
static void hand_out(struct batch *batch)
{
	batch = batch_processors_run(batch);
	if (!batch)
		return;
	batch->owners = owners_of(batch->wire.signal);
	if (!batch->owners) {
		batch_drop(batch, BATCH_TAKEN); /* meant for nobody */
		return;
	}
	for (size_t i = 0; i < pl.queue_count; i++)
		if (pl.queues[i].signals & batch->wire.signal)
			export_queue_add(&pl.queues[i], batch);
	batch_unref(batch);
}

static void form_batches(bool all)
{
	uint32_t max = pl.options.max_batch_size;

	while (pl.batcher.waiting >= max || (all && pl.batcher.waiting)) {
		bool lost = false;
		struct batch *batch = batcher_next(&pl.batcher, max, BATCH_MAX_BYTES, 1, &lost);
		if (lost)
			pipeline_on_failure(0, 0);
		if (batch)
			hand_out(batch);
	}
}

static void take_submitted(void)
{
	for (struct batch *batch = submit_take(), *next; batch; batch = next) {
		next = batch->next;
		hand_out(batch);
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
	if (resource_is_awaited(now))
		return;
	bool flush = begin_flushes();
	bool due = now >= pl.next_take;

	metric_producers_collect(now, flush);
	take_submitted();
	if (!flush && !due && pipeline_loose_spans(span_log_queued()) < pl.options.max_batch_size)
		return;
	batcher_add(&pl.batcher, span_log_take());
	form_batches(flush || due);
	if (due && !batch_held())
		batch_trim();
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
		pipeline_changed();
	pipeline_unlock();
}

void pipeline_drop_submitted(void)
{
	submit_setup(0);
	for (struct batch *batch = submit_take(), *next; batch; batch = next) {
		next = batch->next;
		batch_drop(batch, BATCH_SHUTDOWN);
	}
}

static void collect_all(void)
{
	take_submitted();
	batcher_add(&pl.batcher, span_log_take());
	form_batches(true);
}

/* Time is up: cancels, waits a little for exporters to finish, drops the rest. True when all is over. */
static bool wind_up(uint64_t now, uint64_t end_by)
{
	bool flying = false;
	resource_end();
	blocking_end();
	for (size_t i = 0; i < pl.queue_count; i++) {
		export_queue_cancel(&pl.queues[i]);
		flying = flying || export_queue_flying(&pl.queues[i]);
	}
	if (flying && now < end_by)
		return false;
	if (spool_is_on())
		collect_all(); /* who is given up goes into the spool */
	for (size_t i = 0; i < pl.queue_count; i++)
		export_queue_drop(&pl.queues[i]);
	batcher_add(&pl.batcher, span_log_take());
	batcher_drop(&pl.batcher);
	pipeline_drop_submitted();
	batch_trim();
	spool_end();
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

	clock_tsc_measure(round.now);
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

	if (metric_producers_due() < due)
		due = metric_producers_due();
	due = resource_due(due); /* until then what is due above has to wait */
	if (timer < due)
		due = timer;
	if (door_due() < due)
		due = door_due();
	if (clock_tsc_due() < due)
		due = clock_tsc_due();

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
	clock_own_thread();
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
	pipeline_changed();
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
	door_close();
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

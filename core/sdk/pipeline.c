/* SPDX-License-Identifier: Apache-2.0
 *
 * pipeline.c - the pipeline thread and everything that is asked of it from outside: notify, flush, stop, exit, fork.
 */
#include "sdk/pipeline.h"

#include <string.h>

#include "sdk/http_door.h"
#include "sdk/pipeline_poll.h"
#include "sdk/span_log.h"
#include "sdk/stats.h"
#include "sdk/timer.h"
#include "sdk/worker.h"
#include "util/clock.h"
#include "util/diag.h"

enum {
	END_GRACE_MS = 100, /* for exporters to finish what is cancelled at the end */
	FORK_PATIENCE_MS = 100, /* how long a fork waits for the pipeline to come to rest */
	EXIT_NET_LOCK_MS = 500,
};

struct pipeline pl = {.work = PTHREAD_MUTEX_INITIALIZER, .lock = PTHREAD_MUTEX_INITIALIZER};

bool pipeline_is_self(void)
{
	pthread_t self = atomic_load_explicit(&pl.self, memory_order_relaxed);
	return self && pthread_equal(self, pthread_self());
}

/* false at the deadline. Under `lock`. */
static bool wait_changed(uint64_t deadline_ms)
{
	struct timespec t = {.tv_sec = (time_t)(deadline_ms / 1000), .tv_nsec = (long)(deadline_ms % 1000) * 1000000};
	return pthread_cond_timedwait(&pl.changed, &pl.lock, &t) == 0 || clock_mono_ms() < deadline_ms;
}

/* True when there is a thread, or another thread is about to make it. */
static bool start_thread(int from)
{
	if (!atomic_compare_exchange_strong(&pl.state, &from, PIPELINE_STARTING))
		return from == PIPELINE_STARTING || from == PIPELINE_RUNNING;
	int rc = worker_create(&pl.thread, pipeline_run);
	if (rc != 0)
		diag(DIAG_ERROR, "the export thread could not be created: %s; spans wait for the next flush",
		     strerrordesc_np(rc));
	atomic_store(&pl.state, rc == 0 ? PIPELINE_RUNNING : PIPELINE_NO_THREAD);
	return rc == 0;
}

/* ---- from outside ---- */

static bool exporter_fits(const struct component *exporter)
{
	const otel_exporter *vtable = exporter->vtable;
	if (vtable->signals & OTEL_SIGNAL_TRACES)
		return true;
	diag(DIAG_WARN, "exporter \"%s\" takes no traces; it is not used for them", exporter->name);
	return false;
}

static void setup_queues(struct component *const *exporters, size_t count)
{
	uint32_t n = 0;
	for (size_t i = 0; i < count; i++) {
		if (!exporter_fits(exporters[i]))
			continue;
		export_queue_init(&pl.queues[n], exporters[i], n, pl.options.export_timeout_ms, pipeline_on_failure);
		n++;
	}
	pl.queue_count = n;

	/* Of several exporters none may fill the log's room alone: one that fails would starve the others. */
	for (uint32_t i = 0; n > 1 && i < n; i++)
		pl.queues[i].limit = pl.options.max_queue_size / n;
}

static void setup_condition(void)
{
	pthread_condattr_t attr;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&pl.changed, &attr);
	pthread_condattr_destroy(&attr);
	pl.has_condition = true;
}

/* Under `lock`. */
static otel_status set_up(const struct pipeline_options *options, struct component *const *exporters, size_t count)
{
	if (pl.ending && !pl.ended) {
		diag(DIAG_ERROR, "the pipeline cannot start again: an exporter has not returned since it was stopped");
		return OTEL_FAILED;
	}
	pl.options = *options;
	if (pl.options.max_batch_size == 0)
		pl.options.max_batch_size = 1;
	pl.ending = false;
	pl.ended = false;
	setup_queues(exporters, count);
	if (!pl.has_condition)
		setup_condition();
	return OTEL_OK;
}

otel_status pipeline_setup(const struct pipeline_options *options, struct component *const *exporters, size_t count)
{
	if (atomic_load(&pl.state) != PIPELINE_OFF)
		return OTEL_ALREADY;
	if (count > BATCH_MAX_OWNERS) {
		diag(DIAG_ERROR, "%zu exporters are configured; at most %d can be used at once", count,
		     BATCH_MAX_OWNERS);
		return OTEL_UNSUPPORTED;
	}
	pipeline_lock();
	otel_status status = set_up(options, exporters, count);
	pipeline_unlock();
	if (status != OTEL_OK)
		return status;
	worker_setup();
	door_setup(&(struct door_options){
		.boot = options->boot, .slot = options->slot, .user_agent = options->user_agent});
	if (options->http_at_start)
		door_load(); /* a failure has been said; the program goes on */
	pl.next_take = clock_mono_ms() + pl.options.schedule_delay_ms;
	atomic_store(&pl.state, PIPELINE_READY);
	return OTEL_OK;
}

void pipeline_begin(void)
{
	if (pl.options.worker == WORKER_START && atomic_load(&pl.state) == PIPELINE_READY)
		start_thread(PIPELINE_READY);
}

void pipeline_notify(uint32_t queued)
{
	int state = atomic_load_explicit(&pl.state, memory_order_acquire);
	if (state == PIPELINE_READY && pl.options.worker != WORKER_NONE)
		start_thread(PIPELINE_READY);
	else if (state == PIPELINE_RUNNING && pipeline_loose_spans(queued) >= pl.options.max_batch_size)
		door_wake();
}

static bool flush_is_done(void *arg)
{
	const struct flush *flush = arg;

	pipeline_lock();
	const bool done = flush->done;
	pipeline_unlock();
	return done;
}

/* Without a thread: does the work itself. */
static otel_status flush_here(uint64_t deadline)
{
	otel_status status = OTEL_TIMEOUT;

	pipeline_lock();
	struct flush *flush = flush_create(&pl.flushes);
	pipeline_unlock();
	if (!flush)
		return OTEL_FAILED;
	if (!poll_until(deadline, flush_is_done, flush))
		status = OTEL_FAILED;
	pipeline_lock();
	if (flush->done)
		status = flush->failed ? OTEL_FAILED : OTEL_OK;
	flush_unref(flush);
	pipeline_unlock();
	return status;
}

static otel_status flush_wait(uint64_t deadline)
{
	otel_status status = OTEL_TIMEOUT;

	pipeline_lock();
	struct flush *flush = pl.ended ? NULL : flush_create(&pl.flushes);
	if (!flush) {
		pipeline_unlock();
		return OTEL_FAILED;
	}
	door_wake();
	while (!flush->done && wait_changed(deadline))
		;
	if (flush->done)
		status = flush->failed ? OTEL_FAILED : OTEL_OK;
	flush_unref(flush);
	pipeline_unlock();
	return status;
}

otel_status pipeline_flush(uint32_t timeout_ms)
{
	int state = atomic_load(&pl.state);

	if (pipeline_is_self() || state == PIPELINE_ENDING)
		return OTEL_FAILED;
	if (state == PIPELINE_OFF)
		return OTEL_OK;
	if (pl.options.worker == WORKER_NONE)
		return flush_here(clock_mono_ms() + timeout_ms);
	if (state == PIPELINE_READY || state == PIPELINE_NO_THREAD) {
		if (span_log_queued() == 0)
			return OTEL_OK;
		if (!start_thread(state))
			return OTEL_FAILED;
	}
	return flush_wait(clock_mono_ms() + timeout_ms);
}

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
	pthread_mutex_lock(&pl.work);
	pipeline_forget_inherited();
	batcher_add(&pl.batcher, span_log_take());
	batcher_drop(&pl.batcher);
	pthread_mutex_unlock(&pl.work);
}

/* Tells the thread to end and waits a little for it. After that it is left alone. */
static void end_thread(void)
{
	pipeline_lock();
	uint64_t now = clock_mono_ms();
	pl.ending = true;
	pl.end_by = now + END_GRACE_MS;
	door_wake();
	while (!pl.ended && wait_changed(now + 2 * END_GRACE_MS))
		;
	bool ended = pl.ended;
	pipeline_unlock();
	if (ended)
		pthread_join(pl.thread, NULL);
	else
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

/* A thread that is being created cannot be told to end yet; that takes microseconds. */
static int settled_state(void)
{
	int state;
	while ((state = atomic_load(&pl.state)) == PIPELINE_STARTING)
		nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
	return state;
}

/* What state there was before it became PIPELINE_ENDING; PIPELINE_OFF when there is nothing to end, or somebody else
 * does it. */
static int claim_end(void)
{
	for (;;) {
		int state = settled_state();
		if (state == PIPELINE_OFF || state == PIPELINE_ENDING)
			return PIPELINE_OFF;
		if (atomic_compare_exchange_strong(&pl.state, &state, PIPELINE_ENDING))
			return state;
	}
}

static otel_status stop(const char *when, uint32_t timeout_ms)
{
	uint64_t before = atomic_load_explicit(&stats.dropped_shutdown, memory_order_relaxed);
	otel_status status = pipeline_flush(timeout_ms);
	int state = claim_end();

	if (state == PIPELINE_OFF)
		return status;
	if (state == PIPELINE_RUNNING)
		end_thread();
	else if (pl.options.worker == WORKER_NONE)
		end_here();
	else
		drop_without_thread();
	timer_clear();
	atomic_store(&pl.state, PIPELINE_OFF);
	say_dropped(when, atomic_load_explicit(&stats.dropped_shutdown, memory_order_relaxed) - before, status,
		    timeout_ms);
	return status;
}

otel_status pipeline_stop(uint32_t timeout_ms)
{
	return pipeline_is_self() ? OTEL_FAILED : stop("stop", timeout_ms);
}

void pipeline_exit(uint32_t timeout_ms)
{
	if (pipeline_is_self() || atomic_exchange(&pl.exiting, true))
		return;
	stop("exit", timeout_ms);
	if (pl.options.slot) /* for good: nobody is inside OpenSSL while it cleans up */
		pl.options.slot->net_lock(EXIT_NET_LOCK_MS);
}

/* ---- services for plugins ---- */

otel_status pipeline_http(otel_setup *setup, const otel_http_request *request,
			  void (*on_reply)(void *arg, const otel_http_reply *reply), void *arg, otel_http_call **call)
{
	(void)setup;
	return door_request(request, on_reply, arg, call);
}

void pipeline_http_cancel(otel_http_call *call)
{
	door_cancel(call);
}

otel_status pipeline_timer(otel_setup *setup, uint32_t delay_ms, void (*fire)(void *arg), void *arg)
{
	(void)setup;
	const int state = atomic_load(&pl.state);

	if (state == PIPELINE_OFF || state == PIPELINE_ENDING)
		return OTEL_FAILED;
	const otel_status status = timer_add(clock_mono_ms() + delay_ms, fire, arg);
	if (status)
		return status;
	if (state == PIPELINE_READY && pl.options.worker != WORKER_NONE)
		start_thread(PIPELINE_READY);
	else
		door_wake();
	return OTEL_OK;
}

/* An export that was cut off because the process ends has its line already. */
static void say_cause(const struct export_queue *q, const char *message)
{
	pipeline_lock();
	bool ending = pl.ending;
	pipeline_unlock();
	diag(ending ? DIAG_DEBUG : DIAG_WARN, "%s: %s", q->exporter->name, message);
}

static void say_finished_before(const struct export_queue *q)
{
	pipeline_lock();
	const char *name = q->exporter ? q->exporter->name : "?";
	pipeline_unlock();
	diag(DIAG_ERROR, "exporter \"%s\" finished an export twice; only the first result counts", name);
}

void pipeline_export_finish(otel_export_op *op, otel_export_result result, uint32_t retry_after_ms, uint32_t rejected,
			    const char *message)
{
	struct export_queue *q = &pl.queues[export_op_queue(op)];
	const struct export_outcome outcome = {
		.result = result, .retry_after_ms = retry_after_ms, .rejected = rejected};

	if (message && *message && export_queue_runs(q, op))
		say_cause(q, message); /* before: once it is finished the queue may go on without us */
	if (export_queue_finish(q, op, &outcome))
		door_wake();
	else if (!export_op_given_up(op))
		say_finished_before(q);
}

/* ---- fork ---- */

/* Callbacks do not block, so the pipeline comes to rest at once; if one does, the child will start from nothing. */
static bool rest(void)
{
	if (pipeline_is_self())
		return false;
	for (int i = 0; i < FORK_PATIENCE_MS; i++) {
		if (pthread_mutex_trylock(&pl.work) == 0)
			return true;
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
	}
	return false;
}

void pipeline_fork_prepare(void)
{
	pl.at_rest = rest();
	pipeline_lock();
	timer_fork_prepare();
	door_fork_prepare();
}

void pipeline_fork_parent(void)
{
	door_fork_parent();
	timer_fork_parent();
	pipeline_unlock();
	if (pl.at_rest)
		pthread_mutex_unlock(&pl.work);
}

/* Nothing is freed here: a child that only wants to exec should not have to pay for our queues. */
static void disown(void)
{
	batch_forget_held();
	if (pl.at_rest) {
		pl.inherited = true;
		return;
	}
	pl.batcher = (struct batcher){0};
	for (size_t i = 0; i < pl.queue_count; i++) {
		pl.queues[i].first = NULL;
		export_queue_forget(&pl.queues[i]);
	}
}

void pipeline_fork_child(void)
{
	int state = atomic_load(&pl.state);

	pthread_mutex_init(&pl.work, NULL);
	pthread_mutex_init(&pl.lock, NULL);
	if (pl.has_condition)
		setup_condition();
	flush_list_forget(&pl.flushes);
	timer_fork_child();
	poll_fork_child();
	door_fork_child();
	disown();
	pl.ending = false;
	pl.ended = false;
	atomic_store(&pl.self, 0);
	atomic_store(&pl.state, state == PIPELINE_OFF || state == PIPELINE_ENDING ? PIPELINE_OFF : PIPELINE_READY);
}

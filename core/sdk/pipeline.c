/* SPDX-License-Identifier: Apache-2.0
 *
 * pipeline.c - the pipeline thread and what is asked of it from outside: notify, flush, services, fork.
 */
#include "sdk/pipeline.h"

#include <limits.h>
#include <linux/futex.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sdk/blocking.h"
#include "sdk/http_door.h"
#include "sdk/metric_producers.h"
#include "sdk/pipeline_poll.h"
#include "sdk/resource.h"
#include "sdk/span_log.h"
#include "sdk/stats.h"
#include "sdk/submit.h"
#include "sdk/timer.h"
#include "sdk/worker.h"
#include "util/clock.h"
#include "util/diag.h"

#define FORK_PATIENCE_MS 100 /* how long a fork waits for the pipeline to come to rest */

struct pipeline pl = {.work = PTHREAD_MUTEX_INITIALIZER, .lock = PTHREAD_MUTEX_INITIALIZER};

bool pipeline_is_self(void)
{
	pthread_t self = atomic_load_explicit(&pl.self, memory_order_relaxed);
	return self && pthread_equal(self, pthread_self());
}

static struct timespec time_of(uint64_t ms)
{
	return (struct timespec){.tv_sec = (time_t)(ms / 1000), .tv_nsec = (long)(ms % 1000) * 1000000};
}

bool pipeline_lock_until(uint64_t deadline_ms)
{
	while (pthread_mutex_trylock(&pl.lock)) {
		if (clock_mono_ms() >= deadline_ms)
			return false;
		nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
	}
	return true;
}

bool pipeline_wait_until(uint64_t deadline_ms)
{
	const uint32_t seen = atomic_load(&pl.changes);
	const uint64_t now = clock_mono_ms();

	if (now >= deadline_ms)
		return false;
	const struct timespec t = time_of(deadline_ms - now);
	pipeline_unlock();
	syscall(SYS_futex, &pl.changes, FUTEX_WAIT_PRIVATE, seen, &t, NULL, 0);
	pipeline_lock();
	return true;
}

void pipeline_changed(void)
{
	atomic_fetch_add(&pl.changes, 1);
	syscall(SYS_futex, &pl.changes, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

/* True when there is a thread, or another thread is about to make it. */
static bool start_thread(int from)
{
	if (!atomic_compare_exchange_strong(&pl.state, &from, PIPELINE_STARTING))
		return from == PIPELINE_STARTING || from == PIPELINE_RUNNING;
	int rc = worker_create(&pl.thread, pipeline_run, NULL);
	if (rc != 0)
		diag(DIAG_ERROR, "the export thread could not be created: %s; spans wait for the next flush",
		     strerrordesc_np(rc));
	atomic_store(&pl.state, rc == 0 ? PIPELINE_RUNNING : PIPELINE_NO_THREAD);
	return rc == 0;
}

/* ---- from outside ---- */

/* What the exporter is selected for and takes, too. */
static uint32_t exporter_signals(const struct component *exporter, uint32_t selected)
{
	static const struct {
		otel_signal signal;
		const char *name;
	} all[] = {{OTEL_SIGNAL_TRACES, "traces"}, {OTEL_SIGNAL_METRICS, "metrics"}, {OTEL_SIGNAL_LOGS, "logs"}};
	const otel_exporter *vtable = exporter->vtable;

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (selected & all[i].signal && !(vtable->signals & all[i].signal))
			diag(DIAG_WARN, "exporter \"%s\" takes no %s; it is not used for them", exporter->name,
			     all[i].name);
	return selected & vtable->signals;
}

/* How many queues, this one with them, get the same batches of some signal. */
static uint32_t most_sharers(const struct export_queue *queue)
{
	uint32_t most = 0;

	for (uint32_t signal = OTEL_SIGNAL_TRACES; signal <= OTEL_SIGNAL_LOGS; signal <<= 1) {
		uint32_t sharers = 0;
		for (size_t i = 0; queue->signals & signal && i < pl.queue_count; i++)
			sharers += (pl.queues[i].signals & signal) != 0;
		if (sharers > most)
			most = sharers;
	}
	return most;
}

static void setup_queues(struct component *const *exporters, size_t count)
{
	uint32_t n = 0, all = 0;
	for (size_t i = 0; i < count; i++) {
		const uint32_t signals = exporter_signals(
			exporters[i], pl.options.signals ? pl.options.signals[i] : OTEL_SIGNAL_TRACES);
		if (!signals)
			continue;
		pl.queues[n].signals = signals;
		all |= signals;
		export_queue_init(&pl.queues[n], exporters[i], n, pl.options.export_timeout_ms, &pl.options.backoff,
				  pipeline_on_failure);
		if (pl.options.max_request_bytes)
			export_sizes_init(&pl.queues[n].sizes, pl.options.max_request_bytes);
		n++;
	}
	pl.queue_count = n;
	submit_setup(all);

	/* Of several exporters of a signal none may fill its room alone: one that fails would starve the others. */
	for (uint32_t i = 0; i < n; i++) {
		const uint32_t sharers = most_sharers(&pl.queues[i]);
		if (sharers > 1)
			pl.queues[i].limit = pl.options.max_queue_size / sharers;
		if (spool_is_on())
			pl.queues[i].spool_above = pl.options.max_queue_size / (sharers ? sharers : 1) / 2;
	}
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
	spooling_setup(options->spooling);
	pl.options.spooling = NULL;
	setup_queues(exporters, count);
	return OTEL_OK;
}

/* A failure has been said; the program goes on. */
static void load_http(void)
{
	pl.is_loading = true;
	door_load();
	pl.is_loading = false;
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
	blocking_setup(options->slot);
	door_setup(&(struct door_options){
		.boot = options->boot, .slot = options->slot, .user_agent = options->user_agent});
	if (options->http_at_start)
		load_http();
	pl.next_take = clock_mono_ms() + pl.options.schedule_delay_ms;
	atomic_store(&pl.state, PIPELINE_READY);
	return OTEL_OK;
}

void pipeline_begin(void)
{
	if ((pl.options.worker == WORKER_START || (pl.options.worker == WORKER_LAZY && metric_producers_exist())) &&
	    atomic_load(&pl.state) == PIPELINE_READY)
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

void pipeline_call(void)
{
	const int state = atomic_load_explicit(&pl.state, memory_order_acquire);

	if (state == PIPELINE_READY && pl.options.worker != WORKER_NONE)
		start_thread(PIPELINE_READY);
	else
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

/* Under `lock`. */
static struct flush *make_flush(struct flush *room)
{
	if (!room)
		return flush_create(&pl.flushes);
	flush_add_static(&pl.flushes, room);
	return room;
}

/* Without a thread: does the work itself. */
static otel_status flush_here(uint64_t deadline, struct flush *room)
{
	otel_status status = OTEL_TIMEOUT;

	if (!pipeline_lock_until(deadline))
		return status;
	struct flush *flush = make_flush(room);
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

static otel_status flush_wait(uint64_t deadline, struct flush *room)
{
	otel_status status = OTEL_TIMEOUT;

	if (!pipeline_lock_until(deadline))
		return status;
	struct flush *flush = pl.ended ? NULL : make_flush(room);
	if (!flush) {
		pipeline_unlock();
		return OTEL_FAILED;
	}
	door_wake();
	while (!flush->done && pipeline_wait_until(deadline))
		;
	if (flush->done)
		status = flush->failed ? OTEL_FAILED : OTEL_OK;
	flush_unref(flush);
	pipeline_unlock();
	return status;
}

otel_status pipeline_flush_in(struct flush *room, uint32_t timeout_ms)
{
	int state = atomic_load(&pl.state);

	if (pipeline_is_self() || state == PIPELINE_ENDING)
		return OTEL_FAILED;
	if (state == PIPELINE_OFF)
		return OTEL_OK;
	if (timeout_ms || atomic_load(&pl.exiting)) /* else nobody waits for it */
		resource_hurry(clock_mono_ms() + timeout_ms / 2); /* the other half is for the export */
	if (pl.options.worker == WORKER_NONE)
		return flush_here(clock_mono_ms() + timeout_ms, room);
	if (state == PIPELINE_READY || state == PIPELINE_NO_THREAD) {
		if (span_log_queued() == 0)
			return OTEL_OK;
		if (!start_thread(state))
			return OTEL_FAILED;
	}
	return flush_wait(clock_mono_ms() + timeout_ms, room);
}

otel_status pipeline_flush(uint32_t timeout_ms)
{
	return pipeline_flush_in(NULL, timeout_ms);
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
	submit_fork_prepare();
	blocking_fork_prepare();
	door_fork_prepare();
}

void pipeline_fork_parent(void)
{
	door_fork_parent();
	blocking_fork_parent();
	submit_fork_parent();
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
	flush_list_forget(&pl.flushes);
	timer_fork_child();
	submit_fork_child();
	blocking_fork_child();
	poll_fork_child();
	door_fork_child();
	spooling_fork_child();
	disown();
	pl.ending = false;
	pl.ended = false;
	atomic_store(&pl.self, 0);
	atomic_store(&pl.state, state == PIPELINE_OFF || state == PIPELINE_ENDING ? PIPELINE_OFF : PIPELINE_READY);
}

bool pipeline_fork_undo(void)
{
	timer_clear();
	atomic_store(&pl.state, PIPELINE_OFF);
	return !pl.is_loading;
}

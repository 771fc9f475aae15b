/* SPDX-License-Identifier: Apache-2.0
 *
 * pipeline.h - the one thread that takes ended spans, forms batches and drives every exporter and all HTTP.
 *
 * It never blocks in an exporter. A batch is immutable and reference-counted; each exporter has its own bounded queue
 * of references, its own retry state and one export in flight. Created by the first ended recorded span.
 */
#ifndef OTEL_SDK_PIPELINE_H
#define OTEL_SDK_PIPELINE_H

#include <otel/plugin.h>
#include <otel/sdk.h>

#include "api/slot.h"
#include "plugin/registry.h"
#include "sdk/backoff.h"

struct spooling_options;

/* Who does the work ([sdk] worker). */
enum pipeline_worker {
	WORKER_LAZY, /* a thread, made by the first ended recorded span */
	WORKER_START, /* a thread, made at start */
	WORKER_NONE, /* whoever calls pipeline_poll(), and who flushes or stops */
};

struct pipeline_options {
	uint32_t schedule_delay_ms; /* [bsp] schedule_delay */
	uint32_t export_timeout_ms; /* [bsp] export_timeout */
	struct backoff backoff; /* [export] retry_... */
	size_t max_request_bytes; /* [export] max_request_bytes; 0 = no limit */
	uint32_t max_queue_size; /* [bsp] max_queue_size, spans */
	uint32_t max_batch_size; /* [bsp] max_export_batch_size, spans */
	bool http_at_start; /* [http] load = start */
	bool simple; /* [traces] processor = simple: each span is exported at once */
	enum pipeline_worker worker;
	const uint32_t *signals; /* what each exporter is selected for, bits of otel_signal; NULL: traces */
	const struct otel_boot *boot;
	const struct otel_slot *slot; /* net_lock, and the thread block to mark as suppressed */
	const char *user_agent;
	const struct spooling_options *spooling; /* NULL: none; not kept */
};

/* Start thread. Exporters are borrowed from the registry until pipeline_stop() returns. */
otel_status pipeline_setup(const struct pipeline_options *options, struct component *const *exporters, size_t count);

/* Start thread, when all else is set up: with WORKER_START the thread begins. */
void pipeline_begin(void);

/* With WORKER_NONE: does what is due, waiting at most timeout_ms. Returns after how many milliseconds it should be called
 * again. Otherwise nothing. */
uint32_t pipeline_poll(uint32_t timeout_ms);

/* A span was appended to the log and `queued` are there now: creates the thread the first time, wakes it past the
 * batch threshold. Any thread; keeps errno; never waits. */
void pipeline_notify(uint32_t queued);

/* There is something else for it to do: creates the thread, or wakes it. Any thread. */
void pipeline_call(void);

/* See otel_sdk_flush(). On the pipeline thread itself: OTEL_FAILED at once. */
otel_status pipeline_flush(uint32_t timeout_ms);

/* Flushes, ends the thread, drops and counts what is left. After a missed deadline the thread is left alone and its
 * memory never freed. */
otel_status pipeline_stop(uint32_t timeout_ms);

/* Exit handler: one try within timeout_ms, a refused connection is given up at once; then takes net_lock for good. */
void pipeline_exit(uint32_t timeout_ms);

bool pipeline_is_self(void); /* called on the pipeline thread? */

/* Services behind otel_host. */
otel_status pipeline_http(otel_setup *setup, const otel_http_request *request,
			  void (*on_reply)(void *arg, const otel_http_reply *reply), void *arg, otel_http_call **call);
void pipeline_http_cancel(otel_http_call *call);
otel_status pipeline_timer(otel_setup *setup, uint32_t delay_ms, void (*fire)(void *arg), void *arg);
void pipeline_export_finish(otel_export_op *op, otel_export_result result, uint32_t retry_after_ms, uint32_t rejected,
			    const char *message);

/* atfork; net_lock is held. prepare waits (<= 100 ms) until the pipeline is at rest, which needs the locks of span log
 * and scopes: call it before theirs. child: no thread, queues dropped (they belong to the parent), http abandoned; the
 * thread comes back with the next ended span. */
void pipeline_fork_prepare(void);
void pipeline_fork_parent(void);
void pipeline_fork_child(void);

/* In the child, after it: the set-up that another thread was at is to be done anew. False: it cannot, for libcurl was
 * being loaded. */
bool pipeline_fork_undo(void);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * submit.c - see the header.
 */
#include "sdk/submit.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>

#include "plugin/registry.h"
#include "sdk/batch.h"
#include "sdk/log_processors.h"
#include "sdk/pipeline.h"
#include "sdk/request_items.h"
#include "sdk/stats.h"
#include "util/buf.h"
#include "util/diag.h"

static struct {
	pthread_mutex_t lock;
	struct batch *first, *last;
	_Atomic size_t bytes; /* not settled */
	_Atomic uint32_t signals;
} inbox = {.lock = PTHREAD_MUTEX_INITIALIZER};

void submit_setup(uint32_t signals)
{
	atomic_store(&inbox.signals, signals);
}

static bool take_room(size_t bytes)
{
	size_t now = atomic_load_explicit(&inbox.bytes, memory_order_relaxed);

	do {
		if (bytes > SUBMIT_MAX_BYTES || now > SUBMIT_MAX_BYTES - bytes)
			return false;
	} while (!atomic_compare_exchange_weak_explicit(&inbox.bytes, &now, now + bytes, memory_order_relaxed,
							memory_order_relaxed));
	return true;
}

void submit_release(size_t bytes)
{
	atomic_fetch_sub_explicit(&inbox.bytes, bytes, memory_order_relaxed);
}

static void append(struct batch *batch)
{
	pthread_mutex_lock(&inbox.lock);
	if (inbox.last)
		inbox.last->next = batch;
	else
		inbox.first = batch;
	inbox.last = batch;
	pthread_mutex_unlock(&inbox.lock);
}

static otel_status queue(otel_signal signal, const uint8_t *request, size_t len, uint32_t items)
{
	struct batch *batch = NULL;

	stats_add(&stats.submitted, items);
	if (!take_room(len))
		goto full;
	batch = batch_submitted(signal, request, len, items);
	if (!batch) {
		submit_release(len);
		goto full;
	}
	append(batch);
	pipeline_call();
	return OTEL_OK;
full:
	stats_add(&stats.submitted_dropped, items);
	return OTEL_NO_MEMORY;
}

static bool is_wanted(otel_signal signal)
{
	return atomic_load(&inbox.signals) & signal;
}

/* What log processors take out was never queued. */
static otel_status queue_logs(const uint8_t *request, size_t len)
{
	struct buf processed;
	otel_status status = OTEL_NO_MEMORY;
	uint32_t items;

	buf_init(&processed, SUBMIT_MAX_BYTES);
	if (log_processors_run(request, len, &processed) &&
	    request_count(OTEL_SIGNAL_LOGS, processed.data, processed.len, &items))
		status = items ? queue(OTEL_SIGNAL_LOGS, processed.data, processed.len, items) : OTEL_OK;
	buf_fini(&processed);
	return status;
}

otel_status submit_own(otel_signal signal, const uint8_t *request, size_t len)
{
	uint32_t items;

	if (!is_wanted(signal))
		return OTEL_UNSUPPORTED;
	if (!request_count(signal, request, len, &items))
		return OTEL_INVALID;
	if (!items)
		return OTEL_OK;
	if (signal == OTEL_SIGNAL_LOGS && log_processors_exist())
		return queue_logs(request, len);
	return queue(signal, request, len, items);
}

otel_status submit(otel_setup *setup, otel_signal signal, const uint8_t *request, size_t len)
{
	const int saved = errno;
	const otel_status status = submit_own(signal, request, len);

	if (status == OTEL_INVALID)
		diag(DIAG_ERROR, "plugin \"%s\" (%s): what it submitted is no OTLP request; it is dropped",
		     setup->plugin->name, setup->path);
	errno = saved;
	return status;
}

struct batch *submit_take(void)
{
	pthread_mutex_lock(&inbox.lock);
	struct batch *batch = inbox.first;
	inbox.first = inbox.last = NULL;
	pthread_mutex_unlock(&inbox.lock);
	return batch;
}

/* ---- fork ---- */

void submit_fork_prepare(void)
{
	pthread_mutex_lock(&inbox.lock);
}

void submit_fork_parent(void)
{
	pthread_mutex_unlock(&inbox.lock);
}

void submit_fork_child(void)
{
	pthread_mutex_init(&inbox.lock, NULL);
	inbox.first = inbox.last = NULL;
	atomic_store(&inbox.bytes, 0);
}

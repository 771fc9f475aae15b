/* SPDX-License-Identifier: Apache-2.0
 *
 * blocking.c - see the header. One lock for all: it is held for moments, never while an exporter works.
 */
#include "sdk/blocking.h"

#include <pthread.h>
#include <string.h>

#include "sdk/batch.h"
#include "sdk/pipeline.h"
#include "sdk/worker.h"
#include "util/diag.h"

struct helper {
	struct component *exporter;
	const otel_batch *batch; /* the job, until it is taken */
	otel_export_op *op;
	bool has_thread;
	bool is_inside;
	bool ending;
	pthread_cond_t called;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct helper helpers[BATCH_MAX_OWNERS];
static const struct otel_slot *api;

void blocking_setup(const struct otel_slot *slot)
{
	api = slot;
}

bool blocking_is(const struct component *exporter)
{
	return ((const otel_exporter *)exporter->vtable)->flags & OTEL_EXPORTER_BLOCKING;
}

/* Under the lock, which is let go while the exporter works. */
static void do_job(struct helper *helper)
{
	const struct component *exporter = helper->exporter;
	const otel_exporter *vtable = exporter->vtable;
	const otel_batch *batch = helper->batch;
	otel_export_op *op = helper->op;

	helper->batch = NULL;
	helper->is_inside = true;
	pthread_mutex_unlock(&lock);
	otel_export_result result = vtable->export_batch(exporter->self, batch, op);
	if (result == OTEL_EXPORT_PENDING) {
		diag(DIAG_ERROR, "exporter \"%s\" may block and so cannot answer PENDING; the batch is dropped",
		     exporter->name);
		result = OTEL_EXPORT_DROP;
	}
	pthread_mutex_lock(&lock);
	helper->is_inside = false;
	pthread_mutex_unlock(&lock);
	pipeline_export_finish(op, result, 0, 0, NULL);
	pthread_mutex_lock(&lock);
}

static void *run(void *arg)
{
	struct helper *helper = arg;

	pthread_setname_np(pthread_self(), "otel-exporter");
	api->thread()->suppressed = 1; /* what the exporter does here is not the program's doing */
	pthread_mutex_lock(&lock);
	while (helper->batch || !helper->ending) {
		if (helper->batch)
			do_job(helper);
		else
			pthread_cond_wait(&helper->called, &lock);
	}
	helper->has_thread = false;
	pthread_mutex_unlock(&lock);
	return NULL;
}

/* Under the lock. */
static bool have_thread(struct helper *helper)
{
	pthread_t thread;

	if (helper->has_thread)
		return true;
	pthread_cond_init(&helper->called, NULL);
	if (worker_create(&thread, run, helper) != 0)
		return false;
	pthread_detach(thread);
	helper->has_thread = true;
	return true;
}

/* Under the lock. A thread that was told to end and has not yet may take one more job. */
static otel_export_result begin(struct helper *helper, struct component *exporter, const otel_batch *batch,
				otel_export_op *op)
{
	if (helper->is_inside || helper->batch)
		return OTEL_EXPORT_RETRY;
	helper->ending = false;
	helper->exporter = exporter;
	helper->batch = batch;
	helper->op = op;
	if (!have_thread(helper)) {
		helper->batch = NULL;
		return OTEL_EXPORT_RETRY;
	}
	pthread_cond_signal(&helper->called);
	return OTEL_EXPORT_PENDING;
}

otel_export_result blocking_export(struct component *exporter, uint32_t index, const otel_batch *batch,
				   otel_export_op *op)
{
	pthread_mutex_lock(&lock);
	const otel_export_result result = begin(&helpers[index], exporter, batch, op);
	pthread_mutex_unlock(&lock);
	return result;
}

void blocking_end(void)
{
	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < BATCH_MAX_OWNERS; i++) {
		if (!helpers[i].has_thread)
			continue;
		helpers[i].ending = true;
		pthread_cond_signal(&helpers[i].called);
	}
	pthread_mutex_unlock(&lock);
}

bool blocking_holds(const struct component *exporter)
{
	bool holds = false;

	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < BATCH_MAX_OWNERS; i++)
		holds = holds || (helpers[i].exporter == exporter && (helpers[i].is_inside || helpers[i].batch));
	pthread_mutex_unlock(&lock);
	return holds;
}

/* ---- fork ---- */

void blocking_fork_prepare(void)
{
	pthread_mutex_lock(&lock);
}

void blocking_fork_parent(void)
{
	pthread_mutex_unlock(&lock);
}

void blocking_fork_child(void)
{
	pthread_mutex_init(&lock, NULL);
	memset(helpers, 0, sizeof helpers);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * pipeline_support.h - a pipeline without the rest of the SDK: the real span log, scopes and counters; exporters, API
 * slot and resource of our own.
 */
#ifndef TESTS_PIPELINE_SUPPORT_H
#define TESTS_PIPELINE_SUPPORT_H

#include <pthread.h>

#include "sdk/pipeline.h"
#include "sdk/stats.h"
#include "util/buf.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

/* ---- exporters ---- */

struct fake_exporter {
	otel_export_result (*answer)(struct fake_exporter *fake, const otel_batch *batch, otel_export_op *op);
	void (*on_cancel)(struct fake_exporter *fake, otel_export_op *op);
	int number; /* for answer() to use */

	struct component component;
	_Atomic int calls;
	_Atomic int cancels;
	_Atomic uint32_t spans; /* of all calls */
	_Atomic(otel_export_op *) op; /* of the last call */
	struct buf last; /* its bytes */
};

void fake_exporter_init(struct fake_exporter *fake, const char *name,
			otel_export_result (*answer)(struct fake_exporter *, const otel_batch *, otel_export_op *));
void fake_exporter_fini(struct fake_exporter *fake);

/* Answers that many tests need. */
otel_export_result answer_done(struct fake_exporter *fake, const otel_batch *batch, otel_export_op *op);
otel_export_result answer_retry(struct fake_exporter *fake, const otel_batch *batch, otel_export_op *op);
otel_export_result answer_drop(struct fake_exporter *fake, const otel_batch *batch, otel_export_op *op);
otel_export_result answer_pending(struct fake_exporter *fake, const otel_batch *batch, otel_export_op *op);

/* ---- the rest ---- */

/* Where http.so is looked for. */
extern const char *support_modules;
/* How often the exit handler was asked to be registered. */
extern _Atomic int support_exit_arms;

/* Whether detectors are awaited, until when a flush waits for them (UINT64_MAX: none was), and how often it was said
 * that nobody waits any more, and asked whether somebody does. */
extern _Atomic bool support_awaited;
extern _Atomic uint64_t support_hurry;
extern _Atomic int support_resource_ends;
extern _Atomic int support_looks;

extern const struct otel_slot support_slot;
void support_net_lock_renew(void); /* in the child of a fork */

/* An hour between two scheduled exports, between two tries and for each of them, batches of 512, a queue of 2048: only
 * what a test asks for happens, and what waits longer than it may never ends. */
struct pipeline_options support_options(void);

/* Fresh counters and log; starts the pipeline with these exporters, either may be NULL. */
void support_start(const struct pipeline_options *options, struct fake_exporter *first, struct fake_exporter *second);

/* The same with one exporter that answers like this; and its end, with assertions that nothing got lost. */
void support_start_with(struct fake_exporter *fake, struct pipeline_options options,
			otel_export_result (*answer)(struct fake_exporter *, const otel_batch *, otel_export_op *));
void support_end(struct fake_exporter *fake);

/* Ends spans of a scope by number, `len` bytes each (an even number: their kind, again and again), and notifies the
 * pipeline as the provider does. */
void support_spans(uint32_t count, uint32_t scope, size_t len);

/* Waits (<= 20 s) until a counter has at least this value. */
bool support_reaches(_Atomic uint64_t *counter, uint64_t value);
bool support_reaches_int(_Atomic int *counter, int value);

/* created == accepted + dropped + queued + spooled? */
bool support_balanced(void);

#endif

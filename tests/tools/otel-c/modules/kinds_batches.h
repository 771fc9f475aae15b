/* SPDX-License-Identifier: Apache-2.0
 *
 * kinds_batches.h - the components of kinds.c that get batches, or make them: logs, metrics, exporters.
 */
#ifndef TESTS_MODULES_KINDS_BATCHES_H
#define TESTS_MODULES_KINDS_BATCHES_H

/* ---- logs, batches, metrics ---- */

#ifndef ON_EMIT
#define ON_EMIT                                                                                                        \
	log->data = scope_metrics;                                                                                     \
	log->len = sizeof scope_metrics;                                                                               \
	return OTEL_EDIT_REPLACE
#endif
#ifndef PROCESS
#define PROCESS                                                                                                        \
	host->batch_replace(edit, batch->data, batch->len);                                                            \
	return OTEL_BATCH_REPLACE
#endif
#ifndef PRODUCE
#define PRODUCE put(arg, scope_metrics, sizeof scope_metrics)
#endif
#ifndef BATCH_SIGNALS
#define BATCH_SIGNALS (OTEL_SIGNAL_TRACES | OTEL_SIGNAL_LOGS)
#endif

/* A message with the text "x" in its first field. */
static const uint8_t scope_metrics[] UNUSED = {0x0a, 0x01, 'x'};

static otel_edit on_emit(void *state, otel_log_data *log)
{
	(void)state, (void)log;
	ON_EMIT;
}

static const otel_log_processor logs = {.component = {.size = sizeof logs}, .on_emit = on_emit, .flush = flush};

static otel_verdict process(void *state, const otel_batch *batch, otel_batch_edit *edit)
{
	(void)state, (void)batch, (void)edit;
	PROCESS;
}

static const otel_batch_processor batches = {
	.component = {.size = sizeof batches}, .signals = BATCH_SIGNALS, .process = process};

static otel_status produce(void *state, void (*put)(void *arg, const uint8_t *bytes, size_t len), void *arg)
{
	(void)state, (void)put, (void)arg;
	PRODUCE;
	return OTEL_OK;
}

static const otel_metric_producer producer = {.component = {.size = sizeof producer}, .produce = produce};

/* ---- exporters ---- */

#ifndef EXPORT
#define EXPORT                                                                                                         \
	ask(exported, op);                                                                                             \
	return OTEL_EXPORT_PENDING
#endif
#ifndef EXPORTED
#define EXPORTED                                                                                                       \
	host->export_finish(op, reply->status == 200 ? OTEL_EXPORT_DONE : OTEL_EXPORT_RETRY, 0, 0, reply->message)
#endif
#ifndef EXPORT_CANCEL
#define EXPORT_CANCEL host->export_finish(op, OTEL_EXPORT_UNKNOWN, 0, 0, NULL)
#endif
#ifndef EXPORT_SIGNALS
#define EXPORT_SIGNALS OTEL_SIGNAL_TRACES
#endif
#ifndef EXPORT_FLAGS
#define EXPORT_FLAGS 0
#endif

UNUSED static void exported(void *op, const otel_http_reply *reply)
{
	(void)reply, (void)op;
	EXPORTED;
}

static otel_export_result export_batch(void *state, const otel_batch *batch, otel_export_op *op)
{
	(void)state, (void)batch, (void)op;
	EXPORT;
}

static void export_cancel(void *state, otel_export_op *op)
{
	(void)state, (void)op;
	EXPORT_CANCEL;
}

#ifndef EXPORT_CANCEL_FUNCTION
#define EXPORT_CANCEL_FUNCTION export_cancel
#endif
UNUSED static void *const keep_cancel = (void *)export_cancel;

static const otel_exporter exporter = {.component = {.size = sizeof exporter},
				       .signals = EXPORT_SIGNALS,
				       .flags = EXPORT_FLAGS,
				       .export_batch = export_batch,
				       .cancel = EXPORT_CANCEL_FUNCTION};

#endif

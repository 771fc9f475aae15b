/* SPDX-License-Identifier: Apache-2.0
 *
 * signals.h - which components serve which signal: the exporters of traces, metrics and logs, and what stands before
 * them in the pipeline.
 */
#ifndef OTEL_SDK_SIGNALS_H
#define OTEL_SDK_SIGNALS_H

#include "plugin/registry.h"
#include "sdk/batch.h"
#include "sdk/batch_processors.h"
#include "sdk/log_processors.h"
#include "sdk/metric_producers.h"

struct signals {
	struct component *exporters[BATCH_MAX_OWNERS];
	uint32_t of[BATCH_MAX_OWNERS]; /* what each exporter is selected for, bits of otel_signal */
	size_t exporter_count;
	struct component *batch_processors[BATCH_PROCESSORS_MAX];
	size_t batch_processor_count;
	struct component *producers[METRIC_PRODUCERS_MAX];
	size_t producer_count;
	struct component *log_processors[LOG_PROCESSORS_MAX]; /* threads of the host call these */
	size_t log_processor_count;
};

/* Start thread: opens what the configuration selects. An exporter of metrics or logs that nobody asked for, a default, is
 * taken only if it is open for traces anyway. */
void signals_open(struct signals *signals, const struct config *config);

/* The pipeline thread is gone: closes what only that calls. */
void signals_close(struct signals *signals);

#endif

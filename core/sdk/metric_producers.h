/* SPDX-License-Identifier: Apache-2.0
 *
 * metric_producers.h - asks the metric producers that were selected for what they have, and submits it
 * (specification/metrics/sdk.md, Periodic exporting MetricReader). Pipeline thread, but for the setup.
 */
#ifndef OTEL_SDK_METRIC_PRODUCERS_H
#define OTEL_SDK_METRIC_PRODUCERS_H

#include "plugin/registry.h"

#define METRIC_PRODUCERS_MAX 16

/* Start thread. Borrowed from the registry until the next setup. interval_ms: [metrics] export_interval. */
void metric_producers_setup(struct component *const *producers, size_t count, uint32_t interval_ms);

bool metric_producers_exist(void);

/* Collects what is due, or all (a flush). */
void metric_producers_collect(uint64_t now_ms, bool all);

uint64_t metric_producers_due(void); /* UINT64_MAX: never */

/* How often that was done before, and how long it took in all. */
void metric_producers_took(uint64_t *count, uint64_t *ns);

#endif

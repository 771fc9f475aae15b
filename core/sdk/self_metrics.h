/* SPDX-License-Identifier: Apache-2.0
 *
 * self_metrics.h - what the SDK counts about itself, as metrics of the names that the semantic conventions give
 * (otel.sdk.*): the metric producer "self", selected by [sdk] self_metrics = true or by its name.
 */
#ifndef OTEL_SDK_SELF_METRICS_H
#define OTEL_SDK_SELF_METRICS_H

#include <otel/plugin.h>

/* The producer, as a plugin of the core's own. */
extern const otel_plugin self_builtin;

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * tuning.h - numbers from the configuration: limits of spans, sizes and times of the pipeline.
 */
#ifndef OTEL_SDK_TUNING_H
#define OTEL_SDK_TUNING_H

#include "config/config.h"
#include "sdk/pipeline.h"
#include "sdk/process_context.h"
#include "sdk/provider.h"
#include "sdk/spooling.h"

/* specification/common/README.md, Attribute Limits: a value for spans, events or links wins over the general one. */
void tuning_limits(const struct config *config, struct span_limits *limits);

/* specification/configuration/sdk-environment-variables.md, Batch Span Processor. A batch larger than the queue is cut
 * down to it, with a line. */
void tuning_batch(const struct config *config, struct pipeline_options *options);

/* What profilers may read. */
enum process_sharing tuning_sharing(const struct config *config);

/* Where spans get their times; says (warn) why what was asked for cannot be had. */
void tuning_clock(const struct config *config);

/* [spool]; strings are the configuration's. */
void tuning_spool(const struct config *config, struct spooling_options *options);

/* Bytes the queue may hold, for so many spans. */
size_t tuning_queue_bytes(uint32_t max_queue_size);

#endif

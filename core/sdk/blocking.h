/* SPDX-License-Identifier: Apache-2.0
 *
 * blocking.h - exporters that may block (OTEL_EXPORTER_BLOCKING): each has a thread of its own, made by its first export,
 * so that the pipeline never waits for one. One job at a time.
 */
#ifndef OTEL_SDK_BLOCKING_H
#define OTEL_SDK_BLOCKING_H

#include "api/slot.h"
#include "plugin/registry.h"

/* Start thread. */
void blocking_setup(const struct otel_slot *slot);

bool blocking_is(const struct component *exporter);

/* Hands the batch to the thread of exporter number `index`: PENDING. RETRY: it is still inside an export that was given
 * up, or there is no thread to be had. Pipeline thread. */
otel_export_result blocking_export(struct component *exporter, uint32_t index, const otel_batch *batch,
				   otel_export_op *op);

/* The pipeline ends: so do the threads that are not inside an export. */
void blocking_end(void);

/* Is a thread inside this exporter, so that it cannot be closed? */
bool blocking_holds(const struct component *exporter);

void blocking_fork_prepare(void);
void blocking_fork_parent(void);
void blocking_fork_child(void); /* the threads are the parent's */

#endif

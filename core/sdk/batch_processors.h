/* SPDX-License-Identifier: Apache-2.0
 *
 * batch_processors.h - what the batch processors that were selected make of each batch, before any exporter gets it.
 *
 * Pipeline thread only, but for the setup.
 */
#ifndef OTEL_SDK_BATCH_PROCESSORS_H
#define OTEL_SDK_BATCH_PROCESSORS_H

#include "plugin/registry.h"
#include "sdk/batch.h"

#define BATCH_PROCESSORS_MAX 16

/* Start thread. Borrowed from the registry until the next setup. */
void batch_processors_setup(struct component *const *processors, size_t count);

/* Passes the caller's reference through all of them, in their order: the batch, another one in its place, or NULL when it
 * was dropped, and counted. */
struct batch *batch_processors_run(struct batch *batch);

/* host->batch_replace() */
otel_status batch_processors_replace(otel_batch_edit *edit, const uint8_t *request, size_t len);

#endif

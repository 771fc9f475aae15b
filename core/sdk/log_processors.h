/* SPDX-License-Identifier: Apache-2.0
 *
 * log_processors.h - the log processors that were selected, called in their order for every record before it is queued.
 */
#ifndef OTEL_SDK_LOG_PROCESSORS_H
#define OTEL_SDK_LOG_PROCESSORS_H

#include "plugin/registry.h"
#include "util/buf.h"

#define LOG_PROCESSORS_MAX 16

/* Start thread. Borrowed from the registry until the next setup. */
void log_processors_setup(struct component *const *processors, size_t count);

bool log_processors_exist(void);

/* Writes the ExportLogsServiceRequest as the processors leave it to *out. false: out of memory. Any thread. */
bool log_processors_run(const uint8_t *request, size_t len, struct buf *out);

/* otel_sdk_flush(): OTEL_OK, or the first that failed. */
otel_status log_processors_flush(uint32_t timeout_ms);

#endif

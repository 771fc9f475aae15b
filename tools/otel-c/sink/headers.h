/* SPDX-License-Identifier: Apache-2.0
 *
 * headers.h - otel-c sink --headers: a request's headers in one line, secrets left out.
 */
#ifndef OTEL_TOOLS_SINK_HEADERS_H
#define OTEL_TOOLS_SINK_HEADERS_H

#include "util/buf.h"

/* "request POST /v1/traces" begins a line … */
void sink_headers_begin(struct buf *line, const char *method, const char *path);

/* … and " | Name: value" continues it; values of headers whose names tell of secrets read "(redacted)". */
void sink_headers_add(struct buf *line, const char *name, const char *value);

#endif

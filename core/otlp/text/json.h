/* SPDX-License-Identifier: Apache-2.0
 *
 * json.h - a request as one line of OTLP JSON (opentelemetry-specification, protocol/otlp.md and file-exporter.md):
 * ids in hex, other bytes in base64, enums as numbers, 64-bit integers as texts, fields with default values left out.
 */
#ifndef OTEL_OTLP_JSON_H
#define OTEL_OTLP_JSON_H

#include "otlp/text/request.h"

/* One TracesData object without a line end; the caller frees it. NULL when out of memory or when a text is not UTF-8
 * (check.h tells which). */
char *otlp_json_write(const Otlp__ExportTraceServiceRequest *message);

#endif

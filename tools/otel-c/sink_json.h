/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_json.h - OTLP JSON (opentelemetry-specification, protocol/otlp.md, JSON Protobuf Encoding) into protobuf bytes.
 */
#ifndef OTEL_TOOLS_SINK_JSON_H
#define OTEL_TOOLS_SINK_JSON_H

#include "otlp/text/request.h"
#include "util/buf.h"

/* Appends the ExportTraceServiceRequest that the text stands for. As OTLP wants it, fields that are not known are
 * passed over, enums are numbers, 64-bit integers texts or numbers, ids hex. OTLP_MALFORMED: the fault names the field;
 * OTLP_NO_MEMORY also when it becomes larger than `out` may be. Pure. */
enum otlp_verdict sink_json_read(const char *text, size_t len, struct buf *out, struct otlp_fault *fault);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * sample.h - telemetry to try plugins with, in memory that can only be read and has nothing behind it; and judging what
 * plugins make.
 */
#ifndef OTEL_TOOLS_CHECK_SAMPLE_H
#define OTEL_TOOLS_CHECK_SAMPLE_H

#include <otel/plugin.h>

struct sample {
	const uint8_t *data;
	size_t len;
};

/* One OTLP Export<Signal>ServiceRequest with one item. */
struct sample sample_request(otel_signal signal);
/* One OTLP LogRecord, one InstrumentationScope. */
struct sample sample_log(void);
struct sample sample_scope(void);
struct sample sample_of(const void *data, size_t len);

/* Notes whether these bytes are a protobuf message. what: "what host->submit() got". */
void sample_judge(const char *what, const uint8_t *data, size_t len);
/* Notes whether attributes are well formed. */
void sample_judge_attrs(const char *where, const otel_attr *attrs, size_t count);
/* What is wrong with a header; NULL when nothing is. */
const char *sample_header_complaint(const char *name, const char *value);

#endif

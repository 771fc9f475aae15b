/* SPDX-License-Identifier: Apache-2.0
 *
 * start_span_support.h - starting the whole SDK, a span through it, and what the exporter saw of that.
 */
#ifndef TESTS_CORE_SDK_START_SPAN_SUPPORT_H
#define TESTS_CORE_SDK_START_SPAN_SUPPORT_H

#include <otel/otel.h>
#include <otel/sdk.h>

#include "core/sdk/start_support.h"

static inline void make_span(const char *name)
{
	otel_span_end(otel_span_start(otel_tracer("start_test", "1"), name));
}

static inline void start_ok(const otel_sdk_options *options)
{
	otel_status status = otel_sdk_start(options);
	ck_assert_msg(status == OTEL_OK, "start: %d: %s", (int)status, otel_last_error());
}

static inline void flush_ok(void)
{
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
}

/* What the last span looked like. */
static struct {
	char name[64];
	char service[64];
	char distro[64];
	char distro_version[64];
	uint8_t trace_id[16];
} seen;

static inline void copy(char out[64], const Otlp__AnyValue *value)
{
	snprintf(out, 64, "%.*s", value ? (int)value->string_value.len : 0,
		 value ? (const char *)value->string_value.data : "");
}

static inline void look(void *arg, const Otlp__Resource *resource, const Otlp__Span *span)
{
	(void)arg;
	snprintf(seen.name, sizeof seen.name, "%.*s", (int)span->name.len, (const char *)span->name.data);
	memcpy(seen.trace_id, span->trace_id.data, 16);
	copy(seen.service, start_attribute(resource, "service.name"));
	copy(seen.distro, start_attribute(resource, "telemetry.distro.name"));
	copy(seen.distro_version, start_attribute(resource, "telemetry.distro.version"));
}

static inline void set_up(void)
{
	start_stop(2000);
	start_set_up();
}

/* A main() that leaves nothing behind. */
#define START_MAIN(name, ...)                                                                                          \
	int main(void)                                                                                                 \
	{                                                                                                              \
		const struct suite_entry entries[] = {__VA_ARGS__};                                                    \
		const int status = suite_main(name, entries, sizeof entries / sizeof *entries, set_up);                \
		start_stop(2000);                                                                                      \
		start_clean_up();                                                                                      \
		return status;                                                                                         \
	}

#endif

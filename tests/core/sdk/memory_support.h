/* SPDX-License-Identifier: Apache-2.0
 *
 * memory_support.h - an SDK whose spans the exporter "memory" keeps.
 */
#ifndef TESTS_SDK_MEMORY_SUPPORT_H
#define TESTS_SDK_MEMORY_SUPPORT_H

#include <otel/memory.h>
#include <otel/otel.h>

#include "start_support.h"

static inline void set_up(void)
{
	start_stop(5000);
	start_set_up();
	setenv("OTEL_TRACES_EXPORTER", "memory", 1);
	setenv("OTEL_TRACES_SAMPLER", "always_on", 1);
	setenv("OTEL_C_EXPORT_TIMEOUT", "60000", 1);
}

static inline void start(void)
{
	ck_assert_int_eq(otel_sdk_start(OTEL_SDK_OPTIONS(.service_name = "shop")), OTEL_OK);
}

static inline void flush(void)
{
	ck_assert_int_eq(otel_sdk_flush(60000), OTEL_OK);
}

static inline void end_one(const char *name)
{
	otel_span_end(otel_span_start(otel_tracer("test", "1.0"), name));
}

static inline void ck_text(otel_memory_attrs attrs, const char *key, const char *text)
{
	const otel_attr *attr = otel_memory_attr(attrs, key);

	ck_assert_ptr_nonnull(attr);
	ck_assert_uint_eq(attr->type, OTEL_ATTR_STRING);
	ck_assert_str_eq(attr->value.str, text);
	ck_assert_uint_eq(attr->count, strlen(text));
}

static inline const otel_memory_span *the_only_span(void)
{
	flush();
	ck_assert_uint_eq(otel_memory_count(), 1);
	return otel_memory_at(0);
}

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/schema.h - which semantic conventions these headers follow. Generated from scripts/semconv/attributes.tsv.
 */
#ifndef OTEL_SEMCONV_SCHEMA_H
#define OTEL_SEMCONV_SCHEMA_H

#define OTEL_SEMCONV_VERSION "1.44.0"

/* For otel_tracer_get() and otel_tracer_with(). */
#define OTEL_SEMCONV_SCHEMA_URL "https://opentelemetry.io/schemas/1.44.0"

#endif

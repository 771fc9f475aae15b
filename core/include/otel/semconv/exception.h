/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/exception.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_EXCEPTION_H
#define OTEL_SEMCONV_EXCEPTION_H

/* string, stable */
#define OTEL_EXCEPTION_MESSAGE "exception.message"

/* string, stable */
#define OTEL_EXCEPTION_STACKTRACE "exception.stacktrace"

/* string, stable */
#define OTEL_EXCEPTION_TYPE "exception.type"

#endif

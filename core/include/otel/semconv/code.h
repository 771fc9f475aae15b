/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/code.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_CODE_H
#define OTEL_SEMCONV_CODE_H

/* int, stable */
#define OTEL_CODE_COLUMN_NUMBER "code.column.number"

/* string, stable */
#define OTEL_CODE_FILE_PATH "code.file.path"

/* string, stable */
#define OTEL_CODE_FUNCTION_NAME "code.function.name"

/* int, stable */
#define OTEL_CODE_LINE_NUMBER "code.line.number"

/* string, stable */
#define OTEL_CODE_STACKTRACE "code.stacktrace"

#endif

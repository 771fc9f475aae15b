/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/error.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_ERROR_H
#define OTEL_SEMCONV_ERROR_H

/* string, stable */
#define OTEL_ERROR_TYPE "error.type"
#define OTEL_ERROR_TYPE_OTHER "_OTHER"

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/thread.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_THREAD_H
#define OTEL_SEMCONV_THREAD_H

/* int, development */
#define OTEL_THREAD_ID "thread.id"

/* string, development */
#define OTEL_THREAD_NAME "thread.name"

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/session.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_SESSION_H
#define OTEL_SEMCONV_SESSION_H

/* string, development */
#define OTEL_SESSION_ID "session.id"

/* string, development */
#define OTEL_SESSION_PREVIOUS_ID "session.previous_id"

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/enduser.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_ENDUSER_H
#define OTEL_SEMCONV_ENDUSER_H

/* string, development */
#define OTEL_ENDUSER_ID "enduser.id"

/* string, development */
#define OTEL_ENDUSER_PSEUDO_ID "enduser.pseudo.id"

#endif

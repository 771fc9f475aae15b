/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/dns.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_DNS_H
#define OTEL_SEMCONV_DNS_H

/* string[], development */
#define OTEL_DNS_ANSWERS "dns.answers"

/* string, development */
#define OTEL_DNS_QUESTION_NAME "dns.question.name"

#endif

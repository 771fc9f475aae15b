/* SPDX-License-Identifier: Apache-2.0
 *
 * check_attributes.h - the rules for texts and attributes, and how a fault gets its place. For check.c.
 */
#ifndef OTEL_OTLP_CHECK_ATTRIBUTES_H
#define OTEL_OTLP_CHECK_ATTRIBUTES_H

#include "otlp/text/request.h"

#define CHECK_NONE SIZE_MAX

/* Where the check is. Indices count as in the request, CHECK_NONE = above that level. */
struct check {
	struct otlp_fault *fault;
	enum otlp_verdict verdict;
	size_t resource_index, scope_index, span_index;
	const Otlp__Span *span;
	const char *part; /* "events", "links" or NULL */
	size_t part_index;
	const Otlp__KeyValue **sorted; /* scratch for finding keys that come twice */
	size_t sorted_cap;
};

/* Writes the fault with its place in front; always false. */
bool check_fail(struct check *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

bool check_text(struct check *c, const char *field, ProtobufCBinaryData text);
bool check_attributes(struct check *c, Otlp__KeyValue *const *attributes, size_t count);

void check_end(struct check *c);

#endif

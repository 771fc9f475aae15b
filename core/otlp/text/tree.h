/* SPDX-License-Identifier: Apache-2.0
 *
 * tree.h - one trace as a tree of text, for people:
 *
 *	trace 67400a1b5759eac8f2f1d4c3b2a19080  shop 1.4.0 (aws)  7 spans  12.3 ms
 *	└─ create_order               INTERNAL  Ok     12.3 ms  00f067aa0ba902b7
 *	   │  order.id = 1001, order.items = ["tea", "milk"]
 *	   └─ validate_order          INTERNAL  Error  0.41 ms  53995c3f42cd8ad8
 *	         status: no customer id
 */
#ifndef OTEL_OTLP_TREE_H
#define OTEL_OTLP_TREE_H

#include "otlp/proto/otlp_proto.h"

/* A span with what it stands in; all borrowed. resource and scope may be NULL. */
struct tree_span {
	const Otlp__Span *span;
	const Otlp__Resource *resource;
	const Otlp__InstrumentationScope *scope;
};

/* How trees are printed, and where to. */
struct tree_style {
	bool colour; /* for terminals */
	size_t value_max; /* characters of a value that are shown; 0 = 80 */
	void (*write)(void *arg, const char *text, size_t len);
	void *arg;
};

/* Prints the spans of one trace, any number in any order, in pieces of some 64 KiB. Spans whose parents are not among
 * them stand at the left. When memory is short it prints one line that says so. */
void tree_print(const struct tree_span *spans, size_t count, const struct tree_style *style);

#endif

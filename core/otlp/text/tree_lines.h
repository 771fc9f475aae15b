/* SPDX-License-Identifier: Apache-2.0
 *
 * tree_lines.h - the lines that one span takes in a tree. For tree.c.
 */
#ifndef OTEL_OTLP_TREE_LINES_H
#define OTEL_OTLP_TREE_LINES_H

#include "otlp/text/tree.h"
#include "util/buf.h"

/* What goes in front of lines: the bars of the levels above. */
struct tree_indent {
	const char *branch; /* of the span's own line: bars and "├─ " */
	size_t branch_columns;
	const char *stem; /* of the lines below it */
	size_t stem_columns;
};

struct tree_lines {
	struct buf *out;
	const struct tree_style *style;
	const struct tree_span *parent; /* NULL: not among the spans */
	bool in_circle;
	unsigned hidden_levels; /* levels of depth that the indentation does not show */
};

/* Appends the span's own line. */
void tree_lines_print(const struct tree_lines *lines, const struct tree_span *at, const struct tree_indent *indent);

/* Appends the lines below it: service and scope where they change, attributes, events, links (tree_details.c). */
void tree_details_print(const struct tree_lines *lines, const struct tree_span *at, const struct tree_indent *indent);

/* The duration between two times; "-" in front when it is negative. */
void tree_lines_elapsed(struct buf *out, uint64_t from, uint64_t to);

/* A text attribute of a resource that may be NULL; empty when there is none. */
ProtobufCBinaryData tree_lines_resource_text(const Otlp__Resource *resource, const char *key);

/* "shop 1.4.0 (aws)" */
void tree_lines_service(struct buf *out, const Otlp__Resource *resource, size_t max);

/* ANSI styles, or nothing when the style has no colour. */
enum tree_paint { TREE_PLAIN, TREE_BOLD, TREE_DIM, TREE_RED };
void tree_lines_paint(struct buf *out, const struct tree_style *style, enum tree_paint paint);

/* Characters of a value that are shown. */
size_t tree_lines_value_max(const struct tree_style *style);

#endif

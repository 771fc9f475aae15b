/* SPDX-License-Identifier: Apache-2.0
 *
 * tree_shape.h - who is whose child. For tree.c.
 */
#ifndef OTEL_OTLP_TREE_SHAPE_H
#define OTEL_OTLP_TREE_SHAPE_H

#include "otlp/text/tree.h"

#define TREE_NONE SIZE_MAX

/* One span's place; all indices into the array of spans. */
struct tree_node {
	size_t parent;
	size_t first_child;
	size_t next_sibling;
	size_t mark; /* used while circles are looked for */
	bool in_circle; /* its parent is also its descendant: shown as a root */
};

struct tree_shape {
	struct tree_node *nodes;
	size_t count;
	size_t first_root;
};

/* Children and roots are in order of their start. false when out of memory. */
bool tree_shape_init(struct tree_shape *shape, const struct tree_span *spans, size_t count);
void tree_shape_fini(struct tree_shape *shape);

#endif

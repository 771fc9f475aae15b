/* SPDX-License-Identifier: Apache-2.0
 *
 * tree_shape.c - a tree out of spans that only name their parents. Senders may be wrong: parents may be missing, ids
 * may come twice, and parents may go round in circles.
 */
#include "otlp/text/tree_shape.h"

#include <stdlib.h>

/* What is sorted: a span and where it stood. */
struct entry {
	const Otlp__Span *span;
	size_t index;
};

static int compare_bytes(ProtobufCBinaryData a, ProtobufCBinaryData b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common ? memcmp(a.data, b.data, common) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int by_id(const void *left, const void *right)
{
	const struct entry *a = left;
	const struct entry *b = right;
	int order = compare_bytes(a->span->span_id, b->span->span_id);

	return order ? order : (a->index > b->index) - (a->index < b->index);
}

static int by_start(const void *left, const void *right)
{
	const struct entry *a = left;
	const struct entry *b = right;
	uint64_t x = a->span->start_time_unix_nano;
	uint64_t y = b->span->start_time_unix_nano;

	return x != y ? (x > y) - (x < y) : (a->index > b->index) - (a->index < b->index);
}

/* The first span of that id. */
static size_t find_id(const struct entry *sorted, size_t count, ProtobufCBinaryData id)
{
	size_t low = 0;
	size_t high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (compare_bytes(sorted[middle].span->span_id, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && compare_bytes(sorted[low].span->span_id, id) == 0 ? sorted[low].index : TREE_NONE;
}

static void set_parents(struct tree_shape *shape, const struct tree_span *spans, struct entry *entries)
{
	qsort(entries, shape->count, sizeof(*entries), by_id);
	for (size_t i = 0; i < shape->count; i++) {
		ProtobufCBinaryData parent = spans[i].span->parent_span_id;
		shape->nodes[i] = (struct tree_node){
			.parent = parent.len ? find_id(entries, shape->count, parent) : TREE_NONE,
			.first_child = TREE_NONE,
			.next_sibling = TREE_NONE,
		};
	}
}

/* Walks up from every node once; meeting one's own mark again is a circle, which is cut there. */
static void cut_circles(struct tree_shape *shape)
{
	for (size_t i = 0; i < shape->count; i++) {
		size_t mark = i + 1;
		size_t at = i;
		while (at != TREE_NONE && !shape->nodes[at].mark) {
			shape->nodes[at].mark = mark;
			at = shape->nodes[at].parent;
		}
		if (at != TREE_NONE && shape->nodes[at].mark == mark) {
			shape->nodes[at].parent = TREE_NONE;
			shape->nodes[at].in_circle = true;
		}
	}
}

/* Pushes to the front, latest first, so that lists end up in order of start. */
static void set_children(struct tree_shape *shape, struct entry *entries)
{
	qsort(entries, shape->count, sizeof(*entries), by_start);
	shape->first_root = TREE_NONE;
	for (size_t i = shape->count; i-- > 0;) {
		size_t index = entries[i].index;
		size_t parent = shape->nodes[index].parent;
		size_t *list = parent == TREE_NONE ? &shape->first_root : &shape->nodes[parent].first_child;
		shape->nodes[index].next_sibling = *list;
		*list = index;
	}
}

bool tree_shape_init(struct tree_shape *shape, const struct tree_span *spans, size_t count)
{
	struct entry *entries = calloc(count ? count : 1, sizeof(*entries));
	bool ok;

	*shape = (struct tree_shape){.count = count, .first_root = TREE_NONE};
	shape->nodes = calloc(count ? count : 1, sizeof(*shape->nodes));
	ok = entries && shape->nodes;
	if (!ok)
		goto out;
	for (size_t i = 0; i < count; i++)
		entries[i] = (struct entry){spans[i].span, i};
	set_parents(shape, spans, entries);
	cut_circles(shape);
	set_children(shape, entries);
out:
	free(entries);
	return ok;
}

void tree_shape_fini(struct tree_shape *shape)
{
	free(shape->nodes);
	shape->nodes = NULL;
}

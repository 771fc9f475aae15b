/* SPDX-License-Identifier: Apache-2.0
 *
 * tree.c - walks a trace from its roots down and draws the bars.
 */
#include "otlp/text/tree.h"

#include "otlp/text/tree_lines.h"
#include "otlp/text/tree_shape.h"
#include "otlp/text/value.h"

#define DEPTH_SHOWN    24 /* deeper spans keep this indentation */
#define PIECE          (64 * 1024) /* written at once */
#define SPAN_TEXT_MAX  (16 * 1024 * 1024) /* of one span's lines; the rest is cut */
#define SERVICES_SHOWN 4

struct walk {
	const struct tree_span *spans;
	const struct tree_style *style;
	struct tree_shape shape;
	struct buf out;
	bool open[DEPTH_SHOWN + 1]; /* levels above that go on below this line */
};

static void flush(struct walk *w)
{
	if (w->out.len)
		w->style->write(w->style->arg, (const char *)w->out.data, w->out.len);
	buf_clear(&w->out);
}

static void make_indent(const struct walk *w, size_t index, size_t level, struct buf *branch, struct buf *stem)
{
	const struct tree_node *node = &w->shape.nodes[index];
	bool last = node->next_sibling == TREE_NONE;

	buf_clear(branch);
	buf_clear(stem);
	for (size_t i = 0; i < level; i++) {
		buf_append_str(branch, w->open[i] ? "│  " : "   ");
		buf_append_str(stem, w->open[i] ? "│  " : "   ");
	}
	buf_append_str(branch, last ? "└─ " : "├─ ");
	buf_append_str(stem, last ? "   " : "│  ");
	buf_append_str(stem, node->first_child == TREE_NONE ? "   " : "│  ");
}

static void print_span(struct walk *w, size_t index, size_t depth, struct buf *branch, struct buf *stem)
{
	const struct tree_node *node = &w->shape.nodes[index];
	size_t level = depth < DEPTH_SHOWN ? depth : DEPTH_SHOWN;
	struct tree_indent indent;
	struct tree_lines lines = {
		.out = &w->out,
		.style = w->style,
		.parent = node->parent == TREE_NONE ? NULL : &w->spans[node->parent],
		.in_circle = node->in_circle,
		.hidden_levels = (unsigned)(depth - level),
	};

	make_indent(w, index, level, branch, stem);
	indent = (struct tree_indent){buf_str(branch), 3 * (level + 1), buf_str(stem), 3 * (level + 2)};
	tree_lines_print(&lines, &w->spans[index], &indent);
	tree_details_print(&lines, &w->spans[index], &indent);
	w->open[level] = node->next_sibling != TREE_NONE;
	if (w->out.len < PIECE && !w->out.failed)
		return;
	if (w->out.failed) {
		flush(w);
		buf_append_str(&w->out, "\n… this span has more text than can be shown\n");
	}
	flush(w);
}

static void print_spans(struct walk *w)
{
	struct buf branch, stem;
	size_t depth = 0;

	buf_init(&branch, 1024);
	buf_init(&stem, 1024);
	for (size_t at = w->shape.first_root; at != TREE_NONE;) {
		print_span(w, at, depth, &branch, &stem);
		if (w->shape.nodes[at].first_child != TREE_NONE) {
			at = w->shape.nodes[at].first_child;
			depth++;
			continue;
		}
		while (at != TREE_NONE && w->shape.nodes[at].next_sibling == TREE_NONE) {
			at = w->shape.nodes[at].parent;
			depth--;
		}
		if (at != TREE_NONE)
			at = w->shape.nodes[at].next_sibling;
	}
	buf_fini(&branch);
	buf_fini(&stem);
}

/* The services at the roots, the first few different ones. */
static void append_services(struct walk *w)
{
	ProtobufCBinaryData shown[SERVICES_SHOWN];
	size_t count = 0;

	for (size_t at = w->shape.first_root; at != TREE_NONE; at = w->shape.nodes[at].next_sibling) {
		const Otlp__Resource *resource = w->spans[at].resource;
		ProtobufCBinaryData name = tree_lines_resource_text(resource, "service.name");
		size_t i = 0;
		while (i < count &&
		       (shown[i].len != name.len || (name.len && memcmp(shown[i].data, name.data, name.len))))
			i++;
		if (i < count)
			continue;
		if (count == SERVICES_SHOWN) {
			buf_append_str(&w->out, ", …");
			return;
		}
		shown[count++] = name;
		buf_append_str(&w->out, count > 1 ? ", " : "  ");
		tree_lines_service(&w->out, resource, tree_lines_value_max(w->style));
	}
}

static void print_header(struct walk *w)
{
	uint64_t first = UINT64_MAX;
	uint64_t last = 0;

	for (size_t i = 0; i < w->shape.count; i++) {
		const Otlp__Span *span = w->spans[i].span;
		first = span->start_time_unix_nano < first ? span->start_time_unix_nano : first;
		last = span->end_time_unix_nano > last ? span->end_time_unix_nano : last;
	}
	tree_lines_paint(&w->out, w->style, TREE_BOLD);
	buf_append_str(&w->out, "trace ");
	value_append_hex(&w->out, w->spans[0].span->trace_id);
	tree_lines_paint(&w->out, w->style, TREE_PLAIN);
	append_services(w);
	buf_printf(&w->out, "  %zu %s  ", w->shape.count, w->shape.count == 1 ? "span" : "spans");
	tree_lines_elapsed(&w->out, first, last);
	buf_append_char(&w->out, '\n');
}

void tree_print(const struct tree_span *spans, size_t count, const struct tree_style *style)
{
	static const char no_memory[] = "(a trace could not be shown: out of memory)\n";
	struct walk w = {.spans = spans, .style = style};

	if (!count)
		return;
	buf_init(&w.out, SPAN_TEXT_MAX);
	if (tree_shape_init(&w.shape, spans, count)) {
		print_header(&w);
		print_spans(&w);
		flush(&w);
	} else {
		style->write(style->arg, no_memory, sizeof(no_memory) - 1);
	}
	tree_shape_fini(&w.shape);
	buf_fini(&w.out);
}

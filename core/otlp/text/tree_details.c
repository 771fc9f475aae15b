/* SPDX-License-Identifier: Apache-2.0
 *
 * tree_details.c - what stands below a span's own line: service and scope where they change, attributes, events, links.
 */
#include <inttypes.h>

#include "otlp/text/tree_lines.h"
#include "otlp/text/value.h"

#define LINE_COLUMNS 110 /* attributes wrap here */
#define STACK_LINES  6

static bool same_text(ProtobufCBinaryData a, ProtobufCBinaryData b)
{
	return a.len == b.len && (!a.len || memcmp(a.data, b.data, a.len) == 0);
}

/* Indentation of a line below the span's own. */
static void begin_detail(const struct tree_lines *lines, const struct tree_indent *indent)
{
	buf_append_str(lines->out, indent->stem);
}

/* "a = 1, b = 2", wrapped; `used` columns of the first line are taken. Ends the line. */
static void append_attributes(const struct tree_lines *lines, const struct tree_indent *indent,
			      Otlp__KeyValue *const *attributes, size_t count, size_t used)
{
	struct buf *out = lines->out;

	for (size_t i = 0; i < count && !out->failed; i++) {
		struct buf item;
		size_t columns;
		buf_init(&item, 64 * 1024);
		value_append_attribute(&item, attributes[i], tree_lines_value_max(lines->style));
		columns = value_columns(item.data, item.len);
		if (i)
			buf_append_char(out, ',');
		if (i && used + columns + 2 > LINE_COLUMNS) {
			buf_append_char(out, '\n');
			begin_detail(lines, indent);
			used = indent->stem_columns;
		} else if (i) {
			buf_append_char(out, ' ');
			used++;
		}
		buf_append(out, item.data, item.len);
		used += columns + 1;
		buf_fini(&item);
	}
	buf_append_char(out, '\n');
}

static void print_attributes(const struct tree_lines *lines, const struct tree_indent *indent, const Otlp__Span *span)
{
	if (!span->n_attributes)
		return;
	begin_detail(lines, indent);
	append_attributes(lines, indent, span->attributes, span->n_attributes, indent->stem_columns);
}

/* The scope is said where it changes. */
static void print_scope(const struct tree_lines *lines, const struct tree_span *at, const struct tree_indent *indent)
{
	const Otlp__InstrumentationScope *scope = at->scope;
	const Otlp__InstrumentationScope *above = lines->parent ? lines->parent->scope : NULL;

	if (!scope || !scope->name.len || scope == above || (above && same_text(scope->name, above->name)))
		return;
	begin_detail(lines, indent);
	tree_lines_paint(lines->out, lines->style, TREE_DIM);
	buf_append_str(lines->out, "scope ");
	value_append_text(lines->out, scope->name, tree_lines_value_max(lines->style));
	if (scope->version.len) {
		buf_append_char(lines->out, ' ');
		value_append_text(lines->out, scope->version, tree_lines_value_max(lines->style));
	}
	tree_lines_paint(lines->out, lines->style, TREE_PLAIN);
	buf_append_char(lines->out, '\n');
}

/* So is the service, when the caller was another one. */
static void print_service(const struct tree_lines *lines, const struct tree_span *at, const struct tree_indent *indent)
{
	ProtobufCBinaryData here = tree_lines_resource_text(at->resource, "service.name");
	ProtobufCBinaryData above =
		tree_lines_resource_text(lines->parent ? lines->parent->resource : NULL, "service.name");

	if (!lines->parent || same_text(here, above))
		return;
	begin_detail(lines, indent);
	buf_append_str(lines->out, "service ");
	tree_lines_service(lines->out, at->resource, tree_lines_value_max(lines->style));
	buf_append_char(lines->out, '\n');
}

static void print_text_line(const struct tree_lines *lines, const struct tree_indent *indent, const char *label,
			    ProtobufCBinaryData text)
{
	if (!text.len)
		return;
	begin_detail(lines, indent);
	buf_append_str(lines->out, label);
	value_append_text(lines->out, text, 2 * tree_lines_value_max(lines->style));
	buf_append_char(lines->out, '\n');
}

/* A stack trace keeps its lines, the first few of them. */
static void print_stack(const struct tree_lines *lines, const struct tree_indent *indent, ProtobufCBinaryData stack)
{
	size_t shown = 0;
	size_t more = 0;

	for (size_t from = 0; from < stack.len;) {
		const uint8_t *newline = memchr(stack.data + from, '\n', stack.len - from);
		size_t len = newline ? (size_t)(newline - stack.data) - from : stack.len - from;
		ProtobufCBinaryData line = {.len = len, .data = stack.data + from};
		if (len && shown++ < STACK_LINES)
			print_text_line(lines, indent, "      ", line);
		else if (len)
			more++;
		from += len + 1;
	}
	if (!more)
		return;
	begin_detail(lines, indent);
	buf_printf(lines->out, "      … %zu more lines\n", more);
}

static void print_exception(const struct tree_lines *lines, const struct tree_indent *indent,
			    const Otlp__Span__Event *event)
{
	size_t max = tree_lines_value_max(lines->style);
	ProtobufCBinaryData type = value_find_text(event->attributes, event->n_attributes, "exception.type");
	ProtobufCBinaryData message = value_find_text(event->attributes, event->n_attributes, "exception.message");

	tree_lines_paint(lines->out, lines->style, TREE_RED);
	buf_append_str(lines->out, "exception ");
	value_append_text(lines->out, type, max);
	buf_append_str(lines->out, type.len && message.len ? ": " : "");
	value_append_text(lines->out, message, 2 * max);
	tree_lines_paint(lines->out, lines->style, TREE_PLAIN);
	buf_append_char(lines->out, '\n');
	print_stack(lines, indent, value_find_text(event->attributes, event->n_attributes, "exception.stacktrace"));
}

static void print_event(const struct tree_lines *lines, const struct tree_indent *indent, const Otlp__Span *span,
			const Otlp__Span__Event *event)
{
	struct buf *out = lines->out;
	size_t from;

	begin_detail(lines, indent);
	from = out->len;
	buf_append_str(out, event->time_unix_nano >= span->start_time_unix_nano ? "+" : "");
	tree_lines_elapsed(out, span->start_time_unix_nano, event->time_unix_nano);
	buf_append_str(out, "  ");
	if (otlp_text_is(event->name, "exception")) {
		print_exception(lines, indent, event);
		return;
	}
	buf_append_str(out, "event ");
	value_append_text(out, event->name, tree_lines_value_max(lines->style));
	buf_append_str(out, event->n_attributes ? "  " : "");
	append_attributes(lines, indent, event->attributes, event->n_attributes,
			  indent->stem_columns + value_columns(out->data + from, out->len - from));
}

static void print_link(const struct tree_lines *lines, const struct tree_indent *indent, const Otlp__Span__Link *link)
{
	struct buf *out = lines->out;
	size_t from;

	begin_detail(lines, indent);
	from = out->len;
	buf_append_str(out, "link to trace ");
	value_append_hex(out, link->trace_id);
	buf_append_str(out, " span ");
	value_append_hex(out, link->span_id);
	buf_append_str(out, link->n_attributes ? "  " : "");
	append_attributes(lines, indent, link->attributes, link->n_attributes,
			  indent->stem_columns + value_columns(out->data + from, out->len - from));
}

static void print_dropped(const struct tree_lines *lines, const struct tree_indent *indent, const Otlp__Span *span)
{
	if (!span->dropped_attributes_count && !span->dropped_events_count && !span->dropped_links_count)
		return;
	begin_detail(lines, indent);
	buf_printf(lines->out, "dropped: %" PRIu32 " attributes, %" PRIu32 " events, %" PRIu32 " links\n",
		   span->dropped_attributes_count, span->dropped_events_count, span->dropped_links_count);
}

void tree_details_print(const struct tree_lines *lines, const struct tree_span *at, const struct tree_indent *indent)
{
	const Otlp__Span *span = at->span;

	print_service(lines, at, indent);
	print_scope(lines, at, indent);
	print_text_line(lines, indent, "status: ", span->status ? span->status->message : (ProtobufCBinaryData){0});
	print_text_line(lines, indent, "tracestate: ", span->trace_state);
	print_attributes(lines, indent, span);
	for (size_t i = 0; i < span->n_events && !lines->out->failed; i++)
		print_event(lines, indent, span, span->events[i]);
	for (size_t i = 0; i < span->n_links && !lines->out->failed; i++)
		print_link(lines, indent, span->links[i]);
	print_dropped(lines, indent, span);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * tree_lines.c - a span's own line: name, kind, status, duration and id; and the services that a trace went through.
 */
#include "otlp/text/tree_lines.h"

#include "otlp/text/value.h"

#define NAME_COLUMN      36 /* where the kind begins, unless the name is longer */
#define VALUE_SHOWN      80
#define DURATION_COLUMNS 7

size_t tree_lines_value_max(const struct tree_style *style)
{
	return style->value_max ? style->value_max : VALUE_SHOWN;
}

void tree_lines_paint(struct buf *out, const struct tree_style *style, enum tree_paint paint)
{
	static const char *const codes[] = {
		[TREE_PLAIN] = "\033[0m", [TREE_BOLD] = "\033[1m", [TREE_DIM] = "\033[2m", [TREE_RED] = "\033[31m"};

	if (style->colour)
		buf_append_str(out, codes[paint]);
}

static void append_painted(const struct tree_lines *lines, enum tree_paint paint, const char *text)
{
	tree_lines_paint(lines->out, lines->style, paint);
	buf_append_str(lines->out, text);
	tree_lines_paint(lines->out, lines->style, TREE_PLAIN);
}

ProtobufCBinaryData tree_lines_resource_text(const Otlp__Resource *resource, const char *key)
{
	return resource ? value_find_text(resource->attributes, resource->n_attributes, key) : (ProtobufCBinaryData){0};
}

void tree_lines_service(struct buf *out, const Otlp__Resource *resource, size_t max)
{
	ProtobufCBinaryData name = tree_lines_resource_text(resource, "service.name");
	ProtobufCBinaryData version = tree_lines_resource_text(resource, "service.version");
	ProtobufCBinaryData distro = tree_lines_resource_text(resource, "telemetry.distro.name");

	if (name.len)
		value_append_text(out, name, max);
	else
		buf_append_str(out, "no service.name");
	if (version.len) {
		buf_append_char(out, ' ');
		value_append_text(out, version, max);
	}
	if (distro.len) {
		buf_append_str(out, " (");
		value_append_text(out, distro, max);
		buf_append_char(out, ')');
	}
}

static void append_kind(const struct tree_lines *lines, const Otlp__Span *span)
{
	static const char *const kinds[] = {"UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"};

	if ((size_t)span->kind < sizeof(kinds) / sizeof(kinds[0]))
		buf_printf(lines->out, "  %-8s", kinds[span->kind]);
	else
		buf_printf(lines->out, "  kind %d", (int)span->kind);
}

static void append_status(const struct tree_lines *lines, const Otlp__Status *status)
{
	static const char *const codes[] = {"Unset", "Ok   ", "Error"};
	size_t code = status ? (size_t)status->code : 0;

	buf_append_str(lines->out, "  ");
	if (code >= sizeof(codes) / sizeof(codes[0]))
		buf_printf(lines->out, "status %d", (int)status->code);
	else if (code == OTLP__STATUS_CODE__STATUS_CODE_ERROR)
		append_painted(lines, TREE_RED, codes[code]);
	else
		buf_append_str(lines->out, codes[code]);
}

void tree_lines_elapsed(struct buf *out, uint64_t from, uint64_t to)
{
	if (to < from)
		buf_append_char(out, '-');
	value_append_duration(out, to < from ? from - to : to - from);
}

/* At the right of its column. */
static void append_duration(struct buf *out, const Otlp__Span *span)
{
	struct buf text;
	size_t columns;

	buf_init(&text, 64);
	tree_lines_elapsed(&text, span->start_time_unix_nano, span->end_time_unix_nano);
	columns = value_columns(text.data, text.len);
	buf_printf(out, "  %*s%s  ", columns < DURATION_COLUMNS ? (int)(DURATION_COLUMNS - columns) : 0, "",
		   buf_str(&text));
	buf_fini(&text);
}

static void append_parent(const struct tree_lines *lines, const Otlp__Span *span)
{
	if (lines->parent || !span->parent_span_id.len)
		return;
	buf_append_str(lines->out, "  (parent ");
	value_append_hex(lines->out, span->parent_span_id);
	buf_append_str(lines->out, lines->in_circle ? " is also its descendant)" : " elsewhere)");
}

void tree_lines_print(const struct tree_lines *lines, const struct tree_span *at, const struct tree_indent *indent)
{
	const Otlp__Span *span = at->span;
	struct buf *out = lines->out;
	size_t name_from, columns;

	buf_append_str(out, indent->branch);
	tree_lines_paint(out, lines->style, TREE_BOLD);
	name_from = out->len;
	if (span->name.len)
		value_append_text(out, span->name, tree_lines_value_max(lines->style));
	else
		buf_append_str(out, "(no name)");
	columns = indent->branch_columns + value_columns(out->data + name_from, out->len - name_from);
	tree_lines_paint(out, lines->style, TREE_PLAIN);
	buf_printf(out, "%*s", columns < NAME_COLUMN ? (int)(NAME_COLUMN - columns) : 0, "");
	append_kind(lines, span);
	append_status(lines, span->status);
	append_duration(out, span);
	tree_lines_paint(out, lines->style, TREE_DIM);
	value_append_hex(out, span->span_id);
	tree_lines_paint(out, lines->style, TREE_PLAIN);
	append_parent(lines, span);
	if (lines->hidden_levels)
		buf_printf(out, "  (%u levels deeper)", lines->hidden_levels);
	buf_append_char(out, '\n');
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * check_attributes.c - texts are UTF-8, keys are not empty and come once, down into nested values.
 */
#include "otlp/text/check_attributes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "otlp/text/value.h"
#include "util/str.h"

#define NAME_MAX_SHOWN 60

static bool check_value(struct check *c, ProtobufCBinaryData key, const Otlp__AnyValue *value);

static void append_place(struct buf *out, const struct check *c)
{
	buf_printf(out, "resourceSpans[%zu]", c->resource_index);
	if (c->scope_index != CHECK_NONE)
		buf_printf(out, ".scopeSpans[%zu]", c->scope_index);
	if (c->span_index != CHECK_NONE)
		buf_printf(out, ".spans[%zu]", c->span_index);
	if (c->span && c->span->name.len) {
		buf_append_str(out, " \"");
		value_append_text(out, c->span->name, NAME_MAX_SHOWN);
		buf_append_str(out, "\"");
	}
	if (c->part)
		buf_printf(out, " %s[%zu]", c->part, c->part_index);
	buf_append_str(out, ": ");
}

bool check_fail(struct check *c, const char *format, ...)
{
	struct buf text;
	va_list args;
	char what[160];

	va_start(args, format);
	vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	buf_init(&text, 4096);
	append_place(&text, c);
	snprintf(c->fault->text, sizeof(c->fault->text), "%s%s", buf_str(&text), what);
	buf_fini(&text);
	c->verdict = OTLP_INVALID;
	return false;
}

/* A fault about an attribute: its key may hold anything, so it is shown escaped. */
static bool fail_at_key(struct check *c, ProtobufCBinaryData key, const char *what)
{
	struct buf shown;

	buf_init(&shown, 1024);
	value_append_text(&shown, key, NAME_MAX_SHOWN);
	check_fail(c, "attribute \"%.100s\" %s", buf_str(&shown), what);
	buf_fini(&shown);
	return false;
}

bool check_text(struct check *c, const char *field, ProtobufCBinaryData text)
{
	return str_is_utf8((const char *)text.data, text.len) || check_fail(c, "%s is not UTF-8", field);
}

static int compare_keys(const void *left, const void *right)
{
	ProtobufCBinaryData a = (*(const Otlp__KeyValue *const *)left)->key;
	ProtobufCBinaryData b = (*(const Otlp__KeyValue *const *)right)->key;
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common ? memcmp(a.data, b.data, common) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

static bool grow_sorted(struct check *c, size_t count)
{
	const Otlp__KeyValue **sorted;

	if (count <= c->sorted_cap)
		return true;
	sorted = realloc(c->sorted, count * sizeof(*sorted));
	if (!sorted) {
		check_fail(c, "out of memory");
		c->verdict = OTLP_NO_MEMORY;
		return false;
	}
	c->sorted = sorted;
	c->sorted_cap = count;
	return true;
}

static bool check_keys_differ(struct check *c, Otlp__KeyValue *const *attributes, size_t count)
{
	if (count < 2)
		return true;
	if (!grow_sorted(c, count))
		return false;
	for (size_t i = 0; i < count; i++)
		c->sorted[i] = attributes[i];
	qsort(c->sorted, count, sizeof(*c->sorted), compare_keys);
	for (size_t i = 1; i < count; i++) {
		if (compare_keys(&c->sorted[i - 1], &c->sorted[i]) == 0)
			return fail_at_key(c, c->sorted[i]->key, "comes twice");
	}
	return true;
}

static bool check_list(struct check *c, ProtobufCBinaryData key, const Otlp__ArrayValue *list)
{
	for (size_t i = 0; i < list->n_values; i++) {
		if (!check_value(c, key, list->values[i]))
			return false;
	}
	return true;
}

static bool check_value(struct check *c, ProtobufCBinaryData key, const Otlp__AnyValue *value)
{
	switch (value ? value->value_case : OTLP__ANY_VALUE__VALUE__NOT_SET) {
	case OTLP__ANY_VALUE__VALUE_STRING_VALUE:
		return str_is_utf8((const char *)value->string_value.data, value->string_value.len) ||
		       fail_at_key(c, key, "has a text that is not UTF-8");
	case OTLP__ANY_VALUE__VALUE_ARRAY_VALUE:
		return check_list(c, key, value->array_value);
	case OTLP__ANY_VALUE__VALUE_KVLIST_VALUE:
		return check_attributes(c, value->kvlist_value->values, value->kvlist_value->n_values);
	default:
		return true;
	}
}

bool check_attributes(struct check *c, Otlp__KeyValue *const *attributes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!attributes[i]->key.len)
			return check_fail(c, "attribute %zu has an empty key", i);
		if (!str_is_utf8((const char *)attributes[i]->key.data, attributes[i]->key.len))
			return fail_at_key(c, attributes[i]->key, "has a key that is not UTF-8");
		if (!check_value(c, attributes[i]->key, attributes[i]->value))
			return false;
	}
	return check_keys_differ(c, attributes, count);
}

void check_end(struct check *c)
{
	free(c->sorted);
}

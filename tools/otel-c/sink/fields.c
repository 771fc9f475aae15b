/* SPDX-License-Identifier: Apache-2.0
 *
 * fields.c - one buffer for all of them; there are few enough to look through.
 */
#include "tools/otel-c/sink/fields.h"

#include <string.h>

void sink_fields_init(struct sink_fields *fields, size_t max)
{
	fields->count = 0;
	buf_init(&fields->text, max);
}

void sink_fields_fini(struct sink_fields *fields)
{
	buf_fini(&fields->text);
	fields->count = 0;
}

bool sink_fields_add(struct sink_fields *fields, const char *name, size_t name_len, const char *value, size_t value_len)
{
	if (!buf_reserve(&fields->text, name_len + value_len + 2))
		return false;
	buf_append(&fields->text, name, strnlen(name, name_len));
	buf_append_char(&fields->text, '\0');
	buf_append(&fields->text, value, strnlen(value, value_len));
	buf_append_char(&fields->text, '\0');
	fields->count++;
	return true;
}

bool sink_fields_put(struct sink_fields *fields, const char *name, const char *value)
{
	return sink_fields_add(fields, name, strlen(name), value, strlen(value));
}

bool sink_fields_next(const struct sink_fields *fields, size_t *cursor, struct sink_field *field)
{
	if (*cursor >= fields->text.len)
		return false;
	field->name = (const char *)fields->text.data + *cursor;
	field->value = field->name + strlen(field->name) + 1;
	*cursor += (size_t)(field->value - field->name) + strlen(field->value) + 1;
	return true;
}

const char *sink_fields_get(const struct sink_fields *fields, const char *name)
{
	struct sink_field field;
	size_t cursor = 0;

	while (sink_fields_next(fields, &cursor, &field))
		if (strcmp(field.name, name) == 0)
			return field.value;
	return NULL;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * memory_attrs.h - from OTLP bytes to the attributes that otel/memory.h shows. The bytes may be anything: what is
 * malformed or of an unexpected type is read as absent. All that is read is copied into the room, which may fail: look
 * there afterwards.
 */
#ifndef OTEL_SDK_MEMORY_ATTRS_H
#define OTEL_SDK_MEMORY_ATTRS_H

#include <otel/memory.h>

#include "sdk/memory_room.h"
#include "util/wire.h"

/* The next field, and the next of that number that is a message, text or bytes; false at the end. */
static inline bool memory_field(struct wire_reader *reader, struct wire_field *field)
{
	bool ok;

	return wire_next(reader, field, &ok);
}

static inline bool memory_next(struct wire_reader *reader, uint32_t number, struct wire_field *field)
{
	while (memory_field(reader, field))
		if (field->number == number && field->type == WIRE_LEN)
			return true;
	return false;
}

static inline struct wire_reader memory_inside(const struct wire_field *field)
{
	return wire_read(field->data, field->len);
}

static inline uint32_t memory_tag(const struct wire_field *field)
{
	return WIRE_TAG(field->number, field->type);
}

/* A zeroed element for each field of that number. */
void *memory_take_list(struct memory_room *room, struct wire_reader reader, uint32_t number, size_t size,
		       size_t *count);

/* Terminated. */
const char *memory_copy(struct memory_room *room, const struct wire_field *field);

/* The list at `number`; how many were dropped stands at the number after it. */
otel_memory_attrs memory_read_attrs(struct memory_room *room, struct wire_reader reader, uint32_t number);

#endif

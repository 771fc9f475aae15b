/* SPDX-License-Identifier: Apache-2.0
 *
 * signal.c - see the header.
 */
#include "tools/otel-c/send/signal.h"

#include <string.h>

#include "util/wire.h"

#define BIT(type) (1u << (type))

/* Fields that one kind of item alone has with that type: a span's times, kind and flags; a log record's times,
 * severity, flags and dropped attributes. */
static const struct {
	uint32_t signal;
	uint32_t types[17]; /* by number of the field */
} tells[] = {
	{OTEL_SIGNAL_TRACES,
	 {[6] = BIT(WIRE_VARINT), [7] = BIT(WIRE_FIXED64), [8] = BIT(WIRE_FIXED64), [16] = BIT(WIRE_FIXED32)}},
	{OTEL_SIGNAL_LOGS,
	 {[1] = BIT(WIRE_FIXED64),
	  [2] = BIT(WIRE_VARINT),
	  [7] = BIT(WIRE_VARINT),
	  [8] = BIT(WIRE_FIXED32),
	  [11] = BIT(WIRE_FIXED64)}},
};

static uint32_t of_field(const struct wire_field *field)
{
	for (size_t i = 0; i < sizeof tells / sizeof *tells; i++)
		if (field->number < sizeof tells[i].types / sizeof *tells[i].types &&
		    tells[i].types[field->number] & BIT(field->type))
			return tells[i].signal;
	return 0;
}

/* A metric has a name, and nothing but texts and messages. */
static uint32_t of_item(const uint8_t *item, size_t len)
{
	struct wire_reader reader = wire_read(item, len);
	struct wire_field field;
	bool has_name = false, ok;

	while (wire_next(&reader, &field, &ok)) {
		if (of_field(&field))
			return of_field(&field);
		has_name = has_name || (field.number == 1 && field.type == WIRE_LEN);
	}
	return ok && has_name ? OTEL_SIGNAL_METRICS : 0;
}

/* The lists lie in field 1 of the request, and twice in field 2. */
static uint32_t search(const uint8_t *data, size_t len, unsigned depth)
{
	struct wire_reader reader = wire_read(data, len);
	struct wire_field field;
	uint32_t signal = 0;
	bool ok;

	if (depth == 3)
		return of_item(data, len);
	while (!signal && wire_next(&reader, &field, &ok))
		if (field.number == (depth ? 2 : 1) && field.type == WIRE_LEN)
			signal = search(field.data, field.len, depth + 1);
	return signal;
}

uint32_t send_signal_of(const uint8_t *request, size_t len)
{
	return search(request, len, 0);
}

/* ---- names ---- */

static const struct {
	uint32_t signal;
	const char *name, *items, *variable;
} names[] = {
	{OTEL_SIGNAL_TRACES, "traces", "spans", "OTEL_TRACES_EXPORTER"},
	{OTEL_SIGNAL_METRICS, "metrics", "metrics", "OTEL_METRICS_EXPORTER"},
	{OTEL_SIGNAL_LOGS, "logs", "log records", "OTEL_LOGS_EXPORTER"},
};

const char *send_signal_items(uint32_t signal)
{
	return names[signal / 2].items;
}

const char *send_signal_variable(uint32_t signal)
{
	return names[signal / 2].variable;
}

uint32_t send_signal_named(const char *name)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(name, names[i].name) == 0)
			return names[i].signal;
	return 0;
}

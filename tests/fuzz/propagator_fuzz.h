/* SPDX-License-Identifier: Apache-2.0
 *
 * propagator_fuzz.h - any bytes as the header lines of a message, for the propagators of one module: what is read is
 * bounded, and what they write can stand in a header and is read as the same.
 */
#ifndef FUZZ_PROPAGATOR_H
#define FUZZ_PROPAGATOR_H

#include <otel/otel.h>
#include <otel/plugin.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MAX_LINES 128

/* ---- a message: lines of "name: value" ---- */

struct message {
	char *name[MAX_LINES];
	char *value[MAX_LINES];
	size_t count;
};

static inline const char *message_get(void *self, const char *name, size_t index)
{
	struct message *m = self;

	for (size_t i = 0; i < m->count; i++) {
		if (!strcasecmp(m->name[i], name) && !index--)
			return m->value[i];
	}
	return NULL;
}

static inline const char *message_key(void *self, size_t index)
{
	struct message *m = self;

	return index < m->count ? m->name[index] : NULL;
}

static inline void message_set(void *self, const char *name, const char *value)
{
	struct message *m = self;

	for (const char *p = name; *p; p++) {
		if (*p <= ' ' || *p > '~' || strchr("\"(),/:;<=>?@[\\]{}", *p))
			abort();
	}
	for (const char *p = value; *p; p++) {
		if ((unsigned char)*p < ' ' && *p != '\t')
			abort();
	}
	if (m->count == MAX_LINES)
		abort(); /* more than a baggage and an id can make */
	m->name[m->count] = strdup(name);
	m->value[m->count++] = strdup(value);
}

static inline void message_clear(struct message *m)
{
	while (m->count) {
		m->count--;
		free(m->name[m->count]);
		free(m->value[m->count]);
	}
}

static inline void message_read(struct message *m, const uint8_t *data, size_t size)
{
	while (size && m->count < MAX_LINES) {
		const uint8_t *end = memchr(data, '\n', size);
		size_t len = end ? (size_t)(end - data) : size;
		const uint8_t *colon = memchr(data, ':', len);
		size_t name_len = colon ? (size_t)(colon - data) : len;
		m->name[m->count] = strndup((const char *)data, name_len);
		m->value[m->count++] = colon ? strndup((const char *)colon + 1, len - name_len - 1) : strdup("");
		size -= len + (end != NULL);
		data += len + (end != NULL);
	}
}

/* ---- the propagators of the module ---- */

static const otel_propagator *propagators[4];
static void *states[4];
static size_t propagator_count;

static inline otel_status propagator_add(otel_setup *setup, otel_kind kind, const char *name, const void *vtable,
					 void *self)
{
	const otel_propagator *p = vtable;

	(void)setup;
	(void)name;
	(void)self;
	if (kind != OTEL_COMPONENT_PROPAGATOR)
		abort();
	states[propagator_count] = calloc(1, p->component.state_size);
	propagators[propagator_count++] = p;
	return OTEL_OK;
}

static inline void propagators_set_up(void)
{
	static otel_host host = {
		.size = sizeof host,
		.abi_major = OTEL_PLUGIN_ABI_MAJOR,
		.abi_minor = OTEL_PLUGIN_ABI_MINOR,
		.add = propagator_add,
		.context_ref = otel_context_ref,
		.context_unref = otel_context_unref,
		.context_span_context = otel_context_span_context,
		.context_tracestate = otel_context_tracestate,
		.context_with_span_context = otel_context_with_span_context,
		.context_baggage = otel_context_baggage,
		.context_with_baggage = otel_context_with_baggage,
		.baggage_with = otel_baggage_with,
		.baggage_unref = otel_baggage_unref,
		.baggage_value = otel_baggage_value,
		.context_value = otel_context_value,
		.context_with_value = otel_context_with_value,
		.baggage_count = otel_baggage_count,
		.baggage_at = otel_baggage_at,
	};

	if (propagator_count)
		return;
	if (otel_plugin_v1.setup(&host, NULL))
		abort();
	for (size_t i = 0; i < propagator_count; i++)
		propagators[i]->component.open(states[i], &host, NULL);
}

static inline void expect_same(const otel_context *a, const otel_context *b)
{
	otel_span_context x = otel_context_span_context(a);
	otel_span_context y = otel_context_span_context(b);

	/* Half of the trace id: not every format has room for more. */
	if (memcmp(x.trace_id + 8, y.trace_id + 8, 8) || memcmp(x.span_id, y.span_id, 8) ||
	    x.trace_flags != y.trace_flags)
		abort();
	if (otel_baggage_count(otel_context_baggage(b)) > otel_baggage_count(otel_context_baggage(a)))
		abort();
}

static inline void there_and_back(size_t i, otel_context *context)
{
	struct message again = {.count = 0};
	const otel_carrier carrier = {
		.size = sizeof carrier, .self = &again, .set = message_set, .get = message_get, .key = message_key};
	otel_span_context sc = otel_context_span_context(context);
	bool is_readable = memcmp(sc.trace_id + 8, (uint8_t[8]){0}, 8) != 0;
	otel_context *back;

	propagators[i]->inject(states[i], context, &carrier);
	back = propagators[i]->extract(states[i], NULL, &carrier);
	if (is_readable)
		expect_same(context, back);
	otel_context_unref(back);
	message_clear(&again);
}

static inline int propagator_fuzz(const uint8_t *data, size_t size)
{
	struct message message = {.count = 0};
	const otel_carrier carrier = {.size = sizeof carrier, .self = &message, .get = message_get, .key = message_key};

	propagators_set_up();
	message_read(&message, data, size);
	for (size_t i = 0; i < propagator_count; i++) {
		otel_context *context = propagators[i]->extract(states[i], NULL, &carrier);
		if (otel_baggage_count(otel_context_baggage(context)) > 64)
			abort();
		if (context)
			there_and_back(i, context);
		otel_context_unref(context);
	}
	message_clear(&message);
	return 0;
}

#endif

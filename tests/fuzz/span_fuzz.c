/* SPDX-License-Identifier: Apache-2.0
 *
 * span_fuzz.c - any calls on a span, in any order, with any keys and values: what is recorded is a valid OTLP span
 * within its limits, in which no key occurs twice. The bytes are read as calls: what, which key, how long a value, the
 * value.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/sdk/span_support.h"
#include "otlp/text/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ATTRS = 12, EVENTS = 4, LINKS = 3, EVENT_ATTRS = 3, LINK_ATTRS = 2 };

struct input {
	const uint8_t *at, *end;
};

static uint8_t take(struct input *in)
{
	return in->at < in->end ? *in->at++ : 0;
}

static struct msg take_text(struct input *in, size_t most)
{
	size_t len = take(in) % most;
	const uint8_t *text = in->at;

	if (len > (size_t)(in->end - in->at))
		len = (size_t)(in->end - in->at);
	in->at += len;
	return (struct msg){text, len};
}

/* Most of the time one of a few keys, so that they meet again. */
static struct msg take_key(struct input *in)
{
	static const char *const keys[] = {"a",        "b",    "key",        "http.request.method",
					   "url.path", "\xff", "key.longer", ""};
	const uint8_t which = take(in);

	if (which >= 200)
		return take_text(in, 64);
	return (struct msg){(const uint8_t *)keys[which % 8], strlen(keys[which % 8])};
}

static otel_attr take_attr(struct input *in)
{
	static const int64_t ints[] = {0, -1, INT64_MIN, 7};
	static const char *const strs[] = {"x", NULL, "\xc3\xa9\xc3\xa9", "\xff"};
	const struct msg key = take_key(in), value = take_text(in, 255);
	otel_attr attr = {.key = (const char *)key.p, .key_len = key.len, .type = take(in) % 14u};

	switch (attr.type) {
	case OTEL_ATTR_STRING:
	case OTEL_ATTR_BYTES:
		attr.value.str = (const char *)value.p;
		attr.count = value.len;
		break;
	case OTEL_ATTR_STRING_ARRAY:
		attr.value.strs = strs;
		attr.count = value.len % 5;
		break;
	case OTEL_ATTR_INT_ARRAY:
	case OTEL_ATTR_DOUBLE_ARRAY:
		attr.value.ints = ints;
		attr.count = value.len % 5;
		break;
	case OTEL_ATTR_BOOL_ARRAY:
	case OTEL_ATTR_ARRAY:
	case OTEL_ATTR_MAP:
		break; /* none, or one of nothing */
	case OTEL_ATTR_BOOL:
		attr.value.b = value.len & 1;
		break;
	default:
		attr.value.i = (int64_t)value.len;
	}
	return attr;
}

static void call(struct input *in, otel_span span)
{
	const uint8_t what = take(in);
	const struct msg key = take_key(in), value = take_text(in, 255);
	const otel_attr attrs[] = {take_attr(in), take_attr(in), take_attr(in), take_attr(in)};
	const size_t count = take(in) % 5;
	char text[256];

	memcpy(text, value.p, value.len);
	text[value.len] = '\0';
	const otel_link link = {.span_context = {.trace_id = {what}, .span_id = {1}},
				.tracestate = text,
				.attrs = attrs,
				.attr_count = count};
	switch (what % 10) {
	case 0:
		P->set_int(T, span, (const char *)key.p, key.len, (int64_t)count);
		break;
	case 1:
		P->set_bool(T, span, (const char *)key.p, key.len, count & 1);
		break;
	case 2:
		P->set_double(T, span, (const char *)key.p, key.len, (double)count);
		break;
	case 3:
		P->set_attrs(T, span, attrs, count);
		break;
	case 4:
		P->add_event(T, span, text, count, attrs, count);
		break;
	case 5:
		P->add_link(T, span, &link);
		break;
	case 6:
		P->update_name(T, span, text);
		break;
	case 7:
		P->set_status(T, span, (otel_status_code)count, text);
		break;
	case 8:
		P->record_exception(T, span, text, text, text, attrs, count);
		break;
	default:
		P->set_str(T, span, (const char *)key.p, key.len, (const char *)value.p, value.len);
	}
}

/* Puts what lies at `at` into a field of that number, in place; returns the new length. */
static size_t wrap(uint8_t *at, size_t len, uint32_t number)
{
	uint8_t head[16];
	uint8_t *end = wire_put_varint(wire_put_varint(head, WIRE_TAG(number, WIRE_LEN)), len);
	const size_t head_len = (size_t)(end - head);

	memmove(at + head_len, at, len);
	memcpy(at, head, head_len);
	return len + head_len;
}

/* The span as a request of its own, as a backend would get it. */
static void check(struct msg span)
{
	struct otlp_fault fault = {""};
	struct otlp_request *request = NULL;
	uint8_t *message = malloc(span.len + 64);

	if (!message)
		abort();
	memcpy(message, span.p, span.len);
	const size_t len = wrap(message, wrap(message, wrap(message, span.len, 2), 2), 1);
	if (otlp_request_decode(message, len, &request, &fault) != OTLP_GOOD ||
	    otlp_request_check(request, &fault) != OTLP_GOOD) {
		fprintf(stderr, "%s\n", fault.text);
		abort();
	}
	otlp_request_unref(request);
	free(message);
	if (msg_count(span, 9) > ATTRS || msg_count(span, 11) > EVENTS || msg_count(span, 13) > LINKS)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool ready;
	struct input in = {data, data + size};

	if (!ready) {
		struct provider_options options = test_options("always_on");
		options.limits = (struct span_limits){.attr_count = ATTRS,
						      .attr_value_len = 20,
						      .attr_depth = 3,
						      .event_count = EVENTS,
						      .link_count = LINKS,
						      .event_attr_count = EVENT_ATTRS,
						      .link_attr_count = LINK_ATTRS};
		test_provider_with(&options);
		ready = true;
	}
	const otel_span span = test_start("fuzzed");
	while (in.at < in.end)
		call(&in, span);
	test_end(span);
	if (test_take() != 1)
		abort();
	check(test_span(0));
	return 0;
}

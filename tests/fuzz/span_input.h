/* SPDX-License-Identifier: Apache-2.0
 *
 * span_input.h - bytes read as calls on spans, and what must hold of any span that comes of them.
 */
#ifndef TESTS_FUZZ_SPAN_INPUT_H
#define TESTS_FUZZ_SPAN_INPUT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/sdk/span_support.h"
#include "otlp/text/check.h"

struct input {
	const uint8_t *at, *end;
};

static inline uint8_t take(struct input *in)
{
	return in->at < in->end ? *in->at++ : 0;
}

static inline struct msg take_text(struct input *in, size_t most)
{
	size_t len = take(in) % most;
	const uint8_t *text = in->at;

	if (len > (size_t)(in->end - in->at))
		len = (size_t)(in->end - in->at);
	in->at += len;
	return (struct msg){text, len};
}

/* Most of the time one of a few keys, so that they meet again. */
static inline struct msg take_key(struct input *in)
{
	static const char *const keys[] = {"a",        "b",    "key",        "http.request.method",
					   "url.path", "\xff", "key.longer", ""};
	const uint8_t which = take(in);

	if (which >= 200)
		return take_text(in, 64);
	return (struct msg){(const uint8_t *)keys[which % 8], strlen(keys[which % 8])};
}

static inline otel_attr take_attr(struct input *in)
{
	static const int64_t ints[] = {0, -1, INT64_MIN, 7};
	static const char *const strs[] = {"x", NULL, "\xc3\xa9\xc3\xa9", "\xff"};
	static const otel_attr items[] = {
		{.key = "n", .key_len = 1, .value.i = -1, .type = OTEL_ATTR_INT},
		{.key = "\xff", .key_len = 1, .value.str = "\xc3\xa9\xff", .count = 3, .type = OTEL_ATTR_STRING},
		{.key = "n", .key_len = 1, .type = OTEL_ATTR_EMPTY},
	};
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
	case OTEL_ATTR_ARRAY:
	case OTEL_ATTR_MAP:
		attr.value.items = items;
		attr.count = value.len % 4;
		break;
	case OTEL_ATTR_BOOL_ARRAY:
		break; /* of nothing */
	case OTEL_ATTR_BOOL:
		attr.value.b = value.len & 1;
		break;
	default:
		attr.value.i = (int64_t)value.len;
	}
	return attr;
}

/* Puts what lies at `at` into a field of that number, in place; returns the new length. */
static inline size_t span_wrap(uint8_t *at, size_t len, uint32_t number)
{
	uint8_t head[16];
	uint8_t *end = wire_put_varint(wire_put_varint(head, WIRE_TAG(number, WIRE_LEN)), len);
	const size_t head_len = (size_t)(end - head);

	memmove(at + head_len, at, len);
	memcpy(at, head, head_len);
	return len + head_len;
}

/* The span as a request of its own, as a backend would get it. deep: each text and id too, which takes time. */
static inline void span_check(struct msg span, bool deep)
{
	struct otlp_fault fault = {""};
	struct otlp_request *request = NULL;
	uint8_t *message = malloc(span.len + 64);

	if (!message)
		abort();
	memcpy(message, span.p, span.len);
	const size_t len = span_wrap(message, span_wrap(message, span_wrap(message, span.len, 2), 2), 1);
	if (otlp_request_decode(message, len, &request, &fault) != OTLP_GOOD ||
	    (deep && otlp_request_check(request, &fault) != OTLP_GOOD)) {
		fprintf(stderr, "%s\n", fault.text);
		abort();
	}
	otlp_request_unref(request);
	free(message);
}

#endif

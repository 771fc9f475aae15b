/* SPDX-License-Identifier: Apache-2.0
 *
 * any_value_fuzz.c - values in values, built from the input: what comes out is an AnyValue that protobuf-c reads.
 */
#include <stdlib.h>
#include <string.h>

#include "otlp/proto/trace_service.pb-c.h"
#include "sdk/any_value.h"

#define NODES 512

struct maker {
	const uint8_t *data;
	size_t left;
	otel_attr nodes[NODES];
	size_t used;
};

static uint8_t next(struct maker *m)
{
	if (!m->left)
		return 0;
	m->left--;
	return *m->data++;
}

static otel_attr make(struct maker *m, int depth)
{
	otel_attr attr = {.reserved = 0};
	const size_t key_len = next(m) % 8;

	attr.key = key_len <= m->left ? (const char *)m->data : NULL;
	attr.key_len = attr.key ? key_len : 0;
	attr.type = next(m) % 14;
	attr.count = next(m) % 9;
	switch (attr.type) {
	case OTEL_ATTR_STRING:
	case OTEL_ATTR_BYTES:
		attr.value.bytes = attr.count <= m->left ? m->data : NULL;
		break;
	case OTEL_ATTR_ARRAY:
	case OTEL_ATTR_MAP:
		if (m->used + attr.count > NODES || depth > 100)
			return (otel_attr){.type = OTEL_ATTR_EMPTY};
		attr.value.items = &m->nodes[m->used];
		m->used += attr.count;
		for (size_t i = 0; i < attr.count; i++)
			m->nodes[(size_t)(attr.value.items - m->nodes) + i] = make(m, depth + 1);
		break;
	case OTEL_ATTR_BOOL:
		attr.value.b = next(m) & 1;
		break;
	default:
		if (attr.type >= OTEL_ATTR_STRING_ARRAY && attr.type <= OTEL_ATTR_DOUBLE_ARRAY)
			attr.count = 0;
		attr.value.i = next(m);
	}
	return attr;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct maker m;
	struct buf out;

	m.data = data;
	m.left = size;
	m.used = 0;
	const uint32_t limit = next(&m) % 16, depth = next(&m) % 70;
	const otel_attr attr = make(&m, 0);
	buf_init(&out, 1 << 20);
	if (attr.type >= OTEL_ATTR_STRING && attr.type <= OTEL_ATTR_EMPTY && any_value_encode(&out, &attr, limit, depth)) {
		Otlp__AnyValue *value =
			otlp__any_value__unpack(NULL, out.len, out.data);
		if (!value)
			abort();
		otlp__any_value__free_unpacked(value, NULL);
	}
	buf_fini(&out);
	return 0;
}

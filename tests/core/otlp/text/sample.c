/* SPDX-License-Identifier: Apache-2.0
 *
 * sample.c - building requests.
 */
#include "sample.h"

#include <stdlib.h>

#include "util/wire.h"

#define SAMPLE_MAX (64u * 1024 * 1024)

void sample_varint(struct buf *out, unsigned field, uint64_t value)
{
	uint8_t bytes[2 * WIRE_MAX_VARINT];
	uint8_t *end = wire_put_varint(bytes, WIRE_TAG(field, WIRE_VARINT));

	end = wire_put_varint(end, value);
	buf_append(out, bytes, (size_t)(end - bytes));
}

void sample_fixed64(struct buf *out, unsigned field, uint64_t value)
{
	uint8_t bytes[WIRE_MAX_VARINT + 8];
	uint8_t *end = wire_put_varint(bytes, WIRE_TAG(field, WIRE_FIXED64));

	end = wire_put_fixed64(end, value);
	buf_append(out, bytes, (size_t)(end - bytes));
}

void sample_fixed32(struct buf *out, unsigned field, uint32_t value)
{
	uint8_t bytes[WIRE_MAX_VARINT + 4];
	uint8_t *end = wire_put_varint(bytes, WIRE_TAG(field, WIRE_FIXED32));

	end = wire_put_fixed32(end, value);
	buf_append(out, bytes, (size_t)(end - bytes));
}

void sample_double(struct buf *out, unsigned field, double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof(bits));
	sample_fixed64(out, field, bits);
}

void sample_bytes(struct buf *out, unsigned field, const void *data, size_t len)
{
	uint8_t bytes[2 * WIRE_MAX_VARINT];
	uint8_t *end = wire_put_varint(bytes, WIRE_TAG(field, WIRE_LEN));

	end = wire_put_varint(end, len);
	buf_append(out, bytes, (size_t)(end - bytes));
	buf_append(out, data, len);
}

void sample_text(struct buf *out, unsigned field, const char *text)
{
	sample_bytes(out, field, text, strlen(text));
}

void sample_message(struct buf *out, unsigned field, struct buf *message)
{
	sample_bytes(out, field, message->data, message->len);
	buf_fini(message);
}

void sample_attribute(struct buf *out, unsigned field, const char *key, struct buf *value)
{
	struct buf pair;

	buf_init(&pair, SAMPLE_MAX);
	sample_text(&pair, 1, key);
	sample_message(&pair, 2, value);
	sample_message(out, field, &pair);
}

void sample_text_attribute(struct buf *out, unsigned field, const char *key, const char *text)
{
	struct buf value;

	buf_init(&value, SAMPLE_MAX);
	sample_text(&value, 1, text);
	sample_attribute(out, field, key, &value);
}

void sample_int_attribute(struct buf *out, unsigned field, const char *key, int64_t number)
{
	struct buf value;

	buf_init(&value, SAMPLE_MAX);
	sample_varint(&value, 3, (uint64_t)number);
	sample_attribute(out, field, key, &value);
}

static void append_id(struct buf *out, unsigned field, uint64_t id)
{
	uint8_t bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (uint8_t)(id >> (56 - 8 * i));
	sample_bytes(out, field, bytes, sizeof(bytes));
}

static void append_status(struct buf *out, const struct sample_span *span)
{
	struct buf status;

	if (!span->status && !span->status_message)
		return;
	buf_init(&status, SAMPLE_MAX);
	if (span->status_message)
		sample_text(&status, 2, span->status_message);
	sample_varint(&status, 3, span->status);
	sample_message(out, 15, &status);
}

void sample_span(struct buf *spans, const struct sample_span *span)
{
	struct buf out;

	buf_init(&out, SAMPLE_MAX);
	sample_bytes(&out, 1, span->trace_id ? span->trace_id : SAMPLE_TRACE_ID, 16);
	append_id(&out, 2, span->id);
	if (span->parent)
		append_id(&out, 4, span->parent);
	if (span->name)
		sample_text(&out, 5, span->name);
	sample_varint(&out, 6, span->kind ? span->kind : 1);
	sample_fixed64(&out, 7, SAMPLE_EPOCH_NS + span->start);
	sample_fixed64(&out, 8, SAMPLE_EPOCH_NS + span->end);
	append_status(&out, span);
	if (span->more) {
		buf_append(&out, span->more->data, span->more->len);
		buf_fini(span->more);
	}
	sample_message(spans, 2, &out);
}

void sample_request(struct buf *out, struct buf *spans)
{
	struct buf resource, scope, scope_spans, resource_spans;

	buf_init(&resource, SAMPLE_MAX);
	buf_init(&scope, SAMPLE_MAX);
	buf_init(&scope_spans, SAMPLE_MAX);
	buf_init(&resource_spans, SAMPLE_MAX);
	sample_text_attribute(&resource, 1, "service.name", "shop");
	sample_text_attribute(&resource, 1, "service.version", "1.4.0");
	sample_text_attribute(&resource, 1, "telemetry.distro.name", "aws");
	sample_text(&scope, 1, "shop.checkout");
	sample_text(&scope, 2, "1.4.0");
	sample_message(&scope_spans, 1, &scope);
	buf_append(&scope_spans, spans->data, spans->len);
	buf_fini(spans);
	sample_message(&resource_spans, 1, &resource);
	sample_message(&resource_spans, 2, &scope_spans);
	sample_message(out, 1, &resource_spans);
}

struct otlp_request *sample_decode(struct buf *spans)
{
	struct otlp_request *request = NULL;
	struct otlp_fault fault;
	struct buf bytes;

	buf_init(&bytes, SAMPLE_MAX);
	sample_request(&bytes, spans);
	if (otlp_request_decode(bytes.data, bytes.len, &request, &fault) != OTLP_GOOD)
		abort();
	buf_fini(&bytes);
	return request;
}

static void append_values(struct buf *out)
{
	struct buf value, list, element;

	sample_int_attribute(out, 9, "order.id", 1001);
	sample_text_attribute(out, 9, "order.note", "no sugar\nplease");
	buf_init(&value, 64);
	sample_varint(&value, 2, 1);
	sample_attribute(out, 9, "order.gift", &value);
	buf_init(&value, 64);
	sample_double(&value, 4, 12.5);
	sample_attribute(out, 9, "order.total", &value);
	buf_init(&value, 64);
	sample_bytes(&value, 7, "\x00\xff", 2);
	sample_attribute(out, 9, "order.digest", &value);
	buf_init(&value, 256);
	buf_init(&list, 256);
	buf_init(&element, 64);
	sample_text(&element, 1, "tea");
	sample_message(&list, 1, &element);
	sample_text(&element, 1, "milk");
	sample_message(&list, 1, &element);
	sample_message(&value, 5, &list);
	sample_attribute(out, 9, "order.items", &value);
}

static void append_exception(struct buf *out)
{
	struct buf event;

	buf_init(&event, 1024);
	sample_fixed64(&event, 1, SAMPLE_EPOCH_NS + 150000);
	sample_text(&event, 2, "exception");
	sample_text_attribute(&event, 3, "exception.type", "ShopError");
	sample_text_attribute(&event, 3, "exception.message", "no customer id");
	sample_text_attribute(&event, 3, "exception.stacktrace",
			      "at a()\nat b()\nat c()\nat d()\nat e()\nat f()\nat g()\nat h()\n");
	sample_message(out, 11, &event);
}

static void append_event_and_link(struct buf *out)
{
	struct buf event, link;

	buf_init(&event, 256);
	sample_fixed64(&event, 1, SAMPLE_EPOCH_NS + 2500000);
	sample_text(&event, 2, "stock_counted");
	sample_int_attribute(&event, 3, "stock.left", 7);
	sample_message(out, 11, &event);
	buf_init(&link, 256);
	sample_bytes(&link, 1, "\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11", 16);
	sample_bytes(&link, 2, "\x22\x22\x22\x22\x22\x22\x22\x22", 8);
	sample_message(out, 13, &link);
}

void sample_order(struct buf *spans)
{
	struct buf more;

	buf_init(&more, 4096);
	append_values(&more);
	sample_span(spans, &(struct sample_span){
				   .id = 1, .name = "create_order", .end = 12345678, .status = 1, .more = &more});
	append_event_and_link(&more);
	sample_span(spans, &(struct sample_span){.id = 3,
						 .parent = 1,
						 .name = "check_inventory",
						 .kind = 3,
						 .start = 2000000,
						 .end = 5000000,
						 .more = &more});
	append_exception(&more);
	sample_span(spans, &(struct sample_span){.id = 2,
						 .parent = 1,
						 .name = "validate_order",
						 .start = 100000,
						 .end = 900000,
						 .status = 2,
						 .status_message = "no customer id",
						 .more = &more});
	sample_span(spans,
		    &(struct sample_span){
			    .id = 4, .parent = 3, .name = "GET /stock", .kind = 2, .start = 2100000, .end = 4000000});
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * body_test.c - what is sent for a batch.
 */
#include "otlp/body.h"

#include <string.h>

#include "otlp/gzip.h"
#include "support/suite.h"
#include "util/wire.h"

static const uint8_t request[] = {0x0a, 0x02, 0x0a, 0x00}; /* one ResourceSpans with an empty resource */
static uint8_t zeros[4096];
static struct body body;
static const char *why;

static otel_batch batch_of(const uint8_t *data, size_t len)
{
	return (otel_batch){
		.size = sizeof(otel_batch), .signal = OTEL_SIGNAL_TRACES, .items = 1, .data = data, .len = len};
}

START_TEST(protobuf_is_sent_as_it_lies_there)
{
	const otel_batch batch = batch_of(request, sizeof request);
	ck_assert(body_make(&body, &batch, PROTOCOL_HTTP_PROTOBUF, false, &why));
	ck_assert_ptr_eq(body.data, request);
	ck_assert_uint_eq(body.len, sizeof request);
	ck_assert(!body.is_packed);
	body_fini(&body);
}
END_TEST

START_TEST(a_frame_stands_before_a_grpc_message)
{
	const otel_batch batch = batch_of(request, sizeof request);
	ck_assert(body_make(&body, &batch, PROTOCOL_GRPC, false, &why));
	ck_assert_uint_eq(body.len, 9);
	ck_assert_mem_eq(body.data, "\0\0\0\0\4\x0a\2\x0a\0", 9);
	body_fini(&body);
}
END_TEST

START_TEST(what_gets_smaller_is_packed_inside_the_frame)
{
	otel_batch batch = batch_of(zeros, sizeof zeros);
	ck_assert(gzip_open());
	ck_assert(body_make(&body, &batch, PROTOCOL_GRPC, true, &why));
	ck_assert(body.is_packed);
	ck_assert_uint_eq(body.data[0], 1);
	ck_assert_mem_eq(body.data + 5, "\x1f\x8b", 2);
	body_fini(&body);
	batch = batch_of(request, sizeof request); /* too small for that */
	ck_assert(body_make(&body, &batch, PROTOCOL_GRPC, true, &why));
	ck_assert(!body.is_packed);
	ck_assert_uint_eq(body.data[0], 0);
	body_fini(&body);
}
END_TEST

START_TEST(json_is_text)
{
	const otel_batch batch = batch_of(request, sizeof request);
	ck_assert(body_make(&body, &batch, PROTOCOL_HTTP_JSON, false, &why));
	ck_assert_uint_eq(body.data[0], '{');
	body_fini(&body);
}
END_TEST

START_TEST(what_is_no_request_cannot_be_json)
{
	const otel_batch batch = batch_of((const uint8_t *)"\xff", 1);
	ck_assert(!body_make(&body, &batch, PROTOCOL_HTTP_JSON, false, &why));
	ck_assert_str_eq(why, "it cannot be written as JSON");
	ck_assert(!body.is_too_large);
	ck_assert_ptr_null(body.made);
}
END_TEST

START_TEST(what_would_be_over_64_mib_as_json_is_too_large)
{
	static uint8_t large[(11 << 20) + 16];
	const size_t text = 11 << 20; /* each byte of it is six in JSON */
	uint8_t *p = wire_put_len_head(large, WIRE_TAG(1, WIRE_LEN), wire_len_size(text));
	p = wire_put_len_head(p, WIRE_TAG(3, WIRE_LEN), text);
	memset(p, 1, text);
	const otel_batch batch = batch_of(large, (size_t)(p - large) + text);
	ck_assert(!body_make(&body, &batch, PROTOCOL_HTTP_JSON, false, &why));
	ck_assert(body.is_too_large);
	ck_assert_ptr_null(body.made);
	ck_assert(body_make(&body, &batch, PROTOCOL_HTTP_PROTOBUF, false, &why));
	ck_assert(!body.is_too_large);
	body_fini(&body);
}
END_TEST

SUITE_MAIN("body", NULL, {protobuf_is_sent_as_it_lies_there, 0}, {a_frame_stands_before_a_grpc_message, 0},
	   {what_gets_smaller_is_packed_inside_the_frame, 0}, {json_is_text, 0}, {what_is_no_request_cannot_be_json, 0},
	   {what_would_be_over_64_mib_as_json_is_too_large, 0})

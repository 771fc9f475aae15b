/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_message_test.c - bodies of calls, well framed and not.
 */
#include "tools/otel-c/sink/grpc_message.h"

#include <string.h>
#include <zlib.h>

#include "support/suite.h"

static struct buf unpacked;
static struct view message;
static struct otlp_fault fault;

static unsigned take(const char *body, size_t len, struct sink_request request)
{
	request.body = (const uint8_t *)body;
	request.body_len = len;
	request.body_max = request.body_max ? request.body_max : 1000;
	buf_fini(&unpacked);
	buf_init(&unpacked, request.body_max);
	message = (struct view){NULL, 0};
	fault.text[0] = 0;
	return sink_grpc_message(&request, &unpacked, &message, &fault);
}

#define TAKE(bytes, ...) take(bytes, sizeof(bytes) - 1, (struct sink_request){__VA_ARGS__})

START_TEST(a_plain_message_is_what_stands_behind_its_prefix)
{
	ck_assert_uint_eq(TAKE("\0\0\0\0\3abc", 0), 0);
	ck_assert(view_equals(message, "abc"));
	ck_assert_uint_eq(TAKE("\0\0\0\0\0", 0), 0);
	ck_assert_uint_eq(message.len, 0);
}
END_TEST

START_TEST(bad_framing_is_an_internal_error)
{
	ck_assert_uint_eq(TAKE("", 0), SINK_GRPC_INTERNAL);
	ck_assert_uint_eq(TAKE("\0\0\0\0", 0), SINK_GRPC_INTERNAL);
	ck_assert_str_eq(fault.text, "no message came: the body is shorter than a prefix");
	ck_assert_uint_eq(TAKE("\2\0\0\0\1a", 0), SINK_GRPC_INTERNAL);
	ck_assert_str_eq(fault.text, "the first byte of the message's prefix is neither 0 nor 1");
	ck_assert_uint_eq(TAKE("\0\0\0\0\3ab", 0), SINK_GRPC_INTERNAL);
	ck_assert_str_eq(fault.text, "the message ends after 2 bytes, its prefix says 3");
	ck_assert_uint_eq(TAKE("\0\0\0\0\1ab", 0), SINK_GRPC_INTERNAL);
	ck_assert_ptr_nonnull(strstr(fault.text, "more than one message"));
	ck_assert_uint_eq(TAKE("\0\0\0\0\0\0\0\0\0\0", 0), SINK_GRPC_INTERNAL);
}
END_TEST

START_TEST(large_messages_exhaust_resources)
{
	ck_assert_uint_eq(TAKE("\0\0\0\3\xe9", 0), SINK_GRPC_RESOURCE_EXHAUSTED);
	ck_assert_str_eq(fault.text, "the message is larger than 1000 bytes, the most that is taken");
	ck_assert_uint_eq(TAKE("\0\xff\xff\xff\xff", 0), SINK_GRPC_RESOURCE_EXHAUSTED);
	ck_assert_uint_eq(TAKE("", .too_large = true), SINK_GRPC_RESOURCE_EXHAUSTED);
}
END_TEST

static size_t pack(char out[200], const char *text, size_t len)
{
	z_stream z = {.next_in = (z_const Bytef *)(uintptr_t)text, .avail_in = (uInt)len};

	ck_assert_int_eq(deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_out = (Bytef *)out + SINK_GRPC_PREFIX;
	z.avail_out = 200 - SINK_GRPC_PREFIX;
	ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	memcpy(out, "\1\0\0\0", 4);
	out[4] = (char)z.total_out;
	return SINK_GRPC_PREFIX + z.total_out;
}

START_TEST(gzip_is_unpacked_within_the_bound)
{
	static const char zeros[5000];
	char body[200];
	size_t len = pack(body, "some text", 9);

	ck_assert_uint_eq(take(body, len, (struct sink_request){.grpc_encoding = "gzip"}), 0);
	ck_assert(view_equals(message, "some text"));
	len = pack(body, zeros, 1000);
	ck_assert_uint_eq(take(body, len, (struct sink_request){.grpc_encoding = "gzip"}), 0);
	ck_assert_uint_eq(message.len, 1000);
	len = pack(body, zeros, sizeof zeros);
	ck_assert_uint_eq(take(body, len, (struct sink_request){.grpc_encoding = "gzip"}),
			  SINK_GRPC_RESOURCE_EXHAUSTED);
	ck_assert_str_eq(fault.text, "the message, unpacked, is larger than 1000 bytes, the most that is taken");
	ck_assert_uint_eq(TAKE("\1\0\0\0\3abc", .grpc_encoding = "gzip"), SINK_GRPC_INTERNAL);
	ck_assert_ptr_nonnull(strstr(fault.text, "grpc-encoding is gzip, but"));
}
END_TEST

START_TEST(a_packed_message_needs_an_encoding)
{
	ck_assert_uint_eq(TAKE("\1\0\0\0\3abc", 0), SINK_GRPC_INTERNAL);
	ck_assert_uint_eq(TAKE("\1\0\0\0\3abc", .grpc_encoding = "identity"), SINK_GRPC_INTERNAL);
	ck_assert_str_eq(fault.text, "the message is packed, but grpc-encoding does not say how");
	ck_assert_uint_eq(TAKE("\0\0\0\0\3abc", .grpc_encoding = "gzip"), 0);
	buf_fini(&unpacked);
}
END_TEST

SUITE_MAIN("sink_grpc_message", NULL, {a_plain_message_is_what_stands_behind_its_prefix, 0},
	   {bad_framing_is_an_internal_error, 0}, {large_messages_exhaust_resources, 0},
	   {gzip_is_unpacked_within_the_bound, 0}, {a_packed_message_needs_an_encoding, 0})

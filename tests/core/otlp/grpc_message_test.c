/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_message_test.c - frames of gRPC messages.
 */
#include "otlp/grpc_message.h"

#include <stdlib.h>
#include <string.h>

#include "otlp/grpc_inflate.h"
#include "otlp/gzip.h"
#include "support/suite.h"

static struct buf room;
static const uint8_t *out;
static size_t out_len;

static void set_up(void)
{
	buf_fini(&room);
	buf_init(&room, 1000);
}

static enum grpc_message read_body(const void *body, size_t len)
{
	return grpc_message_read(body, len, &room, &out, &out_len);
}

START_TEST(what_was_wrapped_is_read)
{
	size_t len;
	uint8_t *frame = grpc_message_wrap((const uint8_t *)"abc", 3, false, &len);
	ck_assert_uint_eq(len, 8);
	ck_assert_mem_eq(frame, "\0\0\0\0\3abc", 8);
	ck_assert_int_eq(read_body(frame, len), GRPC_MESSAGE_WHOLE);
	ck_assert_uint_eq(out_len, 3);
	ck_assert_mem_eq(out, "abc", 3);
	free(frame);
}
END_TEST

START_TEST(an_empty_message_is_one_and_an_empty_body_is_none)
{
	ck_assert_int_eq(read_body("\0\0\0\0\0", 5), GRPC_MESSAGE_WHOLE);
	ck_assert_uint_eq(out_len, 0);
	ck_assert_int_eq(read_body(NULL, 0), GRPC_MESSAGE_NONE);
}
END_TEST

START_TEST(what_is_cut_or_too_long_or_no_frame_is_broken)
{
	ck_assert_int_eq(read_body("\0\0\0\0", 4), GRPC_MESSAGE_BROKEN);
	ck_assert_int_eq(read_body("\0\0\0\0\3ab", 7), GRPC_MESSAGE_BROKEN);
	ck_assert_int_eq(read_body("\0\0\0\0\0\0\0\0\0\0", 10), GRPC_MESSAGE_BROKEN); /* two of them */
	ck_assert_int_eq(read_body("\2\0\0\0\0", 5), GRPC_MESSAGE_BROKEN);
	ck_assert_int_eq(read_body("\0\xff\xff\xff\xff", 5), GRPC_MESSAGE_BROKEN);
	ck_assert_int_eq(read_body("<html>", 6), GRPC_MESSAGE_BROKEN);
}
END_TEST

START_TEST(a_compressed_message_is_unpacked_as_far_as_there_is_room)
{
	static uint8_t plain[1000];
	size_t packed_len, len;
	ck_assert(gzip_open());
	uint8_t *packed = gzip_pack(plain, sizeof plain, &packed_len);
	uint8_t *frame = grpc_message_wrap(packed, packed_len, true, &len);
	ck_assert_int_eq(read_body(frame, len), GRPC_MESSAGE_PACKED); /* nobody asked for it */
	ck_assert(grpc_inflate_open());
	ck_assert_int_eq(read_body(frame, len), GRPC_MESSAGE_WHOLE);
	ck_assert_uint_eq(out_len, sizeof plain);
	set_up();
	room.max = 999;
	ck_assert_int_eq(read_body(frame, len), GRPC_MESSAGE_PACKED);
	free(frame);
	free(packed);
}
END_TEST

SUITE_MAIN("grpc_message", set_up, {what_was_wrapped_is_read, 0},
	   {an_empty_message_is_one_and_an_empty_body_is_none, 0}, {what_is_cut_or_too_long_or_no_frame_is_broken, 0},
	   {a_compressed_message_is_unpacked_as_far_as_there_is_room, 0})

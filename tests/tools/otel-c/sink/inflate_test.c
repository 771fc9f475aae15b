/* SPDX-License-Identifier: Apache-2.0
 *
 * inflate_test.c - gzip from strangers.
 */
#include "tools/otel-c/sink/inflate.h"

#include <string.h>
#include <zlib.h>

#include "support/suite.h"

#define TEXT "the quick brown fox jumps over the lazy dog, again and again and again"

/* Appends a gzip member that unpacks to `len` bytes of data, or of zeros when data is NULL. */
static void pack(struct buf *out, const char *data, size_t len)
{
	static const uint8_t zeros[4096];
	z_stream z = {0};
	int code = Z_OK;

	ck_assert_int_eq(deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
	while (code != Z_STREAM_END) {
		if (!z.avail_in && len) {
			z.next_in = (Bytef *)(uintptr_t)(data ? (const uint8_t *)data : zeros);
			z.avail_in = data ? (uInt)len : (uInt)(len < sizeof(zeros) ? len : sizeof(zeros));
			len -= z.avail_in;
		}
		ck_assert(buf_reserve(out, 4096));
		z.next_out = out->data + out->len;
		z.avail_out = 4096;
		code = deflate(&z, len ? Z_NO_FLUSH : Z_FINISH);
		out->len += 4096 - z.avail_out;
	}
	deflateEnd(&z);
}

static enum sink_inflate_result unpack(const struct buf *packed, struct buf *out, const char **why)
{
	*why = "";
	return sink_inflate(packed->data, packed->len, out, why);
}

START_TEST(what_was_packed_comes_back)
{
	struct buf packed, out;
	const char *why;

	buf_init(&packed, 65536);
	buf_init(&out, 65536);
	pack(&packed, TEXT, strlen(TEXT));
	ck_assert_int_eq(unpack(&packed, &out, &why), SINK_INFLATED);
	ck_assert_str_eq(buf_str(&out), TEXT);
	buf_fini(&packed);
	buf_fini(&out);
}
END_TEST

START_TEST(several_members_are_one_body)
{
	struct buf packed, out;
	const char *why;

	buf_init(&packed, 65536);
	buf_init(&out, 65536);
	pack(&packed, "one ", 4);
	pack(&packed, "two", 3);
	ck_assert_int_eq(unpack(&packed, &out, &why), SINK_INFLATED);
	ck_assert_str_eq(buf_str(&out), "one two");
	buf_fini(&packed);
	buf_fini(&out);
}
END_TEST

START_TEST(an_exact_fit_is_no_overflow_and_one_byte_more_is)
{
	struct buf packed, out;
	const char *why;

	buf_init(&packed, 65536);
	pack(&packed, TEXT, strlen(TEXT));
	buf_init(&out, strlen(TEXT));
	ck_assert_int_eq(unpack(&packed, &out, &why), SINK_INFLATED);
	ck_assert_uint_eq(out.len, strlen(TEXT));
	buf_fini(&out);
	buf_init(&out, strlen(TEXT) - 1);
	ck_assert_int_eq(unpack(&packed, &out, &why), SINK_INFLATE_TOO_LARGE);
	buf_fini(&packed);
	buf_fini(&out);
}
END_TEST

START_TEST(a_bomb_stops_at_the_bound)
{
	struct buf packed, out;
	const char *why;

	buf_init(&packed, 1024 * 1024);
	buf_init(&out, 1024 * 1024);
	pack(&packed, NULL, 100 * 1024 * 1024);
	ck_assert_uint_lt(packed.len, 200 * 1024);
	ck_assert_int_eq(unpack(&packed, &out, &why), SINK_INFLATE_TOO_LARGE);
	ck_assert_uint_le(out.len, 1024 * 1024);
	buf_fini(&packed);
	buf_fini(&out);
}
END_TEST

START_TEST(every_cut_and_other_bytes_are_told_apart)
{
	struct buf packed, out;
	const char *why;

	buf_init(&packed, 65536);
	buf_init(&out, 65536);
	pack(&packed, TEXT, strlen(TEXT));
	for (size_t len = 0; len < packed.len; len++) {
		why = "";
		ck_assert_int_eq(sink_inflate(packed.data, len, &out, &why), SINK_INFLATE_BROKEN);
		ck_assert_str_eq(why, "the gzip data ends too early");
		buf_clear(&out);
	}
	packed.data[0] ^= 1;
	ck_assert_int_eq(unpack(&packed, &out, &why), SINK_INFLATE_BROKEN);
	ck_assert_str_eq(why, "the body is not gzip");
	buf_fini(&packed);
	buf_fini(&out);
}
END_TEST

START_TEST(a_wrong_checksum_is_refused)
{
	struct buf packed, out;
	const char *why;

	buf_init(&packed, 65536);
	buf_init(&out, 65536);
	pack(&packed, TEXT, strlen(TEXT));
	packed.data[packed.len - 5] ^= 1;
	ck_assert_int_eq(unpack(&packed, &out, &why), SINK_INFLATE_BROKEN);
	buf_fini(&packed);
	buf_fini(&out);
}
END_TEST

SUITE_MAIN("sink_inflate", NULL, {what_was_packed_comes_back, 0}, {several_members_are_one_body, 0},
	   {an_exact_fit_is_no_overflow_and_one_byte_more_is, 0}, {a_bomb_stops_at_the_bound, 0},
	   {every_cut_and_other_bytes_are_told_apart, 0}, {a_wrong_checksum_is_refused, 0})

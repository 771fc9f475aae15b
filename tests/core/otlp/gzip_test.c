/* SPDX-License-Identifier: Apache-2.0
 *
 * gzip_test.c - what any of the libraries packs comes out of zlib again.
 */
#include "otlp/gzip.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "support/suite.h"

#define MOST ((size_t)5 << 20)

static uint8_t *data, *back;

static void setup(void)
{
	if (!data)
		data = malloc(MOST);
	if (!back)
		back = malloc(MOST);
}

/* As in batches: the same keys again and again, values that change. */
static void fill_telemetry(size_t len)
{
	char piece[96];

	for (size_t at = 0, i = 0; at < len; i++) {
		const int n = snprintf(piece, sizeof piece, "http.request.method GET url.path /item/%zu %zx",
				       i * 7919 % 1000, i * 2654435761u);
		const size_t part = (size_t)n < len - at ? (size_t)n : len - at;
		memcpy(data + at, piece, part);
		at += part;
	}
}

static void fill_noise(size_t len)
{
	uint64_t x = 88172645463325252u;

	for (size_t i = 0; i < len; i++) {
		x ^= x << 13, x ^= x >> 7, x ^= x << 17;
		data[i] = (uint8_t)(x >> 32);
	}
}

/* One member of gzip and nothing behind it; inflate() checks length and CRC. */
static void assert_unpacks(uint8_t *packed, size_t packed_len, size_t len)
{
	z_stream z = {.next_in = packed, .avail_in = (uInt)packed_len, .next_out = back, .avail_out = (uInt)MOST};

	ck_assert_int_eq(inflateInit2(&z, MAX_WBITS + 16), Z_OK);
	ck_assert_int_eq(inflate(&z, Z_FINISH), Z_STREAM_END);
	ck_assert_uint_eq(z.avail_in, 0);
	inflateEnd(&z);
	ck_assert_uint_eq(z.total_out, len);
	ck_assert_mem_eq(back, data, len);
}

static void each_level(void (*check)(void))
{
	for (size_t i = 0; gzip_codecs[i]; i++) {
		const struct gzip_codec *codec = gzip_codecs[i];
		for (size_t k = 0; k < 4 && codec->levels[k] >= 0; k++) {
			ck_assert_msg(gzip_use(codec, codec->levels[k]), "install %s", codec->library);
			ck_assert_str_eq(gzip_library(), codec->name);
			check();
		}
	}
}

/* First: afterwards one is open. */
START_TEST(the_fastest_library_of_the_build_is_opened)
{
	ck_assert_ptr_null(gzip_library());
	ck_assert(gzip_open());
	ck_assert_str_eq(gzip_library(), gzip_codecs[0]->name);
	ck_assert(gzip_open());
}
END_TEST

static void check_sizes(void)
{
	static const size_t sizes[] = {200, 1000, 4096, 65535, 65536, 65537, 300000, MOST};
	size_t packed_len;

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		fill_telemetry(sizes[i]);
		uint8_t *packed = gzip_pack(data, sizes[i], &packed_len);
		ck_assert_ptr_nonnull(packed);
		ck_assert_uint_lt(packed_len, sizes[i]);
		assert_unpacks(packed, packed_len, sizes[i]);
		free(packed);
	}
}

START_TEST(what_is_packed_unpacks_to_the_same_bytes)
{
	each_level(check_sizes);
}
END_TEST

static void check_small(void)
{
	size_t packed_len;

	memset(data, 'a', 400);
	for (size_t len = 0; len < 400; len++) {
		uint8_t *packed = gzip_pack(data, len, &packed_len);
		ck_assert(packed || len < 64);
		if (packed)
			assert_unpacks(packed, packed_len, len);
		free(packed);
	}
}

START_TEST(a_body_of_any_small_size_is_packed_or_left_as_it_is)
{
	each_level(check_small);
}
END_TEST

static void check_noise(void)
{
	size_t packed_len;

	for (size_t len = 1; len < 1 << 20; len = 2 * len + 1) {
		fill_noise(len);
		ck_assert_ptr_null(gzip_pack(data, len, &packed_len));
	}
}

START_TEST(what_would_not_shrink_is_left_as_it_is)
{
	each_level(check_noise);
}
END_TEST

static bool bind_nothing(void *library)
{
	(void)library;
	return false;
}

START_TEST(a_library_that_cannot_be_used_changes_nothing)
{
	static const char *const none[] = {NULL};
	struct gzip_codec codec = {.name = "x", .library = "libno-such-thing.so.0", .own = none, .bind = bind_nothing};

	ck_assert(gzip_open());
	const char *before = gzip_library();
	ck_assert(!gzip_use(&codec, 1));
	codec.library = "libz.so.1";
	ck_assert(!gzip_use(&codec, 1));
	ck_assert_str_eq(gzip_library(), before);
}
END_TEST

SUITE_MAIN("gzip", setup, {the_fastest_library_of_the_build_is_opened, 0},
	   {what_is_packed_unpacks_to_the_same_bytes, 0}, {a_body_of_any_small_size_is_packed_or_left_as_it_is, 0},
	   {what_would_not_shrink_is_left_as_it_is, 0}, {a_library_that_cannot_be_used_changes_nothing, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_inflate_test.c - unpacking what gzip packed, and nothing that is too much.
 */
#include "otlp/grpc_inflate.h"

#include <stdlib.h>
#include <string.h>

#include "otlp/gzip.h"
#include "support/suite.h"

static uint8_t plain[100000];
static uint8_t *packed;
static size_t packed_len;
static struct buf out;

static void set_up(void)
{
	free(packed);
	buf_fini(&out);
	ck_assert(gzip_open() && grpc_inflate_open());
	memset(plain, 'x', sizeof plain);
	packed = gzip_pack(plain, sizeof plain, &packed_len);
	ck_assert_ptr_nonnull(packed);
	buf_init(&out, sizeof plain);
}

START_TEST(what_was_packed_comes_out)
{
	ck_assert(grpc_inflate(&out, packed, packed_len));
	ck_assert_uint_eq(out.len, sizeof plain);
	ck_assert_mem_eq(out.data, plain, sizeof plain);
}
END_TEST

START_TEST(more_than_is_wanted_is_refused)
{
	out.max = sizeof plain - 1;
	ck_assert(!grpc_inflate(&out, packed, packed_len));
}
END_TEST

START_TEST(what_is_cut_or_damaged_is_refused)
{
	ck_assert(!grpc_inflate(&out, packed, packed_len - 1));
	packed[packed_len / 2] ^= 0x55;
	ck_assert(!grpc_inflate(&out, packed, packed_len));
	ck_assert(!grpc_inflate(&out, (const uint8_t *)"", 0));
}
END_TEST

SUITE_MAIN("grpc_inflate", set_up, {what_was_packed_comes_out, 0}, {more_than_is_wanted_is_refused, 0},
	   {what_is_cut_or_damaged_is_refused, 0})

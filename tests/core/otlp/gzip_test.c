/* SPDX-License-Identifier: Apache-2.0
 *
 * gzip_test.c - what is packed comes out again.
 */
#include "otlp/gzip.h"

#include <check.h>
#include <stdlib.h>
#include <zlib.h>

START_TEST(what_is_packed_unpacks_to_the_same_bytes)
{
	uint8_t data[10000];
	uint8_t back[sizeof data];
	size_t packed_len;
	for (size_t i = 0; i < sizeof data; i++)
		data[i] = (uint8_t)(i % 7);
	ck_assert(gzip_open());
	uint8_t *packed = gzip_pack(data, sizeof data, &packed_len);
	ck_assert_ptr_nonnull(packed);
	ck_assert_uint_lt(packed_len, sizeof data / 10);

	z_stream z = {.next_in = packed, .avail_in = (uInt)packed_len, .next_out = back, .avail_out = sizeof back};
	ck_assert_int_eq(inflateInit2(&z, MAX_WBITS + 16), Z_OK);
	ck_assert_int_eq(inflate(&z, Z_FINISH), Z_STREAM_END);
	inflateEnd(&z);
	ck_assert_uint_eq(z.total_out, sizeof data);
	ck_assert_mem_eq(back, data, sizeof data);
	free(packed);
}
END_TEST

START_TEST(what_would_not_shrink_is_left_as_it_is)
{
	size_t packed_len;
	ck_assert(gzip_open());
	ck_assert_ptr_null(gzip_pack((const uint8_t *)"abc", 3, &packed_len));
	ck_assert_ptr_null(gzip_pack((const uint8_t *)"", 0, &packed_len));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("gzip");
	TCase *tc = tcase_create("gzip");
	tcase_add_test(tc, what_is_packed_unpacks_to_the_same_bytes);
	tcase_add_test(tc, what_would_not_shrink_is_left_as_it_is);
	suite_add_tcase(suite, tc);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

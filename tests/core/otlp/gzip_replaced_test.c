/* SPDX-License-Identifier: Apache-2.0
 *
 * gzip_replaced_test.c - a program that brings a function of the fastest library: another one is used.
 */
#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>

#include "otlp/gzip.h"
#include "support/suite.h"

__attribute__((visibility("default"))) int isal_deflate_stateless(void *stream);
int isal_deflate_stateless(void *stream)
{
	(void)stream;
	abort();
}

__attribute__((visibility("default"))) void *libdeflate_alloc_compressor(int level);
void *libdeflate_alloc_compressor(int level)
{
	(void)level;
	abort();
}

START_TEST(a_library_whose_functions_the_program_replaces_is_passed_over)
{
	static const uint8_t data[1000];
	size_t packed_len;

	for (size_t i = 0; gzip_codecs[i] && gzip_codecs[i] != &gzip_zlib; i++)
		ck_assert(!gzip_use(gzip_codecs[i], 1));
	ck_assert(gzip_open());
	ck_assert_str_eq(gzip_library(), "zlib");
	uint8_t *packed = gzip_pack(data, sizeof data, &packed_len);
	ck_assert_ptr_nonnull(packed);
	free(packed);
}
END_TEST

SUITE_MAIN("gzip_replaced", NULL, {a_library_whose_functions_the_program_replaces_is_passed_over, 0})

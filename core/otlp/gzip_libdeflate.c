/* SPDX-License-Identifier: Apache-2.0
 *
 * gzip_libdeflate.c - libdeflate: compresses what is whole in memory, on any processor.
 */
#include <dlfcn.h>
#include <libdeflate.h>

#include "otlp/gzip.h"

static struct {
	__typeof__(&libdeflate_alloc_compressor) begin;
	__typeof__(&libdeflate_gzip_compress) run;
	__typeof__(&libdeflate_free_compressor) end;
} libdeflate;

static bool bind_libdeflate(void *library)
{
	*(void **)&libdeflate.begin = dlsym(library, "libdeflate_alloc_compressor");
	*(void **)&libdeflate.run = dlsym(library, "libdeflate_gzip_compress");
	*(void **)&libdeflate.end = dlsym(library, "libdeflate_free_compressor");
	return libdeflate.begin && libdeflate.run && libdeflate.end;
}

/* Its working memory is some hundred kilobytes: not kept between two batches. */
static size_t pack_libdeflate(int level, const uint8_t *data, size_t len, uint8_t *out, size_t cap)
{
	struct libdeflate_compressor *compressor = libdeflate.begin(level);

	if (!compressor)
		return 0;
	const size_t packed_len = libdeflate.run(compressor, data, len, out, cap);
	libdeflate.end(compressor);
	return packed_len;
}

static const char *const own[] = {"libdeflate_alloc_compressor", "libdeflate_deflate_compress", "libdeflate_crc32",
				  NULL};

const struct gzip_codec gzip_libdeflate = {.name = "libdeflate",
					   .library = "libdeflate.so.0",
					   .own = own,
					   .level = 1,
					   .levels = {1, 3, 6, -1},
					   .bind = bind_libdeflate,
					   .pack = pack_libdeflate};

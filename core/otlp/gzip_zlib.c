/* SPDX-License-Identifier: Apache-2.0
 *
 * gzip_zlib.c - zlib: the slowest, and everywhere.
 */
#include <dlfcn.h>
#include <zlib.h>

#include "otlp/gzip.h"

#define GZIP_WRAPPER 16 /* zlib: added to the window bits */

static struct {
	__typeof__(&deflateInit2_) init;
	__typeof__(&deflate) run;
	__typeof__(&deflateEnd) end;
} zlib;

static bool bind_zlib(void *library)
{
	*(void **)&zlib.init = dlsym(library, "deflateInit2_");
	*(void **)&zlib.run = dlsym(library, "deflate");
	*(void **)&zlib.end = dlsym(library, "deflateEnd");
	return zlib.init && zlib.run && zlib.end;
}

static size_t pack_zlib(int level, const uint8_t *data, size_t len, uint8_t *out, size_t cap)
{
	z_stream z = {
		.next_in = (Bytef *)(uintptr_t)data, .avail_in = (uInt)len, .next_out = out, .avail_out = (uInt)cap};

	if (zlib.init(&z, level, Z_DEFLATED, MAX_WBITS + GZIP_WRAPPER, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
		      (int)sizeof z) != Z_OK)
		return 0;
	const int result = zlib.run(&z, Z_FINISH);
	const size_t packed_len = cap - z.avail_out;
	zlib.end(&z);
	return result == Z_STREAM_END ? packed_len : 0;
}

static const char *const own[] = {"deflate", "crc32", NULL};

const struct gzip_codec gzip_zlib = {.name = "zlib",
				     .library = "libz.so.1",
				     .own = own,
				     .level = Z_BEST_SPEED,
				     .levels = {1, 3, 6, -1},
				     .bind = bind_zlib,
				     .pack = pack_zlib};

/* SPDX-License-Identifier: Apache-2.0
 *
 * gzip.c - one-shot compression with zlib. Telemetry is repetitive: the fastest level gets most of what there is.
 *
 * zlib is opened by those who compress: linked, it would lengthen every start, also of the many that do not.
 */
#include "otlp/gzip.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

#define GZIP_WRAPPER 16 /* zlib: added to the window bits */
#define ZLIB_LIBRARY "libz.so.1"

static struct {
	__typeof__(&deflateInit2_) init;
	__typeof__(&deflate) run;
	__typeof__(&deflateEnd) end;
} zlib;

bool gzip_open(void)
{
	if (zlib.end)
		return true;
	void *library = dlopen(ZLIB_LIBRARY, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	if (!library)
		return false;
	*(void **)&zlib.init = dlsym(library, "deflateInit2_");
	*(void **)&zlib.run = dlsym(library, "deflate");
	*(void **)&zlib.end = zlib.init && zlib.run ? dlsym(library, "deflateEnd") : NULL;
	return zlib.end;
}

static bool begin(z_stream *z)
{
	return zlib.init(z, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + GZIP_WRAPPER, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
			 (int)sizeof *z) == Z_OK;
}

uint8_t *gzip_pack(const uint8_t *data, size_t len, size_t *packed_len)
{
	z_stream z = {0};
	uint8_t *out = len && len < UINT_MAX ? malloc(len) : NULL;
	if (!out || !begin(&z))
		goto fail;
	z.next_in = (Bytef *)(uintptr_t)data;
	z.avail_in = (uInt)len;
	z.next_out = out;
	z.avail_out = (uInt)len;
	int result = zlib.run(&z, Z_FINISH);
	*packed_len = len - z.avail_out;
	zlib.end(&z);
	if (result == Z_STREAM_END)
		return out;
fail:
	free(out);
	return NULL;
}

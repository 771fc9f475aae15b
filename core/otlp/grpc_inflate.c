/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_inflate.c - unpacking with zlib, opened by those alone who ask for it: linked, it would lengthen every start.
 */
#include "otlp/grpc_inflate.h"

#include <dlfcn.h>
#include <limits.h>
#include <zlib.h>

#define GZIP_WRAPPER 16 /* zlib: added to the window bits */
#define ZLIB_LIBRARY "libz.so.1"

static struct {
	__typeof__(&inflateInit2_) init;
	__typeof__(&inflate) run;
	__typeof__(&inflateEnd) end;
} zlib;

bool grpc_inflate_open(void)
{
	if (zlib.end)
		return true;
	void *library = dlopen(ZLIB_LIBRARY, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	if (!library)
		return false;
	*(void **)&zlib.init = dlsym(library, "inflateInit2_");
	*(void **)&zlib.run = dlsym(library, "inflate");
	*(void **)&zlib.end = zlib.init && zlib.run ? dlsym(library, "inflateEnd") : NULL;
	return zlib.end;
}

bool grpc_inflate(struct buf *out, const uint8_t *data, size_t len)
{
	z_stream z = {.next_in = (Bytef *)(uintptr_t)data, .avail_in = (uInt)len};
	uint8_t piece[4096];
	int result = Z_OK;

	if (!zlib.end || len > UINT_MAX || zlib.init(&z, MAX_WBITS + GZIP_WRAPPER, ZLIB_VERSION, (int)sizeof z) != Z_OK)
		return false;
	while (result == Z_OK) {
		z.next_out = piece;
		z.avail_out = sizeof piece;
		result = zlib.run(&z, Z_NO_FLUSH);
		if (!buf_append(out, piece, sizeof piece - z.avail_out))
			result = Z_MEM_ERROR;
	}
	zlib.end(&z);
	return result == Z_STREAM_END;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * gzip.c - one-shot compression with zlib. Telemetry is repetitive: the fastest level gets most of what there is.
 */
#include "otlp/gzip.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

#define GZIP_WRAPPER 16 /* zlib: added to the window bits */

uint8_t *gzip_pack(const uint8_t *data, size_t len, size_t *packed_len)
{
	z_stream z = {0};
	uint8_t *out = len && len < UINT_MAX ? malloc(len) : NULL;
	if (!out || deflateInit2(&z, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + GZIP_WRAPPER, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		goto fail;
	z.next_in = (Bytef *)(uintptr_t)data;
	z.avail_in = (uInt)len;
	z.next_out = out;
	z.avail_out = (uInt)len;
	int result = deflate(&z, Z_FINISH);
	*packed_len = len - z.avail_out;
	deflateEnd(&z);
	if (result == Z_STREAM_END)
		return out;
fail:
	free(out);
	return NULL;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * inflate_fuzz.c - any bytes as a compressed request body: the result stays within its bound, a broken one is said to
 * be.
 */
#include <stdlib.h>

#include "tools/otel-c/sink/inflate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum { BOUND = 100000 };
	const char *why = NULL;
	struct buf out;

	buf_init(&out, BOUND);
	enum sink_inflate_result result = sink_inflate(data, size, &out, &why);
	if (out.len > BOUND || (result == SINK_INFLATE_BROKEN && !why))
		abort();
	buf_fini(&out);
	return 0;
}

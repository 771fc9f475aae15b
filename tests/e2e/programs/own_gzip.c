/* SPDX-License-Identifier: Apache-2.0
 *
 * own_gzip.c - one span, in a program that exports functions of every compressor, as one does that has them linked in.
 */
#include <otel/otel.h>
#include <stdlib.h>

#define OWN(name)                                                                                                      \
	__attribute__((visibility("default"))) void name(void);                                                        \
	void name(void)                                                                                                \
	{                                                                                                              \
		abort();                                                                                               \
	}

OWN(deflate)
OWN(isal_deflate_stateless)
OWN(libdeflate_alloc_compressor)

int main(void)
{
	otel_span_end(otel_span_start(otel_tracer("own_gzip", NULL), "one"));
	return 3;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * full_static.c - a program linked with -static: it cannot load anything.
 */
#include <otel/otel.h>
#include <stdio.h>

int main(void)
{
	otel_span a = otel_span_start(otel_tracer("t", NULL), "s");
	otel_span b = otel_span_start(otel_tracer("t", NULL), "s");

	printf("traced=%d\n", a.id || b.id);
	return 3;
}

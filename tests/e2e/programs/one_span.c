/* SPDX-License-Identifier: Apache-2.0
 *
 * one_span.c - the smallest traced program: one span, then exit, after argv[1] milliseconds if given.
 */
#include <otel/otel.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	otel_span span = otel_span_start(otel_tracer("one_span", NULL), "one");
	otel_span_set_int(span, "answer", 42);
	otel_span_end(span);
	if (argc > 1)
		usleep((useconds_t)atoi(argv[1]) * 1000);
	puts("done");
	return 3;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * decisions.c - starts one root span after the other, and prints each time that the sampler has changed its mind; ends
 * after argv[1] such lines, or after a minute.
 */
#include <otel/otel.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int lines = argc > 1 ? atoi(argv[1]) : 1, before = -1;

	for (int i = 0; i < 6000 && lines; i++) {
		otel_span span = otel_span_start(otel_tracer("decisions", NULL), "checkout");
		const int now = otel_span_is_recording(span);
		otel_span_end(span);
		if (now != before) {
			puts(now ? "kept" : "dropped");
			fflush(stdout);
			lines--;
		}
		before = now;
		usleep(10000);
	}
	return lines ? 1 : 0;
}

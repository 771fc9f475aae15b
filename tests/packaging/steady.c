/* SPDX-License-Identifier: Apache-2.0
 *
 * steady.c - a program that lives on while packages are installed: for each line it reads, one ended span of that name.
 */
#include <otel/otel.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
	char line[80];

	while (fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\n")] = '\0';
		otel_span_end(otel_span_start(otel_tracer("steady", NULL), line));
	}
	return 0;
}

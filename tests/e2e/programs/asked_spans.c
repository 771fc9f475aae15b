/* SPDX-License-Identifier: Apache-2.0
 *
 * asked_spans.c - for each line on stdin: a span of that name, as a server would make it; then all is flushed. Prints
 * the headers of the response that it would send, and whether the flush went well.
 */
#include <otel/otel.h>
#include <otel/sdk.h>
#include <stdio.h>
#include <string.h>

static void print_header(void *self, const char *name, const char *value)
{
	(void)self;
	printf("%s: %s\n", name, value);
}

static void serve(const char *name)
{
	const otel_carrier response = {.size = sizeof response, .set = print_header};

	OTEL_SPAN_WITH(span, otel_tracer("asked_spans", NULL), name, .kind = OTEL_KIND_SERVER);
	otel_inject_response(&response);
}

int main(void)
{
	char line[64];

	while (fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\n")] = '\0';
		serve(line);
		puts(otel_sdk_flush(50000) == OTEL_OK ? "flushed" : "failed");
		fflush(stdout);
	}
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * exec_fds.c - exports a span, then execs argv[1]…: what does the new program inherit?
 */
#include <otel/otel.h>
#include <otel/sdk.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	if (argc < 2 || otel_sdk_start(NULL) != OTEL_OK)
		return 2;
	otel_span_end(otel_span_start(otel_tracer("exec_fds", NULL), "before exec"));
	if (otel_sdk_flush(5000) != OTEL_OK)
		return 5;
	execvp(argv[1], argv + 1);
	return 6;
}

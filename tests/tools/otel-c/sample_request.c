/* SPDX-License-Identifier: Apache-2.0
 *
 * sample_request.c - writes an ExportTraceServiceRequest to stdout, for sink/sink_test.sh: `order` (4 good spans in one
 * trace), `twice` (a key that comes twice), `many N` (N spans, each a trace of its own).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

static void write_twice(struct buf *spans)
{
	struct buf more;

	buf_init(&more, 256);
	sample_text_attribute(&more, 9, "user.id", "1");
	sample_text_attribute(&more, 9, "user.id", "2");
	sample_span(spans, &(struct sample_span){.id = 1, .name = "login", .end = 1, .more = &more});
}

static void write_many(struct buf *spans, unsigned count)
{
	for (unsigned i = 1; i <= count; i++) {
		char id[16] = {1};
		memcpy(id + 8, &i, sizeof(i));
		sample_span(spans, &(struct sample_span){.trace_id = id, .id = i, .name = "one", .end = 1});
	}
}

int main(int argc, char **argv)
{
	struct buf spans, request;

	buf_init(&spans, 64 * 1024 * 1024);
	buf_init(&request, 64 * 1024 * 1024);
	if (argc == 2 && strcmp(argv[1], "order") == 0)
		sample_order(&spans);
	else if (argc == 2 && strcmp(argv[1], "twice") == 0)
		write_twice(&spans);
	else if (argc == 3 && strcmp(argv[1], "many") == 0)
		write_many(&spans, (unsigned)strtoul(argv[2], NULL, 10));
	else
		return 2;
	sample_request(&request, &spans);
	fwrite(request.data, 1, request.len, stdout);
	buf_fini(&request);
	return fflush(stdout) ? 1 : 0;
}

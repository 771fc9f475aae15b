/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_output.c - stdout, flushed after every line of JSON and every batch of trees.
 */
#include "sink_output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "otlp/text/json.h"

static void fail(struct sink_output *output, const char *why)
{
	if (!output->failed)
		fprintf(stderr, "otel-c sink: cannot write to standard output: %s\n", why);
	output->failed = true;
}

static void flush(struct sink_output *output)
{
	if (fflush(stdout) || ferror(stdout))
		fail(output, strerror(errno));
}

static void write_text(void *arg, const char *text, size_t len)
{
	struct sink_output *output = arg;

	if (!output->failed && fwrite(text, 1, len, stdout) != len)
		fail(output, strerror(errno));
}

bool sink_output_init(struct sink_output *output, bool json)
{
	struct tree_style style = {.colour = isatty(STDOUT_FILENO), .write = write_text, .arg = output};

	*output = (struct sink_output){.json = json};
	if (!json)
		output->gather = gather_create(&style);
	return json || output->gather;
}

void sink_output_fini(struct sink_output *output)
{
	gather_destroy(output->gather);
}

static void write_json(struct sink_output *output, const struct otlp_request *request)
{
	char *line = otlp_json_write(request->message);

	if (!line) {
		fail(output, "out of memory");
		return;
	}
	write_text(output, line, strlen(line));
	write_text(output, "\n", 1);
	free(line);
	flush(output);
}

void sink_output_take(struct sink_output *output, struct otlp_request *request, uint64_t now_ms)
{
	if (output->json)
		write_json(output, request);
	else if (!gather_add(output->gather, request, now_ms))
		fprintf(stderr, "otel-c sink: out of memory: some spans will not be shown\n");
}

void sink_output_idle(struct sink_output *output, uint64_t idle_since_ms)
{
	if (!output->gather)
		return;
	gather_print_idle(output->gather, idle_since_ms);
	flush(output);
}

void sink_output_rest(struct sink_output *output)
{
	sink_output_idle(output, UINT64_MAX);
}

bool sink_output_oldest(const struct sink_output *output, uint64_t *since_ms)
{
	return output->gather && gather_oldest(output->gather, since_ms);
}

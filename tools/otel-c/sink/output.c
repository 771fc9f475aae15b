/* SPDX-License-Identifier: Apache-2.0
 *
 * output.c - stdout and the tee, flushed after every line of JSON and every batch of trees.
 */
#include "tools/otel-c/sink/output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "otlp/text/json.h"

static void fail(struct sink_output *output, const FILE *stream, const char *why)
{
	if (!output->failed)
		fprintf(stderr, "otel-c sink: cannot write to %s: %s\n",
			stream == stdout ? "standard output" : "the file of --tee", why);
	output->failed = true;
}

static void flush(struct sink_output *output, FILE *stream)
{
	if (fflush(stream) || ferror(stream))
		fail(output, stream, strerror(errno));
}

static void write_text(void *arg, const char *text, size_t len)
{
	struct sink_output *output = arg;

	if (!output->failed && fwrite(text, 1, len, stdout) != len)
		fail(output, stdout, strerror(errno));
}

bool sink_output_init(struct sink_output *output, bool json, const char *tee)
{
	struct tree_style style = {.colour = isatty(STDOUT_FILENO), .write = write_text, .arg = output};

	*output = (struct sink_output){.lines = json ? stdout : NULL};
	if (tee && !(output->lines = fopen(tee, "we"))) {
		fprintf(stderr, "otel-c sink: --tee %s: %s\n", tee, strerror(errno));
		return false;
	}
	if (!json && !(output->gather = gather_create(&style))) {
		fprintf(stderr, "otel-c sink: out of memory\n");
		return false;
	}
	return true;
}

void sink_output_fini(struct sink_output *output)
{
	gather_destroy(output->gather);
	if (output->lines && output->lines != stdout)
		fclose(output->lines);
}

static void write_line(struct sink_output *output, otel_signal signal, const uint8_t *request, size_t len)
{
	struct buf line;

	buf_init(&line, SIZE_MAX - 1);
	if (!otlp_json_request(&line, signal, request, len) || !buf_append_char(&line, '\n'))
		fail(output, output->lines, "out of memory");
	else if (!output->failed && fwrite(line.data, 1, line.len, output->lines) != line.len)
		fail(output, output->lines, strerror(errno));
	else
		flush(output, output->lines);
	buf_fini(&line);
}

/* As they lie in memory: some may have been taken out. */
static void write_spans(struct sink_output *output, const struct otlp_request *request)
{
	const size_t len = otlp__export_trace_service_request__get_packed_size(request->message);
	uint8_t *bytes = malloc(len + 1);

	if (!bytes) {
		fail(output, output->lines, "out of memory");
		return;
	}
	otlp__export_trace_service_request__pack(request->message, bytes);
	write_line(output, OTEL_SIGNAL_TRACES, bytes, len);
	free(bytes);
}

void sink_output_take(struct sink_output *output, struct otlp_request *request, uint64_t now_ms)
{
	if (output->lines)
		write_spans(output, request);
	if (output->gather && !gather_add(output->gather, request, now_ms))
		fprintf(stderr, "otel-c sink: out of memory: some spans will not be shown\n");
}

bool sink_output_take_bytes(struct sink_output *output, otel_signal signal, const struct buf *request)
{
	if (output->lines)
		write_line(output, signal, request->data, request->len);
	return output->lines;
}

void sink_output_idle(struct sink_output *output, uint64_t idle_since_ms)
{
	if (!output->gather)
		return;
	gather_print_idle(output->gather, idle_since_ms);
	flush(output, stdout);
}

void sink_output_rest(struct sink_output *output)
{
	sink_output_idle(output, UINT64_MAX);
}

bool sink_output_oldest(const struct sink_output *output, uint64_t *since_ms)
{
	return output->gather && gather_oldest(output->gather, since_ms);
}

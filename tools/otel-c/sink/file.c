/* SPDX-License-Identifier: Apache-2.0
 *
 * file.c - an ExportTraceServiceRequest as it lies on a disk, or comes through a pipe.
 */
#include "tools/otel-c/sink/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "otlp/text/check.h"
#include "tools/otel-c/command.h"
#include "tools/otel-c/sink/exchange.h"

#define PIECE (64 * 1024)

/* Reads to the end. false: *why says what was wrong. */
static bool read_all(int fd, struct buf *out, const char **why)
{
	for (;;) {
		ssize_t got;
		if (!buf_reserve(out, PIECE)) {
			*why = "it is larger than a request may be, or memory is short";
			return false;
		}
		got = read(fd, out->data + out->len, PIECE);
		if (got > 0) {
			out->len += (size_t)got;
		} else if (got == 0) {
			return true;
		} else if (errno != EINTR) {
			*why = strerror(errno);
			return false;
		}
	}
}

static bool read_file(const char *path, struct buf *out, const char **why)
{
	int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	bool ok;

	if (fd < 0) {
		*why = strerror(errno);
		return false;
	}
	ok = read_all(fd, out, why);
	if (fd != STDIN_FILENO)
		close(fd);
	return ok;
}

int sink_file_print(struct sink_output *output, const char *path)
{
	struct otlp_request *request = NULL;
	struct otlp_fault fault;
	const char *why = NULL;
	struct buf bytes;

	buf_init(&bytes, SINK_BODY_MAX + PIECE);
	if (!read_file(path, &bytes, &why))
		goto out;
	why = fault.text;
	if (otlp_request_decode(bytes.data, bytes.len, &request, &fault) != OTLP_GOOD ||
	    otlp_request_check(request, &fault) != OTLP_GOOD)
		goto out;
	why = NULL;
	sink_output_take(output, request, 0);
	sink_output_rest(output);
out:
	if (why)
		fprintf(stderr, "otel-c sink: %s: %s\n", path, why);
	otlp_request_unref(request);
	buf_fini(&bytes);
	return why || output->failed ? EXIT_FAILED : EXIT_DONE;
}

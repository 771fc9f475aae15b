/* SPDX-License-Identifier: Apache-2.0
 *
 * input.c - JSON Lines as long as one likes, line by line; protobuf in one piece. A line may begin with a blank
 * one, which is also how protobuf begins: what is not clearly JSON is tried as protobuf first.
 */
#include "tools/otel-c/send/input.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "otlp/text/json.h"
#include "sdk/request_items.h"
#include "tools/otel-c/send/signal.h"

#define PIECE ((size_t)64 << 10)

void send_input_init(struct send_input *input, int fd, uint32_t signal)
{
	*input = (struct send_input){.fd = fd, .given_signal = signal};
	buf_init(&input->bytes, SEND_REQUEST_MAX + PIECE);
	buf_init(&input->request, SEND_REQUEST_MAX);
}

void send_input_fini(struct send_input *input)
{
	if (input->fd != STDIN_FILENO)
		close(input->fd);
	buf_fini(&input->bytes);
	buf_fini(&input->request);
}

static bool fail(struct otlp_fault *fault, const char *why)
{
	snprintf(fault->text, sizeof fault->text, "%s", why);
	return false;
}

/* One piece more; what is used makes room for it. */
static bool read_piece(struct send_input *input, struct otlp_fault *fault)
{
	struct buf *bytes = &input->bytes;
	ssize_t got;

	if (input->at) {
		bytes->len -= input->at;
		memmove(bytes->data, bytes->data + input->at, bytes->len);
		input->at = 0;
	}
	if (!buf_reserve(bytes, PIECE))
		return fail(fault, "a request is larger than 64 MiB, or memory is short");
	do
		got = read(input->fd, bytes->data + bytes->len, PIECE);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return fail(fault, strerror(errno));
	bytes->len += (size_t)got;
	input->at_end = got == 0;
	return true;
}

static bool read_all(struct send_input *input, struct otlp_fault *fault)
{
	while (!input->at_end)
		if (!read_piece(input, fault))
			return false;
	return true;
}

static bool is_blank(const char *text, size_t len)
{
	while (len && strchr(" \t\r\n", *text) && *text) {
		text++;
		len--;
	}
	return !len;
}

/* ---- protobuf ---- */

static bool begins_like_json(const struct buf *bytes)
{
	size_t at = 0;

	while (at < bytes->len && is_blank((const char *)bytes->data + at, 1))
		at++;
	return at == bytes->len || bytes->data[at] == '{';
}

static bool find_signal(const struct send_input *input, const uint8_t *request, size_t len, uint32_t *signal,
			uint32_t *items)
{
	const uint32_t told = send_signal_of(request, len);

	*signal = told && !input->given_signal ? told : input->given_signal;
	/* Without items they all look the same. */
	return request_count((otel_signal)(*signal ? *signal : OTEL_SIGNAL_TRACES), request, len, items) &&
	       (*signal || !*items);
}

static bool find_form(struct send_input *input, struct otlp_fault *fault)
{
	uint32_t signal, items;

	if (!read_piece(input, fault))
		return false;
	input->form = SEND_LINES;
	if (input->bytes.len && input->bytes.data[0] == '{')
		return true;
	if (!read_all(input, fault))
		return false;
	if (!begins_like_json(&input->bytes) ||
	    find_signal(input, input->bytes.data, input->bytes.len, &signal, &items))
		input->form = SEND_PROTOBUF;
	return true;
}

static enum send_got next_protobuf(struct send_input *input, struct otlp_fault *fault)
{
	struct buf *bytes = &input->bytes;

	if (input->at == bytes->len)
		return SEND_END;
	buf_clear(&input->request);
	buf_append(&input->request, bytes->data, bytes->len);
	input->at = bytes->len;
	if (!input->request.failed &&
	    find_signal(input, input->request.data, input->request.len, &input->signal, &input->items))
		return SEND_REQUEST;
	fail(fault, input->request.failed
			    ? "larger than 64 MiB, or memory is short"
			    : "neither OTLP JSON Lines nor a request of OTLP in protobuf that tells what it holds");
	return SEND_UNREADABLE;
}

/* ---- lines ---- */

static size_t line_len(const struct send_input *input)
{
	const uint8_t *from = input->bytes.data + input->at;
	const size_t len = input->bytes.len - input->at;
	const uint8_t *end = len ? memchr(from, '\n', len) : NULL;

	return end ? (size_t)(end - from) : len;
}

/* The next line that is not blank, still in `bytes`; len 0: there is none. */
static bool find_line(struct send_input *input, const char **line, size_t *len, struct otlp_fault *fault)
{
	for (;;) {
		*len = line_len(input);
		if (input->at + *len == input->bytes.len && !input->at_end) {
			if (!read_piece(input, fault))
				return false;
			continue;
		}
		if (input->at == input->bytes.len)
			return true;
		*line = (const char *)input->bytes.data + input->at;
		input->at += *len + (input->at + *len < input->bytes.len);
		input->line++;
		if (!is_blank(*line, *len))
			return true;
	}
}

static enum send_got next_line(struct send_input *input, struct otlp_fault *fault)
{
	const char *line = NULL;
	size_t len;

	if (!find_line(input, &line, &len, fault))
		return SEND_UNREADABLE;
	if (!len)
		return SEND_END;
	buf_clear(&input->request);
	input->signal = OTEL_SIGNAL_TRACES | OTEL_SIGNAL_METRICS | OTEL_SIGNAL_LOGS;
	if (otlp_json_read(&input->request, &input->signal, line, len, fault) != OTLP_GOOD)
		return SEND_BROKEN;
	if (!input->signal)
		fail(fault, "JSON, but without resourceSpans, resourceMetrics or resourceLogs");
	else if (request_count((otel_signal)input->signal, input->request.data, input->request.len, &input->items))
		return SEND_REQUEST;
	else
		fail(fault, "it makes no request");
	return SEND_BROKEN;
}

enum send_got send_input_next(struct send_input *input, struct otlp_fault *fault)
{
	if (input->form == SEND_UNKNOWN && !find_form(input, fault))
		return SEND_UNREADABLE;
	return input->form == SEND_LINES ? next_line(input, fault) : next_protobuf(input, fault);
}

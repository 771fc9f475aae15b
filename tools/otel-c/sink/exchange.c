/* SPDX-License-Identifier: Apache-2.0
 *
 * exchange.c - the checks a request goes through, in their order: path, method, encodings, size, meaning.
 */
#include "tools/otel-c/sink/exchange.h"

#include <string.h>

#include "tools/otel-c/sink/inflate.h"
#include "tools/otel-c/sink/refusal.h"

#define PATHS "/v1/traces, /v1/metrics or /v1/logs"

static const struct service {
	const char *path;
	otel_signal signal;
} services[] = {
	{"/v1/traces", OTEL_SIGNAL_TRACES},
	{"/v1/metrics", OTEL_SIGNAL_METRICS},
	{"/v1/logs", OTEL_SIGNAL_LOGS},
};

enum { SERVICES = sizeof services / sizeof *services };

static enum sink_encoding encoding_of(const char *content_type)
{
	const struct view type = sink_media_type(content_type);

	if (view_equals_nocase(type, "application/x-protobuf"))
		return SINK_PROTOBUF;
	if (view_equals_nocase(type, "application/json"))
		return SINK_JSON;
	return SINK_TEXT;
}

static unsigned check_place(const struct sink_request *r, struct sink_arrival *arrival, struct otlp_fault *fault)
{
	size_t i = 0;

	while (i < SERVICES && strcmp(services[i].path, r->path) != 0)
		i++;
	if (i == SERVICES)
		return sink_refuse_showing(fault, 404, "path", r->path, PATHS);
	if (strcmp(r->method, "POST") != 0)
		return sink_refuse_showing(fault, 405, "method", r->method, "POST");
	arrival->signal = services[i].signal;
	return 0;
}

static unsigned check_type(const struct sink_request *r, const struct sink_arrival *arrival, struct otlp_fault *fault)
{
	if (arrival->encoding == SINK_TEXT)
		return sink_refuse_showing(fault, 415, "Content-Type", r->content_type,
					   "application/x-protobuf or application/json");
	return 0;
}

static unsigned unpack(const struct sink_request *r, struct buf *unpacked, struct otlp_fault *fault)
{
	const char *why = "";

	switch (sink_inflate(r->body, r->body_len, unpacked, &why)) {
	case SINK_INFLATED:
		return 0;
	case SINK_INFLATE_TOO_LARGE:
		return sink_refuse(fault, 413, "the body unpacks to more than %zu bytes", r->body_max);
	case SINK_INFLATE_NO_MEMORY:
		return sink_refuse(fault, 503, "out of memory");
	default:
		return sink_refuse(fault, 400, "Content-Encoding is gzip, but %s", why);
	}
}

/* The body with its compression undone into `unpacked`. */
static unsigned take_body(const struct sink_request *r, struct buf *unpacked, struct view *body,
			  struct otlp_fault *fault)
{
	struct view coding = view_trim(view_of(r->content_encoding));
	unsigned status;

	if (r->too_large)
		return sink_refuse(fault, 413, "the body is larger than %zu bytes", r->body_max);
	*body = (struct view){(const char *)r->body, r->body_len};
	if (!coding.len || view_equals_nocase(coding, "identity"))
		return 0;
	if (!view_equals_nocase(coding, "gzip"))
		return sink_refuse_showing(fault, 415, "Content-Encoding", r->content_encoding, "gzip or identity");
	status = unpack(r, unpacked, fault);
	*body = (struct view){buf_str(unpacked), unpacked->len};
	return status;
}

static unsigned status_of(enum otlp_verdict verdict)
{
	static const unsigned statuses[] = {[OTLP_GOOD] = 0,
					    [OTLP_MALFORMED] = 400,
					    [OTLP_TOO_LARGE] = 413,
					    [OTLP_INVALID] = 400,
					    [OTLP_NO_MEMORY] = 503};

	return statuses[verdict];
}

bool sink_exchange(const struct sink_request *r, struct sink_answer *answer, struct sink_arrival *arrival,
		   struct otlp_fault *fault)
{
	struct view body = {NULL, 0};
	struct buf unpacked;
	unsigned status;

	*arrival = (struct sink_arrival){.encoding = encoding_of(r->content_type)};
	buf_init(&unpacked, r->body_max);
	status = check_place(r, arrival, fault);
	if (!status)
		status = check_type(r, arrival, fault);
	if (!status)
		status = take_body(r, &unpacked, &body, fault);
	if (!status)
		status = status_of(sink_arrival_read(arrival, body, fault));
	if (status)
		sink_answer_failure(answer, arrival->encoding, status, fault->text);
	else
		sink_answer_success(answer, arrival->encoding);
	buf_fini(&unpacked);
	return !status;
}

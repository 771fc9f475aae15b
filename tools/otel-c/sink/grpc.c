/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc.c - the checks a call goes through, in the order and with the statuses that gRPC's own servers have; where
 * they are lenient though the protocol is not, it is the protocol that counts.
 */
#include "tools/otel-c/sink/grpc.h"

#include <string.h>

#include "tools/otel-c/sink/grpc_message.h"
#include "tools/otel-c/sink/refusal.h"

#define MEDIA_TYPE "application/grpc"
#define PACKAGE    "/opentelemetry.proto.collector."

/* All zero: go on. */
struct refusal {
	unsigned grpc_status;
	unsigned http_status; /* 0: 200 */
};

static const struct service {
	const char *path;
	otel_signal signal;
} services[] = {
	{PACKAGE "trace.v1.TraceService/Export", OTEL_SIGNAL_TRACES},
	{PACKAGE "metrics.v1.MetricsService/Export", OTEL_SIGNAL_METRICS},
	{PACKAGE "logs.v1.LogsService/Export", OTEL_SIGNAL_LOGS},
};

/* application/grpc or application/grpc+proto, with or without parameters. */
static bool is_grpc(const char *content_type)
{
	const struct view type = sink_media_type(content_type);

	return view_equals_nocase(type, MEDIA_TYPE) || view_equals_nocase(type, MEDIA_TYPE "+proto");
}

/* One to eight digits and a unit. */
static bool is_timeout(const char *text)
{
	size_t digits = 0;

	while (char_is_digit(text[digits]))
		digits++;
	return digits && digits <= 8 && text[digits] && strchr("HMSmun", text[digits]) && !text[digits + 1];
}

static struct refusal check_http(const struct sink_request *r, struct otlp_fault *fault)
{
	if (strcmp(r->method, "POST") != 0)
		return (struct refusal){sink_refuse_showing(fault, SINK_GRPC_INTERNAL, ":method", r->method, "POST"),
					405};
	if (!is_grpc(r->content_type))
		return (struct refusal){sink_refuse_showing(fault, SINK_GRPC_INVALID_ARGUMENT, "content-type",
							    r->content_type, MEDIA_TYPE " or " MEDIA_TYPE "+proto"),
					415};
	return (struct refusal){0};
}

static unsigned check_head(const struct sink_request *r, struct sink_arrival *arrival, struct otlp_fault *fault)
{
	size_t i = 0;

	if (!r->te || !view_equals_nocase(view_trim(view_of(r->te)), "trailers"))
		return sink_refuse_showing(fault, SINK_GRPC_UNKNOWN, "te", r->te, "trailers");
	if (r->grpc_timeout && !is_timeout(r->grpc_timeout))
		return sink_refuse_showing(fault, SINK_GRPC_INTERNAL, "grpc-timeout", r->grpc_timeout,
					   "1 to 8 digits and one of H, M, S, m, u, n");
	while (i < sizeof services / sizeof *services && strcmp(services[i].path, r->path) != 0)
		i++;
	if (i == sizeof services / sizeof *services)
		return sink_refuse_showing(fault, SINK_GRPC_UNIMPLEMENTED, ":path", r->path,
					   "Export of OTLP's TraceService, MetricsService or LogsService");
	arrival->signal = services[i].signal;
	if (r->grpc_encoding && strcmp(r->grpc_encoding, "gzip") != 0 && strcmp(r->grpc_encoding, "identity") != 0)
		return sink_refuse_showing(fault, SINK_GRPC_UNIMPLEMENTED, "grpc-encoding", r->grpc_encoding,
					   "gzip or identity");
	return 0;
}

static unsigned status_of(enum otlp_verdict verdict)
{
	static const unsigned statuses[] = {[OTLP_GOOD] = SINK_GRPC_OK,
					    [OTLP_MALFORMED] = SINK_GRPC_INTERNAL,
					    [OTLP_TOO_LARGE] = SINK_GRPC_RESOURCE_EXHAUSTED,
					    [OTLP_INVALID] = SINK_GRPC_INVALID_ARGUMENT,
					    [OTLP_NO_MEMORY] = SINK_GRPC_UNAVAILABLE};

	return statuses[verdict];
}

static unsigned take_message(const struct sink_request *r, struct sink_arrival *arrival, struct otlp_fault *fault)
{
	struct view message = {NULL, 0};
	struct buf unpacked;
	unsigned status;

	buf_init(&unpacked, r->body_max);
	status = sink_grpc_message(r, &unpacked, &message, fault);
	if (!status)
		status = status_of(sink_arrival_read(arrival, message, fault));
	buf_fini(&unpacked);
	return status;
}

bool sink_grpc_exchange(const struct sink_request *r, struct sink_answer *answer, struct sink_arrival *arrival,
			struct otlp_fault *fault)
{
	struct refusal refusal;

	*arrival = (struct sink_arrival){.encoding = SINK_GRPC};
	refusal = check_http(r, fault);
	if (!refusal.grpc_status)
		refusal.grpc_status = check_head(r, arrival, fault);
	if (!refusal.grpc_status)
		refusal.grpc_status = take_message(r, arrival, fault);
	if (!refusal.grpc_status) {
		sink_answer_success(answer, SINK_GRPC);
		return true;
	}
	sink_answer_grpc(answer, refusal.grpc_status, fault->text);
	if (refusal.http_status)
		answer->status = refusal.http_status;
	return false;
}

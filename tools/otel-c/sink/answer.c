/* SPDX-License-Identifier: Apache-2.0
 *
 * answer.c - bodies of answers.
 */
#include "tools/otel-c/sink/answer.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "otlp/proto/otlp_proto.h"

#define BODY_MAX 4096

static const char *const content_types[] = {
	[SINK_PROTOBUF] = "application/x-protobuf",
	[SINK_JSON] = "application/json",
	[SINK_TEXT] = "text/plain; charset=utf-8",
	[SINK_GRPC] = "application/grpc",
};

/* google.rpc.Code for an HTTP status; clients of OTLP ignore it, people who read it do not. */
static int rpc_code(unsigned status)
{
	static const struct {
		unsigned status;
		int code;
	} rows[] = {{400, 3}, {404, 12}, {405, 12}, {413, 8}, {415, 3}, {503, 14}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].status == status)
			return rows[i].code;
	}
	return 2;
}

static void append_protobuf(struct buf *out, int code, const char *reason)
{
	Otlp__RpcStatus status;
	size_t size;

	otlp__rpc_status__init(&status);
	status.code = code;
	status.message = otlp_text_of(reason);
	size = otlp__rpc_status__get_packed_size(&status);
	if (buf_reserve(out, size))
		out->len += otlp__rpc_status__pack(&status, out->data + out->len);
}

static void append_json(struct buf *out, int code, const char *reason)
{
	json_t *status = json_pack("{s:i, s:s}", "code", code, "message", reason);
	char *text = status ? json_dumps(status, JSON_COMPACT) : NULL;

	if (text)
		buf_append_str(out, text);
	free(text);
	json_decref(status);
}

static void begin(struct sink_answer *answer, enum sink_encoding encoding, unsigned status)
{
	*answer = (struct sink_answer){.status = status,
				       .content_type = content_types[encoding],
				       .is_grpc = encoding == SINK_GRPC,
				       .has_message = encoding == SINK_GRPC};
	buf_init(&answer->body, BODY_MAX);
}

void sink_answer_success(struct sink_answer *answer, enum sink_encoding encoding)
{
	begin(answer, encoding, 200);
	if (encoding == SINK_JSON)
		buf_append_str(&answer->body, "{}");
}

/* The three responses differ in the name of the field only, which is none in protobuf. */
static void append_partial(struct buf *out, uint64_t rejected, const char *reason)
{
	Otlp__ExportTracePartialSuccess partial;
	Otlp__ExportTraceServiceResponse response;
	size_t size;

	otlp__export_trace_partial_success__init(&partial);
	partial.rejected_spans = (int64_t)rejected;
	partial.error_message = otlp_text_of(reason);
	otlp__export_trace_service_response__init(&response);
	response.partial_success = &partial;
	size = otlp__export_trace_service_response__get_packed_size(&response);
	if (buf_reserve(out, size))
		out->len += otlp__export_trace_service_response__pack(&response, out->data + out->len);
}

static const char *rejected_name(otel_signal signal)
{
	if (signal == OTEL_SIGNAL_TRACES)
		return "rejectedSpans";
	return signal == OTEL_SIGNAL_METRICS ? "rejectedDataPoints" : "rejectedLogRecords";
}

void sink_answer_partial(struct sink_answer *answer, enum sink_encoding encoding, otel_signal signal, uint64_t rejected,
			 const char *reason)
{
	begin(answer, encoding, 200);
	if (encoding == SINK_JSON)
		buf_printf(&answer->body, "{\"partialSuccess\":{\"%s\":\"%" PRIu64 "\",\"errorMessage\":\"%s\"}}",
			   rejected_name(signal), rejected, reason);
	else
		append_partial(&answer->body, rejected, reason);
}

void sink_answer_failure(struct sink_answer *answer, enum sink_encoding encoding, unsigned status, const char *reason)
{
	begin(answer, encoding == SINK_GRPC ? SINK_TEXT : encoding, status);
	if (encoding == SINK_PROTOBUF) {
		append_protobuf(&answer->body, rpc_code(status), reason);
	} else if (encoding == SINK_JSON) {
		append_json(&answer->body, rpc_code(status), reason);
	} else {
		buf_append_str(&answer->body, reason);
		buf_append_char(&answer->body, '\n');
	}
}

void sink_answer_grpc(struct sink_answer *answer, unsigned grpc_status, const char *reason)
{
	begin(answer, SINK_GRPC, 200);
	answer->has_message = false;
	answer->grpc_status = grpc_status;
	snprintf(answer->grpc_message, sizeof answer->grpc_message, "%s", reason);
}

void sink_answer_retry_after(const struct sink_answer *answer, char out[SINK_RETRY_AFTER_MAX])
{
	const time_t at = time(NULL) + (time_t)answer->retry_after;
	struct tm fields;

	if (!answer->retry_after_is_date) {
		snprintf(out, SINK_RETRY_AFTER_MAX, "%" PRIu64, answer->retry_after);
		return;
	}
	gmtime_r(&at, &fields);
	strftime(out, SINK_RETRY_AFTER_MAX, "%a, %d %b %Y %H:%M:%S GMT", &fields); /* in English: no locale is set */
}

void sink_answer_fini(struct sink_answer *answer)
{
	buf_fini(&answer->body);
}

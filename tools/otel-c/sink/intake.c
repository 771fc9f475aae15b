/* SPDX-License-Identifier: Apache-2.0
 *
 * intake.c - the way of a request through the sink, and the counters along it.
 */
#include "tools/otel-c/sink/intake.h"

#include <inttypes.h>
#include <stdio.h>

#include "tools/otel-c/sink/fault.h"
#include "tools/otel-c/sink/grpc.h"
#include "tools/otel-c/sink/headers.h"
#include "util/clock.h"

#define HEADERS_MAX (128 * 1024)

static void on_header(void *self, const struct sink_request *request, const char *name, const char *value)
{
	struct sink_intake *intake = self;

	if (!intake->headers.len)
		sink_headers_begin(&intake->headers, request->method, request->path);
	if (name) {
		sink_headers_add(&intake->headers, name, value);
		return;
	}
	fprintf(stderr, "%s\n", buf_str(&intake->headers));
	buf_clear(&intake->headers);
}

static void take_spans(struct sink_intake *intake, struct otlp_request *came, uint64_t now)
{
	intake->spans += came->spans;
	intake->copied += sink_copies_add(&intake->copies, came->message);
	sink_output_take(&intake->output, came, now);
	if (intake->until_spans && intake->spans >= intake->until_spans && !intake->enough_at_ms)
		intake->enough_at_ms = now;
}

static void take_others(struct sink_intake *intake, const struct sink_arrival *arrival)
{
	uint64_t *counter = arrival->signal == OTEL_SIGNAL_METRICS ? &intake->data_points : &intake->log_records;

	if (!sink_output_take_bytes(&intake->output, arrival->signal, &arrival->request) && !*counter && arrival->items)
		fprintf(stderr, "otel-c sink: %s are counted; --json and --tee print them\n",
			sink_items_of(arrival->signal));
	*counter += arrival->items;
}

static void tell_refusal(const struct sink_answer *answer, const struct otlp_fault *fault)
{
	if (answer->is_grpc && answer->status == 200)
		fprintf(stderr, "otel-c sink: answered grpc-status %u: %s\n", answer->grpc_status, fault->text);
	else
		fprintf(stderr, "otel-c sink: answered %u: %s\n", answer->status, fault->text);
}

static void on_request(void *self, const struct sink_request *request, struct sink_answer *answer)
{
	struct sink_intake *intake = self;
	struct sink_arrival arrival;
	struct otlp_fault fault;
	const struct sink_fail *fail;

	if (!(request->is_grpc ? sink_grpc_exchange : sink_exchange)(request, answer, &arrival, &fault)) {
		tell_refusal(answer, &fault);
		return;
	}
	fail = sink_fail_next(intake->fail, SINK_FAIL_ANSWERING, request->is_grpc);
	if (fail) {
		sink_fault_apply(fail, &arrival, answer, fault.text, sizeof fault.text);
		fprintf(stderr, "otel-c sink: --fail: %s\n", fault.text);
	}
	if (sink_fail_wants_connection(intake->fail, request->is_grpc))
		sink_fault_part(answer);
	if (arrival.spans)
		take_spans(intake, arrival.spans, clock_mono_ms());
	else if (arrival.request.len)
		take_others(intake, &arrival);
	sink_arrival_fini(&arrival);
}

static struct sink_welcome on_connection(void *self, bool is_grpc)
{
	struct sink_intake *intake = self;
	const struct sink_fail *fail = sink_fail_next(intake->fail, SINK_FAIL_CONNECTING, is_grpc);
	struct sink_welcome welcome = {0};
	char said[100];

	if (!fail)
		return welcome;
	welcome = sink_fault_welcome(fail, said, sizeof said);
	fprintf(stderr, "otel-c sink: --fail: %s\n", said);
	return welcome;
}

void sink_intake_init(struct sink_intake *intake, struct sink_fail_plan *fail, uint64_t until_spans)
{
	*intake = (struct sink_intake){.fail = fail, .until_spans = until_spans};
	buf_init(&intake->headers, HEADERS_MAX);
}

void sink_intake_fini(struct sink_intake *intake)
{
	buf_fini(&intake->headers);
	sink_copies_fini(&intake->copies);
}

struct sink_handler sink_intake_handler(struct sink_intake *intake, bool show_headers)
{
	return (struct sink_handler){
		.self = intake,
		.answer = on_request,
		.welcome = on_connection,
		.header = show_headers ? on_header : NULL,
	};
}

void sink_intake_tell(const struct sink_intake *intake)
{
	fprintf(stderr, "otel-c sink: %" PRIu64 " spans, %" PRIu64 " copies", intake->spans, intake->copied);
	if (intake->data_points)
		fprintf(stderr, ", %" PRIu64 " data points", intake->data_points);
	if (intake->log_records)
		fprintf(stderr, ", %" PRIu64 " log records", intake->log_records);
	fputc('\n', stderr);
	if (intake->copies.is_full)
		fprintf(stderr, "otel-c sink: only copies of the first %zu spans were looked for\n",
			intake->copies.used);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * fault_test.c - good requests that --fail spoils.
 */
#include "tools/otel-c/sink/fault.h"

#include <string.h>

#include "sample.h"
#include "support/suite.h"
#include "tools/otel-c/sink/grpc.h"
#include "tools/otel-c/sink/grpc_message.h"

static struct sink_answer answer;
static struct sink_arrival arrival;
static char said[800];

#define REASON "as --fail says"

#define PROTOBUF "application/x-protobuf"

static void apply_to(const char *spec, const struct sink_request *request)
{
	struct otlp_fault fault;
	struct sink_fail_plan plan;

	sink_arrival_fini(&arrival);
	sink_answer_fini(&answer);
	ck_assert((request->is_grpc ? sink_grpc_exchange : sink_exchange)(request, &answer, &arrival, &fault));
	ck_assert_msg(sink_fail_parse(&plan, spec, said, sizeof said), "%s", said);
	sink_fault_apply(sink_fail_next(&plan, SINK_FAIL_ANSWERING, request->is_grpc), &arrival, &answer, said,
			 sizeof said);
}

/* Four spans, and what the element makes of them. */
static void apply(const char *spec, const char *content_type)
{
	struct buf spans, body;
	struct sink_request request = {
		.method = "POST", .path = "/v1/traces", .content_type = content_type, .body_max = SINK_BODY_MAX};

	buf_init(&spans, 65536);
	buf_init(&body, 65536);
	sample_order(&spans);
	sample_request(&body, &spans);
	request.body = body.data;
	request.body_len = body.len;
	if (strcmp(content_type, "application/json") == 0) {
		request.body = (const uint8_t *)"{}";
		request.body_len = 2;
	}
	apply_to(spec, &request);
	buf_fini(&body);
}

/* Three log records, by gRPC. */
static void apply_grpc(const char *spec)
{
	static const uint8_t body[] = {0, 0, 0, 0, 10, 0x0a, 8, 0x12, 6, 0x12, 0, 0x12, 0, 0x12, 0};

	apply_to(spec, &(struct sink_request){.method = "POST",
					      .path = "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
					      .content_type = "application/grpc",
					      .te = "trailers",
					      .is_grpc = true,
					      .body = body,
					      .body_len = sizeof body,
					      .body_max = SINK_GRPC_MESSAGE_MAX});
}

START_TEST(a_status_refuses_all)
{
	apply("429:2", PROTOBUF);
	ck_assert_uint_eq(answer.status, 429);
	ck_assert(answer.has_retry_after);
	ck_assert_uint_eq(answer.retry_after, 2);
	ck_assert_uint_eq(arrival.items, 0);
	ck_assert_ptr_null(arrival.spans);
	ck_assert_str_eq(said, "answered 429, Retry-After: 2: refused 4 spans");
	apply("503", PROTOBUF);
	ck_assert(!answer.has_retry_after);
	ck_assert_str_eq(said, "answered 503: refused 4 spans");
}
END_TEST

START_TEST(partial_success_rejects_so_many)
{
	Otlp__ExportTraceServiceResponse *response;

	apply("partial:3", PROTOBUF);
	ck_assert_uint_eq(answer.status, 200);
	response = otlp__export_trace_service_response__unpack(NULL, answer.body.len, answer.body.data);
	ck_assert_ptr_nonnull(response);
	ck_assert_int_eq(response->partial_success->rejected_spans, 3);
	ck_assert(otlp_text_is(response->partial_success->error_message, "as --fail says"));
	otlp__export_trace_service_response__free_unpacked(response, NULL);
	ck_assert_uint_eq(arrival.items, 1);
	ck_assert_uint_eq(arrival.spans->spans, 1);
	ck_assert_str_eq(said, "answered 200: rejected 3 of 4 spans");
}
END_TEST

START_TEST(no_more_are_rejected_than_came)
{
	apply("partial:9", PROTOBUF);
	ck_assert_uint_eq(arrival.items, 0);
	ck_assert_uint_eq(arrival.spans->spans, 0);
	apply("partial:9", "application/json");
	ck_assert_str_eq(buf_str(&answer.body),
			 "{\"partialSuccess\":{\"rejectedSpans\":\"0\",\"errorMessage\":\"as --fail says\"}}");
}
END_TEST

START_TEST(connections_are_reset_or_left_open_without_taking_anything)
{
	apply("reset", PROTOBUF);
	ck_assert_int_eq(answer.manner.end, SINK_RESET);
	ck_assert_uint_eq(arrival.items, 0);
	apply("hang", PROTOBUF);
	ck_assert_int_eq(answer.manner.end, SINK_SILENT);
	ck_assert_uint_eq(answer.manner.delay_ms, 0);
	ck_assert_ptr_null(arrival.spans);
}
END_TEST

START_TEST(lost_and_late_answers_are_to_requests_that_were_taken)
{
	apply("drop-reply", PROTOBUF);
	ck_assert_int_eq(answer.manner.end, SINK_CLOSED);
	ck_assert_uint_eq(arrival.items, 4);
	apply("slow:3", PROTOBUF);
	ck_assert_uint_eq(answer.manner.delay_ms, 3000);
	ck_assert_uint_eq(answer.status, 200);
	ck_assert_uint_eq(arrival.spans->spans, 4);
	sink_arrival_fini(&arrival);
	sink_answer_fini(&answer);
}
END_TEST

START_TEST(retry_after_may_be_a_date)
{
	char text[SINK_RETRY_AFTER_MAX];

	apply("503@2", PROTOBUF);
	ck_assert(answer.retry_after_is_date);
	ck_assert_str_eq(said, "answered 503, Retry-After: 2 as a date: refused 4 spans");
	sink_answer_retry_after(&answer, text);
	ck_assert_uint_eq(strlen(text), strlen("Sun, 06 Nov 1994 08:49:37 GMT"));
	ck_assert_str_eq(text + strlen(text) - 4, " GMT");
}
END_TEST

START_TEST(redirects_lead_elsewhere)
{
	apply("307", PROTOBUF);
	ck_assert_uint_eq(answer.status, 307);
	ck_assert_str_eq(answer.location, "/elsewhere");
	ck_assert_uint_eq(arrival.items, 0);
}
END_TEST

START_TEST(a_warning_rejects_nothing)
{
	apply("partial:0", PROTOBUF);
	ck_assert_uint_eq(answer.status, 200);
	ck_assert_mem_eq(answer.body.data, "\x0a\x10\x12\x0e" REASON, 18);
	ck_assert_uint_eq(arrival.spans->spans, 4);
}
END_TEST

START_TEST(statuses_of_grpc_refuse_all)
{
	apply_grpc("grpc:14");
	ck_assert_uint_eq(answer.grpc_status, 14);
	ck_assert_str_eq(answer.grpc_message, REASON);
	ck_assert(!answer.has_retry_info && !answer.has_message && !answer.has_trailers);
	ck_assert_uint_eq(arrival.items, 0);
	ck_assert_uint_eq(arrival.request.len, 0);
	ck_assert_str_eq(said, "answered grpc-status 14: refused 3 log records");
	apply_grpc("grpc-late:8:1500");
	ck_assert_uint_eq(answer.grpc_status, 8);
	ck_assert(answer.has_retry_info && answer.has_trailers);
	ck_assert_uint_eq(answer.retry_info_ms, 1500);
	ck_assert_str_eq(said, "answered grpc-status 8, RetryInfo: 1500 ms: refused 3 log records");
}
END_TEST

START_TEST(a_status_of_http_to_grpc_is_a_proxys)
{
	apply_grpc("502");
	ck_assert_uint_eq(answer.status, 502);
	ck_assert(!answer.is_grpc);
	ck_assert_str_eq(answer.content_type, "text/plain; charset=utf-8");
	apply_grpc("html");
	ck_assert_uint_eq(answer.status, 200);
	ck_assert(!answer.is_grpc);
	ck_assert_str_eq(answer.content_type, "text/html");
	ck_assert_uint_eq(arrival.items, 0);
}
END_TEST

START_TEST(items_that_are_rejected_are_not_kept)
{
	static const uint8_t one[] = {0x0a, 4, 0x12, 2, 0x12, 0};

	apply_grpc("partial:2");
	ck_assert_uint_eq(arrival.items, 1);
	ck_assert_uint_eq(arrival.request.len, sizeof one);
	ck_assert_mem_eq(arrival.request.data, one, sizeof one);
	apply_grpc("partial:3");
	ck_assert_uint_eq(arrival.items, 0);
	ck_assert_uint_eq(arrival.request.len, 0);
}
END_TEST

START_TEST(success_may_be_hard_to_read)
{
	static const char *const specs[] = {"malformed",   "giant",         "giant-head",
					    "no-trailers", "trailers-only", "cut-message"};

	for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
		apply_grpc(specs[i]);
		ck_assert_uint_eq(answer.status, 200);
		ck_assert_uint_eq(answer.grpc_status, 0);
		ck_assert_uint_eq(arrival.items, 3);
		ck_assert_ptr_nonnull(strstr(said, ": took 3 log records"));
	}
	apply("malformed", PROTOBUF);
	ck_assert_uint_gt(answer.body.len, 0);
	ck_assert_ptr_null(otlp__export_trace_service_response__unpack(NULL, answer.body.len, answer.body.data));
}
END_TEST

START_TEST(answers_go_out_in_their_ways)
{
	static const struct {
		const char *spec;
		enum sink_part part;
		enum sink_end end;
		uint32_t error;
		uint64_t items;
	} rows[] = {
		{"reset-head", SINK_HEAD, SINK_RESET, 0, 3},
		{"reset-body", SINK_SOME, SINK_RESET, 0, 3},
		{"truncate", SINK_SOME, SINK_CLOSED, 0, 3},
		{"stall", SINK_SOME, SINK_SILENT, 0, 3},
		{"garbage", SINK_GARBAGE, SINK_CLOSED, 0, 0},
		{"rst", SINK_NOTHING, SINK_STREAM_RESET, 2, 0},
		{"rst:7", SINK_NOTHING, SINK_STREAM_RESET, 7, 0},
		{"goaway:11", SINK_NOTHING, SINK_GOAWAY, 11, 0},
		{"goaway-after", SINK_WHOLE, SINK_GOAWAY_AFTER, 0, 3},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		apply_grpc(rows[i].spec);
		ck_assert_int_eq(answer.manner.part, rows[i].part);
		ck_assert_int_eq(answer.manner.end, rows[i].end);
		ck_assert_uint_eq(answer.manner.error, rows[i].error);
		ck_assert_uint_eq(arrival.items, rows[i].items);
		ck_assert(!arrival.request.len == !rows[i].items);
	}
	sink_arrival_fini(&arrival);
	sink_answer_fini(&answer);
}
END_TEST

static struct sink_welcome welcome(const char *spec)
{
	struct sink_fail_plan plan;

	ck_assert(sink_fail_parse(&plan, spec, said, sizeof said));
	return sink_fault_welcome(sink_fail_next(&plan, SINK_FAIL_CONNECTING, false), said, sizeof said);
}

START_TEST(connections_are_received_badly)
{
	struct sink_welcome got = welcome("reset-connect");

	ck_assert(got.is_reset && got.reset_after == 0);
	got = welcome("reset-upload:77");
	ck_assert(got.is_reset && got.reset_after == 77);
	got = welcome("slow-read");
	ck_assert_uint_eq(got.bytes_per_s, 4096);
	got = welcome("silence");
	ck_assert(got.is_silent && !got.is_reset && !got.bytes_per_s);
}
END_TEST

START_TEST(a_connection_can_end_with_any_whole_answer)
{
	apply("503", PROTOBUF);
	sink_fault_part(&answer);
	ck_assert_int_eq(answer.manner.end, SINK_CLOSED);
	ck_assert_int_eq(answer.manner.part, SINK_WHOLE);
	apply("reset-head", PROTOBUF);
	sink_fault_part(&answer);
	ck_assert_int_eq(answer.manner.end, SINK_RESET);
	sink_arrival_fini(&arrival);
	sink_answer_fini(&answer);
}
END_TEST

SUITE_MAIN("sink_fault", NULL, {a_status_refuses_all, 0}, {partial_success_rejects_so_many, 0},
	   {no_more_are_rejected_than_came, 0}, {connections_are_reset_or_left_open_without_taking_anything, 0},
	   {lost_and_late_answers_are_to_requests_that_were_taken, 0}, {retry_after_may_be_a_date, 0},
	   {redirects_lead_elsewhere, 0}, {a_warning_rejects_nothing, 0}, {statuses_of_grpc_refuse_all, 0},
	   {a_status_of_http_to_grpc_is_a_proxys, 0}, {items_that_are_rejected_are_not_kept, 0},
	   {success_may_be_hard_to_read, 0}, {answers_go_out_in_their_ways, 0}, {connections_are_received_badly, 0},
	   {a_connection_can_end_with_any_whole_answer, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_fault_test.c - good requests that --fail spoils.
 */
#include "sink_fault.h"

#include <string.h>

#include "sample.h"
#include "support/suite.h"

static struct sink_answer answer;
static struct sink_arrival arrival;
static char said[400];

/* Four spans, and what the element makes of them. */
static void apply(const char *spec, const char *content_type)
{
	struct buf spans, body;
	struct otlp_fault fault;
	struct sink_fail_plan plan;
	struct sink_request request = {.method = "POST", .path = "/v1/traces", .content_type = content_type};

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
	sink_arrival_fini(&arrival);
	sink_answer_fini(&answer);
	ck_assert(sink_exchange(&request, &answer, &arrival, &fault));
	ck_assert(sink_fail_parse(&plan, spec, said, sizeof said));
	sink_fault_apply(sink_fail_next(&plan), &arrival, &answer, said, sizeof said);
	buf_fini(&body);
}

#define PROTOBUF "application/x-protobuf"

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
	ck_assert_int_eq(answer.manner, SINK_RESET);
	ck_assert_uint_eq(arrival.items, 0);
	apply("hang", PROTOBUF);
	ck_assert_int_eq(answer.manner, SINK_HELD);
	ck_assert_uint_eq(answer.delay_ms, 0);
	ck_assert_ptr_null(arrival.spans);
}
END_TEST

START_TEST(lost_and_late_answers_are_to_requests_that_were_taken)
{
	apply("drop-reply", PROTOBUF);
	ck_assert_int_eq(answer.manner, SINK_CLOSED);
	ck_assert_uint_eq(arrival.items, 4);
	apply("slow:3", PROTOBUF);
	ck_assert_int_eq(answer.manner, SINK_HELD);
	ck_assert_uint_eq(answer.delay_ms, 3000);
	ck_assert_uint_eq(answer.status, 200);
	ck_assert_uint_eq(arrival.spans->spans, 4);
	sink_arrival_fini(&arrival);
	sink_answer_fini(&answer);
}
END_TEST

SUITE_MAIN("sink_fault", NULL, {a_status_refuses_all, 0}, {partial_success_rejects_so_many, 0},
	   {no_more_are_rejected_than_came, 0}, {connections_are_reset_or_left_open_without_taking_anything, 0},
	   {lost_and_late_answers_are_to_requests_that_were_taken, 0})

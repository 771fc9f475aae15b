/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_test.c - calls and the statuses they get.
 */
#include "tools/otel-c/sink/grpc.h"

#include <string.h>

#include "sample.h"
#include "support/suite.h"
#include "tools/otel-c/sink/grpc_message.h"

#define TRACES "/opentelemetry.proto.collector.trace.v1.TraceService/Export"

static struct sink_answer answer;
static struct otlp_fault fault;
static const uint8_t empty[] = {0, 0, 0, 0, 0};

/* Items that came; the answer stays for looking at until the next call. What is NULL is as it should be. */
static size_t call(struct sink_request request)
{
	struct sink_arrival arrival;
	size_t items;
	bool is_good;

	request.is_grpc = true;
	request.method = request.method ? request.method : "POST";
	request.path = request.path ? request.path : TRACES;
	request.content_type = request.content_type ? request.content_type : "application/grpc";
	request.te = request.te ? request.te : "trailers";
	request.body_max = request.body_max ? request.body_max : SINK_GRPC_MESSAGE_MAX;
	if (!request.body) {
		request.body = empty;
		request.body_len = sizeof empty;
	}
	sink_answer_fini(&answer);
	fault.text[0] = 0;
	is_good = sink_grpc_exchange(&request, &answer, &arrival, &fault);
	ck_assert(answer.is_grpc);
	ck_assert(is_good == !answer.grpc_status);
	ck_assert(is_good == answer.has_message);
	items = is_good ? arrival.items : 0;
	sink_arrival_fini(&arrival);
	return items;
}

static void expect(unsigned grpc_status, const char *words)
{
	ck_assert_msg(answer.grpc_status == grpc_status, "grpc-status %u, not %u: %s", answer.grpc_status, grpc_status,
		      answer.grpc_message);
	ck_assert_msg(strstr(answer.grpc_message, words), "\"%s\" lacks \"%s\"", answer.grpc_message, words);
	ck_assert_str_eq(answer.grpc_message, fault.text);
}

static void make_order(struct buf *body)
{
	struct buf spans, message;

	buf_init(&spans, 65536);
	buf_init(&message, 65536);
	buf_init(body, 65536);
	sample_order(&spans);
	sample_request(&message, &spans);
	buf_append(body, "\0\0\0", 3);
	buf_append_char(body, (char)(message.len >> 8));
	buf_append_char(body, (char)message.len);
	buf_append(body, message.data, message.len);
	buf_fini(&message);
}

START_TEST(good_spans_are_taken_and_answered_with_an_empty_response)
{
	struct buf body;

	make_order(&body);
	ck_assert_uint_eq(call((struct sink_request){.body = body.data, .body_len = body.len}), 4);
	expect(0, "");
	ck_assert_uint_eq(answer.status, 200);
	ck_assert_str_eq(answer.content_type, "application/grpc");
	ck_assert_uint_eq(answer.body.len, 0);
	buf_fini(&body);
}
END_TEST

START_TEST(all_services_are_there)
{
	static const uint8_t logs[] = {0, 0, 0, 0, 6, 0x0a, 4, 0x12, 2, 0x12, 0};

	call((struct sink_request){.path = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"});
	expect(0, "");
	ck_assert_uint_eq(
		call((struct sink_request){.path = "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
					   .body = logs,
					   .body_len = sizeof logs}),
		1);
}
END_TEST

START_TEST(what_is_no_call_of_grpc_is_refused_by_http)
{
	call((struct sink_request){.content_type = "application/x-protobuf"});
	ck_assert_uint_eq(answer.status, 415);
	expect(SINK_GRPC_INVALID_ARGUMENT,
	       "content-type \"application/x-protobuf\" is not application/grpc or application/grpc+proto");
	call((struct sink_request){.content_type = "application/grpc+json"});
	ck_assert_uint_eq(answer.status, 415);
	call((struct sink_request){.content_type = "application/grpc-web"});
	ck_assert_uint_eq(answer.status, 415);
	call((struct sink_request){.method = "GET"});
	ck_assert_uint_eq(answer.status, 405);
	expect(SINK_GRPC_INTERNAL, ":method \"GET\" is not POST");
	call((struct sink_request){.content_type = "application/grpc+proto; x=y"});
	ck_assert_uint_eq(answer.status, 200);
	expect(0, "");
}
END_TEST

START_TEST(other_paths_are_not_implemented)
{
	call((struct sink_request){.path = "/v1/traces"});
	ck_assert_uint_eq(answer.status, 200);
	expect(SINK_GRPC_UNIMPLEMENTED, ":path \"/v1/traces\" is not Export of");
	call((struct sink_request){.path = TRACES "/"});
	expect(SINK_GRPC_UNIMPLEMENTED, ":path");
}
END_TEST

START_TEST(clients_must_understand_trailers)
{
	call((struct sink_request){.te = "deflate"});
	expect(SINK_GRPC_UNKNOWN, "te \"deflate\" is not trailers");
	call((struct sink_request){.te = ""});
	expect(SINK_GRPC_UNKNOWN, "te \"\" is not trailers");
}
END_TEST

START_TEST(timeouts_have_a_form)
{
	static const char *const wrong[] = {"", "1", "S", "10s", "123456789S", "-1S", "1 S", "1Sx", "1.5S"};

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		call((struct sink_request){.grpc_timeout = wrong[i]});
		expect(SINK_GRPC_INTERNAL, "is not 1 to 8 digits and one of H, M, S, m, u, n");
	}
	call((struct sink_request){.grpc_timeout = "12345678n"});
	expect(0, "");
}
END_TEST

START_TEST(other_compressions_are_not_implemented)
{
	call((struct sink_request){.grpc_encoding = "zstd"});
	expect(SINK_GRPC_UNIMPLEMENTED, "grpc-encoding \"zstd\" is not gzip or identity");
	call((struct sink_request){.grpc_encoding = "identity"});
	expect(0, "");
	call((struct sink_request){.grpc_encoding = "gzip"}); /* which a single message need not be */
	expect(0, "");
}
END_TEST

START_TEST(malformed_and_invalid_have_different_statuses)
{
	struct buf body, message, spans;

	call((struct sink_request){.body = (const uint8_t *)"\0\0\0\0\2\x0a\xff", .body_len = 7});
	expect(SINK_GRPC_INTERNAL, "not protobuf");
	call((struct sink_request){.path = "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
				   .body = (const uint8_t *)"\0\0\0\0\2\x0a\xff",
				   .body_len = 7});
	expect(SINK_GRPC_INTERNAL, "not a request that holds log records");
	buf_init(&spans, 4096);
	buf_init(&message, 4096);
	buf_init(&body, 4096);
	sample_span(&spans, &(struct sample_span){.id = 0, .name = "x", .end = 1});
	sample_request(&message, &spans);
	buf_append(&body, "\0\0\0\0", 4);
	buf_append_char(&body, (char)message.len);
	buf_append(&body, message.data, message.len);
	call((struct sink_request){.body = body.data, .body_len = body.len});
	expect(SINK_GRPC_INVALID_ARGUMENT, "spanId is all zero");
	buf_fini(&message);
	buf_fini(&body);
	sink_answer_fini(&answer);
}
END_TEST

SUITE_MAIN("sink_grpc", NULL, {good_spans_are_taken_and_answered_with_an_empty_response, 0},
	   {all_services_are_there, 0}, {what_is_no_call_of_grpc_is_refused_by_http, 0},
	   {other_paths_are_not_implemented, 0}, {clients_must_understand_trailers, 0}, {timeouts_have_a_form, 0},
	   {other_compressions_are_not_implemented, 0}, {malformed_and_invalid_have_different_statuses, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * exchange_test.c - requests and the answers they get.
 */
#include "tools/otel-c/sink/exchange.h"

#include <string.h>

#include "sample.h"
#include "support/suite.h"

static struct sink_answer answer;
static struct otlp_fault fault;

/* Items that came; the answer stays for looking at until the next call. */
static size_t exchange(struct sink_request request)
{
	struct sink_arrival arrival;
	size_t items;
	bool is_good;

	if (!request.method)
		request.method = "POST";
	if (!request.path)
		request.path = "/v1/traces";
	request.body_max = SINK_BODY_MAX;
	sink_answer_fini(&answer);
	fault.text[0] = 0;
	is_good = sink_exchange(&request, &answer, &arrival, &fault);
	ck_assert((answer.status == 200) == is_good);
	items = is_good ? arrival.items : 0;
	sink_arrival_fini(&arrival);
	return items;
}

/* The message of the google.rpc.Status in the answer's body. */
static void assert_status_says(const char *words)
{
	Otlp__RpcStatus *status = otlp__rpc_status__unpack(NULL, answer.body.len, answer.body.data);
	char text[512];

	ck_assert_str_eq(answer.content_type, "application/x-protobuf");
	ck_assert_ptr_nonnull(status);
	ck_assert_uint_lt(status->message.len, sizeof(text));
	memcpy(text, status->message.data, status->message.len);
	text[status->message.len] = 0;
	ck_assert_msg(strstr(text, words), "\"%s\" lacks \"%s\"", text, words);
	ck_assert_str_eq(text, fault.text);
	otlp__rpc_status__free_unpacked(status, NULL);
}

static void make_order(struct buf *body)
{
	struct buf spans;

	buf_init(&spans, 65536);
	buf_init(body, 65536);
	sample_order(&spans);
	sample_request(body, &spans);
}

#define PROTOBUF .content_type = "application/x-protobuf"

START_TEST(good_spans_are_taken_and_answered_with_an_empty_response)
{
	struct buf body;

	make_order(&body);
	ck_assert_uint_eq(exchange((struct sink_request){PROTOBUF, .body = body.data, .body_len = body.len}), 4);
	ck_assert_uint_eq(answer.status, 200);
	ck_assert_str_eq(answer.content_type, "application/x-protobuf");
	ck_assert_uint_eq(answer.body.len, 0);
	buf_fini(&body);
}
END_TEST

START_TEST(an_empty_request_is_a_success)
{
	exchange((struct sink_request){PROTOBUF});
	ck_assert_uint_eq(answer.status, 200);
}
END_TEST

START_TEST(the_content_type_may_have_parameters_and_any_case)
{
	exchange((struct sink_request){.content_type = "Application/X-Protobuf ; charset=x"});
	ck_assert_uint_eq(answer.status, 200);
	exchange((struct sink_request){PROTOBUF, .content_encoding = "identity"});
	ck_assert_uint_eq(answer.status, 200);
}
END_TEST

START_TEST(other_paths_and_methods_are_refused)
{
	exchange((struct sink_request){PROTOBUF, .path = "/v1/profiles"});
	ck_assert_uint_eq(answer.status, 404);
	assert_status_says("path \"/v1/profiles\" is not /v1/traces, /v1/metrics or /v1/logs");
	exchange((struct sink_request){PROTOBUF, .method = "GET"});
	ck_assert_uint_eq(answer.status, 405);
	assert_status_says("method \"GET\" is not POST");
}
END_TEST

START_TEST(other_content_types_are_refused_in_words_they_can_read)
{
	exchange((struct sink_request){0});
	ck_assert_uint_eq(answer.status, 415);
	ck_assert_str_eq(buf_str(&answer.body),
			 "Content-Type is missing; allowed: application/x-protobuf or application/json\n");
	exchange((struct sink_request){.content_type = "text/\033[0mhtml"});
	ck_assert_uint_eq(answer.status, 415);
	ck_assert_str_eq(answer.content_type, "text/plain; charset=utf-8");
	ck_assert_str_eq(fault.text,
			 "Content-Type \"text/\\x1b[0mhtml\" is not application/x-protobuf or application/json");
}
END_TEST

#define JSON(text) .content_type = "application/json", .body = (const uint8_t *)(text), .body_len = sizeof(text) - 1

START_TEST(json_is_answered_with_json)
{
	ck_assert_uint_eq(exchange((struct sink_request){JSON("{\"resourceSpans\":[]}")}), 0);
	ck_assert_uint_eq(answer.status, 200);
	ck_assert_str_eq(answer.content_type, "application/json");
	ck_assert_str_eq(buf_str(&answer.body), "{}");
	exchange((struct sink_request){JSON("{\"resourceSpans\":7}")});
	ck_assert_uint_eq(answer.status, 400);
	ck_assert_ptr_nonnull(strstr(buf_str(&answer.body), "{\"code\":3,\"message\":\"JSON: "));
	ck_assert_ptr_nonnull(strstr(buf_str(&answer.body), "\\\"resourceSpans\\\" is not an array\"}"));
	exchange((struct sink_request){JSON("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{}]}]}]}")});
	ck_assert_uint_eq(answer.status, 400);
	ck_assert_ptr_nonnull(strstr(fault.text, "traceId is 0 bytes long"));
}
END_TEST

START_TEST(metrics_and_logs_are_counted)
{
	/* Two data points of a sum; one log record without anything. */
	static const uint8_t metrics[] = {0x0a, 10, 0x12, 8, 0x12, 6, 0x3a, 4, 0x0a, 0, 0x0a, 0};
	static const uint8_t logs[] = {0x0a, 4, 0x12, 2, 0x12, 0};

	ck_assert_uint_eq(exchange((struct sink_request){PROTOBUF, .path = "/v1/metrics", .body = metrics,
							 .body_len = sizeof metrics}),
			  2);
	ck_assert_uint_eq(
		exchange((struct sink_request){PROTOBUF, .path = "/v1/logs", .body = logs, .body_len = sizeof logs}),
		1);
	exchange((struct sink_request){PROTOBUF, .path = "/v1/logs", .body = logs, .body_len = 5});
	ck_assert_uint_eq(answer.status, 400);
	assert_status_says("not a request that holds log records");
	ck_assert_uint_eq(exchange((struct sink_request){JSON("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":"
							      "[{},{}]}]}]}"),
							 .path = "/v1/logs"}),
			  2);
	exchange((struct sink_request){JSON("{\"resourceMetrics\":7}"), .path = "/v1/metrics"});
	ck_assert_uint_eq(answer.status, 400);
}
END_TEST

START_TEST(other_encodings_are_refused)
{
	exchange((struct sink_request){PROTOBUF, .content_encoding = "zstd"});
	ck_assert_uint_eq(answer.status, 415);
	assert_status_says("Content-Encoding \"zstd\" is not gzip or identity");
	exchange((struct sink_request){PROTOBUF, .content_encoding = "gzip", .body = (const uint8_t *)"plain",
				       .body_len = 5});
	ck_assert_uint_eq(answer.status, 400);
	assert_status_says("Content-Encoding is gzip, but the body is not gzip");
}
END_TEST

START_TEST(too_large_is_413)
{
	exchange((struct sink_request){PROTOBUF, .too_large = true});
	ck_assert_uint_eq(answer.status, 413);
	assert_status_says("larger than 67108864 bytes");
}
END_TEST

START_TEST(malformed_and_invalid_are_400_with_a_reason)
{
	struct buf body, spans;

	exchange((struct sink_request){PROTOBUF, .body = (const uint8_t *)"\x0a\xff", .body_len = 2});
	ck_assert_uint_eq(answer.status, 400);
	assert_status_says("not protobuf");
	buf_init(&spans, 4096);
	buf_init(&body, 4096);
	sample_span(&spans, &(struct sample_span){.id = 0, .name = "x", .end = 1});
	sample_request(&body, &spans);
	exchange((struct sink_request){PROTOBUF, .body = body.data, .body_len = body.len});
	ck_assert_uint_eq(answer.status, 400);
	assert_status_says("spanId is all zero");
	buf_fini(&body);
	sink_answer_fini(&answer);
}
END_TEST

SUITE_MAIN("sink_exchange", NULL, {good_spans_are_taken_and_answered_with_an_empty_response, 0},
	   {an_empty_request_is_a_success, 0}, {the_content_type_may_have_parameters_and_any_case, 0},
	   {other_paths_and_methods_are_refused, 0}, {other_content_types_are_refused_in_words_they_can_read, 0},
	   {json_is_answered_with_json, 0}, {metrics_and_logs_are_counted, 0}, {other_encodings_are_refused, 0},
	   {too_large_is_413, 0}, {malformed_and_invalid_are_400_with_a_reason, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_test.c - what the doctor makes of answers over gRPC.
 */
#include <string.h>

#include "sdk/http_door.h"
#include "support/suite.h"
#include "tools/otel-c/doctor/explain.h"

static void (*watcher)(const otel_http_request *request, const otel_http_reply *reply);
static struct exchange exchange;
static struct situation situation;
static struct explanation words;

void door_watch(void (*saw)(const otel_http_request *request, const otel_http_reply *reply))
{
	watcher = saw;
}

static void set_up(void)
{
	exchange = (struct exchange){.is_grpc = true, .has_grpc_status = true, .status = 200};
	situation = (struct situation){.endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT"};
	ck_assert(exchange_read_url(&exchange, "http://h:4317"));
	strcpy(exchange.content_type, "application/grpc");
}

static void explain(void)
{
	explain_exchange(&words, &exchange, &situation);
	ck_assert(words.ok == !*words.cure);
}

static void body(const char *bytes, size_t len)
{
	memcpy(exchange.body, bytes, len);
	exchange.body_len = len;
}

START_TEST(a_span_that_was_taken_is_well)
{
	explain();
	ck_assert(words.ok);
	ck_assert_str_eq(words.message, "http://h:4317/ took the span (OK)");
	body("\0\0\0\0\0", 5);
	explain();
	ck_assert(words.ok);
}
END_TEST

START_TEST(a_span_that_was_refused_is_not)
{
	body("\0\0\0\0\x0c\x0a\x0a\x08\x01\x12\x06no ids", 17);
	explain();
	ck_assert(!words.ok);
	ck_assert_str_eq(words.message, "http://h:4317/ answered OK, but refused the span: no ids");
	body("hello", 5);
	explain();
	ck_assert_ptr_nonnull(strstr(words.message, "is malformed"));
}
END_TEST

START_TEST(each_code_has_a_sentence_and_a_cure)
{
	for (exchange.grpc_code = 1; exchange.grpc_code < 18; exchange.grpc_code++)
		explain();
	exchange.grpc_code = 12;
	strcpy(exchange.grpc_words, "unknown service");
	explain();
	ck_assert_str_eq(words.message,
			 "http://h:4317/ answered UNIMPLEMENTED, it has no receiver for traces: unknown service");
	exchange.grpc_code = 16;
	explain();
	ck_assert_ptr_nonnull(strstr(words.message, "does not know who we are"));
	exchange.has_headers = true;
	explain();
	ck_assert_ptr_nonnull(strstr(words.message, "does not accept our credentials"));
}
END_TEST

START_TEST(without_a_status_it_is_another_server_or_a_proxy)
{
	exchange.has_grpc_status = false;
	explain();
	ck_assert_ptr_nonnull(strstr(words.cure, "trailers"));
	strcpy(exchange.content_type, "text/html");
	exchange.status = 404;
	explain();
	ck_assert_str_eq(words.message, "http://h:4317/ answered 404 with text/html, not as a gRPC server does");
}
END_TEST

START_TEST(the_port_of_http_is_pointed_out)
{
	ck_assert(exchange_read_url(&exchange, "http://h:4318"));
	exchange.error = OTEL_HTTP_BROKEN;
	strcpy(exchange.message, "the server does not speak HTTP/2");
	explain();
	ck_assert_str_eq(words.message, "h:4318 does not speak HTTP/2, which OTLP over gRPC needs");
	ck_assert_ptr_nonnull(strstr(words.cure, "4318 is the usual port for OTLP over HTTP"));
	situation.peer = PEER_HTTP1;
	explain();
	ck_assert_str_eq(words.message, "h:4318 speaks HTTP/1.1, and OTLP over gRPC needs HTTP/2");
}
END_TEST

START_TEST(an_exchange_is_known_for_grpc)
{
	static const otel_header sent[] = {
		{"Content-Type", "application/grpc+proto"}, {"TE", "trailers"}, {"grpc-timeout", "10m"}};
	static const otel_header came[] = {{"grpc-status", "14"}, {"grpc-message", "go%0Aaway"}};
	const otel_http_request request = {
		.size = sizeof request,
		.method = "POST",
		.url = "https://h/opentelemetry.proto.collector.trace.v1.TraceService/Export",
		.headers = sent,
		.header_count = 3};
	const otel_http_reply reply = {.size = sizeof reply,
				       .status = 200,
				       .message = "",
				       .content_type = "application/grpc",
				       .retry_after = "",
				       .headers = came,
				       .header_count = 2};
	exchange_watch();
	watcher(&request, &reply);
	const struct exchange *x = exchange_exports();
	ck_assert_ptr_nonnull(x);
	ck_assert(x->is_grpc && x->has_grpc_status && !x->has_headers);
	ck_assert_uint_eq(x->grpc_code, 14);
	ck_assert_str_eq(x->grpc_words, "go away");
	ck_assert_str_eq(x->shown, "https://h");
}
END_TEST

SUITE_MAIN("doctor_grpc", set_up, {a_span_that_was_taken_is_well, 0}, {a_span_that_was_refused_is_not, 0},
	   {each_code_has_a_sentence_and_a_cure, 0}, {without_a_status_it_is_another_server_or_a_proxy, 0},
	   {the_port_of_http_is_pointed_out, 0}, {an_exchange_is_known_for_grpc, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_test.c - the sentences that no server can be made to provoke on one machine. tests/e2e/doctor.sh has
 * the others.
 */
#include "tools/otel-c/doctor/explain.h"

#include <string.h>

#include "sdk/http_door.h"
#include "support/suite.h"

static struct exchange exchange;
static struct situation situation;
static struct explanation words;

/* In place of the door's: nothing is exchanged here. */
void door_watch(void (*saw)(const otel_http_request *request, const otel_http_reply *reply))
{
	(void)saw;
}

static void setup(void)
{
	exchange = (struct exchange){.timeout_ms = 1000};
	situation = (struct situation){.endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT"};
	ck_assert(exchange_read_url(&exchange, "https://gateway.example:4318/v1/traces"));
}

static void fails(otel_http_error error, const char *message)
{
	exchange.error = error;
	strcpy(exchange.message, message);
	explain_exchange(&words, &exchange, &situation);
	ck_assert(!words.ok);
	ck_assert_str_ne(words.cure, "");
}

static void answers(int status, const char *type, const char *body, size_t len)
{
	exchange.error = OTEL_HTTP_OK;
	exchange.status = status;
	strcpy(exchange.content_type, type);
	memcpy(exchange.body, body, len);
	exchange.body_len = len;
	explain_exchange(&words, &exchange, &situation);
}

START_TEST(another_machine_that_refuses_is_to_be_started_there)
{
	fails(OTEL_HTTP_REFUSED, "connection refused");
	ck_assert_str_eq(words.message, "gateway.example:4318 refused the connection");
	ck_assert_str_eq(words.cure, "start the collector there, or correct the address (OTEL_EXPORTER_OTLP_ENDPOINT)");
}
END_TEST

START_TEST(the_port_of_grpc_is_pointed_out)
{
	ck_assert(exchange_read_url(&exchange, "http://localhost:4317/v1/traces"));
	fails(OTEL_HTTP_REFUSED, "connection refused");
	ck_assert_str_eq(words.cure, "start a collector or \"otel-c sink\"; 4317 is the usual port for gRPC: set "
				     "OTEL_EXPORTER_OTLP_PROTOCOL=grpc, or send to 4318");
}
END_TEST

START_TEST(an_unreachable_host_is_told_from_a_forbidden_one)
{
	fails(OTEL_HTTP_CONNECT, "no connection: No route to host");
	ck_assert_str_eq(words.message, "gateway.example:4318 is unreachable: No route to host");
	fails(OTEL_HTTP_CONNECT, "no connection: Operation not permitted");
	ck_assert_str_eq(words.message,
			 "this machine forbids connections to gateway.example:4318: Operation not permitted");
	fails(OTEL_HTTP_CONNECT, "no connection: Protocol error");
	ck_assert_str_eq(words.message, "no connection to gateway.example:4318: Protocol error");
}
END_TEST

START_TEST(tls_without_http_1_inside_is_taken_for_grpc)
{
	fails(OTEL_HTTP_BROKEN, "the answer is not HTTP");
	ck_assert_ptr_nonnull(strstr(words.message, "speaks TLS, but no HTTP/1.1 inside it"));
}
END_TEST

START_TEST(a_handshake_that_got_no_answer_is_looked_into)
{
	fails(OTEL_HTTP_TLS, "TLS: OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to gateway.example:4318 ");
	ck_assert(explain_wants_peer(&exchange));
	ck_assert_ptr_nonnull(strstr(words.cure, "openssl s_client"));
	situation.peer = PEER_HTTP1;
	explain_exchange(&words, &exchange, &situation);
	ck_assert_str_eq(words.message, "gateway.example:4318 does not speak TLS");
	fails(OTEL_HTTP_TLS, "TLS: certificate has expired");
	ck_assert(!explain_wants_peer(&exchange));
}
END_TEST

START_TEST(an_exchange_given_up_names_both_timeouts)
{
	fails(OTEL_HTTP_CANCELLED, "cancelled");
	ck_assert_str_eq(words.message, "gateway.example:4318 did not answer in time");
	ck_assert_str_eq(words.cure, "raise OTEL_BSP_EXPORT_TIMEOUT and OTEL_EXPORTER_OTLP_TIMEOUT");
}
END_TEST

START_TEST(a_request_that_cannot_be_made_is_told)
{
	fails(OTEL_HTTP_INVALID, "libcurl did not take the request");
	ck_assert_ptr_nonnull(strstr(words.message, "no request to https://gateway.example:4318/v1/traces"));
}
END_TEST

START_TEST(errors_of_newer_hosts_are_told_in_their_own_words)
{
	fails((otel_http_error)77, "the line was struck by lightning");
	ck_assert_ptr_nonnull(strstr(words.message, "struck by lightning"));
}
END_TEST

START_TEST(what_is_wrong_with_certificates_is_told_apart)
{
	static const char *const rows[][2] = {
		{"TLS: SSL certificate problem: certificate revoked", "shows a certificate that was revoked"},
		{"TLS: SSL certificate problem: CA md too weak", "shows a certificate whose signature is too weak"},
		{"TLS: SSL certificate problem: EE certificate key too small",
		 "shows a certificate whose key is too short"},
		{"TLS: error:0A000412:SSL routines::sslv3 alert bad certificate", "does not accept our certificate"},
		{"TLS: error:0A000418:SSL routines::tlsv1 alert unknown ca",
		 "does not know who signed our certificate"},
		{"TLS: error:0A000458:SSL routines::tlsv1 unrecognized name", "has no certificate for this host"},
		{"TLS: error:0A00042E:SSL routines::tlsv1 alert protocol version",
		 "speaks only versions of TLS that are too old or too new"},
		{"TLS: error:0A0000C6:SSL routines::packet length too long", "does not speak TLS"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		fails(OTEL_HTTP_TLS, rows[i][0]);
		ck_assert_ptr_eq(words.message, strstr(words.message, "gateway.example:4318 "));
		ck_assert_str_eq(words.message + strlen("gateway.example:4318 "), rows[i][1]);
	}
}
END_TEST

START_TEST(an_unknown_handshake_failure_is_quoted)
{
	fails(OTEL_HTTP_TLS, "TLS: the dog ate it");
	ck_assert_str_eq(words.message, "the TLS handshake with gateway.example:4318 failed: TLS: the dog ate it");
	ck_assert_str_eq(words.cure, "compare: openssl s_client -connect gateway.example:4318");
}
END_TEST

START_TEST(a_slow_request_is_told)
{
	answers(408, "", "", 0);
	ck_assert(!words.ok);
	ck_assert_ptr_nonnull(strstr(words.message, "answered 408, the request came too slowly"));
}
END_TEST

START_TEST(a_proxy_is_suspected_where_it_may_have_answered)
{
	situation.proxy = "https_proxy";
	answers(503, "", "", 0);
	ck_assert_str_eq(words.cure, "the answer may be that of the proxy (https_proxy): correct it, or put "
				     "gateway.example into no_proxy");
	answers(404, "", "", 0);
	ck_assert_ptr_null(strstr(words.cure, "proxy"));
}
END_TEST

START_TEST(foreign_words_are_cut_and_cleaned)
{
	char body[600];

	memset(body, 'x', sizeof body);
	memcpy(body, "a\n\x1b\xff", 4);
	answers(400, "text/plain", body, sizeof body);
	ck_assert_ptr_nonnull(strstr(words.message, "(\"a  \xef\xbf\xbdxxx"));
	ck_assert_uint_lt(strlen(words.message), 400);
	answers(200, "application/x-protobuf", "\012\005\022\003\x1b\n!", 7);
	ck_assert(words.ok);
	ck_assert_ptr_nonnull(strstr(words.message, "and warns:   !"));
}
END_TEST

START_TEST(an_answer_longer_than_what_was_kept_is_not_called_malformed)
{
	exchange.body_len = 0;
	answers(200, "application/x-protobuf", "", 0);
	exchange.body_len = EXCHANGE_BODY_MAX + 1;
	explain_exchange(&words, &exchange, &situation);
	ck_assert(words.ok);
}
END_TEST

SUITE_MAIN("tools/otel-c/doctor/explain", setup, {another_machine_that_refuses_is_to_be_started_there, 0},
	   {the_port_of_grpc_is_pointed_out, 0}, {an_unreachable_host_is_told_from_a_forbidden_one, 0},
	   {tls_without_http_1_inside_is_taken_for_grpc, 0}, {a_handshake_that_got_no_answer_is_looked_into, 0},
	   {an_exchange_given_up_names_both_timeouts, 0}, {a_request_that_cannot_be_made_is_told, 0},
	   {errors_of_newer_hosts_are_told_in_their_own_words, 0}, {what_is_wrong_with_certificates_is_told_apart, 0},
	   {an_unknown_handshake_failure_is_quoted, 0}, {a_slow_request_is_told, 0},
	   {a_proxy_is_suspected_where_it_may_have_answered, 0}, {foreign_words_are_cut_and_cleaned, 0},
	   {an_answer_longer_than_what_was_kept_is_not_called_malformed, 0})

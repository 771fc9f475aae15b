/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_test.c - what answers over gRPC mean for the batch.
 */
#include "otlp/grpc.h"

#include <stdio.h>
#include <string.h>

#include "otlp/reply.h"
#include "support/suite.h"

#define SHOWN "http://h:4317"

static struct verdict verdict;
static struct endpoint endpoint;
static struct question question;
static otel_header headers[8];
static otel_http_reply reply;

static void set_up(void)
{
	endpoint = (struct endpoint){.shown = (char *)(uintptr_t)SHOWN, .port = 4317};
	question = (struct question){.endpoint = &endpoint,
				     .protocol = PROTOCOL_GRPC,
				     .items = 10,
				     .name = "spans",
				     .now_unix_s = 784111757};
	reply = (otel_http_reply){.size = sizeof reply,
				  .status = 200,
				  .message = "",
				  .content_type = "application/grpc",
				  .retry_after = "",
				  .headers = headers};
}

static void header(const char *name, const char *value)
{
	headers[reply.header_count++] = (otel_header){name, value};
}

static void body(const void *data, size_t len)
{
	reply.body = data;
	reply.body_len = len;
}

static void judge(void)
{
	reply_judge(&verdict, &reply, &question);
}

START_TEST(ok_is_done_and_silent)
{
	header("grpc-status", "0");
	body("\0\0\0\0\0", 5);
	judge();
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_DONE);
	ck_assert_str_eq(verdict.message, "");
	body(NULL, 0);
	judge();
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_DONE);
	ck_assert_str_eq(verdict.message, "");
}
END_TEST

START_TEST(a_partial_success_is_inside_the_message)
{
	header("grpc-status", "0");
	body("\0\0\0\0\x0c\x0a\x0a\x08\x03\x12\x06no ids", 17);
	judge();
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_DONE);
	ck_assert_uint_eq(verdict.rejected, 3);
	ck_assert_str_eq(verdict.message, SHOWN " took a batch only in part: no ids");
}
END_TEST

START_TEST(an_answer_that_is_no_message_is_questioned)
{
	header("grpc-status", "0");
	body("hello", 5);
	judge();
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_DONE);
	ck_assert_ptr_nonnull(strstr(verdict.message, "not as an OTLP receiver over gRPC does"));
	body("\0\0\0\0\1\xff", 6);
	judge();
	ck_assert_ptr_nonnull(strstr(verdict.message, "not as an OTLP receiver over gRPC does"));
}
END_TEST

START_TEST(each_code_has_its_verdict)
{
	static const unsigned transient[] = {1, 4, 10, 11, 14, 15};
	char code[8];
	for (unsigned i = 1; i < 18; i++) {
		bool again = false;
		for (size_t j = 0; j < sizeof transient / sizeof *transient; j++)
			again = again || transient[j] == i;
		set_up();
		snprintf(code, sizeof code, "%u", i);
		header("grpc-status", code);
		judge();
		ck_assert_int_eq(verdict.result, again ? OTEL_EXPORT_RETRY : OTEL_EXPORT_DROP);
		ck_assert_ptr_nonnull(strstr(verdict.message, again ? "; will try again" : "; spans were dropped"));
	}
}
END_TEST

START_TEST(the_words_are_decoded_and_scrubbed)
{
	header("grpc-status", "3");
	header("grpc-message", "line%0Atwo%1b%FF 100%25");
	judge();
	ck_assert_str_eq(verdict.message,
			 SHOWN " answered INVALID_ARGUMENT: line two \xef\xbf\xbd 100%; spans were dropped");
}
END_TEST

START_TEST(whoever_says_when_is_asked_again_then)
{
	header("grpc-status-details-bin", "CA4aMgoodHlwZS5nb29nbGVhcGlzLmNvbS9nb29nbGUucnBjLlJldHJ5SW5mbxIGCgQIAxAA");
	header("grpc-status", "8");
	judge();
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_RETRY);
	ck_assert_uint_eq(verdict.retry_after_ms, 3000);
	headers[1].value = "14";
	judge();
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_RETRY);
	ck_assert_uint_eq(verdict.retry_after_ms, 3000);
	headers[1].value = "3";
	judge();
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_DROP);
	ck_assert_uint_eq(verdict.retry_after_ms, 0);
}
END_TEST

START_TEST(a_message_that_is_too_large_goes_back_to_be_split)
{
	static const struct {
		const char *code, *words;
	} table[] = {
		{"8", "grpc: received message larger than max (5000000 vs. 4194304)"},
		{"8", "gRPC message exceeds maximum size 4194304: 5000000"},
		{"8", "Received message exceeds the maximum configured message size."},
		{"11", "Error, decoded message length too large: found 5000000 bytes, the limit is: 4194304 bytes"},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		set_up();
		header("grpc-status", table[i].code);
		header("grpc-message", table[i].words);
		judge();
		ck_assert_int_eq(verdict.result, OTEL_EXPORT_TOO_LARGE);
		ck_assert_ptr_nonnull(strstr(verdict.message, "; will try again with smaller batches"));
	}
	headers[1].value = "over quota";
	headers[0].value = "8";
	judge();
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_DROP);
}
END_TEST

START_TEST(what_is_refused_for_its_compression_goes_again_without)
{
	header("grpc-status", "12");
	header("grpc-accept-encoding", "identity,deflate");
	judge();
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_DROP);
	question.is_packed = true;
	judge();
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_RETRY);
	ck_assert(verdict.refuses_gzip);
	headers[1].value = "identity, gzip"; /* then it is the method that it does not know */
	judge();
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_DROP);
}
END_TEST

START_TEST(without_a_status_the_http_status_counts)
{
	static const struct {
		int status;
		otel_export_result result;
	} table[] = {
		{400, OTEL_EXPORT_DROP},      {401, OTEL_EXPORT_DROP},  {404, OTEL_EXPORT_DROP},
		{413, OTEL_EXPORT_TOO_LARGE}, {429, OTEL_EXPORT_RETRY}, {500, OTEL_EXPORT_DROP},
		{502, OTEL_EXPORT_RETRY},     {503, OTEL_EXPORT_RETRY}, {504, OTEL_EXPORT_RETRY},
		{200, OTEL_EXPORT_DROP},
	};
	reply.content_type = "text/html";
	reply.retry_after = "5";
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		reply.status = table[i].status;
		judge();
		ck_assert_int_eq(verdict.result, table[i].result);
		ck_assert_uint_eq(verdict.retry_after_ms, verdict.result == OTEL_EXPORT_RETRY ? 5000 : 0);
		ck_assert_str_ne(verdict.message, "");
	}
	endpoint.port = 4318;
	judge();
	ck_assert_ptr_nonnull(strstr(verdict.message, "; 4318 is the usual port of OTLP/HTTP: set "
						      "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf or use 4317"));
}
END_TEST

START_TEST(lost_trailers_leave_the_outcome_open_unless_the_message_came)
{
	judge();
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_UNKNOWN);
	ck_assert_str_eq(verdict.message, SHOWN " answered without a grpc-status; will try again");
	body("\0\0\0\0", 4);
	judge();
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_UNKNOWN);
	body("\0\0\0\0\0", 5);
	judge();
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_DONE);
	ck_assert_str_eq(verdict.message, "");
}
END_TEST

START_TEST(a_status_counts_even_if_the_connection_broke_behind_it)
{
	reply.error = OTEL_HTTP_BROKEN;
	reply.sent = true;
	judge();
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_UNKNOWN);
	header("grpc-status", "3");
	judge();
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_DROP);
}
END_TEST

START_TEST(an_answer_that_is_too_large_is_not_asked_for_again)
{
	header("grpc-status", "0"); /* among the headers, before what was too much */
	reply.error = OTEL_HTTP_TOO_LARGE;
	reply.sent = true;
	judge();
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_DROP);
	ck_assert_ptr_nonnull(strstr(verdict.message, "the answer is too large"));
}
END_TEST

START_TEST(tls_that_nobody_wrote_is_explained)
{
	reply.error = OTEL_HTTP_TLS;
	reply.message = "TLS: wrong version number";
	endpoint.is_bare = true;
	judge();
	ck_assert_ptr_nonnull(strstr(verdict.message, "set OTEL_EXPORTER_OTLP_INSECURE=true"));
	endpoint.is_bare = false;
	judge();
	ck_assert_str_eq(verdict.message, "cannot export to " SHOWN ": TLS: wrong version number");
}
END_TEST

START_TEST(a_timeout_has_eight_digits_at_most)
{
	char text[16];
	ck_assert(grpc_timeout(text, 10000));
	ck_assert_str_eq(text, "10000m");
	ck_assert(grpc_timeout(text, 99999999));
	ck_assert_str_eq(text, "99999999m");
	ck_assert(grpc_timeout(text, 100000000));
	ck_assert_str_eq(text, "100000S");
	ck_assert(!grpc_timeout(text, INT32_MAX)); /* no limit */
}
END_TEST

SUITE_MAIN("grpc", set_up, {ok_is_done_and_silent, 0}, {a_partial_success_is_inside_the_message, 0},
	   {an_answer_that_is_no_message_is_questioned, 0}, {each_code_has_its_verdict, 0},
	   {the_words_are_decoded_and_scrubbed, 0}, {whoever_says_when_is_asked_again_then, 0},
	   {a_message_that_is_too_large_goes_back_to_be_split, 0},
	   {what_is_refused_for_its_compression_goes_again_without, 0}, {without_a_status_the_http_status_counts, 0},
	   {lost_trailers_leave_the_outcome_open_unless_the_message_came, 0},
	   {a_status_counts_even_if_the_connection_broke_behind_it, 0},
	   {an_answer_that_is_too_large_is_not_asked_for_again, 0}, {tls_that_nobody_wrote_is_explained, 0},
	   {a_timeout_has_eight_digits_at_most, 0})

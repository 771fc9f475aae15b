/* SPDX-License-Identifier: Apache-2.0
 *
 * reply_test.c - what answers of a backend mean for the batch.
 */
#include "otlp/reply.h"

#include <string.h>

#include "support/suite.h"

#define SHOWN "http://h:4318/v1/traces"
#define NOW   784111757u

static struct verdict verdict;
static struct endpoint endpoint;
static struct question question;

static void set_up(void)
{
	endpoint = (struct endpoint){.shown = (char *)(uintptr_t)SHOWN, .port = 4318};
	question = (struct question){.endpoint = &endpoint, .items = 10, .name = "spans", .now_unix_s = NOW};
}

static void judge(otel_http_reply reply)
{
	reply.size = sizeof reply;
	reply.message = reply.message ? reply.message : "";
	reply.content_type = reply.content_type ? reply.content_type : "";
	reply.retry_after = reply.retry_after ? reply.retry_after : "";
	reply_judge(&verdict, &reply, &question);
}

static void judge_protobuf(int status, const void *body, size_t len)
{
	judge((otel_http_reply){
		.status = status, .content_type = "application/x-protobuf", .body = body, .body_len = len});
}

START_TEST(a_full_success_is_done_and_silent)
{
	judge_protobuf(200, "", 0);
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_DONE);
	ck_assert_uint_eq(verdict.rejected, 0);
	ck_assert_str_eq(verdict.message, "");

	judge((otel_http_reply){
		.status = 200, .content_type = "application/json", .body = (const uint8_t *)"{}", .body_len = 2});
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_DONE);
	ck_assert_str_eq(verdict.message, "");
}
END_TEST

START_TEST(a_partial_success_is_done_and_tells_what_was_refused)
{
	judge_protobuf(200,
		       "\x0a\x0a\x08\x03\x12\x06"
		       "no ids",
		       12);
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_DONE);
	ck_assert_uint_eq(verdict.rejected, 3);
	ck_assert_str_eq(verdict.message, SHOWN " took a batch only in part: no ids");
}
END_TEST

START_TEST(a_backend_cannot_refuse_more_than_it_was_sent)
{
	judge_protobuf(200, "\x0a\x03\x08\xff\x7f", 5);
	ck_assert_uint_eq(verdict.rejected, 10);
	judge_protobuf(200, "\x0a\x0b\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 13); /* -1 */
	ck_assert_uint_eq(verdict.rejected, 0);
	ck_assert_str_eq(verdict.message, "");
}
END_TEST

START_TEST(a_warning_without_refusals_is_told)
{
	judge_protobuf(200, "\x0a\x05\x12\x03old", 7);
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_DONE);
	ck_assert_str_eq(verdict.message, SHOWN " took a batch and warns: old");
}
END_TEST

START_TEST(an_answer_that_is_not_otlp_is_done_but_questioned)
{
	judge_protobuf(200, "\xff\xff", 2);
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_DONE);
	ck_assert_ptr_nonnull(strstr(verdict.message, "not as an OTLP receiver does"));
	judge((otel_http_reply){.status = 200, .content_type = "text/html; charset=utf-8"});
	ck_assert_ptr_nonnull(strstr(verdict.message, "not as an OTLP receiver does"));
}
END_TEST

START_TEST(only_the_four_transient_statuses_are_tried_again)
{
	static const int retried[] = {429, 502, 503, 504};
	static const int dropped[] = {301, 307, 400, 401, 403, 404, 408, 415, 500, 501, 505};
	for (size_t i = 0; i < sizeof retried / sizeof *retried; i++) {
		judge((otel_http_reply){.status = retried[i]});
		ck_assert_int_eq(verdict.result, OTEL_EXPORT_RETRY);
	}
	for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++) {
		judge((otel_http_reply){.status = dropped[i]});
		ck_assert_int_eq(verdict.result, OTEL_EXPORT_DROP);
		ck_assert_str_ne(verdict.message, "");
	}
}
END_TEST

START_TEST(a_batch_that_is_too_large_goes_back_to_be_split)
{
	judge((otel_http_reply){.status = 413});
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_TOO_LARGE);
	ck_assert_str_eq(verdict.message, SHOWN " answered 413; will try again with smaller batches");
	question.items = 1;
	judge((otel_http_reply){.status = 413});
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_TOO_LARGE);
	ck_assert_str_eq(verdict.message, SHOWN " answered 413; spans were dropped");
}
END_TEST

START_TEST(what_is_refused_for_its_compression_goes_again_without)
{
	question.is_packed = true;
	judge((otel_http_reply){.status = 415});
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_RETRY);
	ck_assert(verdict.refuses_gzip);
	ck_assert_str_eq(verdict.message, SHOWN " answered 415; bodies are no longer compressed");
}
END_TEST

static void judge_json(int status, const char *body)
{
	judge((otel_http_reply){.status = status,
				.content_type = "application/json; charset=utf-8",
				.body = (const uint8_t *)body,
				.body_len = strlen(body)});
}

START_TEST(answers_in_json_are_read_as_well)
{
	judge_json(200, "{\"partialSuccess\":{\"rejectedSpans\":\"3\",\"errorMessage\":\"no ids\"}}");
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_DONE);
	ck_assert_uint_eq(verdict.rejected, 3);
	ck_assert_str_eq(verdict.message, SHOWN " took a batch only in part: no ids");
	judge_json(400, "{\"code\":3,\"message\":\"bad\"}");
	ck_assert_str_eq(verdict.message, SHOWN " answered 400: bad; spans were dropped");
	judge_json(200, "{");
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_DONE);
}
END_TEST

START_TEST(a_redirect_is_not_followed)
{
	judge((otel_http_reply){.status = 307});
	ck_assert_str_eq(verdict.message, SHOWN " answered 307; redirects are not followed, spans were dropped");
}
END_TEST

START_TEST(the_backends_wish_to_wait_is_passed_on)
{
	judge((otel_http_reply){.status = 503, .retry_after = "12"});
	ck_assert_uint_eq(verdict.retry_after_ms, 12000);
	judge((otel_http_reply){.status = 429, .retry_after = "Sun, 06 Nov 1994 08:49:37 GMT"});
	ck_assert_uint_eq(verdict.retry_after_ms, 20000);
	judge((otel_http_reply){.status = 400, .retry_after = "12"});
	ck_assert_uint_eq(verdict.retry_after_ms, 0);
}
END_TEST

START_TEST(the_reason_in_a_status_is_shown_scrubbed_and_cut)
{
	char body[400] = "\x08\x03\x12\xac\x02"; /* code 3, message of 300 bytes */
	memset(body + 5, 'x', 300);
	body[6] = '\n';
	body[7] = '\x1b';
	judge_protobuf(400, body, 305);
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_DROP);
	ck_assert_ptr_nonnull(strstr(verdict.message, "answered 400: x  xxx"));
	ck_assert_ptr_nonnull(strstr(verdict.message, "; spans were dropped"));
	ck_assert_uint_lt(strlen(verdict.message), 300);

	judge_protobuf(400, "\x12\xff", 2);
	ck_assert_str_eq(verdict.message, SHOWN " answered 400; spans were dropped");
}
END_TEST

START_TEST(no_answer_is_tried_again_and_ambiguous_only_when_the_request_may_have_arrived)
{
	static const otel_http_error errors[] = {OTEL_HTTP_REFUSED, OTEL_HTTP_NAME,   OTEL_HTTP_CONNECT,  OTEL_HTTP_TLS,
						 OTEL_HTTP_TIMEOUT, OTEL_HTTP_BROKEN, OTEL_HTTP_CANCELLED};
	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
		judge((otel_http_reply){.error = errors[i]});
		ck_assert_int_eq(verdict.result, OTEL_EXPORT_RETRY);
		judge((otel_http_reply){.error = errors[i], .sent = true});
		ck_assert_int_eq(verdict.result, OTEL_EXPORT_UNKNOWN);
	}
	ck_assert_str_eq(verdict.message, ""); /* we cancelled it ourselves: nothing to tell */
	judge((otel_http_reply){.error = OTEL_HTTP_TOO_LARGE, .status = 200, .sent = true});
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_DROP);
}
END_TEST

START_TEST(without_credentials_it_is_tried_again_and_the_authenticator_has_said_why)
{
	judge((otel_http_reply){.error = OTEL_HTTP_AUTH, .status = 401, .message = "authenticator \"a\": expired"});
	ck_assert_int_eq(verdict.result, OTEL_EXPORT_RETRY);
	ck_assert_str_eq(verdict.message, "");
}
END_TEST

START_TEST(the_cause_is_told_and_the_gRPC_port_explained)
{
	otel_http_reply reply = {.error = OTEL_HTTP_REFUSED, .message = "connection refused"};
	judge(reply);
	ck_assert_str_eq(verdict.message, "cannot export to " SHOWN ": connection refused");
	endpoint.port = 4317;
	judge(reply);
	ck_assert_ptr_nonnull(strstr(verdict.message, "; 4317 is the usual gRPC port: set "
						      "OTEL_EXPORTER_OTLP_PROTOCOL=grpc or use 4318"));
}
END_TEST

SUITE_MAIN("reply", set_up, {a_full_success_is_done_and_silent, 0},
	   {a_partial_success_is_done_and_tells_what_was_refused, 0},
	   {a_backend_cannot_refuse_more_than_it_was_sent, 0}, {a_warning_without_refusals_is_told, 0},
	   {an_answer_that_is_not_otlp_is_done_but_questioned, 0},
	   {only_the_four_transient_statuses_are_tried_again, 0}, {a_batch_that_is_too_large_goes_back_to_be_split, 0},
	   {what_is_refused_for_its_compression_goes_again_without, 0}, {answers_in_json_are_read_as_well, 0},
	   {a_redirect_is_not_followed, 0}, {the_backends_wish_to_wait_is_passed_on, 0},
	   {the_reason_in_a_status_is_shown_scrubbed_and_cut, 0},
	   {no_answer_is_tried_again_and_ambiguous_only_when_the_request_may_have_arrived, 0},
	   {without_credentials_it_is_tried_again_and_the_authenticator_has_said_why, 0},
	   {the_cause_is_told_and_the_gRPC_port_explained, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_reply_test.c - where the parts of an answer stand in HTTP/2.
 */
#include "tools/otel-c/sink/grpc_reply.h"

#include <string.h>

#include "support/suite.h"

static struct sink_answer answer;
static struct sink_h2_reply reply;

static void make(void)
{
	sink_h2_reply_fini(&reply);
	sink_h2_reply_init(&reply);
	sink_grpc_reply(&answer, &reply);
	sink_answer_fini(&answer);
}

START_TEST(success_is_a_message_and_a_status_in_trailers)
{
	sink_answer_success(&answer, SINK_GRPC);
	make();
	ck_assert_uint_eq(reply.status, 200);
	ck_assert_str_eq(sink_fields_get(&reply.head, "content-type"), "application/grpc");
	ck_assert_ptr_null(sink_fields_get(&reply.head, "grpc-status"));
	ck_assert_uint_eq(reply.body.len, 5);
	ck_assert_mem_eq(reply.body.data, "\0\0\0\0\0", 5);
	ck_assert_str_eq(sink_fields_get(&reply.trailers, "grpc-status"), "0");
	ck_assert_ptr_null(sink_fields_get(&reply.trailers, "grpc-message"));
}
END_TEST

START_TEST(partial_success_is_a_message_with_its_length)
{
	sink_answer_partial(&answer, SINK_GRPC, OTEL_SIGNAL_LOGS, 7, "why");
	make();
	ck_assert_mem_eq(reply.body.data, "\0\0\0\0\x09\x0a\x07\x08\x07\x12\x03why", 14);
	ck_assert_str_eq(sink_fields_get(&reply.trailers, "grpc-status"), "0");
}
END_TEST

START_TEST(failure_is_a_head_alone)
{
	sink_answer_grpc(&answer, 14, "come again");
	make();
	ck_assert_str_eq(sink_fields_get(&reply.head, "grpc-status"), "14");
	ck_assert_str_eq(sink_fields_get(&reply.head, "grpc-message"), "come again");
	ck_assert_str_eq(sink_fields_get(&reply.head, "grpc-accept-encoding"), "identity,gzip");
	ck_assert_ptr_null(sink_fields_get(&reply.head, "grpc-status-details-bin"));
	ck_assert_uint_eq(reply.body.len, 0);
	ck_assert_uint_eq(reply.trailers.count, 0);
	sink_answer_grpc(&answer, 14, "");
	answer.has_trailers = true;
	make();
	ck_assert_str_eq(sink_fields_get(&reply.trailers, "grpc-status"), "14");
	ck_assert_ptr_null(sink_fields_get(&reply.head, "grpc-status"));
}
END_TEST

START_TEST(messages_are_percent_encoded)
{
	sink_answer_grpc(&answer, 13, "100% of \xc3\xa4\n~");
	make();
	ck_assert_str_eq(sink_fields_get(&reply.head, "grpc-message"), "100%25 of %C3%A4%0A~");
}
END_TEST

START_TEST(when_to_come_again_is_in_the_details)
{
	sink_answer_grpc(&answer, 14, "no");
	answer.has_retry_info = true;
	answer.retry_info_ms = 1500;
	make();
	/* Status{14, "no", Any{type URL, RetryInfo{Duration{1 s, 500000000 ns}}}} */
	ck_assert_str_eq(sink_fields_get(&reply.head, "grpc-status-details-bin"),
			 "CA4SAm5vGjYKKHR5cGUuZ29vZ2xlYXBpcy5jb20vZ29vZ2xlLnJwYy5SZXRyeUluZm8SCgoICAEQgMq17gE");
}
END_TEST

START_TEST(a_page_of_a_proxy_has_nothing_of_grpc)
{
	sink_answer_failure(&answer, SINK_GRPC, 503, "busy");
	answer.has_retry_after = true;
	answer.retry_after = 3;
	make();
	ck_assert_uint_eq(reply.status, 503);
	ck_assert_str_eq(sink_fields_get(&reply.head, "content-type"), "text/plain; charset=utf-8");
	ck_assert_str_eq(sink_fields_get(&reply.head, "retry-after"), "3");
	ck_assert_ptr_null(sink_fields_get(&reply.head, "grpc-status"));
	ck_assert_mem_eq(reply.body.data, "busy\n", 5);
	ck_assert_uint_eq(reply.trailers.count, 0);
}
END_TEST

START_TEST(what_is_wrong_on_purpose_is_wrong)
{
	sink_answer_success(&answer, SINK_GRPC);
	answer.announced = 64;
	answer.has_no_status = true;
	make();
	ck_assert_mem_eq(reply.body.data, "\0\0\0\0\x40", 5);
	ck_assert_uint_eq(reply.trailers.count, 0);
	sink_answer_success(&answer, SINK_GRPC);
	answer.padding = 1 << 20;
	answer.head_padding = 1000;
	make();
	ck_assert_mem_eq(reply.body.data, "\0\0\x10\0\0", 5);
	ck_assert_uint_eq(reply.padding, 1 << 20);
	ck_assert_uint_eq(strlen(sink_fields_get(&reply.head, "x-padding")), 1000);
	sink_h2_reply_fini(&reply);
}
END_TEST

SUITE_MAIN("sink_grpc_reply", NULL, {success_is_a_message_and_a_status_in_trailers, 0},
	   {partial_success_is_a_message_with_its_length, 0}, {failure_is_a_head_alone, 0},
	   {messages_are_percent_encoded, 0}, {when_to_come_again_is_in_the_details, 0},
	   {a_page_of_a_proxy_has_nothing_of_grpc, 0}, {what_is_wrong_on_purpose_is_wrong, 0})

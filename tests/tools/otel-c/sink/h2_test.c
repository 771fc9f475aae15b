/* SPDX-License-Identifier: Apache-2.0
 *
 * h2_test.c - requests and replies over HTTP/2, and the end of a connection.
 */
#include "tools/otel-c/sink/h2.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "h2_pair.h"
#include "support/suite.h"

START_TEST(a_request_gets_head_body_and_trailers)
{
	struct h2_stream *stream;

	h2_pair_start();
	stream = h2_client_post(&pair.client, "/x", "hello", 5);
	h2_pair_run_until_closed(stream);
	ck_assert(stream->is_closed);
	ck_assert_uint_eq(stream->error, NGHTTP2_NO_ERROR);
	ck_assert_str_eq(sink_fields_get(&stream->head, ":status"), "200");
	ck_assert_str_eq(sink_fields_get(&stream->head, "path"), "/x");
	ck_assert_str_eq(buf_str(&stream->body), "hello");
	ck_assert_str_eq(sink_fields_get(&stream->trailers, "len"), "5");
	ck_assert_uint_eq(sink_h2_active(pair.server), 0);
	h2_pair_end();
}
END_TEST

START_TEST(a_head_alone_ends_the_stream)
{
	struct h2_stream *stream;

	h2_pair_start();
	stream = h2_client_post(&pair.client, "/empty", "", 0);
	h2_pair_run_until_closed(stream);
	ck_assert_str_eq(sink_fields_get(&stream->head, "path"), "/empty");
	ck_assert_uint_eq(stream->body.len, 0);
	ck_assert_uint_eq(stream->trailers.count, 0);
	h2_pair_end();
}
END_TEST

START_TEST(many_streams_share_a_connection)
{
	static char bodies[100][3000];

	h2_pair_start();
	for (size_t i = 0; i < 100; i++) {
		char path[16];

		snprintf(path, sizeof path, "/%zu", i);
		memset(bodies[i], 'a' + (int)(i % 26), sizeof bodies[i]);
		h2_client_post(&pair.client, path, bodies[i], sizeof bodies[i]);
	}
	for (size_t i = 0; i < 100; i++) {
		struct h2_stream *stream = &pair.client.streams[i];

		h2_pair_run_until_closed(stream);
		ck_assert_uint_eq(stream->body.len, sizeof bodies[i]);
		ck_assert_mem_eq(stream->body.data, bodies[i], sizeof bodies[i]);
		ck_assert_str_eq(sink_fields_get(&stream->trailers, "len"), "3000");
	}
	ck_assert_uint_eq(pair.requests, 100);
	ck_assert(!pair.client.has_goaway);
	h2_pair_end();
}
END_TEST

START_TEST(the_rest_of_a_body_that_is_too_large_is_not_wanted)
{
	static char body[10 * H2_PAIR_BODY_MAX];
	struct h2_stream *stream;

	h2_pair_start();
	stream = h2_client_post(&pair.client, "/x", body, H2_PAIR_BODY_MAX);
	h2_pair_run_until_closed(stream);
	ck_assert_str_eq(sink_fields_get(&stream->head, ":status"), "200");
	stream = h2_client_post(&pair.client, "/x", body, sizeof body);
	h2_pair_run_until_closed(stream);
	ck_assert_str_eq(sink_fields_get(&stream->head, ":status"), "413");
	ck_assert_uint_eq(stream->error, NGHTTP2_NO_ERROR);
	ck_assert_uint_eq(pair.requests, 2);
	stream = h2_client_post(&pair.client, "/after", "x", 1);
	h2_pair_run_until_closed(stream);
	ck_assert_str_eq(sink_fields_get(&stream->head, "path"), "/after");
	h2_pair_end();
}
END_TEST

START_TEST(what_is_not_http2_is_shut_out)
{
	h2_pair_start();
	ck_assert_int_eq(send(pair.client.fd, "POST / HTTP/1.1\r\nHost: x\r\n\r\n", 29, MSG_NOSIGNAL), 29);
	for (int i = 0; i < 10000 && !pair.client.has_ended && !pair.client.was_reset; i++) {
		char byte;
		ssize_t got;

		sink_h2_run(pair.server);
		while ((got = recv(pair.client.fd, &byte, 1, MSG_DONTWAIT)) > 0)
			;
		pair.client.has_ended = got == 0;
		usleep(1000);
	}
	ck_assert(pair.client.has_ended);
	ck_assert_uint_eq(pair.requests, 0);
	h2_pair_end();
}
END_TEST

START_TEST(the_end_is_announced)
{
	struct h2_stream *stream;

	h2_pair_start();
	stream = h2_client_post(&pair.client, "/x", "hello", 5);
	h2_pair_run_until_closed(stream);
	usleep(200000);
	sink_h2_stop(pair.server);
	for (int i = 0; i < 1000 && !pair.client.has_ended; i++) {
		h2_client_run(&pair.client);
		usleep(1000);
	}
	ck_assert(pair.client.has_goaway);
	ck_assert_uint_eq(pair.client.goaway_error, NGHTTP2_NO_ERROR);
	ck_assert(pair.client.has_ended);
	h2_client_close(&pair.client);
}
END_TEST

START_TEST(who_may_still_be_reading_is_left_in_peace_at_the_end)
{
	struct h2_stream *stream;

	h2_pair_start();
	stream = h2_client_post(&pair.client, "/x", "hello", 5);
	h2_pair_run_until_closed(stream);
	sink_h2_stop(pair.server);
	for (int i = 0; i < 1000 && !pair.client.has_ended; i++) {
		h2_client_run(&pair.client);
		usleep(1000);
	}
	ck_assert(pair.client.has_ended);
	ck_assert(!pair.client.was_reset);
	h2_client_close(&pair.client);
}
END_TEST

SUITE_MAIN("sink_h2", NULL, {a_request_gets_head_body_and_trailers, 0}, {a_head_alone_ends_the_stream, 0},
	   {many_streams_share_a_connection, 0}, {the_rest_of_a_body_that_is_too_large_is_not_wanted, 0},
	   {what_is_not_http2_is_shut_out, 0}, {the_end_is_announced, 0},
	   {who_may_still_be_reading_is_left_in_peace_at_the_end, 0})

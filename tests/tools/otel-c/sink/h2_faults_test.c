/* SPDX-License-Identifier: Apache-2.0
 *
 * h2_faults_test.c - a server of HTTP/2 that is told to treat its clients badly.
 */
#include "tools/otel-c/sink/h2.h"

#include "h2_pair.h"
#include "support/suite.h"

START_TEST(a_late_reply_is_active_until_it_is_sent)
{
	struct h2_stream *stream;

	h2_pair_start();
	pair.manner.delay_ms = 50;
	stream = h2_client_post(&pair.client, "/x", "hello", 5);
	while (!pair.requests)
		h2_pair_run();
	ck_assert_uint_eq(sink_h2_active(pair.server), 1);
	ck_assert_int_ge(sink_h2_wait_ms(pair.server), 0);
	h2_pair_run_until_closed(stream);
	ck_assert_str_eq(buf_str(&stream->body), "hello");
	ck_assert_uint_eq(sink_h2_active(pair.server), 0);
	ck_assert_int_eq(sink_h2_wait_ms(pair.server), -1);
	h2_pair_end();
}
END_TEST

START_TEST(who_waits_in_vain_is_not_active)
{
	h2_pair_start();
	pair.manner = (struct sink_manner){.part = SINK_NOTHING, .end = SINK_SILENT};
	h2_client_post(&pair.client, "/x", "hello", 5);
	while (!pair.requests)
		h2_pair_run();
	h2_pair_run();
	ck_assert_uint_eq(sink_h2_active(pair.server), 0);
	ck_assert(!pair.client.streams[0].has_head);
	h2_pair_end();
}
END_TEST

START_TEST(replies_are_broken_off_where_they_are_to_be)
{
	static const struct {
		struct sink_manner manner;
		bool has_head;
		size_t body_len;
		bool is_reset;
	} rows[] = {
		{{.part = SINK_NOTHING, .end = SINK_RESET}, false, 0, true},
		{{.part = SINK_NOTHING, .end = SINK_CLOSED}, false, 0, false},
		{{.part = SINK_HEAD, .end = SINK_RESET}, true, 0, true},
		{{.part = SINK_SOME, .end = SINK_RESET}, true, 5, true},
		{{.part = SINK_SOME, .end = SINK_CLOSED}, true, 5, false},
		{{.part = SINK_GARBAGE, .end = SINK_CLOSED}, false, 0, false},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct h2_stream *stream;

		h2_pair_start();
		pair.manner = rows[i].manner;
		stream = h2_client_post(&pair.client, "/x", "0123456789", 10);
		h2_pair_run_until_left();
		ck_assert(!stream->is_closed || rows[i].manner.part == SINK_GARBAGE);
		ck_assert(stream->has_head == rows[i].has_head);
		ck_assert_uint_eq(stream->body.len, rows[i].body_len);
		ck_assert_uint_eq(stream->trailers.count, 0);
		ck_assert(pair.client.was_reset == rows[i].is_reset);
		h2_pair_end();
	}
}
END_TEST

START_TEST(streams_are_reset_alone)
{
	struct h2_stream *stream;

	h2_pair_start();
	pair.manner = (struct sink_manner){.part = SINK_NOTHING, .end = SINK_STREAM_RESET, .error = 7};
	stream = h2_client_post(&pair.client, "/x", "hello", 5);
	h2_pair_run_until_closed(stream);
	ck_assert_uint_eq(stream->error, NGHTTP2_REFUSED_STREAM);
	pair.manner = (struct sink_manner){0};
	stream = h2_client_post(&pair.client, "/y", "hello", 5);
	h2_pair_run_until_closed(stream);
	ck_assert_str_eq(buf_str(&stream->body), "hello");
	h2_pair_end();
}
END_TEST

START_TEST(goaway_leaves_a_request_out_or_lets_it_be_the_last)
{
	struct h2_stream *stream;

	h2_pair_start();
	stream = h2_client_post(&pair.client, "/x", "hello", 5);
	h2_pair_run_until_closed(stream);
	pair.manner = (struct sink_manner){.part = SINK_NOTHING, .end = SINK_GOAWAY, .error = 11};
	h2_client_post(&pair.client, "/x", "hello", 5);
	h2_pair_run_until_left();
	ck_assert(pair.client.has_goaway);
	ck_assert_int_eq(pair.client.goaway_last, 1);
	ck_assert_uint_eq(pair.client.goaway_error, 11);
	h2_pair_end();

	h2_pair_start();
	pair.manner = (struct sink_manner){.end = SINK_GOAWAY_AFTER};
	stream = h2_client_post(&pair.client, "/x", "hello", 5);
	h2_pair_run_until_left();
	ck_assert_int_eq(pair.client.goaway_last, 1);
	ck_assert(stream->is_closed);
	ck_assert_str_eq(sink_fields_get(&stream->trailers, "len"), "5");
	h2_pair_end();
}
END_TEST

START_TEST(a_reply_may_be_the_last_of_its_connection)
{
	struct h2_stream *stream;

	h2_pair_start();
	pair.manner = (struct sink_manner){.end = SINK_CLOSED};
	stream = h2_client_post(&pair.client, "/x", "hello", 5);
	h2_pair_run_until_left();
	ck_assert_str_eq(sink_fields_get(&stream->trailers, "len"), "5");
	ck_assert_uint_eq(stream->error, NGHTTP2_NO_ERROR);
	ck_assert(pair.client.has_goaway);
	ck_assert(!pair.client.was_reset);
	h2_pair_end();
}
END_TEST

START_TEST(connections_are_received_as_they_are_to_be)
{
	static char body[2000];
	struct h2_stream *stream;

	h2_pair_start();
	pair.welcome.is_reset = true;
	pair.welcome.reset_after = 100;
	h2_client_post(&pair.client, "/x", body, sizeof body);
	h2_pair_run_until_left();
	ck_assert(pair.client.was_reset);
	ck_assert_uint_eq(pair.requests, 0);
	h2_pair_end();

	h2_pair_start();
	pair.welcome.is_silent = true;
	h2_client_post(&pair.client, "/x", body, sizeof body);
	for (int i = 0; i < 100; i++)
		h2_pair_run();
	ck_assert_uint_eq(pair.requests, 0);
	ck_assert(!pair.client.has_ended && !pair.client.was_reset);
	h2_pair_end();

	h2_pair_start();
	pair.welcome.bytes_per_s = 10000;
	stream = h2_client_post(&pair.client, "/x", body, sizeof body);
	for (int i = 0; i < 10; i++)
		h2_pair_run();
	ck_assert_int_ge(sink_h2_wait_ms(pair.server), 0);
	h2_pair_run_until_closed(stream);
	ck_assert_str_eq(sink_fields_get(&stream->trailers, "len"), "2000");
	h2_pair_end();
}
END_TEST

SUITE_MAIN("sink_h2_faults", NULL, {a_late_reply_is_active_until_it_is_sent, 0}, {who_waits_in_vain_is_not_active, 0},
	   {replies_are_broken_off_where_they_are_to_be, 0}, {streams_are_reset_alone, 0},
	   {goaway_leaves_a_request_out_or_lets_it_be_the_last, 0}, {a_reply_may_be_the_last_of_its_connection, 0},
	   {connections_are_received_as_they_are_to_be, 0})

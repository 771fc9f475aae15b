/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_h2_test.c - the server of HTTP/2 with a client of the same library, in one thread.
 */
#include "sink_h2.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "h2_client.h"
#include "support/suite.h"
#include "util/clock.h"

#define BODY_MAX 100000

static struct sink_h2 *server;
static struct h2_client client;
static struct sink_manner manner; /* of the replies */
static struct sink_welcome welcome;
static size_t requests;

/* The body comes back, and its length in the trailers; "/empty" gets a head alone. */
static void on_request(void *self, const struct sink_h2_request *request, struct sink_h2_reply *reply)
{
	const char *path = sink_fields_get(request->fields, ":path");
	char len[24];

	(void)self;
	requests++;
	reply->manner = manner;
	sink_fields_put(&reply->head, "path", path);
	snprintf(len, sizeof len, "%zu", request->body_len);
	if (request->too_large)
		reply->status = 413;
	if (request->too_large || strcmp(path, "/empty") == 0)
		return;
	buf_append(&reply->body, request->body, request->body_len);
	sink_fields_put(&reply->trailers, "len", len);
}

static struct sink_welcome on_connection(void *self)
{
	(void)self;
	return welcome;
}

static void start(void)
{
	const struct sink_h2_handler handler = {.answer = on_request, .welcome = on_connection, .body_max = BODY_MAX};
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof at;
	const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	manner = (struct sink_manner){0};
	welcome = (struct sink_welcome){0};
	requests = 0;
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&at, len), 0);
	ck_assert_int_eq(listen(fd, 8), 0);
	ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&at, &len), 0);
	server = sink_h2_start(fd, &handler);
	ck_assert_ptr_nonnull(server);
	h2_client_connect(&client, ntohs(at.sin_port));
}

static void end(void)
{
	h2_client_close(&client);
	sink_h2_stop(server);
}

static void run(void)
{
	h2_client_run(&client);
	sink_h2_run(server);
	h2_client_run(&client);
	usleep(200);
}

/* Until the stream is closed, or the connection is. */
static void run_until_closed(const struct h2_stream *stream)
{
	const uint64_t deadline = clock_mono_ms() + 30000;

	while (!stream->is_closed && !client.has_ended && !client.was_reset && clock_mono_ms() < deadline)
		run();
}

static void run_until_left(void)
{
	const uint64_t deadline = clock_mono_ms() + 30000;

	while (!client.has_ended && !client.was_reset && clock_mono_ms() < deadline)
		run();
}

START_TEST(a_request_gets_head_body_and_trailers)
{
	struct h2_stream *stream;

	start();
	stream = h2_client_post(&client, "/x", "hello", 5);
	run_until_closed(stream);
	ck_assert(stream->is_closed);
	ck_assert_uint_eq(stream->error, NGHTTP2_NO_ERROR);
	ck_assert_str_eq(sink_fields_get(&stream->head, ":status"), "200");
	ck_assert_str_eq(sink_fields_get(&stream->head, "path"), "/x");
	ck_assert_str_eq(buf_str(&stream->body), "hello");
	ck_assert_str_eq(sink_fields_get(&stream->trailers, "len"), "5");
	ck_assert_uint_eq(sink_h2_active(server), 0);
	end();
}
END_TEST

START_TEST(a_head_alone_ends_the_stream)
{
	struct h2_stream *stream;

	start();
	stream = h2_client_post(&client, "/empty", "", 0);
	run_until_closed(stream);
	ck_assert_str_eq(sink_fields_get(&stream->head, "path"), "/empty");
	ck_assert_uint_eq(stream->body.len, 0);
	ck_assert_uint_eq(stream->trailers.count, 0);
	end();
}
END_TEST

START_TEST(many_streams_share_a_connection)
{
	static char bodies[100][3000];

	start();
	for (size_t i = 0; i < 100; i++) {
		char path[16];

		snprintf(path, sizeof path, "/%zu", i);
		memset(bodies[i], 'a' + (int)(i % 26), sizeof bodies[i]);
		h2_client_post(&client, path, bodies[i], sizeof bodies[i]);
	}
	for (size_t i = 0; i < 100; i++) {
		struct h2_stream *stream = &client.streams[i];

		run_until_closed(stream);
		ck_assert_uint_eq(stream->body.len, sizeof bodies[i]);
		ck_assert_mem_eq(stream->body.data, bodies[i], sizeof bodies[i]);
		ck_assert_str_eq(sink_fields_get(&stream->trailers, "len"), "3000");
	}
	ck_assert_uint_eq(requests, 100);
	ck_assert(!client.has_goaway);
	end();
}
END_TEST

START_TEST(the_rest_of_a_body_that_is_too_large_is_not_wanted)
{
	static char body[10 * BODY_MAX];
	struct h2_stream *stream;

	start();
	stream = h2_client_post(&client, "/x", body, BODY_MAX);
	run_until_closed(stream);
	ck_assert_str_eq(sink_fields_get(&stream->head, ":status"), "200");
	stream = h2_client_post(&client, "/x", body, sizeof body);
	run_until_closed(stream);
	ck_assert_str_eq(sink_fields_get(&stream->head, ":status"), "413");
	ck_assert_uint_eq(stream->error, NGHTTP2_NO_ERROR);
	ck_assert_uint_eq(requests, 2);
	stream = h2_client_post(&client, "/after", "x", 1);
	run_until_closed(stream);
	ck_assert_str_eq(sink_fields_get(&stream->head, "path"), "/after");
	end();
}
END_TEST

START_TEST(what_is_not_http2_is_shut_out)
{
	start();
	ck_assert_int_eq(send(client.fd, "POST / HTTP/1.1\r\nHost: x\r\n\r\n", 29, MSG_NOSIGNAL), 29);
	for (int i = 0; i < 10000 && !client.has_ended && !client.was_reset; i++) {
		char byte;
		ssize_t got;

		sink_h2_run(server);
		while ((got = recv(client.fd, &byte, 1, MSG_DONTWAIT)) > 0)
			;
		client.has_ended = got == 0;
		usleep(1000);
	}
	ck_assert(client.has_ended);
	ck_assert_uint_eq(requests, 0);
	end();
}
END_TEST

START_TEST(a_late_reply_is_active_until_it_is_sent)
{
	struct h2_stream *stream;

	start();
	manner.delay_ms = 50;
	stream = h2_client_post(&client, "/x", "hello", 5);
	while (!requests)
		run();
	ck_assert_uint_eq(sink_h2_active(server), 1);
	ck_assert_int_ge(sink_h2_wait_ms(server), 0);
	run_until_closed(stream);
	ck_assert_str_eq(buf_str(&stream->body), "hello");
	ck_assert_uint_eq(sink_h2_active(server), 0);
	ck_assert_int_eq(sink_h2_wait_ms(server), -1);
	end();
}
END_TEST

START_TEST(who_waits_in_vain_is_not_active)
{
	start();
	manner = (struct sink_manner){.part = SINK_NOTHING, .end = SINK_SILENT};
	h2_client_post(&client, "/x", "hello", 5);
	while (!requests)
		run();
	run();
	ck_assert_uint_eq(sink_h2_active(server), 0);
	ck_assert(!client.streams[0].has_head);
	end();
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

		start();
		manner = rows[i].manner;
		stream = h2_client_post(&client, "/x", "0123456789", 10);
		run_until_left();
		ck_assert(!stream->is_closed || rows[i].manner.part == SINK_GARBAGE);
		ck_assert(stream->has_head == rows[i].has_head);
		ck_assert_uint_eq(stream->body.len, rows[i].body_len);
		ck_assert_uint_eq(stream->trailers.count, 0);
		ck_assert(client.was_reset == rows[i].is_reset);
		end();
	}
}
END_TEST

START_TEST(streams_are_reset_alone)
{
	struct h2_stream *stream;

	start();
	manner = (struct sink_manner){.part = SINK_NOTHING, .end = SINK_STREAM_RESET, .error = 7};
	stream = h2_client_post(&client, "/x", "hello", 5);
	run_until_closed(stream);
	ck_assert_uint_eq(stream->error, NGHTTP2_REFUSED_STREAM);
	manner = (struct sink_manner){0};
	stream = h2_client_post(&client, "/y", "hello", 5);
	run_until_closed(stream);
	ck_assert_str_eq(buf_str(&stream->body), "hello");
	end();
}
END_TEST

START_TEST(goaway_leaves_a_request_out_or_lets_it_be_the_last)
{
	struct h2_stream *stream;

	start();
	stream = h2_client_post(&client, "/x", "hello", 5);
	run_until_closed(stream);
	manner = (struct sink_manner){.part = SINK_NOTHING, .end = SINK_GOAWAY, .error = 11};
	h2_client_post(&client, "/x", "hello", 5);
	run_until_left();
	ck_assert(client.has_goaway);
	ck_assert_int_eq(client.goaway_last, 1);
	ck_assert_uint_eq(client.goaway_error, 11);
	end();

	start();
	manner = (struct sink_manner){.end = SINK_GOAWAY_AFTER};
	stream = h2_client_post(&client, "/x", "hello", 5);
	run_until_left();
	ck_assert_int_eq(client.goaway_last, 1);
	ck_assert(stream->is_closed);
	ck_assert_str_eq(sink_fields_get(&stream->trailers, "len"), "5");
	end();
}
END_TEST

START_TEST(a_reply_may_be_the_last_of_its_connection)
{
	struct h2_stream *stream;

	start();
	manner = (struct sink_manner){.end = SINK_CLOSED};
	stream = h2_client_post(&client, "/x", "hello", 5);
	run_until_left();
	ck_assert_str_eq(sink_fields_get(&stream->trailers, "len"), "5");
	ck_assert_uint_eq(stream->error, NGHTTP2_NO_ERROR);
	ck_assert(client.has_goaway);
	ck_assert(!client.was_reset);
	end();
}
END_TEST

START_TEST(connections_are_received_as_they_are_to_be)
{
	static char body[2000];
	struct h2_stream *stream;

	start();
	welcome.is_reset = true;
	welcome.reset_after = 100;
	h2_client_post(&client, "/x", body, sizeof body);
	run_until_left();
	ck_assert(client.was_reset);
	ck_assert_uint_eq(requests, 0);
	end();

	start();
	welcome.is_silent = true;
	h2_client_post(&client, "/x", body, sizeof body);
	for (int i = 0; i < 100; i++)
		run();
	ck_assert_uint_eq(requests, 0);
	ck_assert(!client.has_ended && !client.was_reset);
	end();

	start();
	welcome.bytes_per_s = 10000;
	stream = h2_client_post(&client, "/x", body, sizeof body);
	for (int i = 0; i < 10; i++)
		run();
	ck_assert_int_ge(sink_h2_wait_ms(server), 0);
	run_until_closed(stream);
	ck_assert_str_eq(sink_fields_get(&stream->trailers, "len"), "2000");
	end();
}
END_TEST

START_TEST(the_end_is_announced)
{
	struct h2_stream *stream;

	start();
	stream = h2_client_post(&client, "/x", "hello", 5);
	run_until_closed(stream);
	usleep(200000);
	sink_h2_stop(server);
	for (int i = 0; i < 1000 && !client.has_ended; i++) {
		h2_client_run(&client);
		usleep(1000);
	}
	ck_assert(client.has_goaway);
	ck_assert_uint_eq(client.goaway_error, NGHTTP2_NO_ERROR);
	ck_assert(client.has_ended);
	h2_client_close(&client);
}
END_TEST

START_TEST(who_may_still_be_reading_is_left_in_peace_at_the_end)
{
	struct h2_stream *stream;

	start();
	stream = h2_client_post(&client, "/x", "hello", 5);
	run_until_closed(stream);
	sink_h2_stop(server);
	for (int i = 0; i < 1000 && !client.has_ended; i++) {
		h2_client_run(&client);
		usleep(1000);
	}
	ck_assert(client.has_ended);
	ck_assert(!client.was_reset);
	h2_client_close(&client);
}
END_TEST

SUITE_MAIN("sink_h2", NULL, {a_request_gets_head_body_and_trailers, 0}, {a_head_alone_ends_the_stream, 0},
	   {many_streams_share_a_connection, 0}, {the_rest_of_a_body_that_is_too_large_is_not_wanted, 0},
	   {what_is_not_http2_is_shut_out, 0}, {a_late_reply_is_active_until_it_is_sent, 0},
	   {who_waits_in_vain_is_not_active, 0}, {replies_are_broken_off_where_they_are_to_be, 0},
	   {streams_are_reset_alone, 0}, {goaway_leaves_a_request_out_or_lets_it_be_the_last, 0},
	   {a_reply_may_be_the_last_of_its_connection, 0}, {connections_are_received_as_they_are_to_be, 0},
	   {the_end_is_announced, 0}, {who_may_still_be_reading_is_left_in_peace_at_the_end, 0})

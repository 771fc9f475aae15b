/* SPDX-License-Identifier: Apache-2.0
 *
 * http2_test.c - HTTP/2 over libcurl: answers in frames, and streams that end without one.
 */
#include "core/http/http2_support.h"

#include <stdlib.h>

/* ---- answers ---- */

START_TEST(trailers_come_behind_the_headers)
{
	struct server server;
	server_start(&server, serve_answers);
	struct exchange e = post(&server);
	assert_good(&e);
	ck_assert(e.sent);
	ck_assert_str_eq(e.headers, "content-type: application/grpc+proto\ngrpc-status: 0\n");
	ck_assert_str_eq(e.content_type, "application/grpc+proto");
	ck_assert_uint_eq(e.body_len, 5);
	server_stop(&server);
}
END_TEST

static void serve_trailers_only(struct server *server, int connection)
{
	static const char *const fields[] = {
		"content-type", "application/grpc", "grpc-status", "14", "grpc-message", "busy", NULL};
	struct peer peer = {.server = server, .fd = connection};
	while (peer_read(&peer))
		peer_headers(&peer, 200, true, fields);
}

START_TEST(an_answer_of_headers_alone_is_one)
{
	struct server server;
	server_start(&server, serve_trailers_only);
	for (int i = 0; i < 3; i++) {
		struct exchange e = post(&server);
		ck_assert_int_eq(e.error, OTEL_HTTP_OK);
		ck_assert_int_eq(e.status, 200);
		ck_assert_uint_eq(e.body_len, 0);
		ck_assert_ptr_nonnull(strstr(e.headers, "grpc-status: 14\ngrpc-message: busy\n"));
	}
	server_stop(&server);
}
END_TEST

static void serve_crumbs(struct server *server, int connection)
{
	static const char *const head[] = {"content-type", "application/grpc", NULL};
	static const char *const trailers[] = {"grpc-status", "0", NULL};
	struct peer peer = {.server = server, .fd = connection};
	while (peer_read(&peer)) {
		peer_headers(&peer, 200, false, head);
		for (int i = 0; i < 10; i++) {
			usleep(1000);
			peer_data(&peer, &"0123456789"[i], 1, false);
		}
		usleep(1000);
		peer_headers(&peer, 0, true, trailers);
	}
}

START_TEST(a_body_in_many_frames_is_put_together)
{
	struct server server;
	server_start(&server, serve_crumbs);
	struct exchange e = post(&server);
	assert_good(&e);
	ck_assert_str_eq(e.body, "0123456789");
	server_stop(&server);
}
END_TEST

START_TEST(a_large_body_arrives_whole)
{
	struct server server;
	const size_t len = 5 << 20;
	char *body = calloc(1, len);
	server_start(&server, serve_answers);
	const otel_http_request request = h2_post(server.url, body, len);
	for (int i = 0; i < 3; i++) {
		struct exchange e = exchange_run(&request);
		assert_good(&e);
	}
	ck_assert_int_eq(server.seen->connections, 1);
	server_stop(&server);
	free(body);
}
END_TEST

static void serve_many_fields(struct server *server, int connection)
{
	static const char *fields[2 * 400 + 1];
	struct peer peer = {.server = server, .fd = connection};
	for (int i = 0; i < 800; i++)
		fields[i] = "x";
	while (peer_read(&peer))
		peer_headers(&peer, 200, true, fields);
}

START_TEST(more_headers_than_anybody_needs_are_too_large)
{
	struct server server;
	server_start(&server, serve_many_fields);
	struct exchange e = post(&server);
	ck_assert_int_eq(e.error, OTEL_HTTP_TOO_LARGE);
	server_stop(&server);
}
END_TEST

/* ---- none ---- */

static void serve_reset(struct server *server, int connection)
{
	struct peer peer = {.server = server, .fd = connection};
	while (peer_read(&peer))
		peer_reset(&peer, PEER_INTERNAL_ERROR);
}

START_TEST(a_stream_that_is_reset_leaves_the_outcome_open)
{
	struct server server;
	server_start(&server, serve_reset);
	for (int i = 1; i < 4; i++) {
		struct exchange e = post(&server);
		ck_assert_int_eq(e.error, OTEL_HTTP_BROKEN);
		ck_assert(e.sent);
		ck_assert_str_eq(e.message, "the server reset the stream (INTERNAL_ERROR)");
		ck_assert_int_eq(server.seen->requests, i);
	}
	server_stop(&server);
}
END_TEST

static void serve_refusal(struct server *server, int connection)
{
	struct peer peer = {.server = server, .fd = connection};
	while (peer_read(&peer))
		peer_reset(&peer, PEER_REFUSED_STREAM);
}

START_TEST(a_stream_that_is_refused_was_not_sent)
{
	struct server server;
	server_start(&server, serve_refusal);
	struct exchange e = post(&server);
	ck_assert_int_eq(e.error, OTEL_HTTP_BROKEN);
	ck_assert(!e.sent);
	ck_assert_str_eq(e.message, "the server refused the stream");
	ck_assert_int_eq(server.seen->requests, 1);
	server_stop(&server);
}
END_TEST

static void serve_old_version(struct server *server, int connection)
{
	struct peer peer = {.server = server, .fd = connection};
	while (peer_read(&peer))
		peer_reset(&peer, PEER_HTTP_1_1_REQUIRED);
}

START_TEST(a_server_that_wants_the_old_version_does_not_get_it)
{
	struct server server;
	server_start(&server, serve_old_version);
	struct exchange e = post(&server);
	ck_assert_int_eq(e.error, OTEL_HTTP_BROKEN);
	ck_assert_int_eq(server.seen->requests, 1);
	server_stop(&server);
}
END_TEST

static void serve_half(struct server *server, int connection)
{
	static const char *const head[] = {"content-type", "application/grpc", NULL};
	struct peer peer = {.server = server, .fd = connection};
	if (!peer_read(&peer))
		return;
	peer_headers(&peer, 200, false, head);
	peer_data(&peer, "\0\0\0\0", 4, false);
}

START_TEST(an_answer_cut_short_is_broken)
{
	struct server server;
	server_start(&server, serve_half);
	struct exchange e = post(&server);
	ck_assert_int_eq(e.error, OTEL_HTTP_BROKEN);
	ck_assert_int_eq(e.status, 200);
	ck_assert(e.sent);
	server_stop(&server);
}
END_TEST

static void serve_old_answer(struct server *server, int connection)
{
	struct peer peer = {.server = server, .fd = connection};
	server_say(connection, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
	peer_read(&peer);
}

START_TEST(a_server_of_the_old_version_is_known_as_such)
{
	struct server server;
	server_start(&server, serve_old_answer);
	struct exchange e = post(&server);
	ck_assert_int_eq(e.error, OTEL_HTTP_BROKEN);
	ck_assert_str_eq(e.message, "the server does not speak HTTP/2");
	server_stop(&server);
}
END_TEST

HTTP2_MAIN("http2", {trailers_come_behind_the_headers, 0}, {an_answer_of_headers_alone_is_one, 0},
	   {a_body_in_many_frames_is_put_together, 0}, {a_large_body_arrives_whole, 0},
	   {more_headers_than_anybody_needs_are_too_large, 0}, {a_stream_that_is_reset_leaves_the_outcome_open, 0},
	   {a_stream_that_is_refused_was_not_sent, 0}, {a_server_that_wants_the_old_version_does_not_get_it, 0},
	   {an_answer_cut_short_is_broken, 0}, {a_server_of_the_old_version_is_known_as_such, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * h2_pair.c - see h2_pair.h.
 */
#include "h2_pair.h"

#include <arpa/inet.h>
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "util/clock.h"

struct h2_pair pair;

static void on_request(void *self, const struct sink_h2_request *request, struct sink_h2_reply *reply)
{
	const char *path = sink_fields_get(request->fields, ":path");
	char len[24];

	(void)self;
	pair.requests++;
	reply->manner = pair.manner;
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
	return pair.welcome;
}

void h2_pair_start(void)
{
	const struct sink_h2_handler handler = {
		.answer = on_request, .welcome = on_connection, .body_max = H2_PAIR_BODY_MAX};
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof at;
	const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	pair.manner = (struct sink_manner){0};
	pair.welcome = (struct sink_welcome){0};
	pair.requests = 0;
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&at, len), 0);
	ck_assert_int_eq(listen(fd, 8), 0);
	ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&at, &len), 0);
	pair.server = sink_h2_start(fd, &handler);
	ck_assert_ptr_nonnull(pair.server);
	h2_client_connect(&pair.client, ntohs(at.sin_port));
}

void h2_pair_end(void)
{
	h2_client_close(&pair.client);
	sink_h2_stop(pair.server);
}

void h2_pair_run(void)
{
	h2_client_run(&pair.client);
	sink_h2_run(pair.server);
	h2_client_run(&pair.client);
	usleep(200);
}

void h2_pair_run_until_closed(const struct h2_stream *stream)
{
	const uint64_t deadline = clock_mono_ms() + 30000;

	while (!stream->is_closed && !pair.client.has_ended && !pair.client.was_reset && clock_mono_ms() < deadline)
		h2_pair_run();
}

void h2_pair_run_until_left(void)
{
	const uint64_t deadline = clock_mono_ms() + 30000;

	while (!pair.client.has_ended && !pair.client.was_reset && clock_mono_ms() < deadline)
		h2_pair_run();
}

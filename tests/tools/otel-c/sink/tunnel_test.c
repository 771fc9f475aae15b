/* SPDX-License-Identifier: Apache-2.0
 *
 * tunnel_test.c - what a client and a server say through a tunnel.
 */
#include "tools/otel-c/sink/tunnel.h"

#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/suite.h"

static struct sink_tunnel *tunnel;
static int client;
static char data[1 << 20];

static void open_tunnel(struct sink_welcome welcome)
{
	int ends[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends), 0);
	client = ends[1];
	tunnel = sink_tunnel_open(ends[0], NULL, welcome);
	ck_assert_ptr_nonnull(tunnel);
}

/* With the server's end, which the caller closes. */
static int begin(void)
{
	open_tunnel((struct sink_welcome){0});
	ck_assert_int_eq(write(client, "hello", 5), 5);
	ck_assert_int_eq(sink_tunnel_run(tunnel), SINK_TUNNEL_BEGUN);
	return tunnel->served;
}

START_TEST(a_client_that_says_nothing_is_not_served)
{
	open_tunnel((struct sink_welcome){0});
	ck_assert_int_eq(sink_tunnel_run(tunnel), SINK_TUNNEL_OPEN);
	ck_assert_int_eq(tunnel->inner, -1);
	ck_assert_uint_eq(sink_tunnel_waits_outside(tunnel), EPOLLIN);
	close(client);
	ck_assert_int_eq(sink_tunnel_run(tunnel), SINK_TUNNEL_OVER);
	sink_tunnel_close(tunnel);
}
END_TEST

START_TEST(bytes_go_through_both_ways)
{
	const int served = begin();

	ck_assert_int_eq(read(served, data, sizeof data), 5);
	ck_assert_mem_eq(data, "hello", 5);
	ck_assert_int_eq(write(served, "answer", 6), 6);
	ck_assert_int_eq(sink_tunnel_run(tunnel), SINK_TUNNEL_OPEN);
	ck_assert_int_eq(read(client, data, sizeof data), 6);
	ck_assert_mem_eq(data, "answer", 6);
	close(served);
	ck_assert_int_eq(sink_tunnel_run(tunnel), SINK_TUNNEL_OVER);
	sink_tunnel_close(tunnel);
	close(client);
}
END_TEST

START_TEST(last_words_go_out_before_the_end)
{
	const int served = begin();

	ck_assert_int_eq(write(served, "last", 4), 4);
	close(served);
	ck_assert_int_eq(sink_tunnel_run(tunnel), SINK_TUNNEL_OVER);
	sink_tunnel_close(tunnel);
	ck_assert_int_eq(read(client, data, sizeof data), 4);
	ck_assert_int_eq(read(client, data, sizeof data), 0);
	close(client);
}
END_TEST

START_TEST(the_server_learns_that_the_client_has_left)
{
	const int served = begin();

	close(client);
	sink_tunnel_run(tunnel);
	ck_assert_int_eq(read(served, data, sizeof data), 5);
	ck_assert_int_eq(read(served, data, sizeof data), 0);
	close(served);
	ck_assert_int_eq(sink_tunnel_run(tunnel), SINK_TUNNEL_OVER);
	sink_tunnel_close(tunnel);
}
END_TEST

START_TEST(nothing_is_lost_when_a_side_is_slow)
{
	static char sent[1 << 20];
	const int served = begin();
	size_t written = 0, taken = 0;

	for (size_t i = 0; i < sizeof sent; i++)
		sent[i] = (char)(i * 31 % 251);
	ck_assert_int_eq(read(served, data, sizeof data), 5);
	while (taken < sizeof sent) {
		ssize_t moved = write(served, sent + written, sizeof sent - written);

		written += moved > 0 ? (size_t)moved : 0;
		ck_assert_int_eq(sink_tunnel_run(tunnel), SINK_TUNNEL_OPEN);
		moved = read(client, data + taken, 5000);
		taken += moved > 0 ? (size_t)moved : 0;
	}
	ck_assert_mem_eq(data, sent, sizeof sent);
	close(served);
	sink_tunnel_run(tunnel);
	sink_tunnel_close(tunnel);
	close(client);
}
END_TEST

SUITE_MAIN("sink_tunnel", NULL, {a_client_that_says_nothing_is_not_served, 0}, {bytes_go_through_both_ways, 0},
	   {last_words_go_out_before_the_end, 0}, {the_server_learns_that_the_client_has_left, 0},
	   {nothing_is_lost_when_a_side_is_slow, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * channel_test.c - plain channels over a pair of sockets. TLS is tested by tls_test.sh.
 */
#include "tools/otel-c/sink/channel.h"

#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/suite.h"

static struct sink_channel channel;
static int peer;
static char data[100];
static size_t len;

static void open_channel(struct sink_welcome welcome)
{
	int ends[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends), 0);
	peer = ends[1];
	ck_assert(sink_channel_open(&channel, ends[0], NULL, welcome));
}

static void close_channel(void)
{
	sink_channel_close(&channel);
	close(peer);
}

static enum sink_io read_channel(void)
{
	return sink_channel_read(&channel, data, sizeof data, &len);
}

START_TEST(bytes_go_both_ways)
{
	open_channel((struct sink_welcome){0});
	ck_assert(sink_channel_is_ready(&channel));
	ck_assert(sink_channel_speaks(&channel, "h2"));
	ck_assert_int_eq(read_channel(), SINK_IO_AGAIN);
	ck_assert_int_eq(write(peer, "hello", 5), 5);
	ck_assert_int_eq(read_channel(), SINK_IO_DONE);
	ck_assert_uint_eq(len, 5);
	ck_assert_mem_eq(data, "hello", 5);
	ck_assert_int_eq(sink_channel_write(&channel, "bye", 3, &len), SINK_IO_DONE);
	ck_assert_uint_eq(len, 3);
	ck_assert_int_eq(read(peer, data, sizeof data), 3);
	shutdown(peer, SHUT_WR);
	ck_assert_int_eq(read_channel(), SINK_IO_END);
	close_channel();
}
END_TEST

START_TEST(it_waits_for_what_it_needs)
{
	open_channel((struct sink_welcome){0});
	ck_assert_uint_eq(sink_channel_waits_for(&channel, true, false), EPOLLIN);
	ck_assert_uint_eq(sink_channel_waits_for(&channel, false, true), EPOLLOUT);
	ck_assert_uint_eq(sink_channel_waits_for(&channel, false, false), 0);
	ck_assert_uint_eq(sink_channel_due(&channel), UINT64_MAX);
	close_channel();
}
END_TEST

START_TEST(a_peer_that_has_left_is_no_signal)
{
	open_channel((struct sink_welcome){0});
	close(peer);
	ck_assert_int_eq(sink_channel_write(&channel, "bye", 3, &len), SINK_IO_BROKEN);
	ck_assert_ptr_null(channel.broken);
	sink_channel_close(&channel);
}
END_TEST

START_TEST(silence_neither_reads_nor_writes)
{
	open_channel((struct sink_welcome){.is_silent = true});
	ck_assert_int_eq(write(peer, "hello", 5), 5);
	ck_assert_int_eq(read_channel(), SINK_IO_AGAIN);
	ck_assert_int_eq(sink_channel_write(&channel, "bye", 3, &len), SINK_IO_AGAIN);
	ck_assert_uint_eq(sink_channel_waits_for(&channel, true, true), EPOLLRDHUP);
	shutdown(peer, SHUT_WR);
	ck_assert_int_eq(read_channel(), SINK_IO_END);
	close_channel();
}
END_TEST

START_TEST(a_reset_comes_after_so_many_bytes)
{
	open_channel((struct sink_welcome){.is_reset = true, .reset_after = 7});
	ck_assert_int_eq(write(peer, "0123456789", 10), 10);
	ck_assert_int_eq(read_channel(), SINK_IO_DONE);
	ck_assert_uint_eq(len, 7);
	ck_assert_int_eq(read_channel(), SINK_IO_BROKEN);
	close_channel();
}
END_TEST

START_TEST(slow_reading_takes_a_share_and_rests)
{
	open_channel((struct sink_welcome){.bytes_per_s = 100});
	ck_assert_int_eq(write(peer, "0123456789", 10), 10);
	ck_assert_int_eq(read_channel(), SINK_IO_DONE);
	ck_assert_uint_lt(len, 10);
	ck_assert_uint_ne(sink_channel_due(&channel), UINT64_MAX);
	ck_assert_uint_eq(sink_channel_waits_for(&channel, true, false), 0);
	for (size_t all = len; all < 10; all += len) {
		usleep(1000);
		if (read_channel() == SINK_IO_AGAIN)
			len = 0;
	}
	close_channel();
}
END_TEST

SUITE_MAIN("sink_channel", NULL, {bytes_go_both_ways, 0}, {it_waits_for_what_it_needs, 0},
	   {a_peer_that_has_left_is_no_signal, 0}, {silence_neither_reads_nor_writes, 0},
	   {a_reset_comes_after_so_many_bytes, 0}, {slow_reading_takes_a_share_and_rests, 0})

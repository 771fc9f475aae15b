/* SPDX-License-Identifier: Apache-2.0
 *
 * listen_test.c - addresses and sockets.
 */
#include "tools/otel-c/sink/listen.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "support/suite.h"

START_TEST(port_zero_picks_one_and_names_it)
{
	char bound[SINK_ADDRESS_MAX];
	int fd;

	ck_assert_int_eq(sink_listen("127.0.0.1:0", "--listen", &fd, bound), SINK_LISTENING);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(strncmp(bound, "127.0.0.1:", 10), 0);
	ck_assert_str_ne(bound, "127.0.0.1:0");
	ck_assert(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	close(fd);
}
END_TEST

START_TEST(a_port_in_use_is_refused)
{
	char bound[SINK_ADDRESS_MAX];
	char again[SINK_ADDRESS_MAX];
	int fd, other;

	ck_assert_int_eq(sink_listen("127.0.0.1:0", "--listen", &fd, bound), SINK_LISTENING);
	ck_assert_int_eq(sink_listen(bound, "--listen", &other, again), SINK_NOT_BOUND);
	ck_assert_int_eq(other, -1);
	close(fd);
}
END_TEST

START_TEST(what_is_no_address_is_refused)
{
	static const char *const wrong[] = {"",         "4318",       "127.0.0.1", ":4318",     "127.0.0.1:",
					    "::1:4318", "host:65536", "host:-1",   "host:http", "[::1]"};
	char bound[SINK_ADDRESS_MAX];
	int fd;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(sink_listen(wrong[i], "--listen", &fd, bound) == SINK_NO_ADDRESS, "\"%s\"", wrong[i]);
}
END_TEST

SUITE_MAIN("sink_listen", NULL, {port_zero_picks_one_and_names_it, 0}, {a_port_in_use_is_refused, 0},
	   {what_is_no_address_is_refused, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * sock_test.c - sockets that know whether they are still ours.
 */
#include "http/sock.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/suite.h"

static int open_one(void)
{
	struct curl_sockaddr address = {.family = AF_INET, .socktype = SOCK_STREAM};
	bool opened = false;
	int fd = sock_open(&opened, CURLSOCKTYPE_IPCXN, &address);
	ck_assert(opened);
	return fd;
}

START_TEST(a_socket_is_high_and_closed_on_exec)
{
	int fd = open_one();
	ck_assert_int_ge(fd, 64);
	ck_assert(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	ck_assert(sock_all_hold());
	sock_close(NULL, fd);
	ck_assert_int_eq(fcntl(fd, F_GETFD), -1);
	ck_assert(sock_all_hold());
}
END_TEST

START_TEST(a_number_that_became_another_file_is_not_closed)
{
	int fd = open_one();
	int other = open("/dev/null", O_RDONLY | O_CLOEXEC);
	ck_assert_int_eq(dup2(other, fd), fd);
	errno = 9;
	ck_assert(!sock_all_hold());
	ck_assert_int_eq(errno, 9);
	sock_close(NULL, fd);
	ck_assert_int_ne(fcntl(fd, F_GETFD), -1);
	ck_assert(sock_all_hold());
	close(fd);
	close(other);
}
END_TEST

START_TEST(a_number_we_never_opened_is_not_closed)
{
	int other = open("/dev/null", O_RDONLY | O_CLOEXEC);
	sock_close(NULL, other);
	ck_assert_int_ne(fcntl(other, F_GETFD), -1);
	close(other);
}
END_TEST

START_TEST(closing_all_leaves_what_is_not_ours)
{
	int mine = open_one(), lost = open_one();
	int other = open("/dev/null", O_RDONLY | O_CLOEXEC);
	dup2(other, lost);
	sock_close_all();
	ck_assert_int_eq(fcntl(mine, F_GETFD), -1);
	ck_assert_int_ne(fcntl(lost, F_GETFD), -1);
	close(lost);
	close(other);
}
END_TEST

START_TEST(a_socket_that_never_got_connected_may_be_closed_by_libcurl)
{
	struct curl_sockaddr address = {.family = AF_INET, .socktype = SOCK_STREAM};
	bool one = false, other = false;
	int lost = sock_open(&one, CURLSOCKTYPE_IPCXN, &address), won = sock_open(&one, CURLSOCKTYPE_IPCXN, &address);
	int late = sock_open(&other, CURLSOCKTYPE_IPCXN, &address);
	close(lost);
	sock_connected(&one);
	ck_assert(sock_all_hold());
	close(late);
	ck_assert(!sock_all_hold());
	sock_settle();
	ck_assert(sock_all_hold());
	close(won); /* that was the program */
	sock_settle();
	ck_assert(!sock_all_hold());
	sock_close_all();
}
END_TEST

START_TEST(an_address_that_is_still_there_is_no_news)
{
	struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = open_one();
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&any, sizeof(any)), 0);
	ck_assert(!sock_any_leaves());
	sock_close(NULL, fd);
}
END_TEST

START_TEST(an_address_that_is_gone_is_told_once)
{
	/* 192.0.2.1 is nobody's. */
	struct sockaddr_in gone = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0xc0000201)};
	int fd = open_one();
	setsockopt(fd, IPPROTO_IP, IP_FREEBIND, &(int){1}, sizeof(int));
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&gone, sizeof(gone)), 0);
	errno = 9;
	ck_assert(sock_any_leaves());
	ck_assert(!sock_any_leaves());
	ck_assert_int_eq(errno, 9);
	sock_close(NULL, fd);
}
END_TEST

START_TEST(a_low_limit_keeps_the_low_number)
{
	struct rlimit limit;
	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	pid_t pid = fork();
	if (pid == 0) {
		setrlimit(RLIMIT_NOFILE, &(struct rlimit){32, limit.rlim_max});
		struct curl_sockaddr address = {.family = AF_INET, .socktype = SOCK_STREAM};
		bool opened;
		int fd = sock_open(&opened, CURLSOCKTYPE_IPCXN, &address);
		_exit(fd >= 0 && fd < 32 && (fcntl(fd, F_GETFD) & FD_CLOEXEC) ? 0 : 1);
	}
	int status;
	waitpid(pid, &status, 0);
	ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}
END_TEST

SUITE_MAIN("sock", NULL, {a_socket_is_high_and_closed_on_exec, 0}, {a_number_that_became_another_file_is_not_closed, 0},
	   {a_number_we_never_opened_is_not_closed, 0}, {closing_all_leaves_what_is_not_ours, 0},
	   {a_socket_that_never_got_connected_may_be_closed_by_libcurl, 0},
	   {an_address_that_is_still_there_is_no_news, 0}, {an_address_that_is_gone_is_told_once, 0},
	   {a_low_limit_keeps_the_low_number, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * module_test.c - http.so inside a process that goes its own ways: closes descriptors, forks, executes programs.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/http/http_support.h"
#include "support/child.h"
#include "support/suite.h"

static struct server web;
static struct server silent;
static char url[128];

static void serve_silence(struct server *server, int connection)
{
	if (server_read_request(server, connection))
		fcntl(connection, F_DUPFD_CLOEXEC, 0); /* stays open for ever */
}

static otel_http_request ok_request(void)
{
	snprintf(url, sizeof(url), "%s/ok", web.url);
	return http_post(url, "1234", 4);
}

static int requests_before;

/* Drives until the silent server has the request whole. */
static void until_read(void)
{
	for (; silent.seen->requests == requests_before; http->wait(5))
		http->drive();
}

static otel_http_request silent_request(void)
{
	requests_before = silent.seen->requests;
	return http_post(silent.url, "1234", 4);
}

static bool works(void)
{
	const otel_http_request request = ok_request();
	return exchange_run(&request).status == 200;
}

/* ---- several at once, cancelling, waking ---- */

static bool several_at_once(void)
{
	struct exchange e[10] = {0};
	http_open(NULL);
	const otel_http_request request = ok_request();
	for (int i = 0; i < 10; i++)
		if (http->submit(&request, exchange_on_reply, &e[i], NULL) != OTEL_OK)
			return false;
	if (http->running() != 10)
		return false;
	for (int i = 0; i < 10; i++)
		if (!exchange_finish(&e[i]) || e[i].status != 200)
			return false;
	return http->running() == 0;
}

START_TEST(several_exchanges_run_at_once)
{
	ck_assert(in_child(several_at_once));
}
END_TEST

static bool cancelling(void)
{
	struct exchange e = {0};
	otel_http_call *call = NULL;
	http_open(NULL);
	const otel_http_request request = silent_request();
	if (http->submit(&request, exchange_on_reply, &e, &call) != OTEL_OK)
		return false;
	until_read();
	http->cancel(call);
	http->cancel(call);
	if (e.count != 0 || http->running() != 1)
		return false; /* the answer comes with deliver() */
	return http->deliver() == 1 && e.count == 1 && e.error == OTEL_HTTP_CANCELLED && e.sent && works();
}

START_TEST(a_cancelled_exchange_is_answered_by_the_next_delivery)
{
	ck_assert(in_child(cancelling));
}
END_TEST

enum { AN_HOUR_MS = 3600000 };

static void *wake_soon(void *unused)
{
	usleep(20000);
	http->wake();
	return unused;
}

static bool waking(void)
{
	pthread_t thread;
	http_open(NULL);
	http->wake(); /* counts for the next wait */
	http->wait(AN_HOUR_MS);
	pthread_create(&thread, NULL, wake_soon, NULL);
	http->wait(AN_HOUR_MS);
	pthread_join(thread, NULL);
	struct exchange e = {0};
	otel_http_request request = silent_request();
	request.timeout_ms = AN_HOUR_MS;
	http->submit(&request, exchange_on_reply, &e, NULL);
	http->drive();
	pthread_create(&thread, NULL, wake_soon, NULL);
	http->wait(AN_HOUR_MS);
	pthread_join(thread, NULL);
	return e.count == 0;
}

START_TEST(a_wake_ends_the_wait_of_now_or_of_later)
{
	ck_assert(in_child(waking));
}
END_TEST

/* ---- descriptors ---- */

/* What a program sees that is executed now: its descriptors above 2. */
static void inherited(char *out, size_t cap)
{
	FILE *f = popen("exec readlink $(seq -f /proc/self/fd/%g 3 1023) 2>/dev/null", "re");
	size_t n = fread(out, 1, cap - 1, f);
	out[n] = '\0';
	pclose(f);
}

static bool executing(void)
{
	char before[4096], after[4096];
	struct exchange e = {0};
	inherited(before, sizeof(before));
	http_open(NULL);
	const otel_http_request request = silent_request();
	if (!works() || http->submit(&request, exchange_on_reply, &e, NULL) != OTEL_OK)
		return false;
	http->drive();
	inherited(after, sizeof(after));
	if (strcmp(before, after) != 0)
		fprintf(stderr, "before:\n%safter:\n%s", before, after);
	return strcmp(before, after) == 0;
}

START_TEST(an_executed_program_sees_none_of_our_descriptors)
{
	ck_assert(in_child(executing));
}
END_TEST

static bool out_of_the_way(void)
{
	http_open(NULL);
	for (int round = 0; round < 3; round++)
		if (!works())
			return false;
	for (int fd = 3; fd < 64; fd++) {
		struct stat st;
		int type;
		socklen_t len = sizeof(type);
		/* libcurl's own socket pair is the one thing whose number cannot be chosen */
		if (fstat(fd, &st) == 0 && S_ISSOCK(st.st_mode) &&
		    !getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &type, &len) && type != AF_UNIX)
			return false;
		if (fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode))
			return false;
	}
	return true;
}

START_TEST(low_numbers_are_left_to_the_program)
{
	ck_assert(in_child(out_of_the_way));
}
END_TEST

/* As a daemon does: closes everything, then opens files that get the same numbers. */
static int take_over_numbers(void)
{
	char name[] = "/tmp/otel-c-http-XXXXXX";
	if (close_range(3, ~0u, 0) != 0)
		return -1;
	int fd = mkostemp(name, O_APPEND);
	unlink(name);
	for (int n = fd + 1; n < 200; n++)
		if (dup2(fd, n) != n)
			return -1;
	return fd;
}

static bool is_untouched(int fd)
{
	struct stat st;
	for (int n = fd; n < 200; n++)
		if (fstat(n, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size != 0)
			return false;
	return true;
}

static bool closed_between_requests(void)
{
	http_open(NULL);
	if (!works())
		return false;
	int fd = take_over_numbers();
	http->wake();
	http->wait(1);
	return fd >= 0 && works() && works() && is_untouched(fd);
}

START_TEST(descriptors_closed_and_reused_between_requests_are_left_alone)
{
	ck_assert(in_child(closed_between_requests));
}
END_TEST

static bool closed_during_a_request(void)
{
	struct exchange e = {0};
	http_open(NULL);
	const otel_http_request request = silent_request();
	if (!works() || http->submit(&request, exchange_on_reply, &e, NULL) != OTEL_OK)
		return false;
	until_read();
	int fd = take_over_numbers();
	return fd >= 0 && exchange_finish(&e) && e.error == OTEL_HTTP_BROKEN && e.sent && works() && is_untouched(fd);
}

START_TEST(descriptors_closed_and_reused_during_a_request_are_left_alone)
{
	ck_assert(in_child(closed_during_a_request));
}
END_TEST

static bool closed_before_a_cancel(void)
{
	struct exchange e = {0};
	otel_http_call *call;
	http_open(NULL);
	const otel_http_request request = silent_request();
	if (http->submit(&request, exchange_on_reply, &e, &call) != OTEL_OK)
		return false;
	http->drive();
	int fd = take_over_numbers();
	http->cancel(call);
	http->deliver();
	return fd >= 0 && e.count == 1 && works() && is_untouched(fd);
}

START_TEST(a_cancel_does_not_touch_reused_descriptors)
{
	ck_assert(in_child(closed_before_a_cancel));
}
END_TEST

/* ---- fork ---- */

static bool is_socket(int fd)
{
	struct stat st;
	return fstat(fd, &st) == 0 && S_ISSOCK(st.st_mode);
}

static bool in_forked_child(void)
{
	http->abandon();
	for (int fd = 64; fd < 256; fd++)
		if (is_socket(fd))
			return false; /* the parent's connections */
	if (http->running() != 0 || http->deliver() != 0)
		return false;
	http_open(NULL);
	return works();
}

static bool forking(void)
{
	struct exchange e = {0};
	http_open(NULL);
	const otel_http_request request = silent_request();
	if (!works() || http->submit(&request, exchange_on_reply, &e, NULL) != OTEL_OK)
		return false;
	http->drive();
	int connections = web.seen->connections;
	if (!in_child(in_forked_child))
		return false;
	/* One connection is the child's; the parent's is still alive. */
	return works() && web.seen->connections == connections + 1 && http->running() == 1 && e.count == 0;
}

START_TEST(a_forked_child_has_nothing_of_its_parents_and_does_not_disturb_it)
{
	ck_assert(in_child(forking));
}
END_TEST

int main(void)
{
	const struct suite_entry entries[] = {
		{several_exchanges_run_at_once, 0},
		{a_cancelled_exchange_is_answered_by_the_next_delivery, 0},
		{a_wake_ends_the_wait_of_now_or_of_later, 0},
		{an_executed_program_sees_none_of_our_descriptors, 0},
		{low_numbers_are_left_to_the_program, 0},
		{descriptors_closed_and_reused_between_requests_are_left_alone, 0},
		{descriptors_closed_and_reused_during_a_request_are_left_alone, 0},
		{a_cancel_does_not_touch_reused_descriptors, 0},
		{a_forked_child_has_nothing_of_its_parents_and_does_not_disturb_it, 0},
	};

	server_start_web(&web);
	server_start(&silent, serve_silence);
	const int status = suite_main("http module", entries, sizeof entries / sizeof *entries, NULL);
	server_stop(&web);
	server_stop(&silent);
	return status;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * h2.c - the listening socket and its connections in one epoll, which the caller's poll sees as one descriptor.
 */
#include "tools/otel-c/sink/h2.h"

#include <limits.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tools/otel-c/sink/h2_connection.h"
#include "util/clock.h"

#define CONNECTIONS_MAX 256
#define EVENTS          32

struct sink_h2 {
	struct sink_h2_handler handler;
	int listen_fd;
	int epoll_fd;
	struct sink_h2_connection *connections[CONNECTIONS_MAX];
	uint32_t events[CONNECTIONS_MAX]; /* that each waits for */
	size_t count;
};

/* Connections are known to epoll by their file descriptors; places change when one before them ends. */
static size_t find(const struct sink_h2 *server, int fd)
{
	size_t at = 0;

	while (at < server->count && sink_h2_connection_fd(server->connections[at]) != fd)
		at++;
	return at;
}

static void drop(struct sink_h2 *server, size_t at)
{
	sink_h2_connection_free(server->connections[at]); /* whose descriptor leaves epoll as it is closed */
	server->count--;
	server->connections[at] = server->connections[server->count];
	server->events[at] = server->events[server->count];
}

static void watch(struct sink_h2 *server, size_t at, int operation)
{
	const int fd = sink_h2_connection_fd(server->connections[at]);
	struct epoll_event event = {.events = sink_h2_connection_events(server->connections[at]), .data.fd = fd};

	if (operation == EPOLL_CTL_MOD && server->events[at] == event.events)
		return;
	server->events[at] = event.events;
	epoll_ctl(server->epoll_fd, operation, fd, &event);
}

static void run_one(struct sink_h2 *server, size_t at, uint64_t now_ms)
{
	if (sink_h2_connection_run(server->connections[at], now_ms))
		watch(server, at, EPOLL_CTL_MOD);
	else
		drop(server, at);
}

static void take_in(struct sink_h2 *server, int fd)
{
	struct sink_h2_connection *connection;
	const int on = 1;

	if (server->count == CONNECTIONS_MAX) {
		close(fd);
		return;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	connection = sink_h2_connection_open(fd, &server->handler);
	if (!connection)
		return;
	server->connections[server->count++] = connection;
	watch(server, server->count - 1, EPOLL_CTL_ADD);
	run_one(server, server->count - 1, clock_mono_ms());
}

static void accept_all(struct sink_h2 *server)
{
	int fd;

	while ((fd = accept4(server->listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0)
		take_in(server, fd);
}

void sink_h2_run(struct sink_h2 *server)
{
	struct epoll_event events[EVENTS];
	const int count = epoll_wait(server->epoll_fd, events, EVENTS, 0);
	const uint64_t now_ms = clock_mono_ms();

	for (int i = 0; i < count; i++) {
		const size_t at = find(server, events[i].data.fd);

		if (events[i].data.fd == server->listen_fd)
			accept_all(server);
		else if (at < server->count)
			run_one(server, at, now_ms);
	}
	for (size_t at = server->count; at--;)
		if (sink_h2_connection_due(server->connections[at]) <= now_ms)
			run_one(server, at, now_ms);
}

struct sink_h2 *sink_h2_start(int listen_fd, const struct sink_h2_handler *handler)
{
	struct epoll_event event = {.events = EPOLLIN, .data.fd = listen_fd};
	struct sink_h2 *server = calloc(1, sizeof *server);

	if (!server) {
		close(listen_fd);
		return NULL;
	}
	server->handler = *handler;
	server->listen_fd = listen_fd;
	server->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (server->epoll_fd >= 0 && epoll_ctl(server->epoll_fd, EPOLL_CTL_ADD, listen_fd, &event) == 0)
		return server;
	sink_h2_stop(server);
	return NULL;
}

void sink_h2_stop(struct sink_h2 *server)
{
	if (!server)
		return;
	while (server->count) {
		sink_h2_connection_end(server->connections[0]);
		drop(server, 0);
	}
	close(server->listen_fd);
	if (server->epoll_fd >= 0)
		close(server->epoll_fd);
	free(server);
}

int sink_h2_fd(const struct sink_h2 *server)
{
	return server->epoll_fd;
}

int sink_h2_wait_ms(const struct sink_h2 *server)
{
	uint64_t first = UINT64_MAX;
	uint32_t left;

	for (size_t i = 0; i < server->count; i++) {
		const uint64_t due = sink_h2_connection_due(server->connections[i]);
		first = due < first ? due : first;
	}
	if (first == UINT64_MAX)
		return -1;
	left = clock_ms_until(first);
	return left < INT_MAX ? (int)left : INT_MAX;
}

void sink_h2_finish(struct sink_h2 *server)
{
	for (size_t at = server->count; at--;) {
		sink_h2_connection_finish(server->connections[at]);
		run_one(server, at, clock_mono_ms());
	}
}

size_t sink_h2_active(const struct sink_h2 *server)
{
	size_t count = 0;

	for (size_t i = 0; i < server->count; i++)
		count += sink_h2_connection_active(server->connections[i]);
	return count;
}

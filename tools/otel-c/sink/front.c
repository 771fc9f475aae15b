/* SPDX-License-Identifier: Apache-2.0
 *
 * front.c - the listening socket and its tunnels in one epoll.
 */
#include "tools/otel-c/sink/front.h"

#include <limits.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "tools/otel-c/sink/tunnel.h"
#include "util/clock.h"

#define TUNNELS_MAX 64
#define EVENTS      32

/* A tunnel and the events that its two descriptors are known for. */
struct entry {
	struct sink_tunnel *tunnel;
	uint32_t outside, inside;
};

struct sink_front {
	struct sink_front_handler handler;
	int listen_fd;
	int epoll_fd;
	struct entry entries[TUNNELS_MAX];
	size_t count;
};

/* By descriptor: places change when one before them ends. */
static size_t find(const struct sink_front *front, int fd)
{
	size_t at = 0;

	while (at < front->count && front->entries[at].tunnel->channel.fd != fd &&
	       front->entries[at].tunnel->inner != fd)
		at++;
	return at;
}

static void drop(struct sink_front *front, size_t at)
{
	sink_tunnel_close(front->entries[at].tunnel); /* whose descriptors leave epoll as they are closed */
	front->entries[at] = front->entries[--front->count];
}

static void watch(struct sink_front *front, int operation, int fd, uint32_t *known, uint32_t events)
{
	struct epoll_event event = {.events = events, .data.fd = fd};

	if (operation == EPOLL_CTL_MOD && *known == events)
		return;
	*known = events;
	epoll_ctl(front->epoll_fd, operation, fd, &event);
}

static void serve(struct sink_front *front, const struct sink_tunnel *tunnel)
{
	struct sockaddr_storage from = {.ss_family = AF_INET};
	socklen_t len = sizeof from;

	for (size_t i = 0; i < front->count; i++)
		if (front->entries[i].tunnel != tunnel && front->entries[i].tunnel->served == tunnel->served)
			front->entries[i].tunnel->served = -1; /* whose number was free again */
	getpeername(tunnel->channel.fd, (struct sockaddr *)&from, &len);
	front->handler.serve(front->handler.self, tunnel->served, (struct sockaddr *)&from, len);
}

static void run_one(struct sink_front *front, size_t at)
{
	struct entry *entry = &front->entries[at];
	struct sink_tunnel *tunnel = entry->tunnel;
	const enum sink_tunnel_state state = sink_tunnel_run(tunnel);

	if (state == SINK_TUNNEL_OVER) {
		drop(front, at);
		return;
	}
	watch(front, EPOLL_CTL_MOD, tunnel->channel.fd, &entry->outside, sink_tunnel_waits_outside(tunnel));
	if (tunnel->inner >= 0)
		watch(front, state == SINK_TUNNEL_BEGUN ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, tunnel->inner, &entry->inside,
		      sink_tunnel_waits_inside(tunnel));
	if (state == SINK_TUNNEL_BEGUN)
		serve(front, tunnel);
}

static void take_in(struct sink_front *front, int fd)
{
	struct entry *entry = &front->entries[front->count];
	const int on = 1;

	if (front->count == TUNNELS_MAX) {
		close(fd);
		return;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	*entry = (struct entry){
		.tunnel = sink_tunnel_open(fd, front->handler.tls, front->handler.welcome(front->handler.self))};
	if (!entry->tunnel)
		return;
	front->count++;
	watch(front, EPOLL_CTL_ADD, fd, &entry->outside, sink_tunnel_waits_outside(entry->tunnel));
	run_one(front, front->count - 1);
}

static void accept_all(struct sink_front *front)
{
	int fd;

	while ((fd = accept4(front->listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0)
		take_in(front, fd);
}

/* A client that is gone for good, while nothing is to be read from it or told to it. */
static bool is_gone(const struct sink_front *front, size_t at, const struct epoll_event *event)
{
	const struct sink_tunnel *tunnel = front->entries[at].tunnel;

	return event->data.fd == tunnel->channel.fd && (event->events & (EPOLLERR | EPOLLHUP)) &&
	       !(front->entries[at].outside & (EPOLLIN | EPOLLOUT));
}

void sink_front_run(struct sink_front *front)
{
	struct epoll_event events[EVENTS];
	const int count = epoll_wait(front->epoll_fd, events, EVENTS, 0);
	const uint64_t now_ms = clock_mono_ms();

	for (int i = 0; i < count; i++) {
		const size_t at = find(front, events[i].data.fd);

		if (events[i].data.fd == front->listen_fd)
			accept_all(front);
		else if (at < front->count && is_gone(front, at, &events[i]))
			drop(front, at);
		else if (at < front->count)
			run_one(front, at);
	}
	for (size_t at = front->count; at--;)
		if (sink_channel_due(&front->entries[at].tunnel->channel) <= now_ms)
			run_one(front, at);
}

struct sink_front *sink_front_start(int listen_fd, int also, const struct sink_front_handler *handler)
{
	struct epoll_event accepting = {.events = EPOLLIN, .data.fd = listen_fd};
	struct epoll_event other = {.events = EPOLLIN, .data.fd = also};
	struct sink_front *front = calloc(1, sizeof *front);

	if (!front) {
		close(listen_fd);
		return NULL;
	}
	front->handler = *handler;
	front->listen_fd = listen_fd;
	front->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (front->epoll_fd >= 0 && epoll_ctl(front->epoll_fd, EPOLL_CTL_ADD, listen_fd, &accepting) == 0 &&
	    epoll_ctl(front->epoll_fd, EPOLL_CTL_ADD, also, &other) == 0)
		return front;
	sink_front_stop(front);
	return NULL;
}

void sink_front_stop(struct sink_front *front)
{
	if (!front)
		return;
	while (front->count) {
		struct sink_tunnel *tunnel = front->entries[0].tunnel;

		if (sink_tunnel_run(tunnel) == SINK_TUNNEL_BEGUN) /* last words */
			close(tunnel->served);
		drop(front, 0);
	}
	close(front->listen_fd);
	if (front->epoll_fd >= 0)
		close(front->epoll_fd);
	free(front);
}

int sink_front_fd(const struct sink_front *front)
{
	return front->epoll_fd;
}

int sink_front_wait_ms(const struct sink_front *front)
{
	uint64_t first = UINT64_MAX;
	uint32_t left;

	for (size_t i = 0; i < front->count; i++) {
		const uint64_t due = sink_channel_due(&front->entries[i].tunnel->channel);
		first = due < first ? due : first;
	}
	if (first == UINT64_MAX)
		return -1;
	left = clock_ms_until(first);
	return left < INT_MAX ? (int)left : INT_MAX;
}

void sink_front_reset(struct sink_front *front, int fd)
{
	for (size_t at = 0; at < front->count; at++) {
		struct sink_channel *channel = &front->entries[at].tunnel->channel;

		if (front->entries[at].tunnel->served != fd)
			continue;
		channel->welcome.is_reset = true;
		channel->welcome.reset_after = UINT64_MAX;
	}
}

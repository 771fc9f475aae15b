/* SPDX-License-Identifier: Apache-2.0
 *
 * listen.c - host and port, then socket, bind and listen, with a sentence for what goes wrong.
 */
#include "tools/otel-c/sink/listen.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "util/str.h"

#define HOST_MAX 256
#define BACKLOG  128

/* Splits at the last colon; an IPv6 address stands in brackets. */
static bool split(const char *address, char host[HOST_MAX], char port[8])
{
	const char *colon = strrchr(address, ':');
	struct view name = {address, colon ? (size_t)(colon - address) : 0};
	bool bracketed = name.len > 2 && name.ptr[0] == '[' && name.ptr[name.len - 1] == ']';
	uint64_t number;

	if (bracketed)
		name = (struct view){name.ptr + 1, name.len - 2};
	if (!name.len || name.len >= HOST_MAX || (!bracketed && memchr(name.ptr, ':', name.len)) ||
	    !str_to_u64(view_of(colon + 1), 0, 65535, &number))
		return false;
	memcpy(host, name.ptr, name.len);
	host[name.len] = 0;
	snprintf(port, 8, "%u", (unsigned)number);
	return true;
}

static int open_socket(const struct addrinfo *at)
{
	int on = 1;
	int saved;
	int fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	saved = errno;
	close(fd);
	errno = saved;
	return -1;
}

static bool name_socket(int fd, char bound[SINK_ADDRESS_MAX])
{
	struct sockaddr_storage at;
	socklen_t len = sizeof(at);
	char host[SINK_ADDRESS_MAX - 10];
	char port[8];

	if (getsockname(fd, (struct sockaddr *)&at, &len) ||
	    getnameinfo((struct sockaddr *)&at, len, host, sizeof(host), port, sizeof(port),
			NI_NUMERICHOST | NI_NUMERICSERV))
		return false;
	snprintf(bound, SINK_ADDRESS_MAX, at.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
	return true;
}

enum sink_listen_result sink_listen(const char *address, const char *option, int *fd, char bound[SINK_ADDRESS_MAX])
{
	struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE};
	struct addrinfo *found = NULL;
	char host[HOST_MAX];
	char port[8];
	int error;

	*fd = -1;
	if (!split(address, host, port)) {
		fprintf(stderr, "otel-c sink: %s: \"%s\" is not HOST:PORT, as 127.0.0.1:4318 or [::1]:4318\n", option,
			address);
		return SINK_NO_ADDRESS;
	}
	error = getaddrinfo(host, port, &hints, &found);
	if (error) {
		fprintf(stderr, "otel-c sink: %s: %s: %s\n", option, host, gai_strerror(error));
		return SINK_NOT_BOUND;
	}
	*fd = open_socket(found);
	error = errno;
	freeaddrinfo(found);
	if (*fd >= 0 && name_socket(*fd, bound))
		return SINK_LISTENING;
	if (error == EADDRINUSE)
		fprintf(stderr, "otel-c sink: %s is in use by another program; %s takes another port, 0 picks one\n",
			address, option);
	else
		fprintf(stderr, "otel-c sink: cannot listen on %s: %s\n", address, strerror(error));
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
	return SINK_NOT_BOUND;
}

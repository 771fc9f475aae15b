/* SPDX-License-Identifier: Apache-2.0
 *
 * sock.c - opens, remembers and closes libcurl's sockets.
 */
#include "http/sock.h"

#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/fd.h"

enum { MAX_SOCKETS = 64 };

/* Pipeline thread, or the only thread of a forked child. */
static struct {
	struct sock_id id;
	bool is_away; /* its address was gone when we last looked */
	const void *connects_for; /* NULL: it is connected */
} socks[MAX_SOCKETS];
static size_t sock_count;

bool sock_id_take(struct sock_id *id, int fd)
{
	struct stat st;
	id->fd = -1;
	if (fd < 0 || fstat(fd, &st) != 0)
		return false;
	*id = (struct sock_id){.fd = fd, .dev = st.st_dev, .ino = st.st_ino};
	return true;
}

bool sock_id_holds(const struct sock_id *id)
{
	struct stat st;
	int saved = errno;
	bool holds = id->fd >= 0 && fstat(id->fd, &st) == 0 && st.st_dev == id->dev && st.st_ino == id->ino;
	errno = saved;
	return holds;
}

void sock_id_close(struct sock_id *id)
{
	if (sock_id_holds(id))
		close(id->fd);
	id->fd = -1;
}

curl_socket_t sock_open(void *opened, curlsocktype purpose, struct curl_sockaddr *address)
{
	(void)purpose;
	*(bool *)opened = true;
	if (sock_count == MAX_SOCKETS)
		return CURL_SOCKET_BAD;
	int fd = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
	if (fd < 0)
		return CURL_SOCKET_BAD;
	fd = fd_lift(fd);
	if (!sock_id_take(&socks[sock_count].id, fd)) {
		close(fd);
		return CURL_SOCKET_BAD;
	}
	socks[sock_count].is_away = false;
	socks[sock_count++].connects_for = opened;
	return fd;
}

int sock_close(void *unused, curl_socket_t fd)
{
	(void)unused;
	for (size_t i = 0; i < sock_count; i++) {
		if (socks[i].id.fd != fd)
			continue;
		sock_id_close(&socks[i].id);
		socks[i] = socks[--sock_count];
		break;
	}
	return 0; /* an unknown number is not ours to close */
}

static void forget_closed(const void *opened)
{
	for (size_t i = sock_count; i-- > 0;)
		if (socks[i].connects_for && (!opened || socks[i].connects_for == opened) &&
		    !sock_id_holds(&socks[i].id))
			socks[i] = socks[--sock_count];
}

void sock_connected(const void *opened)
{
	forget_closed(opened);
	for (size_t i = 0; i < sock_count; i++)
		if (socks[i].connects_for == opened)
			socks[i].connects_for = NULL;
}

void sock_settle(void)
{
	forget_closed(NULL);
}

bool sock_all_hold(void)
{
	for (size_t i = 0; i < sock_count; i++)
		if (!sock_id_holds(&socks[i].id))
			return false;
	return true;
}

/* A free port of the same address can be had unless the address is gone. */
static bool is_at_home(int fd)
{
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} address;
	socklen_t len = sizeof(address);

	if (getsockname(fd, &address.any, &len) != 0)
		return true;
	if (address.any.sa_family == AF_INET)
		address.v4.sin_port = 0;
	else if (address.any.sa_family == AF_INET6)
		address.v6.sin6_port = 0;
	else
		return true;
	int probe = socket(address.any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (probe < 0)
		return true;
	bool is = bind(probe, &address.any, len) == 0 || errno != EADDRNOTAVAIL;
	close(probe);
	return is;
}

bool sock_any_leaves(void)
{
	bool any = false;
	int saved = errno;

	for (size_t i = 0; i < sock_count; i++) {
		if (socks[i].is_away || is_at_home(socks[i].id.fd))
			continue;
		socks[i].is_away = true;
		any = true;
	}
	errno = saved;
	return any;
}

void sock_close_all(void)
{
	while (sock_count)
		sock_id_close(&socks[--sock_count].id);
}

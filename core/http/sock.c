/* SPDX-License-Identifier: Apache-2.0
 *
 * sock.c - opens, remembers and closes libcurl's sockets.
 */
#include "http/sock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LIFTED = 64, MAX_SOCKETS = 64 };

/* Pipeline thread, or the only thread of a forked child. */
static struct sock_id socks[MAX_SOCKETS];
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

int sock_lift(int fd)
{
	int lifted = fcntl(fd, F_DUPFD_CLOEXEC, LIFTED);
	if (lifted < 0)
		return fd;
	close(fd);
	return lifted;
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
	fd = sock_lift(fd);
	if (!sock_id_take(&socks[sock_count], fd)) {
		close(fd);
		return CURL_SOCKET_BAD;
	}
	sock_count++;
	return fd;
}

int sock_close(void *unused, curl_socket_t fd)
{
	(void)unused;
	for (size_t i = 0; i < sock_count; i++) {
		if (socks[i].fd != fd)
			continue;
		sock_id_close(&socks[i]);
		socks[i] = socks[--sock_count];
		break;
	}
	return 0; /* an unknown number is not ours to close */
}

bool sock_all_hold(void)
{
	for (size_t i = 0; i < sock_count; i++)
		if (!sock_id_holds(&socks[i]))
			return false;
	return true;
}

void sock_close_all(void)
{
	while (sock_count)
		sock_id_close(&socks[--sock_count]);
}

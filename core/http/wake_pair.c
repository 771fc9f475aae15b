/* SPDX-License-Identifier: Apache-2.0
 *
 * wake_pair.c - finds libcurl's wake-up sockets by comparing the table of descriptors before and after.
 */
#include "http/wake_pair.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "http/sock.h"

enum { MAX_FD = 65536 };

struct fd_set_big {
	uint8_t bits[MAX_FD / 8];
};

/* Calls visit(arg, fd) for every open descriptor below MAX_FD. */
static bool each_fd(void (*visit)(void *arg, int fd), void *arg)
{
	DIR *dir = opendir("/proc/self/fd");
	if (!dir)
		return false;
	for (struct dirent *entry; (entry = readdir(dir));) {
		char *end;
		long fd = strtol(entry->d_name, &end, 10);
		if (*end == '\0' && fd >= 0 && fd < MAX_FD && fd != dirfd(dir))
			visit(arg, (int)fd);
	}
	closedir(dir);
	return true;
}

static void remember(void *arg, int fd)
{
	struct fd_set_big *set = arg;
	set->bits[fd / 8] |= (uint8_t)(1u << (fd % 8));
}

struct finding {
	const struct fd_set_big *before;
	int fds[2];
	int count; /* of candidates, also beyond two */
	int filled; /* of them with one byte to read */
};

static bool is_int_option(int fd, int option, int wanted)
{
	int value;
	socklen_t len = sizeof(value);
	return getsockopt(fd, SOL_SOCKET, option, &value, &len) == 0 && value == wanted;
}

static void inspect(void *arg, int fd)
{
	struct finding *f = arg;
	int bytes = 0;

	if (f->before->bits[fd / 8] & 1u << (fd % 8))
		return;
	int flags = fcntl(fd, F_GETFD);
	if (flags < 0 || flags & FD_CLOEXEC || !is_int_option(fd, SO_DOMAIN, AF_UNIX) ||
	    !is_int_option(fd, SO_TYPE, SOCK_STREAM))
		return;
	if (f->count < 2)
		f->fds[f->count] = fd;
	f->count++;
	f->filled += ioctl(fd, FIONREAD, &bytes) == 0 && bytes == 1;
}

static struct sock_id pair[2] = {{.fd = -1}, {.fd = -1}};

/* The proof: a wake-up puts one byte into one of them. With more candidates another thread was opening sockets, which
 * may be meant for a child: better to leave all alone. */
static void protect(CURLM *multi, const struct fd_set_big *before)
{
	struct finding f = {.before = before};

	if (curl_multi_wakeup(multi) != CURLM_OK || !each_fd(inspect, &f) || f.count != 2 || f.filled != 1)
		return;
	for (int i = 0; i < 2; i++)
		if (sock_id_take(&pair[i], f.fds[i]))
			fcntl(f.fds[i], F_SETFD, FD_CLOEXEC);
}

CURLM *wake_pair_multi_init(void)
{
	struct fd_set_big *before = calloc(1, sizeof(*before));
	bool listed = before && each_fd(remember, before);
	CURLM *multi = curl_multi_init();
	pair[0].fd = pair[1].fd = -1;
	if (multi && listed)
		protect(multi, before);
	free(before);
	return multi;
}

void wake_pair_close(void)
{
	for (int i = 0; i < 2; i++)
		sock_id_close(&pair[i]);
}

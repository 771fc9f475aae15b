/* SPDX-License-Identifier: Apache-2.0
 *
 * fd.h - descriptors in somebody else's process.
 */
#ifndef OTEL_UTIL_FD_H
#define OTEL_UTIL_FD_H

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

#define FD_LIFTED 64

/* Programs close and open again what they take for theirs: the low numbers are left to them. Returns the number that it
 * has from then on, the same where the limit does not allow more; -1 stays -1. */
static inline int fd_lift(int fd)
{
	const int lifted = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, FD_LIFTED);

	if (lifted < 0)
		return fd;
	close(fd);
	return lifted;
}

/* False: not all of it, errno says why. */
static inline bool fd_write_all(int fd, const uint8_t *data, size_t len)
{
	while (len) {
		const ssize_t put = write(fd, data, len);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		data += put;
		len -= (size_t)put;
	}
	return true;
}

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * secret_file.c - see the header.
 */
#include "plugins/oauth2/secret_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECRET_MAX 4096u

/* A pipe or a terminal would hold whoever opens or reads it. */
static const char *check(int fd)
{
	struct stat st;

	if (fstat(fd, &st))
		return strerrordesc_np(errno);
	if (!S_ISREG(st.st_mode))
		return "it is no regular file";
	if (st.st_mode & S_IWOTH)
		return "others may write to it";
	return NULL;
}

/* Into text, which has room for SECRET_MAX + 1 bytes. */
static const char *read_line(int fd, char *text)
{
	size_t len = 0;
	ssize_t n = 0;

	while (len <= SECRET_MAX && (n = read(fd, text + len, SECRET_MAX + 1 - len)) != 0) {
		if (n < 0 && errno != EINTR)
			return strerrordesc_np(errno);
		len += n > 0 ? (size_t)n : 0;
	}
	if (len > SECRET_MAX)
		return "it is longer than 4096 bytes";
	while (len && (text[len - 1] == '\n' || text[len - 1] == '\r'))
		len--;
	text[len] = '\0';
	if (!len)
		return "it is empty";
	return strlen(text) == len && !strpbrk(text, "\r\n") ? NULL : "it is more than one line of text";
}

char *secret_file_read(const char *path, const char **why)
{
	const int saved = errno;
	char *text = malloc(SECRET_MAX + 1);
	int fd = -1;

	*why = text ? NULL : "out of memory";
	if (!*why) {
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
		*why = fd < 0 ? strerrordesc_np(errno) : check(fd);
	}
	if (!*why)
		*why = read_line(fd, text);
	if (fd >= 0)
		close(fd);
	errno = saved;
	if (!*why)
		return text;
	free(text);
	return NULL;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_file.c - see the header. What is opened may be anything by that name, so nothing here waits for a writer.
 */
#include "sdk/resource_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *root = "";

void resource_file_root(const char *directory)
{
	root = directory ? directory : "";
}

static bool place(char out[PATH_MAX], const char *path)
{
	const int len = snprintf(out, PATH_MAX, "%s%s", root, path);

	return len > 0 && len < PATH_MAX;
}

static ssize_t read_all(int fd, char *out, size_t cap)
{
	size_t total = 0;

	while (total + 1 < cap) {
		const ssize_t n = read(fd, out + total, cap - 1 - total);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && !total)
			return -1;
		if (n <= 0)
			break;
		total += (size_t)n;
	}
	out[total] = '\0';
	return (ssize_t)total;
}

ssize_t resource_file_read(const char *path, char *out, size_t cap)
{
	const int saved = errno;
	char full[PATH_MAX];
	ssize_t len = -1;
	const int fd = place(full, path) ? open(full, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) : -1;

	if (fd >= 0) {
		len = read_all(fd, out, cap);
		close(fd);
	}
	errno = saved;
	return len;
}

char *resource_file_load(const char *path, size_t *len)
{
	char *text = malloc(RESOURCE_FILE_LARGE);
	const ssize_t n = text ? resource_file_read(path, text, RESOURCE_FILE_LARGE) : -1;

	if (n >= 0) {
		*len = (size_t)n;
		return text;
	}
	free(text);
	return NULL;
}

bool resource_file_line(const char *path, char *out, size_t cap)
{
	if (resource_file_read(path, out, cap) <= 0)
		return false;
	out[strcspn(out, "\n")] = '\0';
	return *out != '\0';
}

bool resource_file_link(const char *path, char *out, size_t cap)
{
	const int saved = errno;
	char full[PATH_MAX];
	const ssize_t n = place(full, path) ? readlink(full, out, cap) : -1;

	errno = saved;
	if (n <= 0 || (size_t)n >= cap)
		return false;
	out[n] = '\0';
	return true;
}

bool resource_file_exists(const char *path)
{
	const int saved = errno;
	char full[PATH_MAX];
	const bool exists = place(full, path) && !access(full, F_OK);

	errno = saved;
	return exists;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * trust.c - may this file steer us?
 */
#include "config/config.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/str.h"

#define PASSWD_MAX_LINE 1024

/* Does this line of /etc/passwd belong to uid? Then *gid is its primary group. */
static bool read_user_(struct view line, uid_t uid, gid_t *gid)
{
	struct view fields[4];
	uint64_t id;
	uint64_t group;

	for (size_t i = 0; i < 4; i++) {
		if (!view_split(&line, ':', &fields[i]))
			return false;
	}
	if (!str_to_u64(fields[2], 0, UINT32_MAX, &id) || id != uid || !str_to_u64(fields[3], 0, UINT32_MAX, &group))
		return false;
	*gid = (gid_t)group;
	return true;
}

/* getpwuid() may load NSS modules and ask the network: not in somebody else's process. A user who is only in a
 * directory service has no known primary group here, and so no group-writable files that we trust. */
static bool is_primary_group_(uid_t uid, gid_t gid)
{
	char text[PASSWD_MAX_LINE];
	size_t len = 0;
	bool found = false;
	gid_t primary = 0;
	int fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	while (fd >= 0 && !found) {
		ssize_t got = read(fd, text + len, sizeof(text) - len);
		struct view rest = {text, len + (got > 0 ? (size_t)got : 0)};
		struct view line;
		const char *newline;
		if (got <= 0)
			break;
		while (!found && rest.len && (newline = memchr(rest.ptr, '\n', rest.len))) {
			view_split(&rest, '\n', &line);
			found = read_user_(line, uid, &primary);
		}
		/* A line that fills the buffer is no line of ours. */
		len = rest.len < sizeof(text) ? rest.len : 0;
		memmove(text, rest.ptr, len);
	}
	if (fd >= 0)
		close(fd);
	return found && primary == gid;
}

/* Whoever may replace our own code may configure it, too: images run under uids that own nothing. */
static bool owns_our_code_(uid_t uid)
{
	struct stat st;
	Dl_info info;

	return dladdr((void *)(uintptr_t)config_open_trusted, &info) && info.dli_fname && !stat(info.dli_fname, &st) &&
	       st.st_uid == uid;
}

static const char *distrust_(const struct stat *st)
{
	if (!S_ISREG(st->st_mode))
		return "it is not a regular file";
	if (st->st_mode & S_IWOTH)
		return "everybody may write to it; allowed: owner, and the owner's primary group";
	if (st->st_uid != 0 && st->st_uid != geteuid() && !owns_our_code_(st->st_uid))
		return "its owner is neither root, nor this user, nor the owner of otel-c";
	if (st->st_mode & S_IWGRP && !is_primary_group_(st->st_uid, st->st_gid))
		return "a group may write to it that is not its owner's primary one";
	return NULL;
}

static const char *open_error_(int error)
{
	switch (error) {
	case ENOENT:
	case ENOTDIR:
		return NULL;
	case EACCES:
	case EPERM:
		return "this user may not read it";
	case EMFILE:
	case ENFILE:
		return "too many files are open";
	case ELOOP:
		return "too many symbolic links";
	case ENAMETOOLONG:
		return "the path is too long";
	default:
		return "it cannot be opened";
	}
}

int config_open_trusted(const char *path, const char **why)
{
	int saved = errno;
	struct stat st;
	/* O_NONBLOCK: a FIFO must not hold the host. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0) {
		*why = open_error_(errno);
		goto out;
	}
	*why = fstat(fd, &st) ? "it cannot be examined" : distrust_(&st);
	if (*why) {
		close(fd);
		fd = -1;
	}
out:
	errno = saved;
	return fd;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * state.c - see the header. Everything is opened relative to the checked directory, and never through a link.
 */
#include "sdk/state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugin/registry.h"
#include "util/diag.h"
#include "util/fd.h"
#include "util/rand.h"

enum { NAME_MAX_LEN = 64, FILE_NAME_SIZE = 2 * NAME_MAX_LEN + 24 };

/* Which file it is about. */
struct place {
	const char *origin; /* of the directory */
	const char *path;
	int directory;
	char file[FILE_NAME_SIZE];
};

static void complain(const struct place *place, const char *what, const char *why)
{
	diag(DIAG_WARN, "%s: \"%s%s%s\" cannot be used: %s", place->origin, place->path, *what ? "/" : "", what, why);
}

static bool is_name(const char *name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
	const size_t len = name ? strnlen(name, NAME_MAX_LEN + 1) : 0;

	return len && len <= NAME_MAX_LEN && strspn(name, allowed) == len;
}

/* What is wrong with a file or directory of ours; NULL when it is fine. */
static const char *distrust(int fd, mode_t type)
{
	struct stat st;

	if (fstat(fd, &st))
		return strerrordesc_np(errno);
	if ((st.st_mode & S_IFMT) != type)
		return type == S_IFDIR ? "it is not a directory" : "it is not a regular file";
	if (st.st_uid != geteuid())
		return "it does not belong to this user";
	if (st.st_mode & (S_IWGRP | S_IWOTH))
		return "others may write to it; allowed: its owner alone";
	return NULL;
}

static const char *open_error(int error)
{
	if (error == ELOOP)
		return "it is a symbolic link";
	if (error == ENOTDIR) /* of a link, too */
		return "it is not a directory, and links are not followed";
	return strerrordesc_np(error);
}

/* The directory, open and checked. Whatever is not OTEL_OK but OTEL_UNSUPPORTED and OTEL_INVALID has been said. */
static otel_status open_place(struct place *place, const otel_setup *setup, const char *name)
{
	place->path = config_str(setup->config, "state", "directory");
	if (!place->path || !*place->path)
		return OTEL_UNSUPPORTED;
	if (!is_name(name) || !is_name(setup->plugin->name))
		return OTEL_INVALID;
	snprintf(place->file, sizeof(place->file), "%s@%s", setup->plugin->name, name);
	place->origin = config_origin(setup->config, "state", "directory");
	place->directory = open(place->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	const char *why = place->directory < 0 ? open_error(errno) : distrust(place->directory, S_IFDIR);
	if (!why)
		return OTEL_OK;
	complain(place, "", why);
	if (place->directory >= 0)
		close(place->directory);
	return OTEL_DENIED;
}

/* ---- reading ---- */

static otel_status failure(const struct place *place, const char *why)
{
	complain(place, place->file, why);
	return OTEL_FAILED;
}

static otel_status read_all(const struct place *place, int fd, uint8_t *data, size_t cap, size_t *len)
{
	size_t have = 0;

	while (have < cap) {
		const ssize_t got = read(fd, data + have, cap - have);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return failure(place, strerrordesc_np(errno));
		if (got == 0)
			break;
		have += (size_t)got;
	}
	*len = have;
	return OTEL_OK;
}

static otel_status read_open(const struct place *place, int fd, void *data, size_t cap, size_t *len)
{
	const char *why = distrust(fd, S_IFREG);
	struct stat st;

	if (why) {
		complain(place, place->file, why);
		return OTEL_DENIED;
	}
	if (fstat(fd, &st))
		return failure(place, strerrordesc_np(errno));
	if ((uint64_t)st.st_size > STATE_FILE_MAX)
		return failure(place, "it is larger than 1 MiB");
	*len = (size_t)st.st_size;
	return *len > cap ? OTEL_NO_MEMORY : read_all(place, fd, data, *len, len);
}

otel_status state_read(otel_setup *setup, const char *name, void *data, size_t cap, size_t *len)
{
	const int saved = errno;
	struct place place;

	if (!len || (!data && cap))
		return OTEL_INVALID;
	*len = 0;
	otel_status status = open_place(&place, setup, name);
	if (status)
		goto out;
	int fd = openat(place.directory, place.file, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd >= 0)
		status = read_open(&place, fd, data, cap, len);
	else
		status = errno == ENOENT ? OTEL_NOT_FOUND : failure(&place, open_error(errno));
	if (fd >= 0)
		close(fd);
	close(place.directory);
out:
	errno = saved;
	return status;
}

/* ---- replacing ---- */

/* Whole on the disk before it takes the place of the old one: after a crash there is the one or the other. */
static otel_status replace(const struct place *place, const void *data, size_t len)
{
	char temporary[FILE_NAME_SIZE];
	struct rand_state random;
	const char *why = NULL;

	rand_seed(&random);
	/* '~' is in no name, so this is nobody's file. */
	snprintf(temporary, sizeof(temporary), "%.*s~%016llx", FILE_NAME_SIZE - 18, place->file,
		 (unsigned long long)rand_next(&random));
	int fd = openat(place->directory, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return failure(place, strerrordesc_np(errno));
	if (fchmod(fd, 0600) || !fd_write_all(fd, data, len) || fsync(fd))
		why = strerrordesc_np(errno);
	if (close(fd) && !why)
		why = strerrordesc_np(errno);
	if (!why && renameat(place->directory, temporary, place->directory, place->file))
		why = strerrordesc_np(errno);
	if (!why) {
		fsync(place->directory); /* some file systems cannot; then the old one may come back after a crash */
		return OTEL_OK;
	}
	unlinkat(place->directory, temporary, 0);
	return failure(place, why);
}

otel_status state_replace(otel_setup *setup, const char *name, const void *data, size_t len)
{
	const int saved = errno;
	struct place place;

	if (!data && len)
		return OTEL_INVALID;
	otel_status status = open_place(&place, setup, name);
	if (!status && len > STATE_FILE_MAX)
		status = failure(&place, "more than 1 MiB is not kept");
	else if (!status)
		status = replace(&place, data, len);
	else
		goto out;
	close(place.directory);
out:
	errno = saved;
	return status;
}

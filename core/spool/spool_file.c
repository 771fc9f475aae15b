/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_file.c - see the header.
 */
#include "spool/spool_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spool/spool_dir.h"
#include "util/fd.h"

/* ---- writing ---- */

/* Past this limit a write is not refused alone: the process gets a signal that ends it. */
static bool is_past_limit(size_t len)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_FSIZE, &limit) == 0 && len > limit.rlim_cur;
}

int spool_file_write(int dir, const struct spool_name *name, uint64_t owner, const uint8_t *head, size_t head_len,
		     const struct spool_record *record)
{
	const struct spool_name part = spool_name_as(name, SPOOL_PART, owner);
	char from[SPOOL_FILE_NAME_MAX], to[SPOOL_FILE_NAME_MAX];
	int error = 0;

	if (is_past_limit(head_len + record->len))
		return EFBIG;
	spool_name_write(&part, from);
	spool_name_write(name, to);
	const int fd = openat(dir, from, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return errno;
	if (fchmod(fd, S_IRUSR | S_IWUSR) || !fd_write_all(fd, head, head_len) ||
	    !fd_write_all(fd, record->data, record->len))
		error = errno;
	if (close(fd) && !error)
		error = errno;
	if (!error && renameat(dir, from, dir, to))
		error = errno;
	if (error)
		unlinkat(dir, from, 0);
	return error;
}

/* ---- hands ---- */

bool spool_file_move(int dir, struct spool_name *name, enum spool_state state, uint64_t owner)
{
	const struct spool_name other = spool_name_as(name, state, owner);
	char from[SPOOL_FILE_NAME_MAX], to[SPOOL_FILE_NAME_MAX];

	spool_name_write(name, from);
	spool_name_write(&other, to);
	if (renameat(dir, from, dir, to))
		return false;
	*name = other;
	return true;
}

bool spool_file_remove(int dir, const struct spool_name *name)
{
	char text[SPOOL_FILE_NAME_MAX];

	spool_name_write(name, text);
	return unlinkat(dir, text, 0) == 0;
}

bool spool_file_exists(int dir, const struct spool_name *name)
{
	char text[SPOOL_FILE_NAME_MAX];

	spool_name_write(name, text);
	return faccessat(dir, text, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

/* ---- reading ---- */

static const char *read_all(int fd, uint8_t *data, size_t len, bool *is_short)
{
	while (len) {
		const ssize_t got = read(fd, data, len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return strerrordesc_np(errno);
		if (got == 0) {
			*is_short = true;
			return "it is cut off";
		}
		data += got;
		len -= (size_t)got;
	}
	return NULL;
}

static enum spool_got read_open(int fd, off_t size, struct spool_record *record, uint8_t **memory, const char **why)
{
	bool is_short = false;

	if ((uint64_t)size > SPOOL_FILE_MAX) {
		*why = "it is larger than 64 MiB";
		return SPOOL_DAMAGED;
	}
	*memory = malloc((size_t)size + 1);
	*why = *memory ? read_all(fd, *memory, (size_t)size, &is_short) : strerrordesc_np(ENOMEM);
	if (*why)
		return is_short ? SPOOL_DAMAGED : SPOOL_UNREADABLE;
	*why = spool_record_parse(*memory, (size_t)size, record);
	return *why ? SPOOL_DAMAGED : SPOOL_GOT;
}

/* A name is only a hint, but one that quotas and counts go by. */
static bool is_named_rightly(const struct spool_name *name, const struct spool_record *record, off_t size)
{
	return name->bytes == (uint64_t)size && name->items == record->items && name->signal == record->signal &&
	       name->exporter == spool_exporter_number(record->exporter);
}

/* What may pass is no fault of the file. */
static enum spool_got not_opened(int error)
{
	switch (error) {
	case ENOENT:
		return SPOOL_GONE;
	case EMFILE:
	case ENFILE:
	case ENOMEM:
	case EINTR:
		return SPOOL_UNREADABLE;
	default:
		return SPOOL_DAMAGED;
	}
}

enum spool_got spool_file_read(int dir, const struct spool_name *name, struct spool_record *record, uint8_t **memory,
			       const char **why)
{
	char text[SPOOL_FILE_NAME_MAX];
	off_t size;

	*memory = NULL;
	spool_name_write(name, text);
	const int fd = spool_dir_open_file(dir, text, &size, why);
	if (fd < 0)
		return not_opened(errno);
	enum spool_got got = read_open(fd, size, record, memory, why);
	close(fd);
	if (got == SPOOL_GOT && !is_named_rightly(name, record, size)) {
		*why = "its name does not go with what is in it";
		got = SPOOL_DAMAGED;
	}
	if (got != SPOOL_GOT) {
		free(*memory);
		*memory = NULL;
	}
	return got;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_dir.c - see the header.
 */
#include "spool/spool_dir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spool/spool_name.h"

static const char *distrust(const struct stat *st, mode_t type)
{
	if ((st->st_mode & S_IFMT) != type)
		return type == S_IFDIR ? "it is not a directory" : "it is not a regular file";
	if (st->st_uid != geteuid())
		return "it does not belong to this user";
	if (st->st_mode & (S_IRWXG | S_IRWXO))
		return type == S_IFDIR ? "others may enter it; allowed: mode 0700"
				       : "others may use it; allowed: mode 0600";
	if (type == S_IFREG && st->st_nlink != 1)
		return "it has more names than one";
	return NULL;
}

static const char *open_error(int error)
{
	switch (error) {
	case ELOOP:
		return "it is a symbolic link";
	case ENOTDIR: /* of a link, too */
		return "it is not a directory, and links are not followed";
	default:
		return strerrordesc_np(error);
	}
}

int spool_dir_open(const char *path, bool create, const char **why)
{
	struct stat st;

	*why = NULL;
	bool is_new = false;
	int dir = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (dir < 0 && errno == ENOENT) {
		if (!create)
			return -1;
		is_new = mkdir(path, S_IRWXU) == 0;
		if (!is_new && errno != EEXIST) {
			*why = errno == ENOENT ? "the directory that it shall lie in does not exist"
					       : open_error(errno);
			return -1;
		}
		dir = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	}
	if (dir < 0)
		*why = open_error(errno);
	else if ((is_new && fchmod(dir, S_IRWXU)) || fstat(dir, &st)) /* whatever the umask is */
		*why = strerrordesc_np(errno);
	else
		*why = distrust(&st, S_IFDIR);
	if (!*why)
		return dir;
	if (dir >= 0)
		close(dir);
	return -1;
}

int spool_dir_open_file(int dir, const char *name, off_t *size, const char **why)
{
	const int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;

	*why = NULL;
	if (fd < 0) {
		*why = open_error(errno);
		return -1;
	}
	*why = fstat(fd, &st) ? strerrordesc_np(errno) : distrust(&st, S_IFREG);
	if (!*why) {
		*size = st.st_size;
		return fd;
	}
	close(fd);
	errno = EPERM;
	return -1;
}

bool spool_dir_each(int dir, bool (*visit)(void *arg, const char *name), void *arg)
{
	const int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *stream = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;

	if (!stream) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	while ((entry = readdir(stream)))
		if (entry->d_name[0] != '.' && !visit(arg, entry->d_name))
			break;
	closedir(stream);
	return true;
}

void spool_dir_mark(int dir)
{
	const int fd = openat(dir, SPOOL_MARKER, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (fd >= 0) /* else mostly: it is there */
		close(fd);
}

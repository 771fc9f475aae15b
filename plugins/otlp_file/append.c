/* SPDX-License-Identifier: Apache-2.0
 *
 * append.c - see the header.
 */
#include "plugins/otlp_file/append.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "util/buf.h"
#include "util/fd.h"

#define MODE         0640 /* telemetry is nobody's business but the owner's and that of who collects it */
#define PATH_LEN_MAX ((size_t)8192)
#define TRIES        100 /* for others to rotate in between */
#define LOCK_WAIT_MS 2000
#define LOCK_STEP_NS 2000000L

struct opened {
	int fd;
	struct stat is;
	bool is_locked;
	const char *why; /* fd < 0 */
};

static const char *words_of(int error)
{
	const char *words = strerrordesc_np(error);

	return words ? words : "unknown error";
}

/* ---- opening ---- */

/* Not for ever: a process that was stopped may hold it. */
static bool lock(int fd, bool *is_busy)
{
	const struct timespec step = {0, LOCK_STEP_NS};

	*is_busy = false;
	for (long waited = 0; flock(fd, LOCK_EX | LOCK_NB); waited += LOCK_STEP_NS / 1000000) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return false; /* not on this file system: O_APPEND alone keeps lines whole */
		if (waited >= LOCK_WAIT_MS) {
			*is_busy = true;
			return false;
		}
		nanosleep(&step, NULL);
	}
	return true;
}

/* A child that was forked meanwhile has the descriptor, too, and with it the lock: closing would not let that go. */
static void finish(const struct opened *file)
{
	if (file->is_locked)
		flock(file->fd, LOCK_UN);
	close(file->fd);
}

static struct opened fail(struct opened file, const char *why)
{
	if (file.fd >= 0)
		finish(&file);
	return (struct opened){.fd = -1, .why = why};
}

/* The file that has this name; *is_gone: while we waited for the lock somebody gave the name to another. */
static struct opened open_once(const char *path, bool *is_gone)
{
	struct opened file = {
		.fd = fd_lift(open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, MODE))};
	struct stat named;
	bool is_busy;

	*is_gone = false;
	if (file.fd < 0)
		return fail(file, words_of(errno));
	if (fstat(file.fd, &file.is))
		return fail(file, words_of(errno));
	if (!S_ISREG(file.is.st_mode))
		return fail(file, "it is no regular file");
	file.is_locked = lock(file.fd, &is_busy);
	if (is_busy)
		return fail(file, "another process keeps it locked");
	if (fstat(file.fd, &file.is))
		return fail(file, words_of(errno));
	*is_gone = stat(path, &named) || named.st_dev != file.is.st_dev || named.st_ino != file.is.st_ino;
	return *is_gone ? fail(file, "it is replaced all the time") : file;
}

static struct opened open_current(const char *path)
{
	struct opened file;
	bool is_gone;
	int tries = 0;

	do
		file = open_once(path, &is_gone);
	while (is_gone && ++tries < TRIES);
	return file;
}

/* ---- rotating ---- */

static const char *name_of(struct buf *name, const char *path, uint32_t number)
{
	buf_clear(name);
	buf_append_str(name, path);
	if (number)
		buf_printf(name, ".%u", number);
	return buf_str(name);
}

/* Under the lock of the file at PATH, so no other process does it. PATH.1 becomes PATH.2 and so on; the last goes. */
static const char *rotate(const char *path, uint32_t max_files)
{
	struct buf from, to;
	const char *why = NULL;
	uint32_t last = 1; /* the first number that is free, or the last one that is allowed */

	buf_init(&from, PATH_LEN_MAX);
	buf_init(&to, PATH_LEN_MAX);
	while (last < max_files - 1 && access(name_of(&to, path, last), F_OK) == 0)
		last++;
	if (max_files == 1 && unlink(path))
		why = words_of(errno);
	for (uint32_t number = last; max_files > 1 && !why && number > 0; number--)
		if (rename(name_of(&from, path, number - 1), name_of(&to, path, number)))
			why = words_of(errno);
	buf_fini(&from);
	buf_fini(&to);
	return why;
}

static bool is_old(const struct opened *file, uint64_t max_age_ms)
{
	struct timespec now;
	struct statx is;

	if (!max_age_ms || statx(file->fd, "", AT_EMPTY_PATH, STATX_BTIME, &is) || !(is.stx_mask & STATX_BTIME))
		return false;
	clock_gettime(CLOCK_REALTIME, &now);
	const int64_t age_ms =
		(now.tv_sec - is.stx_btime.tv_sec) * 1000 + (now.tv_nsec - (int64_t)is.stx_btime.tv_nsec) / 1000000;
	return age_ms > 0 && (uint64_t)age_ms > max_age_ms;
}

/* Without the lock two processes would rotate at once, so none does. */
static bool is_full(const struct opened *file, const struct append_limits *limits, size_t len)
{
	const uint64_t size = (uint64_t)file->is.st_size;

	if (!file->is_locked || !size)
		return false;
	return (limits->max_bytes && size + len > limits->max_bytes) || is_old(file, limits->max_age_ms);
}

/* ---- writing ---- */

/* Somebody was killed in the middle of a line: ours begins a new one. */
static bool is_torn(const struct opened *file)
{
	char last = '\n';

	return file->is.st_size > 0 && pread(file->fd, &last, 1, file->is.st_size - 1) == 1 && last != '\n';
}

/* One call for all of it, as long as the disk has room: what appends without our lock gets in between lines only. */
static const char *write_all(const struct opened *file, const uint8_t *line, size_t len)
{
	static char newline = '\n';
	struct iovec pieces[] = {{&newline, is_torn(file)}, {(void *)(uintptr_t)line, len}};
	ssize_t done;

	while (pieces[0].iov_len + pieces[1].iov_len) {
		done = writev(file->fd, pieces, 2);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return done ? words_of(errno) : words_of(ENOSPC);
		const size_t in_first = (size_t)done < pieces[0].iov_len ? (size_t)done : pieces[0].iov_len;
		pieces[0].iov_len -= in_first;
		pieces[1].iov_base = (char *)pieces[1].iov_base + ((size_t)done - in_first);
		pieces[1].iov_len -= (size_t)done - in_first;
	}
	return NULL;
}

static const char *append_to(const struct opened *file, const uint8_t *line, size_t len)
{
	const char *why = write_all(file, line, len);

	/* Half a line is taken back; where that fails, whoever comes next begins a new one. */
	if (why && file->is_locked && ftruncate(file->fd, file->is.st_size))
		why = "half a line stays in it, for it can neither be written nor cut";
	return why;
}

const char *append_line(const char *path, const struct append_limits *limits, const uint8_t *line, size_t len)
{
	const char *why = NULL;
	struct opened file;

	for (int tries = 0; tries < TRIES; tries++) {
		file = open_current(path);
		if (file.fd < 0)
			return file.why;
		if (!is_full(&file, limits, len)) {
			why = append_to(&file, line, len);
			finish(&file);
			return why;
		}
		why = rotate(path, limits->max_files);
		finish(&file);
		if (why)
			return why;
	}
	return "it fills faster than it can be rotated";
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * standard_output.c - see the header.
 */
#include "plugins/otlp_file/standard_output.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define WAIT_MS 5000
#define STEP_MS 2

static const char unread[] = "nobody reads it";

void standard_output_note(struct standard_output *output)
{
	struct stat now;

	output->is_open = fstat(STDOUT_FILENO, &now) == 0;
	output->dev = output->is_open ? now.st_dev : 0;
	output->ino = output->is_open ? now.st_ino : 0;
}

/* A program that closed its standard output may have got the number for a file of its own: a regular file that was not
 * there at start, or a socket, is not for us. */
static bool is_ours(const struct standard_output *output)
{
	struct stat now;

	if (fstat(STDOUT_FILENO, &now))
		return false;
	if (output->is_open && now.st_dev == output->dev && now.st_ino == output->ino)
		return true;
	return S_ISCHR(now.st_mode) || S_ISFIFO(now.st_mode);
}

/* The process whose thread writes a line; 0: none. In the child of a fork that thread is not there. */
static _Atomic pid_t writer;
static bool is_torn; /* the last line; for the writer */

static bool take_turn(void)
{
	const struct timespec step = {0, STEP_MS * 1000000L};
	const pid_t self = getpid();

	for (int waited = 0; waited < WAIT_MS; waited += STEP_MS) {
		pid_t who = 0;

		if (atomic_compare_exchange_strong(&writer, &who, self) ||
		    (who != self && atomic_compare_exchange_strong(&writer, &who, self)))
			return true;
		nanosleep(&step, NULL);
	}
	return false;
}

static const char *put(const uint8_t *bytes, size_t len)
{
	struct pollfd ready = {.fd = STDOUT_FILENO, .events = POLLOUT};

	while (len) {
		const ssize_t done = write(STDOUT_FILENO, bytes, len);

		if (done > 0) {
			is_torn = bytes[done - 1] != '\n';
			bytes += done;
			len -= (size_t)done;
		} else if (!done || errno == EAGAIN) {
			if (poll(&ready, 1, WAIT_MS) == 0)
				return unread;
		} else if (errno != EINTR) {
			return strerrordesc_np(errno);
		}
	}
	return NULL;
}

const char *standard_output_write(const struct standard_output *output, const uint8_t *line, size_t len)
{
	const char *why = NULL;

	if (!is_ours(output))
		return "it is closed, or is something else than at start";
	if (!take_turn())
		return unread;
	if (is_torn)
		why = put((const uint8_t *)"\n", 1);
	if (!why)
		why = put(line, len);
	atomic_store(&writer, 0);
	return why;
}

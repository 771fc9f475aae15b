/* SPDX-License-Identifier: Apache-2.0
 *
 * standard_output.c - see the header.
 */
#include "plugins/otlp_file/standard_output.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WAIT_MS 5000

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

const char *standard_output_write(const struct standard_output *output, const uint8_t *line, size_t len)
{
	struct pollfd ready = {.fd = STDOUT_FILENO, .events = POLLOUT};

	if (!is_ours(output))
		return "it is closed, or is something else than at start";
	while (len) {
		const ssize_t done = write(STDOUT_FILENO, line, len);

		if (done >= 0) {
			line += done;
			len -= (size_t)done;
		} else if (errno == EAGAIN) {
			if (poll(&ready, 1, WAIT_MS) == 0)
				return "nobody reads it";
		} else if (errno != EINTR) {
			return strerrordesc_np(errno);
		}
	}
	return NULL;
}

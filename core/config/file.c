/* SPDX-License-Identifier: Apache-2.0
 *
 * file.c - an INI file from disk, if it may steer us.
 */
#include "config/config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "config/store.h"

static bool read_all_(int fd, struct buf *out)
{
	ssize_t got;

	do {
		if (!buf_reserve(out, 4096))
			return true; /* as much as may be: the caller sees that it is too much */
		got = read(fd, out->data + out->len, 4096);
		if (got > 0)
			out->len += (size_t)got;
	} while (got > 0 || (got < 0 && errno == EINTR));
	return got == 0;
}

otel_status config_read_profile(struct config *config, unsigned depth, const char *path)
{
	otel_status status;

	config->depth = depth;
	status = config_read_file(config, CONFIG_DISTRO, path);
	config->depth = 0;
	return status;
}

otel_status config_read_file(struct config *config, enum config_layer layer, const char *path)
{
	int saved = errno;
	otel_status status = OTEL_OK;
	const char *why;
	struct buf text;
	int fd = config_open_trusted(path, &why);

	buf_init(&text, CONFIG_MAX_FILE + 4096);
	if (fd < 0) {
		status = why ? OTEL_DENIED : OTEL_NOT_FOUND;
		if (why)
			config_complain(config, DIAG_ERROR, "%s: %s; the file is ignored", path, why);
		goto out;
	}
	if (!read_all_(fd, &text)) {
		config_complain(config, DIAG_ERROR, "%s: it cannot be read (%s); the file is ignored", path,
				strerrordesc_np(errno));
		status = OTEL_FAILED;
	} else if (text.failed || text.len > CONFIG_MAX_FILE) {
		config_complain(config, DIAG_ERROR, "%s: it is longer than %zu bytes; the file is ignored", path,
				CONFIG_MAX_FILE);
		status = OTEL_INVALID;
	} else {
		status = config_read_text(config, layer, path, buf_str(&text), text.len);
	}
out:
	if (fd >= 0)
		close(fd);
	buf_fini(&text);
	errno = saved;
	return status;
}

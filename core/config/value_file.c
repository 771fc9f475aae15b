/* SPDX-License-Identifier: Apache-2.0
 *
 * value_file.c - "@/path/to/file": values that lie in files of their own, such as the secrets of a container.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "config/store.h"

bool config_is_value_file(const char *text)
{
	return text[0] == '@' && (text[1] == '/' || !strncmp(text + 1, "${", 2));
}

/* As much as out takes and a byte more, so that too much is seen. */
static bool read_all_(int fd, struct buf *out)
{
	ssize_t got;

	do {
		size_t room = out->max - out->len;
		if (!room || !buf_reserve(out, room < 4096 ? room : 4096))
			return true;
		got = read(fd, out->data + out->len, room < 4096 ? room : 4096);
		if (got > 0)
			out->len += (size_t)got;
	} while (got > 0 || (got < 0 && errno == EINTR));
	return got == 0;
}

/* Editors and "echo" end a file with one that nobody means. */
static void cut_line_end_(struct buf *text)
{
	if (text->len && text->data[text->len - 1] == '\n')
		text->len--;
	if (text->len && text->data[text->len - 1] == '\r')
		text->len--;
}

/* A line end inside a value would be one inside a header. */
static const char *complaint_(struct buf *text)
{
	if (text->failed || text->len > CONFIG_MAX_VALUE)
		return "it is longer than 65536 bytes";
	cut_line_end_(text);
	if (text->len && memchr(text->data, '\n', text->len))
		return "it has more than one line";
	for (size_t i = 0; i < text->len; i++) {
		if ((text->data[i] < 0x20 && text->data[i] != '\t') || text->data[i] == 0x7f)
			return "it has control characters in it";
	}
	return str_is_utf8((const char *)text->data, text->len) ? NULL : "it is not UTF-8";
}

static const char *read_text_(int fd, struct buf *out)
{
	struct buf text;
	const char *why;

	buf_init(&text, CONFIG_MAX_VALUE + 2);
	why = read_all_(fd, &text) ? complaint_(&text) : "it cannot be read";
	if (!why && !buf_append(out, text.data, text.len))
		why = "it does not fit into memory";
	buf_fini(&text);
	return why;
}

bool config_read_value_file(const char *path, struct buf *out, const char **why)
{
	int saved = errno;
	const char *distrust = NULL;
	int fd = -1;

	*why = "the path is relative; allowed: @/path/to/file";
	if (*path != '/')
		goto out;
	fd = config_open_trusted(path, &distrust);
	*why = distrust ? distrust : "it does not exist";
	if (fd >= 0)
		*why = read_text_(fd, out);
out:
	if (fd >= 0)
		close(fd);
	errno = saved;
	return *why == NULL;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * expand_fuzz.c - any bytes as a value with references to variables: a result within its bound, or a sentence; what has
 * no dollar sign stays as it is. And as the content of a file that a value names: one line of text, or a sentence.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_file(const uint8_t *data, size_t size)
{
	static char path[64] = "/tmp/expand_fuzz.XXXXXX";
	static int fd = -1;
	struct buf out;
	const char *why = NULL;

	if (fd < 0) {
		fd = mkstemp(path);
		if (fd < 0 || unlink(path))
			abort();
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	}
	if (ftruncate(fd, 0) || pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
	buf_init(&out, CONFIG_MAX_VALUE);
	bool ok = config_read_value_file(path, &out, &why);
	if (ok == (why != NULL) || (ok && (out.len > size || size > out.len + 2)))
		abort();
	for (size_t i = 0; ok && i < out.len; i++)
		if (out.data[i] != data[i] || out.data[i] == '\n' || !out.data[i])
			abort();
	buf_fini(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const env[] = {"A=value", "EMPTY=", "SELF=${SELF}", "DOLLAR=$", NULL};
	static const struct otel_boot boot = {.size = sizeof boot, .env = env};
	char *text = malloc(size ? size : 1);
	struct buf out;
	const char *why = NULL;

	if (!text)
		abort();
	memcpy(text, data, size);
	buf_init(&out, CONFIG_MAX_VALUE);
	bool ok = config_expand((struct view){text, size}, &boot, &out, &why);
	if (!ok && !why)
		abort();
	if (ok && out.len > CONFIG_MAX_VALUE)
		abort();
	if (ok && !memchr(text, '$', size) && (out.len != size || (size && memcmp(out.data, text, size) != 0)))
		abort();
	buf_fini(&out);
	free(text);
	check_file(data, size);
	return 0;
}

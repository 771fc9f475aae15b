/* SPDX-License-Identifier: Apache-2.0
 *
 * boot.c - the snapshot of environment and fd 2.
 */
#include "util/boot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

/* Linux lets exec() pass more than this only if the stack limit was raised; what does not fit is not seen. */
#define BOOT_MAX_BYTES ((size_t)4 << 20)

static const char *value_of_(const char *const *env, const char *name)
{
	size_t len = strlen(name);

	for (; env && *env; env++) {
		/* Hundreds of names are looked for at each start; few of the host's begin alike. */
		if (**env == *name && !strncmp(*env, name, len) && (*env)[len] == '=')
			return *env + len + 1;
	}
	return NULL;
}

/* How many variables fit, and the bytes of their strings. */
static size_t measure_(char *const *env, size_t *bytes)
{
	size_t count = 0;

	*bytes = 0;
	for (; env && env[count]; count++) {
		size_t len = strlen(env[count]) + 1;
		if (*bytes + len + (count + 2) * sizeof(char *) > BOOT_MAX_BYTES)
			break;
		*bytes += len;
	}
	return count;
}

static void copy_env_(struct otel_boot *boot, size_t count, size_t bytes)
{
	const char **list = (const char **)(void *)(boot + 1);
	char *text = (char *)(list + count + 1);
	char *end = text + bytes;
	size_t kept = 0;

	for (size_t i = 0; i < count && environ[i]; i++) {
		size_t len = strlen(environ[i]) + 1;
		if (len > (size_t)(end - text))
			continue;
		memcpy(text, environ[i], len);
		list[kept++] = text;
		text += len;
	}
	list[kept] = NULL;
	boot->env = list;
}

const struct otel_boot *otel_boot_take(void)
{
	int saved = errno;
	size_t bytes;
	size_t count = measure_(environ, &bytes);
	struct otel_boot *boot = malloc(sizeof(*boot) + (count + 1) * sizeof(char *) + bytes);
	struct stat st;

	if (!boot)
		goto out;
	*boot = (struct otel_boot){.size = sizeof(*boot), .secure = getauxval(AT_SECURE) != 0};
	if (!fstat(STDERR_FILENO, &st)) {
		boot->err_dev = st.st_dev;
		boot->err_ino = st.st_ino;
	}
	copy_env_(boot, count, bytes);
out:
	errno = saved;
	return boot;
}

bool otel_boot_wanted(void)
{
	static const char *const marks[] = {"OTEL_DISTRO", "OTEL_C_FLAGS"};
	int saved = errno;
	bool secure = getauxval(AT_SECURE) != 0;

	errno = saved;
	for (size_t i = 0; !secure && i < sizeof(marks) / sizeof(marks[0]); i++) {
		const char *value = value_of_((const char *const *)environ, marks[i]);
		if (value && *value)
			return true;
	}
	return false;
}

const char *otel_boot_env(const struct otel_boot *boot, const char *name)
{
	return boot ? value_of_(boot->env, name) : NULL;
}

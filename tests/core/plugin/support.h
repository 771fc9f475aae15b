/* SPDX-License-Identifier: Apache-2.0
 *
 * support.h - what the plugin tests share: what was said on fd 2, files in a directory of their own, a made-up
 * environment.
 */
#ifndef TESTS_PLUGIN_SUPPORT_H
#define TESTS_PLUGIN_SUPPORT_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/config.h"
#include "plugin/registry.h"
#include "support/build.h"

/* ---- fd 2 ---- */

static int said_fd = -1;
static int said_before = -1;
static off_t said_mark;

/* From now on fd 2 is a file that said() reads. */
static inline void said_begin(void)
{
	said_fd = memfd_create("said", MFD_CLOEXEC);
	said_before = dup(2);
	dup2(said_fd, 2);
}

static inline void said_end(void)
{
	dup2(said_before, 2);
	close(said_before);
	close(said_fd);
}

/* What was said since the last call. */
static inline const char *said(void)
{
	static char text[16384];
	ssize_t len = pread(said_fd, text, sizeof text - 1, said_mark);
	if (len < 0)
		len = 0;
	said_mark += len;
	text[len] = '\0';
	return text;
}

static inline void ck_said(const char *part)
{
	const char *text = said();
	ck_assert_msg(strstr(text, part) != NULL, "\"%s\" was expected on stderr, which says \"%s\"", part, text);
}

static inline void ck_silent(void)
{
	ck_assert_str_eq(said(), "");
}

/* One line, which holds each of the parts (NULL-terminated). */
static inline void ck_said_line(const char *const *parts)
{
	const char *text = said();
	const char *end = strchr(text, '\n');
	ck_assert_msg(end && !end[1], "one line was expected on stderr, which says \"%s\"", text);
	for (; *parts; parts++)
		ck_assert_msg(strstr(text, *parts) != NULL, "\"%s\" was expected on stderr, which says \"%s\"", *parts,
			      text);
}
#define CK_SAID_LINE(...) ck_said_line((const char *const[]){__VA_ARGS__, NULL})

/* ---- files ---- */

/* A fresh directory that anybody may enter, under $TMPDIR or /tmp. */
static inline const char *temp_dir(void)
{
	static char path[4096];
	const char *base = getenv("TMPDIR");
	snprintf(path, sizeof path, "%s/otel-c-test-XXXXXX", base && *base ? base : "/tmp");
	ck_assert_ptr_nonnull(mkdtemp(path));
	ck_assert_int_eq(chmod(path, 0755), 0);
	return path;
}

static inline void temp_remove(const char *dir)
{
	char command[4200];
	snprintf(command, sizeof command, "rm -rf -- '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

static inline char *path_of(const char *dir, const char *name)
{
	char *path = NULL;
	ck_assert_int_ge(asprintf(&path, "%s/%s", dir, name), 0);
	return path;
}

/* Writes a file whatever the umask. */
static inline void write_file(const char *path, const void *data, size_t len, mode_t mode)
{
	FILE *file = fopen(path, "wb");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(data, 1, len, file), len);
	ck_assert_int_eq(fclose(file), 0);
	ck_assert_int_eq(chmod(path, mode), 0);
}

static inline unsigned char *read_whole(const char *path, size_t *len)
{
	FILE *file = fopen(path, "rb");
	ck_assert_msg(file != NULL, "%s is missing", path);
	fseek(file, 0, SEEK_END);
	*len = (size_t)ftell(file);
	rewind(file);
	unsigned char *data = malloc(*len + 1);
	ck_assert_uint_eq(fread(data, 1, *len, file), *len);
	data[*len] = '\0';
	fclose(file);
	return data;
}

static inline void copy_file(const char *from, const char *to, mode_t mode)
{
	size_t len;
	unsigned char *data = read_whole(from, &len);
	write_file(to, data, len, mode);
	free(data);
}

/* A fixture module of the build tree. */
static inline char *fixture(const char *name)
{
	char *path = NULL;
	ck_assert_int_ge(asprintf(&path, "%s/tests/abi/modules/%s.so", build_dir(), name), 0);
	return path;
}

/* ---- environment ---- */

/* A snapshot with these variables; lives as long as the block it stands in. */
#define BOOT(...)                                                                                                      \
	(&(const struct otel_boot){.size = sizeof(struct otel_boot),                                                   \
				   .env = (const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL}})

/* A configuration made of this environment, with its round of the registry. */
static inline struct config *round_begin(const struct otel_boot *boot)
{
	struct config *config = config_create();
	ck_assert_ptr_nonnull(config);
	if (boot)
		config_read_env(config, boot);
	registry_begin(config, boot);
	return config;
}

static inline void round_end(struct config *config)
{
	registry_close();
	registry_begin(NULL, NULL);
	config_destroy(config);
}

static inline int run_suite(Suite *suite)
{
	SRunner *runner = srunner_create(suite);
	said_begin();
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	said_end();
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif

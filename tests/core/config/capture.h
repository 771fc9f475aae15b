/* SPDX-License-Identifier: Apache-2.0
 *
 * capture.h - what a piece of code says to the operator, and configurations for tests. Texts are said once per process,
 * so every case uses names of its own.
 */
#ifndef TESTS_CAPTURE_H
#define TESTS_CAPTURE_H

#include <check.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/config.h"
#include "util/diag.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int capture_keep;
static char capture_text[32 * 1024];

static inline void capture_begin(void)
{
	static struct otel_boot boot = {.size = sizeof(boot)};
	int fd = memfd_create("stderr", MFD_CLOEXEC);
	struct stat st;

	capture_keep = dup(STDERR_FILENO);
	ck_assert_int_eq(dup2(fd, STDERR_FILENO), STDERR_FILENO);
	close(fd);
	ck_assert_int_eq(fstat(STDERR_FILENO, &st), 0);
	boot.err_dev = st.st_dev;
	boot.err_ino = st.st_ino;
	diag_setup(&boot, DIAG_WARN);
}

/* Everything said since capture_begin(). */
static inline const char *capture_end(void)
{
	ssize_t len = pread(STDERR_FILENO, capture_text, sizeof(capture_text) - 1, 0);

	capture_text[len > 0 ? len : 0] = 0;
	dup2(capture_keep, STDERR_FILENO);
	close(capture_keep);
	return capture_text;
}

static inline struct otel_boot boot_of(const char *const *env)
{
	return (struct otel_boot){.size = sizeof(struct otel_boot), .env = env};
}

static inline otel_status read_text(struct config *config, enum config_layer layer, const char *name, const char *text)
{
	return config_read_text(config, layer, name, text, strlen(text));
}

#endif

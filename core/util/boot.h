/* SPDX-License-Identifier: Apache-2.0
 *
 * boot.h - what a process looked like when we were loaded: its environment and the identity of fd 2.
 *
 * Taken once, by a constructor (libotel_api or libotel_preload) or by otel_sdk_start(), because reading environ in a
 * running program races the host's setenv(). Nothing of otel-c calls getenv() after that.
 */
#ifndef OTEL_UTIL_BOOT_H
#define OTEL_UTIL_BOOT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct otel_boot {
	size_t size;
	const char *const *env; /* NULL-terminated "NAME=value" strings, our own copy */
	dev_t err_dev;          /* identity of fd 2; err_ino 0 when it was closed */
	ino_t err_ino;
	bool secure; /* AT_SECURE: the environment starts nothing, names no file */
};

/* Copies the environment and notes fd 2. Leaves errno alone. Never freed; NULL when out of memory. */
const struct otel_boot *otel_boot_take(void);

/* True when the environment asks for an SDK: not AT_SECURE, and OTEL_DISTRO or OTEL_C_FLAGS (the launcher's mark) is
 * set and not empty. Looks at the live environ: for constructors only. */
bool otel_boot_wanted(void);

/* The value of a variable in the snapshot, NULL if absent or boot is NULL. An empty value is returned as "". */
const char *otel_boot_env(const struct otel_boot *boot, const char *name);

#endif

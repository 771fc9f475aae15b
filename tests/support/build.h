/* SPDX-License-Identifier: Apache-2.0
 *
 * build.h - where the build tree is, and the plugins in it.
 */
#ifndef TESTS_SUPPORT_BUILD_H
#define TESTS_SUPPORT_BUILD_H

#include <otel/plugin.h>

#include <check.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

/* In main(), too, where check has no assertions. */
static inline const char *build_dir(void)
{
	const char *dir = getenv("OTEL_C_TEST_BUILD");

	if (dir)
		return dir;
	fprintf(stderr, "run this through ctest, or set OTEL_C_TEST_BUILD to the build directory\n");
	exit(EXIT_FAILURE);
}

/* In one of a few static buffers. */
static inline const char *build_path(const char *below)
{
	static char paths[4][4096];
	static unsigned next;
	char *path = paths[next++ % 4];

	snprintf(path, sizeof paths[0], "%s/%s", build_dir(), below);
	return path;
}

/* A module with a plugin, by its path below the build tree. It is never unloaded. */
static inline const otel_plugin *build_plugin(const char *below)
{
	void *module = dlopen(build_path(below), RTLD_NOW | RTLD_LOCAL);

	ck_assert_msg(module != NULL, "%s", dlerror());
	const otel_plugin *plugin = dlsym(module, OTEL_PLUGIN_SYMBOL);
	ck_assert_ptr_nonnull(plugin);
	return plugin;
}

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * home.c - see home.h.
 */
#include "tools/otel-c/home.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plugin/registry.h"

#define SDK_NAME "libotel_sdk.so.1"

/* Does prefix/dir hold this file? Then `out` gets the directory. */
static bool try_dir(const char *prefix, const char *dir, const char *name, char out[PATH_MAX])
{
	char file[PATH_MAX];

	if (snprintf(out, PATH_MAX, "%s/%s", prefix, dir) < PATH_MAX &&
	    snprintf(file, sizeof file, "%s/%s", out, name) < (int)sizeof file && access(file, R_OK) == 0)
		return true;
	out[0] = '\0';
	return false;
}

static bool find_prefix(char prefix[PATH_MAX])
{
	if (!realpath("/proc/self/exe", prefix))
		return false;
	for (int up = 0; up < 2; up++) {
		char *slash = strrchr(prefix, '/');
		if (!slash)
			return false;
		*slash = '\0';
	}
	return true;
}

static void find(struct home *home)
{
	static const char *const lib_dirs[] = {"lib", OTEL_C_INSTALL_LIBDIR, OTEL_C_MULTIARCH_LIBDIR};
	char prefix[PATH_MAX];
	char sdk[PATH_MAX];

	if (!find_prefix(prefix))
		return;
	try_dir(prefix, "include", "otel/plugin.h", home->include);
	for (size_t i = 0; i < sizeof lib_dirs / sizeof *lib_dirs; i++)
		if (try_dir(prefix, lib_dirs[i], SDK_NAME, home->lib))
			break;
	if (home->lib[0] && snprintf(sdk, sizeof sdk, "%s/" SDK_NAME, home->lib) < (int)sizeof sdk)
		place_set(sdk);
}

const struct home *home_find(void)
{
	static struct home home;
	static bool is_known;

	if (!is_known)
		find(&home);
	is_known = true;
	return &home;
}

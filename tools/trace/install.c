/* SPDX-License-Identifier: Apache-2.0
 *
 * install.c - the places of an installation, or of a build tree, which has the same layout.
 */
#include "tools/trace/install.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool has_file(const char *dir, const char *name)
{
	char path[PATH_MAX];

	return snprintf(path, sizeof path, "%s/%s", dir, name) < (int)sizeof path && access(path, R_OK) == 0;
}

void install_find(struct install *install)
{
	static const char *const lib_dirs[] = {"lib", OTEL_C_INSTALL_LIBDIR, OTEL_C_MULTIARCH_LIBDIR};
	char exe[PATH_MAX];
	char *slash;

	install->lib[0] = install->share[0] = '\0';
	if (!realpath("/proc/self/exe", exe))
		return;
	for (int up = 0; up < 2; up++) {
		slash = strrchr(exe, '/');
		if (!slash)
			return;
		*slash = '\0';
	}
	if (snprintf(install->share, sizeof install->share, "%s/share/otel-c", exe) >= (int)sizeof install->share)
		install->share[0] = '\0';
	for (size_t i = 0; i < sizeof lib_dirs / sizeof *lib_dirs; i++) {
		if (snprintf(install->lib, sizeof install->lib, "%s/%s", exe, lib_dirs[i]) < (int)sizeof install->lib &&
		    has_file(install->lib, PRELOAD_NAME))
			return;
	}
	install->lib[0] = '\0';
}

bool install_has_library(const struct install *install, const char *name)
{
	return install->lib[0] && has_file(install->lib, name);
}

bool install_has(const struct install *install, const char *distro)
{
	char name[NAME_MAX];

	return snprintf(name, sizeof name, "%s.ini", distro) < (int)sizeof name && has_file(install->share, name);
}

/* A profile is an INI file that speaks about a distro; others lie beside them. */
static bool is_profile(const char *dir, const char *name)
{
	char path[PATH_MAX];
	char line[256];
	bool found = false;
	FILE *f;

	if (snprintf(path, sizeof path, "%s/%s", dir, name) >= (int)sizeof path)
		return false;
	f = fopen(path, "re");
	while (f && !found && fgets(line, sizeof line, f))
		found = strncmp(line, "[distro]", 8) == 0;
	if (f)
		fclose(f);
	return found;
}

static int is_ini(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && dot > entry->d_name && strcmp(dot, ".ini") == 0;
}

void install_list(const struct install *install, char *out, size_t cap)
{
	struct dirent **entries = NULL;
	int count = scandir(install->share, &entries, is_ini, alphasort);
	size_t len = 0;

	snprintf(out, cap, "none");
	for (int i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;

		if (len < cap && is_profile(install->share, name))
			len += (size_t)snprintf(out + len, cap - len, "%s%.*s", len ? ", " : "", (int)strlen(name) - 4,
						name);
		free(entries[i]);
	}
	free(entries);
}

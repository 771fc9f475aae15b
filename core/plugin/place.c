/* SPDX-License-Identifier: Apache-2.0
 *
 * place.c - where this installation lies: everything is found relative to libotel_sdk, so that a tree may be moved.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugin/loader.h"
#include "plugin/registry.h"
#include "util/buf.h"

#define MAX_DISTROS 64

static struct {
	pthread_once_t once;
	char *sdk;
	char *modules;
	pthread_once_t profiles_once; /* few programs ask for them */
	char *profiles;
} place = {.once = PTHREAD_ONCE_INIT, .profiles_once = PTHREAD_ONCE_INIT};

static char *join(const char *dir, const char *name)
{
	char *path = NULL;
	return asprintf(&path, "%s/%s", dir, name) < 0 ? NULL : path;
}

/* The directory of profiles for libraries in <prefix>/lib and in <prefix>/lib/<triplet>. */
static char *find_profiles(const char *sdk)
{
	static const char *const candidates[] = {"../share/otel-c", "../../share/otel-c"};
	char *found = NULL;
	for (size_t i = 0; !found && i < sizeof candidates / sizeof *candidates; i++) {
		char *path = join(sdk, candidates[i]);
		found = path ? realpath(path, NULL) : NULL;
		free(path);
	}
	return found;
}

static void place_relative_to(const char *library)
{
	char *file = realpath(library, NULL);
	char *slash = file ? strrchr(file, '/') : NULL;
	if (!slash)
		goto out;
	*slash = '\0';
	place.sdk = strdup(file);
	place.modules = join(file, "otel-c");
out:
	free(file);
}

static void place_find(void)
{
	Dl_info info;
	if (!place.sdk && dladdr((void *)&place, &info) && info.dli_fname)
		place_relative_to(info.dli_fname);
}

static void place_find_profiles(void)
{
	place.profiles = place.sdk ? find_profiles(place.sdk) : NULL;
}

void place_set(const char *library)
{
	place_profiles(); /* nothing is to be found any more */
	free(place.sdk);
	free(place.modules);
	free(place.profiles);
	place.sdk = place.modules = NULL;
	place_relative_to(library);
	place_find_profiles();
}

const char *place_sdk(void)
{
	pthread_once(&place.once, place_find);
	return place.sdk ? place.sdk : "";
}

const char *place_modules(void)
{
	pthread_once(&place.once, place_find);
	return place.modules ? place.modules : "";
}

const char *place_profiles(void)
{
	pthread_once(&place.once, place_find);
	pthread_once(&place.profiles_once, place_find_profiles);
	return place.profiles ? place.profiles : "";
}

/* ---- distros ---- */

/* A profile is a distro when it says so and the module it names is there. */
static bool is_distro(const char *file)
{
	bool yes = false;
	char *path = join(place_profiles(), file);
	struct config *config = config_create();
	if (!path || !config || config_read_file(config, CONFIG_DISTRO, path) != OTEL_OK)
		goto out;
	const char *module = config_raw(config, "distro", "module");
	yes = config_raw(config, "distro", "name") && (!module || loader_has(module, registry_boot()));
out:
	config_destroy(config);
	free(path);
	return yes;
}

/* <name>.ini, apart from the site's own file. */
static int is_profile(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);
	return len > 4 && strcmp(entry->d_name + len - 4, ".ini") == 0 && strcmp(entry->d_name, "otel.ini") != 0 &&
	       entry->d_name[0] != '.';
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name); /* alphasort would ask the host's locale */
}

char *place_distros(void)
{
	struct buf names;
	size_t len;
	struct dirent **entries = NULL;
	int count = *place_profiles() ? scandir(place_profiles(), &entries, is_profile, by_name) : 0;
	buf_init(&names, 4096);
	for (int i = 0; i < count; i++) {
		if (i < MAX_DISTROS && is_distro(entries[i]->d_name)) {
			buf_append_str(&names, names.len ? ", " : "");
			buf_append(&names, entries[i]->d_name, strlen(entries[i]->d_name) - 4);
		}
		free(entries[i]);
	}
	free(entries);
	buf_append_char(&names, '\0');
	return (char *)buf_take(&names, &len);
}

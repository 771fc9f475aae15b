/* SPDX-License-Identifier: Apache-2.0
 *
 * resolve.c - finds the copy of a library that a caller is bound to, once per call site.
 *
 * Symbols are always asked for with their version: two flavours of one library differ in nothing else, and a handle of
 * one must not reach the code of the other.
 */
#include "plugins/preload/resolve.h"

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <link.h>
#include <stdbool.h>
#include <string.h>

#include "plugins/preload/armed.h"

static const struct link_map *map_of(const void *address)
{
	struct link_map *map = NULL;
	Dl_info info;

	if (!dladdr1(address, &info, (void **)&map, RTLD_DL_LINKMAP))
		return NULL;
	return map;
}

/* ---- looking for a copy ---- */

static bool fill(const struct real_library *library, void *handle, bool any_version, void **functions)
{
	for (size_t i = 0; i < library->name_count; i++) {
		const struct real_name *n = &library->names[i];
		void *function = any_version ? dlsym(handle, n->name) : dlvsym(handle, n->name, library->version);

		/* The scope of the main program begins with what was preloaded: us. */
		if (i == 0 && (!function || map_of(function) == map_of((const void *)(uintptr_t)map_of)))
			return false;
		functions[n->offset / sizeof(void *)] = function;
	}
	return true;
}

/* What code in this object sees beyond the global scope: the object itself and what it needs. Finds libraries that
 * were loaded RTLD_LOCAL, where RTLD_NEXT is blind. */
static bool fill_by_path(const struct real_library *library, const char *path, bool any_version, void **functions)
{
	void *handle = dlopen(path, RTLD_LAZY | RTLD_NOLOAD);
	bool ok;

	if (!handle)
		return false;
	ok = fill(library, handle, any_version, functions);
	dlclose(handle);
	return ok;
}

struct search {
	const char *file;
	unsigned skip;
	char path[PATH_MAX];
};

/* Only notes the name: dl_iterate_phdr holds a lock of the loader under which nothing may be opened. */
static int match_object(struct dl_phdr_info *info, size_t size, void *arg)
{
	struct search *search = arg;
	const char *slash = strrchr(info->dlpi_name, '/');
	const char *name = slash ? slash + 1 : info->dlpi_name;

	(void)size;
	if (strncmp(name, search->file, strlen(search->file)) != 0 || strlen(info->dlpi_name) >= sizeof search->path)
		return 0;
	if (search->skip > 0) {
		search->skip--;
		return 0;
	}
	strcpy(search->path, info->dlpi_name);
	return 1;
}

/* A tail call hides the real caller behind its own caller, which may see no copy: take any that is loaded. */
static bool fill_by_file(const struct real_library *library, void **functions)
{
	struct search search = {.file = library->file};

	for (unsigned i = 0; i < REAL_COPIES; i++) {
		search.skip = i;
		if (!dl_iterate_phdr(match_object, &search))
			return false;
		if (fill_by_path(library, search.path, false, functions))
			return true;
	}
	return false;
}

static bool fill_any(const struct real_library *library, const struct link_map *caller, void **functions)
{
	if (fill(library, RTLD_NEXT, false, functions))
		return true;
	if (caller && fill_by_path(library, caller->l_name, false, functions))
		return true;
	if (fill_by_file(library, functions))
		return true;
	/* A library built with other version names, whose callers were linked without any. */
	if (caller && fill_by_path(library, caller->l_name, true, functions))
		return true;
	return fill(library, RTLD_NEXT, true, functions);
}

/* The copy must outlive the cache, even if the program closes it. */
static void pin(const struct link_map *copy)
{
	if (copy)
		(void)dlopen(copy->l_name, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
}

static bool is_ours(const struct link_map *caller)
{
	size_t len = strlen(preload_dir());

	return len > 0 && strncmp(caller->l_name, preload_dir(), len) == 0 &&
	       strncmp(caller->l_name + len, "/otel-c/", 8) == 0;
}

/* ---- remembering it ---- */

/* Index of the copy with these functions, claiming a place for a new one; -1 when there is no place left. */
static int keep_copy(struct real_cache *cache, void *const *functions)
{
	uint32_t index;

	for (index = 0; index < REAL_COPIES; index++)
		if (atomic_load_explicit(&cache->copies[index].ready, memory_order_acquire) &&
		    cache->copies[index].functions[0] == functions[0])
			return (int)index;
	index = atomic_load(&cache->claimed);
	do {
		if (index >= REAL_COPIES)
			return -1;
	} while (!atomic_compare_exchange_weak(&cache->claimed, &index, index + 1));
	memcpy(cache->copies[index].functions, functions, sizeof cache->copies[index].functions);
	atomic_store_explicit(&cache->copies[index].ready, 1, memory_order_release);
	return (int)index;
}

enum { PROBES = 16 };

static size_t site_of(uintptr_t caller, size_t probe)
{
	return ((caller >> 2) * 0x9E3779B97F4A7C15u / (UINT64_MAX / REAL_SITES + 1) + probe) % REAL_SITES;
}

static void keep_site(struct real_cache *cache, uintptr_t caller, uint32_t found)
{
	for (size_t probe = 0; probe < PROBES; probe++) {
		size_t i = site_of(caller, probe);
		uintptr_t expected = 0;

		if (!atomic_compare_exchange_strong(&cache->sites[i].caller, &expected, caller) && expected != caller)
			continue;
		atomic_store_explicit(&cache->sites[i].found, found, memory_order_release);
		return;
	}
}

static uint32_t known_site(struct real_cache *cache, uintptr_t caller)
{
	for (size_t probe = 0; probe < PROBES; probe++) {
		size_t i = site_of(caller, probe);
		uintptr_t site = atomic_load_explicit(&cache->sites[i].caller, memory_order_relaxed);

		if (site == caller)
			return atomic_load_explicit(&cache->sites[i].found, memory_order_acquire);
		if (!site)
			return 0;
	}
	return 0;
}

static enum real_caller find_now(const struct real_library *library, const void *caller, void *out)
{
	void *functions[REAL_SLOTS] = {NULL};
	const struct link_map *from = map_of(caller);
	bool found = fill_any(library, from, functions);
	const struct link_map *copy;
	bool inner;
	int index;

	dlerror(); /* our failed look-ups are nothing for the program to find */
	if (!found)
		return REAL_MISSING;
	copy = map_of(functions[library->names[0].offset / sizeof(void *)]);
	inner = from && (from == copy || is_ours(from));
	index = keep_copy(library->cache, functions);
	if (index >= 0) {
		pin(copy);
		keep_site(library->cache, (uintptr_t)caller, 2 * ((uint32_t)index + 1) + (inner ? 1 : 0));
	}
	memcpy(out, functions, library->size);
	return inner ? REAL_INNER : REAL_PROGRAM;
}

enum real_caller real_find(const struct real_library *library, const void *caller, void *out)
{
	uint32_t found = known_site(library->cache, (uintptr_t)caller);
	enum real_caller result;
	int saved;

	if (found) {
		memcpy(out, library->cache->copies[found / 2 - 1].functions, library->size);
		return found & 1 ? REAL_INNER : REAL_PROGRAM;
	}
	saved = errno;
	result = find_now(library, caller, out);
	errno = saved;
	return result;
}

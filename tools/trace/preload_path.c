/* SPDX-License-Identifier: Apache-2.0
 *
 * preload_path.c - a path without blanks and colons, whatever directory otel-c was put into.
 */
#include "tools/trace/preload_path.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/trace/install.h"

#define SEPARATORS " \t\n:"

bool preload_path_is_plain(const char *path)
{
	return path[strcspn(path, SEPARATORS)] == '\0';
}

/* ---- the private link ---- */

static bool private_dir(char *out, size_t cap)
{
	const char *runtime = getenv("XDG_RUNTIME_DIR");
	struct stat st;
	int len;

	if (runtime && runtime[0] == '/' && preload_path_is_plain(runtime))
		len = snprintf(out, cap, "%s/otel-c", runtime);
	else
		len = snprintf(out, cap, "/tmp/otel-c-%lu", (unsigned long)geteuid());
	if (len < 0 || (size_t)len >= cap)
		return false;
	if (mkdir(out, 0700) < 0 && errno != EEXIST)
		return false;
	/* Somebody else's directory of that name would choose what we load. */
	return lstat(out, &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == geteuid() && (st.st_mode & 077) == 0;
}

/* One name per target, so that every start finds the link of the first (FNV-1a). */
static uint64_t name_of(const char *target)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (; *target; target++)
		hash = (hash ^ (unsigned char)*target) * 0x100000001b3u;
	return hash;
}

static bool link_to(const char *target, const char *link)
{
	char there[PATH_MAX];
	ssize_t len;

	if (symlink(target, link) == 0)
		return true;
	if (errno != EEXIST)
		return false;
	len = readlink(link, there, sizeof there);
	return len == (ssize_t)strlen(target) && memcmp(there, target, (size_t)len) == 0;
}

const char *preload_path(const char *lib, const char *name, char *out, size_t cap)
{
	char dir[PATH_MAX - 32];
	char link[PATH_MAX];
	const char *from = lib;

	if (!preload_path_is_plain(lib)) {
		if (!private_dir(dir, sizeof dir))
			return "otel-c's path holds a blank or a colon, and there is no private place for a link";
		snprintf(link, sizeof link, "%s/%016llx", dir, (unsigned long long)name_of(lib));
		if (!link_to(lib, link))
			return "otel-c's path holds a blank or a colon, and no link to it could be made";
		from = link;
	}
	if (snprintf(out, cap, "%s/%s", from, name) >= (int)cap)
		return "otel-c's path is too long";
	return NULL;
}

/* ---- the list ---- */

static bool is_named(const char *entry, size_t len, const char *name)
{
	size_t end = strlen(name);

	return len >= end && memcmp(entry + len - end, name, end) == 0 && (len == end || entry[len - end - 1] == '/');
}

bool preload_list(const char *own, const char *existing, char *out, size_t cap)
{
	size_t at = (size_t)snprintf(out, cap, "%s", own ? own : "");
	const bool functions = !own || strstr(own, FUNCTIONS_NAME);

	for (const char *entry = existing ? existing : ""; *entry && at < cap;) {
		size_t len = strcspn(entry, SEPARATORS);

		if (len && !is_named(entry, len, PRELOAD_NAME) && !(functions && is_named(entry, len, FUNCTIONS_NAME)))
			at += (size_t)snprintf(out + at, cap - at, "%s%.*s", at ? ":" : "", (int)len, entry);
		entry += len;
		entry += strspn(entry, SEPARATORS);
	}
	return at < cap;
}

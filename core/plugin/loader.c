/* SPDX-License-Identifier: Apache-2.0
 *
 * loader.c - finds a module, decides whether it may be trusted, maps it and checks its descriptor.
 *
 * The file is opened once. What was checked is what is mapped: the dynamic linker gets the descriptor, not the name.
 */
#include "plugin/loader.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugin/registry.h"
#include "util/buf.h"
#include "util/diag.h"
#include "util/str.h"

/* The oldest descriptor there is: that of ABI 1.0. */
#define DESCRIPTOR_MIN (offsetof(otel_plugin, configure) + sizeof(((otel_plugin *)0)->configure))
#define DESCRIPTOR_MAX 65536u

/* What plugins of the next major would export. */
#define NEXT_SYMBOL "otel_plugin_v2"

#define MODULE_FLAGS (RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE)

struct request {
	const char *module;
	const char *origin;
	const struct otel_boot *boot;
	char *path;
	int fd;
};

/* Files mapped so far. Nothing is ever unmapped, so the list only grows, by one for each different file. */
struct mapping {
	dev_t dev;
	ino_t ino;
	void *handle;
	struct mapping *next;
};

static struct mapping *mappings;

/* ---- messages ---- */

static const char *asker(const struct request *r)
{
	return r->origin ? r->origin : "otel_sdk_start";
}

__attribute__((format(printf, 2, 3))) static void refuse(const struct request *r, const char *format, ...)
{
	char cause[512];
	va_list args;
	va_start(args, format);
	vsnprintf(cause, sizeof cause, format, args);
	va_end(args);
	diag(DIAG_ERROR, "%s: plugin \"%s\" is not loaded: %s %s", asker(r), r->module, r->path, cause);
}

/* ---- finding ---- */

static const char *plugin_path(const struct otel_boot *boot)
{
	return boot && !boot->secure ? otel_boot_env(boot, "OTEL_C_PLUGIN_PATH") : NULL;
}

/* The next usable directory: those of OTEL_C_PLUGIN_PATH, then the one of our own modules. */
static bool next_dir(struct view *rest, bool *own_done, struct view *dir)
{
	while (view_split(rest, ':', dir)) {
		if (dir->len && dir->ptr[0] == '/')
			return true;
		if (dir->len)
			diag(DIAG_WARN, "OTEL_C_PLUGIN_PATH: \"%.*s\" is left out; directories must begin with /",
			     (int)dir->len, dir->ptr);
	}
	if (*own_done || !*place_modules())
		return false;
	*own_done = true;
	*dir = view_of(place_modules());
	return true;
}

static char *module_path(struct view dir, const char *module)
{
	char *path = NULL;
	if (asprintf(&path, "%.*s/%s.so", (int)dir.len, dir.ptr, module) < 0)
		return NULL;
	return path;
}

/* The first file of that name decides: one that is there but not trusted is not passed over in silence. */
static otel_status find(struct request *r, const char **why)
{
	struct view rest = view_of(plugin_path(r->boot));
	struct view dir;
	bool own_done = false;
	*why = NULL;
	if (strchr(r->module, '/')) {
		r->path = strdup(r->module);
		r->fd = r->path ? config_open_trusted(r->path, why) : -1;
		return r->fd >= 0 ? OTEL_OK : *why ? OTEL_DENIED : OTEL_NOT_FOUND;
	}
	while (next_dir(&rest, &own_done, &dir)) {
		free(r->path);
		r->path = module_path(dir, r->module);
		if (!r->path)
			return OTEL_NO_MEMORY;
		r->fd = config_open_trusted(r->path, why);
		if (r->fd >= 0)
			return OTEL_OK;
		if (*why)
			return OTEL_DENIED;
	}
	return OTEL_NOT_FOUND;
}

bool loader_has(const char *module, const struct otel_boot *boot)
{
	struct view rest = view_of(plugin_path(boot));
	struct view dir;
	bool own_done = false;
	bool found = false;
	if (strchr(module, '/'))
		return access(module, F_OK) == 0;
	while (!found && next_dir(&rest, &own_done, &dir)) {
		char *path = module_path(dir, module);
		found = path && access(path, F_OK) == 0;
		free(path);
	}
	return found;
}

char *loader_path(const struct otel_boot *boot)
{
	struct view rest = view_of(plugin_path(boot));
	struct view dir;
	bool own_done = false;
	struct buf text;
	size_t len;
	buf_init(&text, 65536);
	while (next_dir(&rest, &own_done, &dir)) {
		if (text.len)
			buf_append_char(&text, ':');
		buf_append(&text, dir.ptr, dir.len);
	}
	buf_append_char(&text, '\0');
	return (char *)buf_take(&text, &len);
}

/* ---- mapping ---- */

/* A name of the descriptor that no object has yet. ld.so compares names before it opens files, and descriptor numbers
 * come back: without the varying number of "./" a second module would be taken for the first. */
static char *descriptor_name(int fd)
{
	struct buf name;
	size_t len;
	buf_init(&name, 4096);
	buf_append_str(&name, "/proc/self/fd/./");
	for (const struct mapping *m = mappings; m; m = m->next)
		buf_append_str(&name, "./");
	buf_printf(&name, "%d", fd);
	buf_append_char(&name, '\0');
	return (char *)buf_take(&name, &len);
}

_Atomic bool loader_is_busy;

static void *open_busily(const char *name)
{
	loader_is_busy = true;
	void *handle = dlopen(name, MODULE_FLAGS);
	loader_is_busy = false;
	return handle;
}

/* By descriptor; by name where there is no /proc, or where the module finds libraries relative to itself, provided
 * the name still stands for the file that was checked. */
static void *map_file(const struct request *r, const struct stat *checked)
{
	struct stat now;
	char *name = descriptor_name(r->fd);
	void *handle = name ? open_busily(name) : NULL;
	free(name);
	if (handle)
		return handle;
	if (stat(r->path, &now) != 0 || now.st_dev != checked->st_dev || now.st_ino != checked->st_ino) {
		refuse(r, "changed while it was being loaded; try again");
		return NULL;
	}
	handle = open_busily(r->path);
	if (!handle) {
		const char *cause = dlerror();
		refuse(r, "cannot be loaded: %s", cause ? cause : "no reason given");
	}
	return handle;
}

static void *map_once(const struct request *r)
{
	struct stat st;
	if (fstat(r->fd, &st) != 0)
		return NULL;
	for (const struct mapping *m = mappings; m; m = m->next) {
		if (m->dev == st.st_dev && m->ino == st.st_ino)
			return m->handle;
	}
	struct mapping *m = calloc(1, sizeof *m);
	if (!m)
		return NULL;
	m->handle = map_file(r, &st);
	if (!m->handle) {
		free(m);
		return NULL;
	}
	m->dev = st.st_dev;
	m->ino = st.st_ino;
	m->next = mappings;
	mappings = m;
	return m->handle;
}

/* ---- checking ---- */

/* Fields are read in the order in which they can be relied on: size and version stand first in every major. */
static otel_status check_descriptor(const struct request *r, const otel_plugin *p)
{
	if (p->size < offsetof(otel_plugin, reserved) || p->size > DESCRIPTOR_MAX) {
		refuse(r, "has a descriptor of %zu bytes, allowed are %zu to %u; build it against this otel-c", p->size,
		       DESCRIPTOR_MIN, DESCRIPTOR_MAX);
		return OTEL_MISMATCH;
	}
	if (p->abi_major != OTEL_PLUGIN_ABI_MAJOR) {
		refuse(r, "was built for plugin ABI %u.%u, this otel-c has %d.%d; build it against this otel-c",
		       p->abi_major, p->abi_minor, OTEL_PLUGIN_ABI_MAJOR, OTEL_PLUGIN_ABI_MINOR);
		return OTEL_MISMATCH;
	}
	if (p->abi_minor > OTEL_PLUGIN_ABI_MINOR) {
		refuse(r, "needs plugin ABI %u.%u, this otel-c has %d.%d; upgrade otel-c", p->abi_major, p->abi_minor,
		       OTEL_PLUGIN_ABI_MAJOR, OTEL_PLUGIN_ABI_MINOR);
		return OTEL_MISMATCH;
	}
	if (p->size < DESCRIPTOR_MIN) {
		refuse(r, "has a descriptor of %zu bytes, allowed are %zu to %u; build it against this otel-c", p->size,
		       DESCRIPTOR_MIN, DESCRIPTOR_MAX);
		return OTEL_MISMATCH;
	}
	const char *missing = !p->name || !*p->name          ? "name"
			      : !p->version                  ? "version"
			      : !p->setup                    ? "setup()"
			      : p->row_count > 0 && !p->rows ? "rows, only a row_count"
							     : NULL;
	if (!missing)
		return OTEL_OK;
	refuse(r, "has no %s in its descriptor; ask its maker for a mended one", missing);
	return OTEL_INVALID;
}

otel_status loader_check(const otel_plugin *plugin, size_t index)
{
	char place[48];
	struct request r = {.module = place, .path = (char *)(uintptr_t) "it", .fd = -1};
	snprintf(place, sizeof place, "plugins[%zu]", index);
	if (plugin)
		return check_descriptor(&r, plugin);
	refuse(&r, "is NULL; give as many plugins as plugin_count says");
	return OTEL_INVALID;
}

/* Why there is no descriptor: a later major has a symbol of its own, and modules of ours are not all plugins. */
static otel_status refuse_symbol(const struct request *r, void *handle)
{
	if (dlsym(handle, NEXT_SYMBOL)) {
		refuse(r, "is a plugin of ABI 2, this otel-c has %d.%d; upgrade otel-c", OTEL_PLUGIN_ABI_MAJOR,
		       OTEL_PLUGIN_ABI_MINOR);
		return OTEL_MISMATCH;
	}
	refuse(r, "has no symbol " OTEL_PLUGIN_SYMBOL ", so it is no plugin of otel-c; name another module, or define "
		  "and export it");
	return OTEL_INVALID;
}

static otel_status map_and_check(const struct request *r, const otel_plugin **plugin)
{
	const char *advice;
	const char *complaint = elf_complaint(r->fd, &advice);
	if (complaint) {
		refuse(r, "%s", complaint);
		return OTEL_INVALID;
	}
	void *handle = map_once(r);
	if (!handle)
		return OTEL_FAILED;
	*plugin = dlsym(handle, OTEL_PLUGIN_SYMBOL);
	if (!*plugin)
		return refuse_symbol(r, handle);
	if (advice)
		diag(DIAG_WARN, "%s: plugin \"%s\": %s %s", asker(r), r->module, r->path, advice);
	return check_descriptor(r, *plugin);
}

otel_status loader_load(const char *module, const char *origin, const struct otel_boot *boot, struct module *out)
{
	struct request r = {.module = module, .origin = origin, .boot = boot, .fd = -1};
	const char *why = NULL;
	otel_status status = find(&r, &why);
	if (status == OTEL_DENIED)
		refuse(&r, "is refused: %s", why);
	if (status != OTEL_OK)
		goto out;
	status = map_and_check(&r, &out->plugin);
	if (status == OTEL_OK) {
		out->path = r.path;
		r.path = NULL;
	}
out:
	if (r.fd >= 0)
		close(r.fd);
	free(r.path);
	return status;
}

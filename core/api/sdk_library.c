/* SPDX-License-Identifier: Apache-2.0
 *
 * sdk_library.c - where the SDK may lie, and its dlopen.
 */
#include "api/sdk_library.h"

#include <dlfcn.h>
#include <elf.h>
#include <limits.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "util/diag.h"

#define HOW_TO_GO_ON "; install the otel-c SDK, or unset OTEL_DISTRO"

typedef void *open_fn(const char *path, int flags);

static char own_path[PATH_MAX];
static open_fn *open_by_loader;
_Atomic bool sdk_library_is_loading;

/* ISO C knows no conversion from object to function pointers. */
#define SET_FUNCTION(function, symbol) memcpy(&(function), &(void *){symbol}, sizeof(function))

/* dlopen() in a static program would bring a second libc. A program run as "ld.so ./program" has no AT_BASE, but does
 * name an interpreter. */
static bool is_static_program(void)
{
	const ElfW(Phdr) *headers = (const ElfW(Phdr) *)getauxval(AT_PHDR);
	size_t count = getauxval(AT_PHNUM);

	if (getauxval(AT_BASE) || !headers)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (headers[i].p_type == PT_INTERP)
			return false;
	}
	return true;
}

/* Whether this copy is part of the program itself: its name is then argv[0], which may be anything. */
static bool is_main_program(const Dl_info *info)
{
	const ElfW(Ehdr) *header = info->dli_fbase;

	return (uintptr_t)header + header->e_phoff == getauxval(AT_PHDR);
}

void sdk_library_note_place(void)
{
	Dl_info info;
	ssize_t len;

	if (is_static_program() || !dladdr(own_path, &info) || !info.dli_fbase)
		return;
	if (is_main_program(&info)) {
		len = readlink("/proc/self/exe", own_path, sizeof(own_path) - 1);
		own_path[len < 0 ? 0 : len] = '\0';
		return;
	}
	if (info.dli_fname[0] == '/' && strlen(info.dli_fname) < sizeof(own_path))
		strcpy(own_path, info.dli_fname);
	else if (!realpath(info.dli_fname, own_path))
		own_path[0] = '\0';
}

/* A library linked with libotel_api.a may be closed by the program that opened it, while the SDK holds its slot. */
static void pin_own_library(void)
{
	if (!open_by_loader(own_path, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE))
		(void)dlerror(); /* the program itself: it stays anyway */
}

static void *open_library(const char *path)
{
	void *library;

	sdk_library_is_loading = true;
	library = open_by_loader(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	sdk_library_is_loading = false;
	return library;
}

/* Opens the SDK beside this copy. *found tells a library that is there, but broken, from none. */
static void *open_neighbour(bool *found)
{
	static const char *const places[] = {"", "../lib/"};
	const char *slash = strrchr(own_path, '/');
	char path[PATH_MAX];

	*found = false;
	for (size_t i = 0; slash && !*found && i < sizeof(places) / sizeof(places[0]); i++) {
		int len = snprintf(path, sizeof(path), "%.*s/%s%s", (int)(slash - own_path), own_path, places[i],
				   OTEL_SDK_SONAME);
		*found = len > 0 && (size_t)len < sizeof(path) && !access(path, R_OK);
	}
	return *found ? open_library(path) : NULL;
}

static otel_sdk_attach_fn *find_entry(void *library)
{
	otel_sdk_attach_fn *attach = NULL;

	SET_FUNCTION(attach, dlsym(library, OTEL_SDK_ATTACH_SYMBOL));
	if (!attach)
		diag(DIAG_ERROR, "%s does not offer %s: it belongs to another version than libotel_api %s" HOW_TO_GO_ON,
		     OTEL_SDK_SONAME, OTEL_SDK_ATTACH_SYMBOL, OTEL_C_VERSION);
	return attach;
}

otel_sdk_attach_fn *sdk_library_load(void)
{
	static otel_sdk_attach_fn *attach;
	void *library;
	bool found;

	if (attach)
		return attach;
	if (is_static_program()) {
		diag(DIAG_ERROR, "OTEL_DISTRO has no effect: this program is statically linked, and cannot load %s",
		     OTEL_SDK_SONAME);
		return NULL;
	}
	/* Not by name, for which ld warns whoever links a static program. */
	SET_FUNCTION(open_by_loader, dlsym(RTLD_DEFAULT, "dlopen"));
	pin_own_library();
	library = open_neighbour(&found);
	if (!library && !found)
		library = open_library(OTEL_SDK_SONAME);
	if (library)
		return attach = find_entry(library);
	diag(DIAG_ERROR, "OTEL_DISTRO is set, but %s cannot be loaded: %s" HOW_TO_GO_ON, OTEL_SDK_SONAME, dlerror());
	return NULL;
}

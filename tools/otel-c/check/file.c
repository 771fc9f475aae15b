/* SPDX-License-Identifier: Apache-2.0
 *
 * file.c - see file.h.
 */
#include "tools/otel-c/check/file.h"

#include <otel/plugin.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/config.h"
#include "plugin/loader.h"
#include "tools/otel-c/check/notes.h"
#include "util/buf.h"

#define FILE_MAX (256u << 20)

/* ---- the file ---- */

static bool map_file(struct image *image, int fd)
{
	struct stat st;
	const char *wrong;
	void *data = MAP_FAILED;

	if (fstat(fd, &st) == 0 && st.st_size > 0 && st.st_size < FILE_MAX)
		data = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (!note(data != MAP_FAILED, "the file can be read", "build it again", "it is empty, or larger than 256 MiB"))
		return false;
	wrong = image_open(image, data, (size_t)st.st_size);
	return note(!wrong, "it is a shared object of this machine", "build it for this machine with -shared -fPIC",
		    "it %s", wrong ? wrong : "");
}

/* The caller closes *fd, which may be -1. */
static bool open_file(struct image *image, const char *path, int *fd)
{
	const char *why;

	*fd = config_open_trusted(path, &why);
	if (*fd < 0 && !why)
		return note(false, "there is such a file", "name the module's file, such as acme/acme.so",
			    "there is no such file");
	if (*fd < 0)
		return note(false, "programs will trust the file",
			    "chmod go-w it; install it as root, or as the user who runs the programs",
			    "no program will load it: %s", why);
	note(true, "programs will trust the file", "", " ");
	return map_file(image, *fd);
}

/* The loader's own word, if nobody said it better. */
static void check_loader(int fd, bool is_good)
{
	const char *advice;
	const char *complaint = is_good ? elf_complaint(fd, &advice) : NULL;

	if (is_good)
		note(!complaint, "the loader takes it", "build it again", "no program will load it: it %s",
		     complaint ? complaint : "");
}

/* ---- exported symbols ---- */

static bool is_exported(const ElfW(Sym) * symbol)
{
	const unsigned bind = ELF64_ST_BIND(symbol->st_info);
	const unsigned visibility = ELF64_ST_VISIBILITY(symbol->st_other);

	return symbol->st_shndx != SHN_UNDEF && symbol->st_shndx != SHN_ABS &&
	       (bind == STB_GLOBAL || bind == STB_WEAK || bind == STB_GNU_UNIQUE) &&
	       (visibility == STV_DEFAULT || visibility == STV_PROTECTED);
}

static bool check_symbols(const struct image *image)
{
	ElfW(Sym) symbol;
	const char *name;
	struct buf others;
	bool is_there = false;

	buf_init(&others, 256);
	for (size_t i = 0; image_symbol(image, i, &symbol, &name); i++) {
		if (!is_exported(&symbol))
			continue;
		if (strcmp(name, OTEL_PLUGIN_SYMBOL) == 0)
			is_there = true;
		else if (others.len < 100)
			buf_printf(&others, "%s%.60s", others.len ? ", " : "", name);
	}
	if (is_there)
		note(!others.len, "it exports " OTEL_PLUGIN_SYMBOL " alone", "compile it with -fvisibility=hidden",
		     "it exports %s beside " OTEL_PLUGIN_SYMBOL ", which may clash with the program's",
		     buf_str(&others));
	buf_fini(&others);
	return note(is_there, "it has " OTEL_PLUGIN_SYMBOL,
		    "define const otel_plugin " OTEL_PLUGIN_SYMBOL " and include otel/plugin.h, which exports it",
		    "it does not export " OTEL_PLUGIN_SYMBOL);
}

/* ---- what runs by itself ---- */

/* The compiler's own start files bring one entry each; they come with DT_INIT. */
static size_t own_entries(const struct image *image, ElfW(Sxword) size_tag, ElfW(Sxword) start_tag)
{
	ElfW(Dyn) size, start;
	size_t count = image_find(image, size_tag, &size) ? size.d_un.d_val / sizeof(ElfW(Addr)) : 0;

	return count && image_find(image, start_tag, &start) ? count - 1 : count;
}

static bool has_section(const struct image *image, const char *wanted)
{
	ElfW(Shdr) section;
	const char *name;

	for (size_t i = 0; image_section(image, i, &section, &name); i++)
		if (strcmp(name, wanted) == 0 && section.sh_size)
			return true;
	return false;
}

static bool check_code_that_runs(const struct image *image)
{
	bool is_good = note(!own_entries(image, DT_INIT_ARRAYSZ, DT_INIT) && !has_section(image, ".ctors"),
			    "it has no constructors", "do it in setup(), or in open() of the component",
			    "it has a constructor, which runs in every program that loads it");
	return note(!own_entries(image, DT_FINI_ARRAYSZ, DT_FINI) && !has_section(image, ".dtors"),
		    "it has no destructors",
		    "do it in close(): a process that ends may still have threads in the module",
		    "it has a destructor, which runs while other threads are at work") &&
	       is_good;
}

/* ---- segments and flags ---- */

static bool check_segments(const struct image *image)
{
	ElfW(Phdr) segment;
	bool has_tls = false, is_writable_code = false, is_stack_good = false;

	for (size_t i = 0; image_segment(image, i, &segment); i++) {
		has_tls |= segment.p_type == PT_TLS;
		is_writable_code |= segment.p_type == PT_LOAD && (segment.p_flags & PF_W) && (segment.p_flags & PF_X);
		is_stack_good |= segment.p_type == PT_GNU_STACK && !(segment.p_flags & PF_X);
	}
	const bool is_lean = note(!has_tls, "it has no thread-local variables",
				  "keep state in the component, with atomics or a lock",
				  "it has __thread variables, which take room in every thread of the program");
	const bool is_stack_kept =
		note(is_stack_good, "it leaves stacks as they are", "link it with -Wl,-z,noexecstack",
		     "it makes the stacks of the whole program executable");
	return note(!is_writable_code, "its code cannot be written to", "link it as the compiler does by default",
		    "it has memory that is both code and writable") &&
	       is_lean && is_stack_kept;
}

static bool has_flag(const struct image *image, ElfW(Sxword) tag, uint64_t flag)
{
	ElfW(Dyn) entry;

	return image_find(image, tag, &entry) && (entry.d_un.d_val & flag);
}

static void check_flags(const struct image *image)
{
	ElfW(Dyn) entry;
	const char *path = image_find(image, DT_RUNPATH, &entry) || image_find(image, DT_RPATH, &entry)
				   ? image_string(image, entry.d_un.d_val)
				   : NULL;

	note(!has_flag(image, DT_FLAGS_1, DF_1_NOOPEN), "it may be loaded", "leave out -z nodlopen",
	     "it is linked with -z nodlopen: nobody can load it");
	note(!has_flag(image, DT_FLAGS_1, DF_1_INITFIRST | DF_1_INTERPOSE), "it keeps its place among libraries",
	     "leave out -z initfirst and -z interpose", "it is linked to come before the program's own libraries");
	note(!image_find(image, DT_TEXTREL, &entry) && !has_flag(image, DT_FLAGS, DF_TEXTREL),
	     "its code is position independent", "compile it with -fPIC", "its code is written to when it is loaded");
	note_odd(has_flag(image, DT_FLAGS_1, DF_1_NODELETE), "it stays in a process", "link it with -Wl,-z,nodelete",
		 "it could be unloaded while a thread is inside it");
	note(!path || (path[0] && path[0] != ':' && !strstr(path, "::") && path[strlen(path) - 1] != ':' &&
		       (path[0] == '/' || path[0] == '$')),
	     "its run path names directories", "give it absolute ones, or $ORIGIN, or leave it out",
	     "its run path \"%s\" holds the current directory: whoever owns that chooses its libraries",
	     path ? path : "");
	note_odd(!path, "it has no run path", "leave it out: libraries of the system are found without",
		 "its run path is searched at the start of every program");
}

bool file_check(struct image *image, const char *path)
{
	int fd;
	bool is_good = open_file(image, path, &fd);

	if (!is_good)
		goto out;
	check_flags(image);
	is_good = check_segments(image);
	is_good = check_code_that_runs(image) && is_good;
	check_loader(fd, is_good);
	is_good = check_symbols(image);
out:
	if (fd >= 0)
		close(fd);
	return is_good;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * symbols.c - dladdr(3) and the section .symtab.
 */
#include "util/symbols.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX ((off_t)1 << 30)

/* ---- the file ---- */

/* Whether [offset, offset + size) lies in a file of that length. */
static bool is_inside(uint64_t offset, uint64_t size, size_t len)
{
	return offset <= len && size <= len - offset;
}

static bool copy_name(const uint8_t *file, const Elf64_Shdr *strings, uint32_t at, char *name, size_t cap)
{
	size_t i = 0;

	if (at >= strings->sh_size)
		return false;
	const char *text = (const char *)file + strings->sh_offset + at;
	const size_t left = strings->sh_size - at;
	for (; i < left && i < cap - 1 && text[i]; i++)
		name[i] = text[i];
	name[i] = '\0';
	return i > 0;
}

static bool find_in_table(const uint8_t *file, const Elf64_Shdr *table, const Elf64_Shdr *strings, uint64_t at,
			  Elf64_Sym *found)
{
	const uint64_t count = table->sh_size / sizeof(Elf64_Sym);
	Elf64_Sym symbol;

	for (uint64_t i = 0; i < count; i++) {
		memcpy(&symbol, file + table->sh_offset + i * sizeof(symbol), sizeof(symbol));
		if (ELF64_ST_TYPE(symbol.st_info) != STT_FUNC || symbol.st_shndx == SHN_UNDEF ||
		    symbol.st_name >= strings->sh_size)
			continue;
		if (at >= symbol.st_value && at - symbol.st_value < symbol.st_size) {
			*found = symbol;
			return true;
		}
	}
	return false;
}

static bool section(const uint8_t *file, size_t len, const Elf64_Ehdr *header, uint32_t index, Elf64_Shdr *out)
{
	if (index >= header->e_shnum ||
	    !is_inside(header->e_shoff, (uint64_t)header->e_shnum * sizeof(Elf64_Shdr), len))
		return false;
	memcpy(out, file + header->e_shoff + index * sizeof(Elf64_Shdr), sizeof(*out));
	return is_inside(out->sh_offset, out->sh_type == SHT_NOBITS ? 0 : out->sh_size, len);
}

bool symbols_in_file(const uint8_t *file, size_t len, uint64_t at, char *name, size_t cap, uint64_t *value)
{
	Elf64_Ehdr header;
	Elf64_Shdr table, strings;
	Elf64_Sym symbol;

	if (len < sizeof(header))
		return false;
	memcpy(&header, file, sizeof(header));
	if (memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS64 ||
	    header.e_shentsize != sizeof(Elf64_Shdr))
		return false;
	for (uint32_t i = 0; i < header.e_shnum; i++) {
		if (!section(file, len, &header, i, &table) || table.sh_type != SHT_SYMTAB ||
		    table.sh_entsize != sizeof(Elf64_Sym) || !section(file, len, &header, table.sh_link, &strings) ||
		    strings.sh_type != SHT_STRTAB)
			continue;
		if (find_in_table(file, &table, &strings, at, &symbol) &&
		    copy_name(file, &strings, symbol.st_name, name, cap)) {
			*value = symbol.st_value;
			return true;
		}
	}
	return false;
}

/* ---- the process ---- */

static void unmap(struct symbols *symbols)
{
	if (symbols->file)
		munmap((void *)(uintptr_t)symbols->file, symbols->len);
	*symbols = (struct symbols){NULL, NULL, 0};
}

static void map(struct symbols *symbols, const void *base, const char *path)
{
	struct stat st;
	int fd;

	unmap(symbols);
	symbols->base = base;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return;
	if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size > 0 && st.st_size <= FILE_MAX) {
		void *file = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (file != MAP_FAILED) {
			symbols->file = file;
			symbols->len = (size_t)st.st_size;
		}
	}
	close(fd);
}

static bool is_relocated(const struct symbols *symbols)
{
	Elf64_Ehdr header;

	memcpy(&header, symbols->file, sizeof(header));
	return header.e_type == ET_DYN;
}

/* The main program's path is how it was called; /proc knows better, if it is there. */
static const char *path_of(const Dl_info *info, const struct link_map *module)
{
	return module && !*module->l_name && !access("/proc/self/exe", R_OK) ? "/proc/self/exe" : info->dli_fname;
}

static void find_in_module(struct symbols *symbols, const void *address, const Dl_info *info,
			   const struct link_map *module, struct symbol *out)
{
	const uintptr_t bias = module ? module->l_addr : (uintptr_t)info->dli_fbase;
	uint64_t value, at = (uintptr_t)address;

	if (symbols->base != info->dli_fbase)
		map(symbols, info->dli_fbase, path_of(info, module));
	if (!symbols->file || symbols->len < sizeof(Elf64_Ehdr))
		return;
	if (is_relocated(symbols))
		at -= bias;
	if (symbols_in_file(symbols->file, symbols->len, at, out->name, sizeof out->name, &value))
		out->start = (const char *)address - (at - value);
}

void symbols_find(struct symbols *symbols, const void *address, struct symbol *out)
{
	const int saved = errno;
	struct link_map *module = NULL;
	Dl_info info;

	*out = (struct symbol){.name = ""};
	memset(&info, 0, sizeof info);
	if (!dladdr1(address, &info, (void **)&module, RTLD_DL_LINKMAP) || !info.dli_fname)
		goto out;
	out->module = info.dli_fname;
	out->start = info.dli_fbase;
	/* The linker names the nearest symbol that it knows, even if the address lies far behind it. */
	find_in_module(symbols, address, &info, module, out);
	if (!*out->name && info.dli_sname) {
		strncpy(out->name, info.dli_sname, sizeof out->name - 1);
		out->start = info.dli_saddr;
	}
out:
	errno = saved;
}

void symbols_fini(struct symbols *symbols)
{
	const int saved = errno;

	unmap(symbols);
	errno = saved;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * elf.c - reads program headers and the list of needed libraries. Every offset comes from the file and is believed
 * only within its bounds; structs are copied out, since a file owes nobody alignment.
 */
#include "tools/trace/elf.h"

#include <elf.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#if defined(__x86_64__)
enum { OUR_MACHINE = EM_X86_64 };
#elif defined(__aarch64__)
enum { OUR_MACHINE = EM_AARCH64 };
#else
#error "no ELF machine number for this processor"
#endif

enum {
	OUR_CLASS = sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32,
	OUR_DATA = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? ELFDATA2LSB : ELFDATA2MSB,
	SEGMENTS_MAX = 4096,
	ENTRIES_MAX = 65536,
};

struct image {
	const uint8_t *data;
	size_t len;
	Elf64_Ehdr header;
};

static bool get(const struct image *image, uint64_t offset, void *out, size_t size)
{
	if (offset > image->len || image->len - offset < size)
		return false;
	memcpy(out, image->data + offset, size);
	return true;
}

/* The string at an offset; NULL unless it ends within the file. */
static const char *string_at(const struct image *image, uint64_t offset)
{
	if (offset >= image->len || !memchr(image->data + offset, '\0', image->len - offset))
		return NULL;
	return (const char *)image->data + offset;
}

static bool segment(const struct image *image, unsigned index, Elf64_Phdr *out)
{
	uint64_t offset = image->header.e_phoff + (uint64_t)index * image->header.e_phentsize;

	return offset >= image->header.e_phoff && get(image, offset, out, sizeof *out);
}

static bool find_segment(const struct image *image, uint32_t type, Elf64_Phdr *out)
{
	for (unsigned i = 0; i < image->header.e_phnum && i < SEGMENTS_MAX; i++)
		if (segment(image, i, out) && out->p_type == type)
			return true;
	return false;
}

/* Where in the file an address of the running program comes from. */
static bool offset_of(const struct image *image, uint64_t address, uint64_t *offset)
{
	Elf64_Phdr load;

	for (unsigned i = 0; i < image->header.e_phnum && i < SEGMENTS_MAX; i++) {
		if (!segment(image, i, &load) || load.p_type != PT_LOAD || address < load.p_vaddr ||
		    address - load.p_vaddr >= load.p_filesz)
			continue;
		*offset = load.p_offset + (address - load.p_vaddr);
		return *offset >= load.p_offset;
	}
	return false;
}

/* ---- what is needed ---- */

static bool is_sanitizer(const char *library)
{
	static const char *const runtimes[] = {"libasan.so", "libtsan.so", "liblsan.so", "libhwasan.so"};

	for (size_t i = 0; i < sizeof runtimes / sizeof *runtimes; i++)
		if (strncmp(library, runtimes[i], strlen(runtimes[i])) == 0)
			return true;
	return false;
}

static bool dynamic_entry(const struct image *image, const Elf64_Phdr *dynamic, unsigned index, Elf64_Dyn *out)
{
	uint64_t offset = (uint64_t)index * sizeof *out;

	return index < ENTRIES_MAX && offset + sizeof *out <= dynamic->p_filesz &&
	       dynamic->p_offset + offset >= dynamic->p_offset &&
	       get(image, dynamic->p_offset + offset, out, sizeof *out) && out->d_tag != DT_NULL;
}

static bool string_table(const struct image *image, const Elf64_Phdr *dynamic, uint64_t *strings)
{
	Elf64_Dyn entry;

	for (unsigned i = 0; dynamic_entry(image, dynamic, i, &entry); i++)
		if (entry.d_tag == DT_STRTAB)
			return offset_of(image, entry.d_un.d_ptr, strings);
	return false;
}

static enum elf_verdict check_needed(const struct image *image, const Elf64_Phdr *dynamic, char *detail)
{
	uint64_t strings;
	Elf64_Dyn entry;

	if (!string_table(image, dynamic, &strings))
		return ELF_BROKEN;
	for (unsigned i = 0; dynamic_entry(image, dynamic, i, &entry); i++) {
		const char *library;

		if (entry.d_tag != DT_NEEDED)
			continue;
		if (strings + entry.d_un.d_val < strings)
			return ELF_BROKEN;
		library = string_at(image, strings + entry.d_un.d_val);
		if (!library)
			return ELF_BROKEN;
		if (!is_sanitizer(library))
			continue;
		snprintf(detail, ELF_DETAIL_MAX, "%s", library);
		return ELF_SANITIZER;
	}
	return ELF_FIT;
}

/* ---- the verdict ---- */

static enum elf_verdict check_loader(const struct image *image, char *detail)
{
	Elf64_Phdr interpreter;
	const char *path;
	const char *slash;

	if (!find_segment(image, PT_INTERP, &interpreter))
		return ELF_STATIC;
	path = string_at(image, interpreter.p_offset);
	if (!path)
		return ELF_BROKEN;
	slash = strrchr(path, '/');
	if (strncmp(slash ? slash + 1 : path, "ld-musl", 7) != 0)
		return ELF_FIT;
	snprintf(detail, ELF_DETAIL_MAX, "%s", path);
	return ELF_MUSL;
}

enum elf_verdict elf_check(const void *data, size_t len, char detail[ELF_DETAIL_MAX])
{
	struct image image = {.data = data, .len = len};
	const uint8_t *ident = image.header.e_ident;
	enum elf_verdict verdict;
	Elf64_Phdr dynamic;

	detail[0] = '\0';
	if (!get(&image, 0, &image.header, EI_NIDENT) || memcmp(ident, ELFMAG, SELFMAG) != 0)
		return ELF_OTHER_FILE;
	if (ident[EI_CLASS] != OUR_CLASS)
		return ELF_CLASS;
	if (ident[EI_DATA] != OUR_DATA)
		return ELF_MACHINE;
	if (!get(&image, 0, &image.header, sizeof image.header))
		return ELF_BROKEN;
	if (image.header.e_machine != OUR_MACHINE)
		return ELF_MACHINE;
	verdict = check_loader(&image, detail);
	if (verdict != ELF_FIT)
		return verdict;
	if (!find_segment(&image, PT_DYNAMIC, &dynamic))
		return ELF_BROKEN;
	return check_needed(&image, &dynamic, detail);
}

const char *elf_reason(enum elf_verdict verdict)
{
	static const char *const reasons[] = {
		[ELF_BROKEN] = "its ELF tables cannot be read",
		[ELF_CLASS] = sizeof(void *) == 8 ? "it is no 64-bit program" : "it is no 32-bit program",
		[ELF_MACHINE] = "it is built for another processor",
		[ELF_STATIC] = "it is statically linked, so nothing can be loaded into it",
		[ELF_MUSL] = "it uses the musl libc, otel-c needs glibc",
		[ELF_SANITIZER] = "it is built with a sanitizer whose runtime must be loaded first",
	};

	return (size_t)verdict < sizeof reasons / sizeof *reasons ? reasons[verdict] : NULL;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * image.c - see image.h. Structs are copied out, since a file owes nobody alignment.
 */
#include "tools/otel-c/check/image.h"

#include <string.h>

#define ENTRIES_MAX 65536u

/* Our own header, as it is mapped: a module must be of the same class, byte order and machine. */
extern const ElfW(Ehdr) __ehdr_start __attribute__((visibility("hidden")));

static bool get(const struct image *image, uint64_t offset, void *out, size_t size)
{
	if (offset > image->len || image->len - offset < size)
		return false;
	memcpy(out, image->data + offset, size);
	return true;
}

/* The string at an offset within a table; "" unless it ends in there. */
static const char *string_at(const struct image *image, const ElfW(Shdr) * table, uint64_t offset)
{
	const uint64_t from = table->sh_offset;

	if (from > image->len || table->sh_size > image->len - from || offset >= table->sh_size ||
	    !memchr(image->data + from + offset, '\0', table->sh_size - offset))
		return "";
	return (const char *)image->data + from + offset;
}

bool image_segment(const struct image *image, size_t index, ElfW(Phdr) * out)
{
	return index < image->header.e_phnum &&
	       get(image, image->header.e_phoff + index * sizeof *out, out, sizeof *out);
}

static bool section(const struct image *image, size_t index, ElfW(Shdr) * out)
{
	return index < image->header.e_shnum &&
	       get(image, image->header.e_shoff + index * sizeof *out, out, sizeof *out);
}

bool image_section(const struct image *image, size_t index, ElfW(Shdr) * out, const char **name)
{
	ElfW(Shdr) names;

	if (!section(image, index, out))
		return false;
	*name = section(image, image->header.e_shstrndx, &names) ? string_at(image, &names, out->sh_name) : "";
	return true;
}

bool image_entry(const struct image *image, size_t index, ElfW(Dyn) * out)
{
	const uint64_t offset = index * sizeof *out;

	return index < ENTRIES_MAX && offset + sizeof *out <= image->dynamic.p_filesz &&
	       get(image, image->dynamic.p_offset + offset, out, sizeof *out) && out->d_tag != DT_NULL;
}

bool image_find(const struct image *image, ElfW(Sxword) tag, ElfW(Dyn) * out)
{
	for (size_t i = 0; image_entry(image, i, out); i++)
		if (out->d_tag == tag)
			return true;
	return false;
}

bool image_symbol(const struct image *image, size_t index, ElfW(Sym) * out, const char **name)
{
	const uint64_t offset = index * sizeof *out;

	if (index >= ENTRIES_MAX || offset + sizeof *out > image->symbols.sh_size ||
	    !get(image, image->symbols.sh_offset + offset, out, sizeof *out))
		return false;
	*name = string_at(image, &image->names, out->st_name);
	return true;
}

const char *image_string(const struct image *image, uint64_t offset)
{
	return string_at(image, &image->names, offset);
}

/* ---- opening ---- */

static void find_tables(struct image *image)
{
	ElfW(Shdr) at;
	ElfW(Phdr) segment;

	for (size_t i = 0; section(image, i, &at); i++)
		if (at.sh_type == SHT_DYNSYM && section(image, at.sh_link, &image->names))
			image->symbols = at;
	for (size_t i = 0; image_segment(image, i, &segment); i++)
		if (segment.p_type == PT_DYNAMIC)
			image->dynamic = segment;
}

/* A segment beyond the end of the file would be mapped all the same, and be a SIGBUS when it is touched. */
static bool is_cut_short(const struct image *image)
{
	ElfW(Phdr) segment;
	size_t i = 0;

	while (image_segment(image, i, &segment)) {
		if (segment.p_type == PT_LOAD &&
		    (segment.p_offset > image->len || segment.p_filesz > image->len - segment.p_offset))
			return true;
		i++;
	}
	return i < image->header.e_phnum;
}

const char *image_open(struct image *image, const void *data, size_t len)
{
	*image = (struct image){.data = data, .len = len};
	if (!get(image, 0, &image->header, EI_NIDENT) || memcmp(image->header.e_ident, ELFMAG, SELFMAG) != 0)
		return "is no ELF file";
	if (image->header.e_ident[EI_CLASS] != __ehdr_start.e_ident[EI_CLASS])
		return sizeof(void *) == 8 ? "is no 64-bit object" : "is no 32-bit object";
	if (!get(image, 0, &image->header, sizeof image->header))
		return "is cut short";
	if (image->header.e_ident[EI_DATA] != __ehdr_start.e_ident[EI_DATA] ||
	    image->header.e_machine != __ehdr_start.e_machine)
		return "is built for another machine";
	if (image->header.e_type != ET_DYN)
		return "is no shared object";
	if (image->header.e_phentsize != sizeof(ElfW(Phdr)) ||
	    (image->header.e_shnum && image->header.e_shentsize != sizeof(ElfW(Shdr))))
		return "has tables of another shape";
	find_tables(image);
	if (is_cut_short(image))
		return "is cut short";
	return image->dynamic.p_filesz && image->symbols.sh_size ? NULL : "has no table of symbols";
}

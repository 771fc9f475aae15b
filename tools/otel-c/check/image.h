/* SPDX-License-Identifier: Apache-2.0
 *
 * image.h - a shared object as its bytes tell of it. Nothing outside of data[0 .. len) is read, whatever they say.
 */
#ifndef OTEL_TOOLS_CHECK_IMAGE_H
#define OTEL_TOOLS_CHECK_IMAGE_H

#include <elf.h>
#include <link.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct image {
	const uint8_t *data;
	size_t len;
	ElfW(Ehdr) header;
	ElfW(Shdr) symbols; /* .dynsym; sh_size 0: none */
	ElfW(Shdr) names; /* its strings */
	ElfW(Phdr) dynamic; /* p_filesz 0: none */
};

/* NULL, or what is wrong with it. */
const char *image_open(struct image *image, const void *data, size_t len);

/* The index-th entry; false at the end. Names are terminated, "" if they lie outside. */
bool image_segment(const struct image *image, size_t index, ElfW(Phdr) * out);
bool image_section(const struct image *image, size_t index, ElfW(Shdr) * out, const char **name);
bool image_entry(const struct image *image, size_t index, ElfW(Dyn) * out); /* of the dynamic table */
bool image_symbol(const struct image *image, size_t index, ElfW(Sym) * out, const char **name);

/* The first entry with this tag; false if there is none. */
bool image_find(const struct image *image, ElfW(Sxword) tag, ElfW(Dyn) * out);

/* A string of the dynamic table. */
const char *image_string(const struct image *image, uint64_t offset);

#endif

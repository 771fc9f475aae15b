/* SPDX-License-Identifier: Apache-2.0
 *
 * elf.c - may this file be given to the dynamic linker?
 */
#include "plugin/loader.h"

#include <elf.h>
#include <link.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOT_ELF   "is not an ELF shared object; install it anew"
#define TRUNCATED "is cut short; install it anew"

#define SEGMENTS_AT_ONCE 16u

/* Our own header, as it is mapped: a module must be of the same class, byte order and machine. */
extern const ElfW(Ehdr) __ehdr_start __attribute__((visibility("hidden")));

static bool read_at(int fd, void *out, size_t len, uint64_t offset)
{
	return offset <= INT64_MAX && pread(fd, out, len, (off_t)offset) == (ssize_t)len;
}

/* A segment beyond the end of the file would be mapped all the same, and be a SIGBUS when it is touched. */
static const char *segments_complaint(int fd, const ElfW(Ehdr) * header)
{
	ElfW(Phdr) segments[SEGMENTS_AT_ONCE];
	struct stat st;
	if (fstat(fd, &st) != 0 || header->e_phentsize != sizeof *segments)
		return NOT_ELF;
	const uint64_t size = (uint64_t)st.st_size;
	for (unsigned i = 0, count; i < header->e_phnum; i += count) {
		count = header->e_phnum - i < SEGMENTS_AT_ONCE ? header->e_phnum - i : SEGMENTS_AT_ONCE;
		if (!read_at(fd, segments, count * sizeof *segments, header->e_phoff + i * sizeof *segments))
			return TRUNCATED;
		for (unsigned j = 0; j < count; j++)
			if (segments[j].p_type == PT_LOAD &&
			    (segments[j].p_filesz > size || segments[j].p_offset > size - segments[j].p_filesz))
				return TRUNCATED;
	}
	return NULL;
}

const char *elf_complaint(int fd)
{
	ElfW(Ehdr) header;
	if (!read_at(fd, &header, sizeof header, 0) || memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
		return NOT_ELF;
	if (header.e_ident[EI_CLASS] != __ehdr_start.e_ident[EI_CLASS] ||
	    header.e_ident[EI_DATA] != __ehdr_start.e_ident[EI_DATA] || header.e_machine != __ehdr_start.e_machine)
		return "is for another machine; install the build for this one";
	if (header.e_type != ET_DYN)
		return NOT_ELF;
	return segments_complaint(fd, &header);
}

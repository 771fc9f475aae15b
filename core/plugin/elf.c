/* SPDX-License-Identifier: Apache-2.0
 *
 * elf.c - may this file be given to the dynamic linker?
 */
#include "plugin/loader.h"

#include <elf.h>
#include <link.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOT_ELF      "is not an ELF shared object; install it anew"
#define TRUNCATED    "is cut short; install it anew"
#define PROGRAM      "is a program, not a shared object; link it with -shared"
#define STACK        "wants an executable stack, which the whole program would get; link it with -Wl,-z,noexecstack"
#define DESTRUCTORS  "has destructors, which would run at exit while its code is still in use; build it without them"
#define CONSTRUCTORS "has constructors, which run in the host program before setup(); build it without them"

#define SEGMENTS_AT_ONCE 16u
#define ENTRIES_AT_ONCE  32u

/* A sanitizer puts constructors and destructors into every module, and belongs to those who know what they do. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED true
#elif defined(__has_feature)
#define SANITIZED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define SANITIZED false
#endif

/* Our own header, as it is mapped: a module must be of the same class, byte order and machine. */
extern const ElfW(Ehdr) __ehdr_start __attribute__((visibility("hidden")));

/* What the file's headers say, as far as it matters here. */
struct facts {
	uint64_t size;
	ElfW(Phdr) dynamic; /* p_filesz 0: there is none */
	bool executable_stack;
	bool is_program;
	uint64_t init_bytes; /* of the arrays of constructors and destructors */
	uint64_t fini_bytes;
};

static bool read_at(int fd, void *out, size_t len, uint64_t offset)
{
	return offset <= INT64_MAX && pread(fd, out, len, (off_t)offset) == (ssize_t)len;
}

/* ---- the machine ---- */

static const char *machine_name(unsigned machine)
{
	static const struct {
		unsigned machine;
		const char *name;
	} names[] = {
		{EM_X86_64, "x86-64"}, {EM_386, "i386"},      {EM_AARCH64, "arm64"}, {EM_ARM, "arm"},
		{EM_RISCV, "riscv"},   {EM_PPC64, "ppc64"},   {EM_S390, "s390"},     {EM_MIPS, "mips"},
		{EM_PPC, "ppc"},       {EM_SPARCV9, "sparc"}, {EM_IA_64, "ia64"},
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (names[i].machine == machine)
			return names[i].name;
	}
	return "another kind of processor";
}

/* Only the head of the file is looked at, whose fields lie where they lie in both classes. The other byte order makes
 * nonsense of the number. */
static const char *machine_complaint(const ElfW(Ehdr) * header)
{
	static char text[128];
	const ElfW(Ehdr) *own = &__ehdr_start;
	bool same_class = header->e_ident[EI_CLASS] == own->e_ident[EI_CLASS];
	bool same_order = header->e_ident[EI_DATA] == own->e_ident[EI_DATA];
	if (same_class && same_order && header->e_machine == own->e_machine)
		return NULL;
	snprintf(text, sizeof text, "is for another machine: %s%s, not %s; install the build for this one",
		 same_order ? machine_name(header->e_machine) : "one of another byte order",
		 same_class                                ? ""
		 : header->e_ident[EI_CLASS] == ELFCLASS32 ? " with 32 bits"
							   : " with 64 bits",
		 machine_name(own->e_machine));
	return text;
}

/* ---- segments ---- */

static void note_dynamic(struct facts *facts, const ElfW(Dyn) * entry)
{
	if (entry->d_tag == DT_INIT_ARRAYSZ)
		facts->init_bytes = entry->d_un.d_val;
	else if (entry->d_tag == DT_FINI_ARRAYSZ)
		facts->fini_bytes = entry->d_un.d_val;
	else if (entry->d_tag == DT_FLAGS_1)
		facts->is_program = (entry->d_un.d_val & DF_1_PIE) != 0;
}

/* The segment lies within the file: that was checked. */
static bool read_dynamic(int fd, struct facts *facts)
{
	ElfW(Dyn) entries[ENTRIES_AT_ONCE];
	uint64_t left = facts->dynamic.p_filesz / sizeof *entries;
	uint64_t offset = facts->dynamic.p_offset;
	for (uint64_t count; left; left -= count, offset += count * sizeof *entries) {
		count = left < ENTRIES_AT_ONCE ? left : ENTRIES_AT_ONCE;
		if (!read_at(fd, entries, (size_t)count * sizeof *entries, offset))
			return false;
		for (uint64_t i = 0; i < count; i++) {
			if (entries[i].d_tag == DT_NULL)
				return true;
			note_dynamic(facts, &entries[i]);
		}
	}
	return true;
}

/* A segment beyond the end of the file would be mapped all the same, and be a SIGBUS when it is touched. */
static bool note_segment(struct facts *facts, const ElfW(Phdr) * segment)
{
	bool inside = segment->p_filesz <= facts->size && segment->p_offset <= facts->size - segment->p_filesz;
	if (segment->p_type == PT_GNU_STACK)
		facts->executable_stack = (segment->p_flags & PF_X) != 0;
	else if (segment->p_type == PT_DYNAMIC)
		facts->dynamic = *segment;
	return inside || (segment->p_type != PT_LOAD && segment->p_type != PT_DYNAMIC);
}

static const char *read_segments(int fd, const ElfW(Ehdr) * header, struct facts *facts)
{
	ElfW(Phdr) segments[SEGMENTS_AT_ONCE];
	struct stat st;
	if (fstat(fd, &st) != 0 || header->e_phentsize != sizeof *segments)
		return NOT_ELF;
	facts->size = (uint64_t)st.st_size;
	for (unsigned i = 0, count; i < header->e_phnum; i += count) {
		count = header->e_phnum - i < SEGMENTS_AT_ONCE ? header->e_phnum - i : SEGMENTS_AT_ONCE;
		if (!read_at(fd, segments, count * sizeof *segments, header->e_phoff + i * sizeof *segments))
			return TRUNCATED;
		for (unsigned j = 0; j < count; j++) {
			if (!note_segment(facts, &segments[j]))
				return TRUNCATED;
		}
	}
	return read_dynamic(fd, facts) ? NULL : TRUNCATED;
}

/* ---- the verdict ---- */

static const char *read_facts(int fd, struct facts *facts)
{
	ElfW(Ehdr) header;
	*facts = (struct facts){.size = 0};
	if (!read_at(fd, &header, sizeof header, 0) || memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
		return NOT_ELF;
	const char *complaint = machine_complaint(&header);
	if (complaint)
		return complaint;
	if (header.e_type == ET_EXEC)
		return PROGRAM;
	if (header.e_type != ET_DYN)
		return NOT_ELF;
	return read_segments(fd, &header, facts);
}

/* Compilers put one entry of their own into either array. */
static bool has_more_than_one(uint64_t bytes)
{
	return !SANITIZED && bytes > sizeof(ElfW(Addr));
}

const char *elf_complaint(int fd, const char **advice)
{
	struct facts facts;
	const char *complaint = read_facts(fd, &facts);
	*advice = NULL;
	if (complaint)
		return complaint;
	if (facts.is_program)
		return PROGRAM;
	if (facts.executable_stack)
		return STACK;
	if (has_more_than_one(facts.fini_bytes))
		return DESTRUCTORS;
	if (has_more_than_one(facts.init_bytes))
		*advice = CONSTRUCTORS;
	return NULL;
}

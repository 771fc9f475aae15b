/* SPDX-License-Identifier: Apache-2.0
 *
 * elf_test.c - which programs a library can be preloaded into, told from bytes made up here and from real programs.
 */
#include "tools/trace/elf.h"

#include <elf.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "support/suite.h"

#if defined(__x86_64__)
enum { MACHINE = EM_X86_64 };
#else
enum { MACHINE = EM_AARCH64 };
#endif

/* One file: headers, then interpreter, dynamic section and strings at fixed places. */
struct file {
	Elf64_Ehdr header;
	Elf64_Phdr load, interp, dynamic;
	Elf64_Dyn entries[4];
	char interpreter[64];
	char strings[64];
};

static struct file make(const char *interpreter, const char *needed)
{
	struct file f = {.header = {.e_machine = MACHINE,
				    .e_phoff = offsetof(struct file, load),
				    .e_phentsize = sizeof(Elf64_Phdr),
				    .e_phnum = 3}};

	memcpy(f.header.e_ident, ELFMAG, SELFMAG);
	f.header.e_ident[EI_CLASS] = ELFCLASS64;
	f.header.e_ident[EI_DATA] = ELFDATA2LSB;
	f.load = (Elf64_Phdr){.p_type = PT_LOAD, .p_vaddr = 0x400000, .p_filesz = sizeof f};
	f.interp = (Elf64_Phdr){.p_type = PT_INTERP, .p_offset = offsetof(struct file, interpreter), .p_filesz = 64};
	f.dynamic = (Elf64_Phdr){
		.p_type = PT_DYNAMIC, .p_offset = offsetof(struct file, entries), .p_filesz = sizeof f.entries};
	f.entries[0] = (Elf64_Dyn){.d_tag = DT_NEEDED, .d_un.d_val = 1};
	f.entries[1] = (Elf64_Dyn){.d_tag = DT_STRTAB, .d_un.d_ptr = 0x400000 + offsetof(struct file, strings)};
	snprintf(f.interpreter, sizeof f.interpreter, "%s", interpreter);
	snprintf(f.strings + 1, sizeof f.strings - 1, "%s", needed);
	return f;
}

#define GLIBC "/lib64/ld-linux-x86-64.so.2"

static enum elf_verdict check(const void *data, size_t len)
{
	char detail[ELF_DETAIL_MAX];

	return elf_check(data, len, detail);
}

START_TEST(a_dynamic_program_of_our_kind_fits)
{
	struct file f = make(GLIBC, "libc.so.6");

	ck_assert_int_eq(check(&f, sizeof f), ELF_FIT);
	ck_assert_ptr_null(elf_reason(ELF_FIT));
}
END_TEST

START_TEST(what_is_no_elf_file_is_left_to_the_kernel)
{
	ck_assert_int_eq(check("#!/bin/sh\n", 10), ELF_OTHER_FILE);
	ck_assert_int_eq(check("", 0), ELF_OTHER_FILE);
	ck_assert_int_eq(check("\177ELF", 4), ELF_OTHER_FILE);
	ck_assert_ptr_null(elf_reason(ELF_OTHER_FILE));
}
END_TEST

START_TEST(a_program_without_loader_is_static)
{
	struct file f = make(GLIBC, "libc.so.6");

	f.interp.p_type = PT_NOTE;
	ck_assert_int_eq(check(&f, sizeof f), ELF_STATIC);
	f.header.e_phnum = 0;
	ck_assert_int_eq(check(&f, sizeof f), ELF_STATIC);
}
END_TEST

START_TEST(class_and_machine_must_be_ours)
{
	struct file f = make(GLIBC, "libc.so.6");

	f.header.e_machine = EM_RISCV;
	ck_assert_int_eq(check(&f, sizeof f), ELF_MACHINE);
	f.header.e_ident[EI_DATA] = ELFDATA2MSB;
	ck_assert_int_eq(check(&f, sizeof f), ELF_MACHINE);
	f.header.e_ident[EI_CLASS] = ELFCLASS32;
	ck_assert_int_eq(check(&f, sizeof f), ELF_CLASS);
}
END_TEST

START_TEST(a_musl_program_is_named_with_its_loader)
{
	struct file f = make("/lib/ld-musl-x86_64.so.1", "libc.musl-x86_64.so.1");
	char detail[ELF_DETAIL_MAX];

	ck_assert_int_eq(elf_check(&f, sizeof f, detail), ELF_MUSL);
	ck_assert_str_eq(detail, "/lib/ld-musl-x86_64.so.1");
}
END_TEST

START_TEST(a_sanitized_program_is_named_with_its_runtime)
{
	struct file f = make(GLIBC, "libasan.so.8");
	char detail[ELF_DETAIL_MAX];

	ck_assert_int_eq(elf_check(&f, sizeof f, detail), ELF_SANITIZER);
	ck_assert_str_eq(detail, "libasan.so.8");
	f = make(GLIBC, "libtsan.so.2");
	ck_assert_int_eq(check(&f, sizeof f), ELF_SANITIZER);
}
END_TEST

START_TEST(tables_that_lead_outside_the_file_are_broken)
{
	struct file f = make(GLIBC, "libc.so.6");

	f.entries[0].d_un.d_val = UINT64_MAX;
	ck_assert_int_eq(check(&f, sizeof f), ELF_BROKEN);
	f = make(GLIBC, "libc.so.6");
	f.entries[1].d_un.d_ptr = 0x10;
	ck_assert_int_eq(check(&f, sizeof f), ELF_BROKEN);
	f = make(GLIBC, "libc.so.6");
	f.interp.p_offset = UINT64_MAX;
	ck_assert_int_eq(check(&f, sizeof f), ELF_BROKEN);
	f = make(GLIBC, "libc.so.6");
	f.dynamic.p_offset = UINT64_MAX - 8;
	ck_assert_int_eq(check(&f, sizeof f), ELF_BROKEN);
	f = make(GLIBC, "libc.so.6");
	f.dynamic.p_type = PT_NOTE;
	ck_assert_int_eq(check(&f, sizeof f), ELF_BROKEN);
}
END_TEST

START_TEST(a_file_cut_anywhere_is_read_within_its_bounds)
{
	struct file f = make(GLIBC, "libc.so.6");

	for (size_t len = 0; len < sizeof f; len++) {
		char *exact = malloc(len + 1); /* so that a sanitizer sees the end */

		memcpy(exact, &f, len);
		check(exact, len);
		free(exact);
	}
}
END_TEST

START_TEST(every_obstacle_has_its_sentence)
{
	for (int v = ELF_BROKEN; v <= ELF_SANITIZER; v++)
		ck_assert_ptr_nonnull(elf_reason((enum elf_verdict)v));
}
END_TEST

START_TEST(this_machines_shell_fits)
{
	FILE *file = fopen("/bin/sh", "re");
	char *data = malloc(4 << 20);
	size_t len = fread(data, 1, 4 << 20, file);

	ck_assert_int_eq(check(data, len), ELF_FIT);
	free(data);
	fclose(file);
}
END_TEST

SUITE_MAIN("tools/trace/elf", NULL, {a_dynamic_program_of_our_kind_fits, 0},
	   {what_is_no_elf_file_is_left_to_the_kernel, 0}, {a_program_without_loader_is_static, 0},
	   {class_and_machine_must_be_ours, 0}, {a_musl_program_is_named_with_its_loader, 0},
	   {a_sanitized_program_is_named_with_its_runtime, 0}, {tables_that_lead_outside_the_file_are_broken, 0},
	   {a_file_cut_anywhere_is_read_within_its_bounds, 0}, {every_obstacle_has_its_sentence, 0},
	   {this_machines_shell_fits, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * elf_test.c - files that the dynamic linker must not meet, made out of a good one.
 */
#include "core/plugin/support.h"
#include "plugin/loader.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>

static unsigned char *good;
static size_t good_len;

static void setup(void)
{
	char *path = fixture("fine");
	good = read_whole(path, &good_len);
	free(path);
}

static void teardown(void)
{
	free(good);
}

/* The complaint about a file of these bytes. */
static const char *complaint(const void *data, size_t len)
{
	int fd = memfd_create("module", MFD_CLOEXEC);
	ck_assert_int_eq(write(fd, data, len), (ssize_t)len);
	const char *advice;
	const char *text = elf_complaint(fd, &advice);
	close(fd);
	return text ? text : "";
}

START_TEST(a_shared_object_of_this_machine_passes)
{
	ck_assert_str_eq(complaint(good, good_len), "");
}
END_TEST

START_TEST(what_is_no_elf_file_is_called_so)
{
	ck_assert_ptr_nonnull(strstr(complaint("", 0), "is not an ELF shared object"));
	ck_assert_ptr_nonnull(strstr(complaint("#!/bin/sh\n", 10), "is not an ELF shared object"));
	ck_assert_ptr_nonnull(strstr(complaint(good, sizeof(ElfW(Ehdr)) - 1), "is not an ELF shared object"));
}
END_TEST

START_TEST(another_class_byte_order_or_machine_is_called_so)
{
	good[EI_CLASS] ^= ELFCLASS32 ^ ELFCLASS64;
	ck_assert_ptr_nonnull(strstr(complaint(good, good_len), " with 32 bits, not "));
	good[EI_CLASS] ^= ELFCLASS32 ^ ELFCLASS64;
	good[EI_DATA] ^= ELFDATA2LSB ^ ELFDATA2MSB;
	ck_assert_ptr_nonnull(strstr(complaint(good, good_len), "one of another byte order, not "));
	good[EI_DATA] ^= ELFDATA2LSB ^ ELFDATA2MSB;
	((ElfW(Ehdr) *)good)->e_machine = EM_S390;
	ck_assert_ptr_nonnull(strstr(complaint(good, good_len), "is for another machine: s390, not "));
	((ElfW(Ehdr) *)good)->e_machine = 0x7777;
	ck_assert_ptr_nonnull(strstr(complaint(good, good_len), "another kind of processor, not "));
}
END_TEST

START_TEST(a_program_is_no_shared_object)
{
	size_t len;
	unsigned char *self = read_whole("/proc/self/exe", &len);
	ck_assert_ptr_nonnull(strstr(complaint(self, len), "is a program, not a shared object; link it with -shared"));
	((ElfW(Ehdr) *)self)->e_type = ET_EXEC;
	ck_assert_ptr_nonnull(strstr(complaint(self, len), "is a program, not a shared object; link it with -shared"));
	free(self);
}
END_TEST

static ElfW(Phdr) * segment_of(unsigned type)
{
	ElfW(Phdr) *segment = (ElfW(Phdr) *)(good + ((ElfW(Ehdr) *)good)->e_phoff);
	while (segment->p_type != type)
		segment++;
	return segment;
}

START_TEST(a_module_that_wants_an_executable_stack_is_refused)
{
	segment_of(PT_GNU_STACK)->p_flags |= PF_X;
	ck_assert_ptr_nonnull(strstr(complaint(good, good_len), "wants an executable stack"));
}
END_TEST

START_TEST(a_dynamic_section_beyond_the_end_is_refused)
{
	ElfW(Phdr) *dynamic = segment_of(PT_DYNAMIC);
	dynamic->p_offset = good_len;
	ck_assert_ptr_nonnull(strstr(complaint(good, good_len), "is cut short"));
	dynamic->p_filesz = 0;
	ck_assert_str_eq(complaint(good, good_len), "");
}
END_TEST

START_TEST(an_object_file_is_no_shared_object)
{
	((ElfW(Ehdr) *)good)->e_type = ET_REL;
	ck_assert_ptr_nonnull(strstr(complaint(good, good_len), "is not an ELF shared object"));
}
END_TEST

START_TEST(a_file_cut_short_anywhere_is_refused)
{
	/* Sections after the last segment may be missing: nothing maps them. */
	const ElfW(Ehdr) *header = (const ElfW(Ehdr) *)good;
	const ElfW(Phdr) *segments = (const ElfW(Phdr) *)(good + header->e_phoff);
	size_t needed = 0;
	for (unsigned i = 0; i < header->e_phnum; i++) {
		if (segments[i].p_type == PT_LOAD && segments[i].p_offset + segments[i].p_filesz > needed)
			needed = segments[i].p_offset + segments[i].p_filesz;
	}
	ck_assert_str_eq(complaint(good, needed), "");
	for (size_t len = 0; len < needed; len += 97)
		ck_assert_str_ne(complaint(good, len), "");
	ck_assert_ptr_nonnull(strstr(complaint(good, needed - 1), "is cut short"));
}
END_TEST

START_TEST(the_last_of_many_segments_is_looked_at_too)
{
	enum { SEGMENTS = 40 };
	struct {
		ElfW(Ehdr) header;
		ElfW(Phdr) segments[SEGMENTS];
	} file = {.header = *(const ElfW(Ehdr) *)good};
	file.header.e_phoff = sizeof file.header;
	file.header.e_phnum = SEGMENTS;
	for (int i = 0; i < SEGMENTS; i++)
		file.segments[i] = (ElfW(Phdr)){.p_type = PT_LOAD, .p_filesz = sizeof file};
	ck_assert_str_eq(complaint(&file, sizeof file), "");
	file.segments[SEGMENTS - 1].p_filesz++;
	ck_assert_ptr_nonnull(strstr(complaint(&file, sizeof file), "is cut short"));
	file.segments[SEGMENTS - 1].p_filesz--;
	file.header.e_phnum++;
	ck_assert_ptr_nonnull(strstr(complaint(&file, sizeof file), "is cut short"));
}
END_TEST

START_TEST(offsets_that_overflow_are_refused)
{
	ElfW(Ehdr) *header = (ElfW(Ehdr) *)good;
	ElfW(Phdr) *segment = (ElfW(Phdr) *)(good + header->e_phoff);
	while (segment->p_type != PT_LOAD)
		segment++;
	segment->p_offset = ~(ElfW(Off))0;
	ck_assert_str_ne(complaint(good, good_len), "");
	segment->p_offset = 0;
	segment->p_filesz = ~(ElfW(Xword))0;
	ck_assert_str_ne(complaint(good, good_len), "");
	header->e_phoff = ~(ElfW(Off))0;
	ck_assert_str_ne(complaint(good, good_len), "");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("elf");
	TCase *tc = tcase_create("elf");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_shared_object_of_this_machine_passes);
	tcase_add_test(tc, what_is_no_elf_file_is_called_so);
	tcase_add_test(tc, another_class_byte_order_or_machine_is_called_so);
	tcase_add_test(tc, a_program_is_no_shared_object);
	tcase_add_test(tc, a_module_that_wants_an_executable_stack_is_refused);
	tcase_add_test(tc, a_dynamic_section_beyond_the_end_is_refused);
	tcase_add_test(tc, an_object_file_is_no_shared_object);
	tcase_add_test(tc, a_file_cut_short_anywhere_is_refused);
	tcase_add_test(tc, the_last_of_many_segments_is_looked_at_too);
	tcase_add_test(tc, offsets_that_overflow_are_refused);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}

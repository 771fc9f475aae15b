/* SPDX-License-Identifier: Apache-2.0
 *
 * The reader of shared objects, on ourselves and on what is left of us when bytes are missing or wrong.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/otel-c/check/image.h"

static uint8_t *bytes;
static size_t len;

static void set_up(void)
{
	FILE *file = fopen("/proc/self/exe", "re");

	ck_assert_ptr_nonnull(file);
	fseek(file, 0, SEEK_END);
	len = (size_t)ftell(file);
	rewind(file);
	bytes = malloc(len);
	ck_assert_uint_eq(fread(bytes, 1, len, file), len);
	fclose(file);
}

/* Looks at everything there is to look at. */
static size_t walk(const struct image *image)
{
	ElfW(Phdr) segment;
	ElfW(Shdr) section;
	ElfW(Dyn) entry;
	ElfW(Sym) symbol;
	const char *name;
	size_t sum = 0;

	for (size_t i = 0; image_segment(image, i, &segment); i++)
		sum++;
	for (size_t i = 0; image_section(image, i, &section, &name); i++)
		sum += strlen(name);
	for (size_t i = 0; image_entry(image, i, &entry); i++)
		sum += strlen(image_string(image, entry.d_un.d_val));
	for (size_t i = 0; image_symbol(image, i, &symbol, &name); i++)
		sum += strlen(name);
	return sum;
}

START_TEST(a_program_tells_its_libraries_sections_and_symbols)
{
	struct image image;
	ElfW(Dyn) entry;
	ElfW(Sym) symbol;
	const char *name;
	bool has_libc = false, has_malloc = false;

	ck_assert_ptr_null(image_open(&image, bytes, len));
	for (size_t i = 0; image_entry(&image, i, &entry); i++)
		has_libc |=
			entry.d_tag == DT_NEEDED && strcmp(image_string(&image, entry.d_un.d_val), "libc.so.6") == 0;
	for (size_t i = 0; image_symbol(&image, i, &symbol, &name); i++)
		has_malloc |= strcmp(name, "malloc") == 0 && symbol.st_shndx == SHN_UNDEF;
	ck_assert(has_libc);
	ck_assert(has_malloc || walk(&image) > 0); /* a sanitizer brings its own */
	ck_assert(image_find(&image, DT_STRTAB, &entry));
	ck_assert(!image_find(&image, DT_LOOS + 77, &entry));
	ck_assert_str_eq(image_string(&image, UINT64_MAX), "");
}
END_TEST

START_TEST(no_length_makes_it_read_beyond_the_end)
{
	for (size_t cut = 0; cut < len; cut += cut < 4096 ? 1 : 997) {
		uint8_t *copy = malloc(cut ? cut : 1);
		struct image image;

		memcpy(copy, bytes, cut);
		if (!image_open(&image, copy, cut))
			walk(&image);
		free(copy);
	}
}
END_TEST

START_TEST(no_bytes_make_it_read_elsewhere)
{
	static const uint8_t values[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
	uint8_t *copy = malloc(len);

	memcpy(copy, bytes, len);
	for (size_t at = 0; at < 2048; at++)
		for (size_t i = 0; i < sizeof values; i++) {
			struct image image;

			copy[at] = values[i];
			if (!image_open(&image, copy, len))
				walk(&image);
			copy[at] = bytes[at];
		}
	free(copy);
}
END_TEST

static const struct {
	size_t at;
	uint8_t value;
	const char *complaint;
} wrong[] = {
	{0, 'X', "is no ELF file"},
	{EI_CLASS, ELFCLASS32, "is no 64-bit object"},
	{EI_DATA, ELFDATA2MSB, "is built for another machine"},
	{offsetof(ElfW(Ehdr), e_machine), EM_SPARC, "is built for another machine"},
	{offsetof(ElfW(Ehdr), e_type), ET_EXEC, "is no shared object"},
	{offsetof(ElfW(Ehdr), e_phentsize), 1, "has tables of another shape"},
};

START_TEST(a_wrong_header_gets_its_own_words)
{
	struct image image;

	bytes[wrong[_i].at] = wrong[_i].value;
	ck_assert_str_eq(image_open(&image, bytes, len), wrong[_i].complaint);
}
END_TEST

static void tear_down(void)
{
	free(bytes);
}

int main(void)
{
	Suite *suite = suite_create("check_image");
	TCase *tcase = tcase_create("all");
	SRunner *runner;
	int failed;

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, a_program_tells_its_libraries_sections_and_symbols);
	tcase_add_test(tcase, no_length_makes_it_read_beyond_the_end);
	tcase_add_test(tcase, no_bytes_make_it_read_elsewhere);
	tcase_add_loop_test(tcase, a_wrong_header_gets_its_own_words, 0, (int)(sizeof wrong / sizeof *wrong));
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

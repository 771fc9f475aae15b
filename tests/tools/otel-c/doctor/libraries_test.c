/* SPDX-License-Identifier: Apache-2.0
 *
 * libraries_test.c - what the loader says, line by line.
 */
#include "tools/otel-c/doctor/libraries.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/suite.h"

static struct libraries found;

static void setup(void)
{
	found = (struct libraries){.is_known = false};
}

START_TEST(both_flavours_of_libcurl_are_traced)
{
	libraries_take_line(&found, "\tlibcurl.so.4 => /lib/x86_64-linux-gnu/libcurl.so.4 (0x00007f)\n");
	libraries_take_line(&found, "\tlibcurl-gnutls.so.4 => /lib/x86_64-linux-gnu/libcurl-gnutls.so.4 (0x00007f)\n");
	ck_assert_str_eq(found.traced, "libcurl.so.4, libcurl-gnutls.so.4");
	ck_assert(!found.uses_api);
}
END_TEST

START_TEST(others_are_not)
{
	libraries_take_line(&found, "\tlinux-vdso.so.1 (0x00007ffd)\n");
	libraries_take_line(&found, "\tlibcurly.so.1 => /lib/libcurly.so.1 (0x00007f)\n");
	libraries_take_line(&found, "\t/lib64/ld-linux-x86-64.so.2 (0x00007f)\n");
	libraries_take_line(&found, "\tstatically linked\n");
	libraries_take_line(&found, "");
	ck_assert_str_eq(found.traced, "");
	ck_assert_str_eq(found.missing, "");
}
END_TEST

START_TEST(the_api_is_noticed)
{
	libraries_take_line(&found, "\tlibotel_api.so.1 => /usr/lib/libotel_api.so.1 (0x00007f)\n");
	ck_assert(found.uses_api);
}
END_TEST

START_TEST(what_is_not_found_is_named)
{
	libraries_take_line(&found, "\tlibhelper.so => not found\n");
	ck_assert_str_eq(found.missing, "libhelper.so");
}
END_TEST

START_TEST(the_list_of_a_strange_program_is_cut)
{
	char line[200] = "\tlibcurl.so.";

	memset(line + strlen(line), '4', 100);
	for (int i = 0; i < 20; i++)
		libraries_take_line(&found, line);
	ck_assert_uint_lt(strlen(found.traced), sizeof found.traced);
}
END_TEST

static bool interpreter_of(const char *text, char *out, size_t cap)
{
	char path[] = "/tmp/otel-c-libraries-XXXXXX";
	FILE *file = fdopen(mkstemp(path), "we");
	bool is_script;

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
	is_script = libraries_interpreter(path, out, cap);
	unlink(path);
	return is_script;
}

START_TEST(the_interpreter_of_a_script_is_its_first_word)
{
	char out[32];

	ck_assert(interpreter_of("#! /bin/sh -e\necho\n", out, sizeof out));
	ck_assert_str_eq(out, "/bin/sh");
	ck_assert(interpreter_of("#!/bin/sh", out, sizeof out));
	ck_assert_str_eq(out, "/bin/sh");
	ck_assert(!interpreter_of("#!\n", out, sizeof out));
	ck_assert(!interpreter_of("", out, sizeof out));
	ck_assert(!interpreter_of("#!/a/name/that/is/longer/than/the/room/for/it\n", out, sizeof out));
	ck_assert(!libraries_interpreter("/no/such/file", out, sizeof out));
}
END_TEST

START_TEST(this_program_needs_what_can_be_found)
{
	char path[] = "/proc/self/exe";

	libraries_find(&found, path);
	ck_assert(found.is_known);
	ck_assert_str_eq(found.missing, "");
}
END_TEST

SUITE_MAIN("tools/otel-c/doctor/libraries", setup, {both_flavours_of_libcurl_are_traced, 0}, {others_are_not, 0},
	   {the_api_is_noticed, 0}, {what_is_not_found_is_named, 0}, {the_list_of_a_strange_program_is_cut, 0},
	   {the_interpreter_of_a_script_is_its_first_word, 0}, {this_program_needs_what_can_be_found, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * file_test.c - INI files from disk.
 */
#include "scratch.h"

#include <errno.h>

#include "capture.h"
#include "config/store.h"
#include "support/suite.h"

START_TEST(a_file_is_read_with_its_path_as_origin)
{
	struct config *config = config_create();
	const char *path = scratch_file("good.ini", "[resource]\nservice_name = shop\n", 0644);
	char origin[160];

	errno = ENOTTY;
	ck_assert_int_eq(config_read_file(config, CONFIG_SITE, path), OTEL_OK);
	ck_assert_int_eq(errno, ENOTTY);
	config_resolve(config);
	snprintf(origin, sizeof(origin), "%s:2", path);
	ck_assert_str_eq(config_origin(config, "resource", "service_name"), origin);
	config_destroy(config);
}
END_TEST

START_TEST(a_missing_file_is_the_callers_business)
{
	struct config *config = config_create();

	capture_begin();
	ck_assert_int_eq(config_read_file(config, CONFIG_SITE, scratch_path("missing.ini")), OTEL_NOT_FOUND);
	ck_assert_str_eq(capture_end(), "");
	config_destroy(config);
}
END_TEST

START_TEST(an_untrusted_file_is_ignored_with_one_line)
{
	struct config *config = config_create();
	const char *path = scratch_file("world.ini", "[resource]\nservice_name = evil\n", 0666);
	const char *said;

	capture_begin();
	ck_assert_int_eq(config_read_file(config, CONFIG_SITE, path), OTEL_DENIED);
	said = capture_end();
	ck_assert_ptr_nonnull(strstr(said, "world.ini: everybody may write to it"));
	ck_assert_ptr_nonnull(strstr(said, "; the file is ignored\n"));
	ck_assert_ptr_null(config_raw(config, "resource", "service_name"));
	config_destroy(config);
}
END_TEST

START_TEST(a_broken_file_is_invalid)
{
	struct config *config = config_create();
	const char *path = scratch_file("broken.ini", "[resource]\nservice_name\n", 0644);

	capture_begin();
	ck_assert_int_eq(config_read_file(config, CONFIG_SITE, path), OTEL_INVALID);
	ck_assert_ptr_nonnull(strstr(capture_end(), "broken.ini:2: no \"=\""));
	config_destroy(config);
}
END_TEST

START_TEST(a_file_over_the_limit_is_refused_and_one_at_it_is_read)
{
	char *text = malloc(CONFIG_MAX_FILE + 2);
	struct config *config = config_create();

	/* Comment lines: long ones are fine. */
	memset(text, 'x', CONFIG_MAX_FILE + 1);
	text[0] = ';';
	text[CONFIG_MAX_FILE] = 0;
	ck_assert_int_eq(config_read_file(config, CONFIG_SITE, scratch_file("full.ini", text, 0644)), OTEL_OK);
	text[CONFIG_MAX_FILE] = 'x';
	text[CONFIG_MAX_FILE + 1] = 0;
	capture_begin();
	ck_assert_int_eq(config_read_file(config, CONFIG_SITE, scratch_file("over.ini", text, 0644)), OTEL_INVALID);
	ck_assert_ptr_nonnull(strstr(capture_end(), "over.ini: it is longer than 1048576 bytes"));
	config_destroy(config);
	free(text);
}
END_TEST

START_TEST(no_descriptor_is_left_open)
{
	struct config *config = config_create();
	int before = dup(STDIN_FILENO);
	int after;

	close(before);
	capture_begin();
	config_read_file(config, CONFIG_SITE, scratch_file("fd1.ini", "[a]\nb = 1\n", 0644));
	config_read_file(config, CONFIG_SITE, scratch_file("fd2.ini", "broken\n", 0644));
	config_read_file(config, CONFIG_SITE, scratch_file("fd3.ini", "", 0666));
	capture_end();
	after = dup(STDIN_FILENO);
	close(after);
	ck_assert_int_eq(before, after);
	config_destroy(config);
}
END_TEST

SUITE_MAIN_WITH("file", scratch_begin, scratch_end, {a_file_is_read_with_its_path_as_origin, 0},
		{a_missing_file_is_the_callers_business, 0}, {an_untrusted_file_is_ignored_with_one_line, 0},
		{a_broken_file_is_invalid, 0}, {a_file_over_the_limit_is_refused_and_one_at_it_is_read, 0},
		{no_descriptor_is_left_open, 0})

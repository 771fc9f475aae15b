/* SPDX-License-Identifier: Apache-2.0
 *
 * state_test.c - files of plugins: what is kept, who may read it, and which directories are not used.
 */
#include "sdk/state.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/config/capture.h"
#include "core/config/scratch.h"
#include "plugin/registry.h"
#include "support/suite.h"

static const otel_plugin plugin = {.size = sizeof(otel_plugin), .name = "acme"};
static const otel_plugin odd_plugin = {.size = sizeof(otel_plugin), .name = "../acme"};
static otel_setup setup_of_acme;
static char data[2 << 20];

/* A configuration that names this directory; NULL: none. */
static void configure(const char *directory)
{
	char text[256] = "";

	config_destroy(setup_of_acme.config);
	setup_of_acme = (otel_setup){.plugin = &plugin, .config = config_create()};
	if (directory)
		snprintf(text, sizeof(text), "[state]\ndirectory = %s\n", directory);
	ck_assert_int_eq(read_text(setup_of_acme.config, CONFIG_USER, "/s.ini", text), OTEL_OK);
	config_resolve(setup_of_acme.config);
}

static void set_up(void)
{
	scratch_begin();
	chmod(scratch_dir, 0700);
	configure(scratch_dir);
}

static void tear_down(void)
{
	scratch_end();
}

static otel_status replace(const char *name, const char *text)
{
	return state_replace(&setup_of_acme, name, text, strlen(text));
}

static const char *read_back(const char *name, otel_status expected)
{
	static char text[64];
	size_t len = 0;

	ck_assert_int_eq(state_read(&setup_of_acme, name, text, sizeof(text) - 1, &len), expected);
	ck_assert_uint_lt(len, sizeof(text));
	text[len] = '\0';
	return text;
}

static unsigned count_files(void)
{
	DIR *dir = opendir(scratch_dir);
	unsigned count = 0;

	for (struct dirent *entry; (entry = readdir(dir));)
		count += entry->d_name[0] != '.';
	closedir(dir);
	return count;
}

START_TEST(what_is_replaced_is_read_back)
{
	errno = EAGAIN;
	ck_assert_int_eq(replace("token", "first"), OTEL_OK);
	ck_assert_str_eq(read_back("token", OTEL_OK), "first");
	ck_assert_int_eq(replace("token", "2nd"), OTEL_OK);
	ck_assert_str_eq(read_back("token", OTEL_OK), "2nd");
	ck_assert_int_eq(replace("other-one_2.txt", ""), OTEL_OK);
	ck_assert_str_eq(read_back("other-one_2.txt", OTEL_OK), "");
	ck_assert_int_eq(errno, EAGAIN);
	ck_assert_uint_eq(count_files(), 2); /* and nothing temporary */
}
END_TEST

START_TEST(only_its_owner_may_read_a_file)
{
	struct stat st;

	umask(0);
	ck_assert_int_eq(replace("token", "secret"), OTEL_OK);
	ck_assert_int_eq(stat(scratch_path("acme@token"), &st), 0);
	ck_assert_uint_eq(st.st_mode & 07777, 0600);
	umask(022);
}
END_TEST

START_TEST(an_open_reader_keeps_the_old_one_whole)
{
	char text[8] = "";

	ck_assert_int_eq(replace("token", "old"), OTEL_OK);
	int fd = open(scratch_path("acme@token"), O_RDONLY | O_CLOEXEC);
	ck_assert_int_eq(replace("token", "newer"), OTEL_OK);
	ck_assert_int_eq(read(fd, text, sizeof(text)), 3);
	ck_assert_str_eq(text, "old");
	close(fd);
}
END_TEST

START_TEST(what_was_never_written_is_not_found)
{
	read_back("token", OTEL_NOT_FOUND);
}
END_TEST

START_TEST(a_file_that_does_not_fit_tells_its_length)
{
	char small[4];
	size_t len = 0;

	ck_assert_int_eq(replace("token", "12345"), OTEL_OK);
	ck_assert_int_eq(state_read(&setup_of_acme, "token", small, sizeof(small), &len), OTEL_NO_MEMORY);
	ck_assert_uint_eq(len, 5);
}
END_TEST

START_TEST(more_than_a_mebibyte_is_not_kept)
{
	size_t len;

	ck_assert_int_eq(state_replace(&setup_of_acme, "large", data, STATE_FILE_MAX), OTEL_OK);
	ck_assert_int_eq(state_read(&setup_of_acme, "large", data, sizeof(data), &len), OTEL_OK);
	ck_assert_uint_eq(len, STATE_FILE_MAX);
	capture_begin();
	otel_status status = state_replace(&setup_of_acme, "large", data, STATE_FILE_MAX + 1);
	const char *said = capture_end();
	ck_assert_int_eq(status, OTEL_FAILED);
	ck_assert_ptr_nonnull(strstr(said, "acme@large\" cannot be used: more than 1 MiB is not kept\n"));
	ck_assert_int_eq(truncate(scratch_path("acme@large"), (off_t)STATE_FILE_MAX + 1), 0);
	ck_assert_int_eq(state_read(&setup_of_acme, "large", data, sizeof(data), &len), OTEL_FAILED);
}
END_TEST

START_TEST(names_are_letters_digits_and_a_few_signs)
{
	static const char *const bad[] = {"", "a/b", "../x", "a b", "a~b", "a@b", "\xc3\xa4"};
	char longest[66];

	for (size_t i = 0; i < COUNT(bad); i++) {
		ck_assert_int_eq(replace(bad[i], "x"), OTEL_INVALID);
		read_back(bad[i], OTEL_INVALID);
	}
	ck_assert_int_eq(state_replace(&setup_of_acme, NULL, "x", 1), OTEL_INVALID);
	ck_assert_int_eq(state_replace(&setup_of_acme, "n", NULL, 1), OTEL_INVALID);
	ck_assert_int_eq(state_read(&setup_of_acme, "n", longest, sizeof(longest), NULL), OTEL_INVALID);
	memset(longest, 'n', sizeof(longest) - 1);
	longest[65] = '\0';
	ck_assert_int_eq(replace(longest, "x"), OTEL_INVALID);
	longest[64] = '\0';
	ck_assert_int_eq(replace(longest, "x"), OTEL_OK);
	ck_assert_int_eq(replace("..", "x"), OTEL_OK); /* a name like others, behind the plugin's */
	ck_assert_str_eq(read_back("..", OTEL_OK), "x");
	setup_of_acme.plugin = &odd_plugin;
	ck_assert_int_eq(replace("token", "x"), OTEL_INVALID);
	ck_assert_uint_eq(count_files(), 2);
}
END_TEST

START_TEST(without_a_directory_nothing_is_kept)
{
	configure(NULL);
	ck_assert_int_eq(replace("token", "x"), OTEL_UNSUPPORTED);
	read_back("token", OTEL_UNSUPPORTED);
}
END_TEST

/* One line names the directory, where it was read, and the cause. */
static void ck_refused(const char *directory, const char *cause)
{
	char expected[300];

	configure(directory);
	capture_begin();
	otel_status status = replace("token", "x");
	const char *said = capture_end();
	ck_assert_int_eq(status, OTEL_DENIED);
	snprintf(expected, sizeof(expected), "otel-c: /s.ini:2: \"%s\" cannot be used: %s\n", directory, cause);
	ck_assert_str_eq(said, expected);
	read_back("token", OTEL_DENIED);
}

START_TEST(a_directory_that_others_may_write_to_is_not_used)
{
	chmod(scratch_dir, 0770);
	ck_refused(scratch_dir, "others may write to it; allowed: its owner alone");
	chmod(scratch_dir, 01707);
	read_back("token", OTEL_DENIED);
	chmod(scratch_dir, 0755);
	ck_assert_int_eq(replace("token", "x"), OTEL_OK);
}
END_TEST

START_TEST(a_directory_of_somebody_else_is_not_used)
{
	if (geteuid() != 0) /* then / is somebody else's */
		ck_refused("/", "it does not belong to this user");
	else if (!chown(scratch_dir, NOBODY, NOBODY))
		ck_refused(scratch_dir, "it does not belong to this user");
}
END_TEST

START_TEST(what_is_no_directory_is_not_used)
{
	char link[128];

	ck_refused("/nonexistent/state", "No such file or directory");
	scratch_file("file", "", 0600);
	ck_refused(scratch_path("file"), "it is not a directory, and links are not followed");
	snprintf(link, sizeof(link), "%s", scratch_path("link"));
	ck_assert_int_eq(symlink(scratch_dir, link), 0);
	ck_refused(link, "it is not a directory, and links are not followed");
}
END_TEST

START_TEST(links_and_files_that_others_may_write_to_are_not_read)
{
	scratch_file("elsewhere", "secret", 0600);
	ck_assert_int_eq(symlink("elsewhere", scratch_path("acme@link")), 0);
	read_back("link", OTEL_FAILED);
	scratch_file("acme@open", "x", 0666);
	read_back("open", OTEL_DENIED);
	ck_assert_int_eq(mkfifo(scratch_path("acme@pipe"), 0600), 0);
	read_back("pipe", OTEL_DENIED);

	/* The link itself is replaced, not what it leads to. */
	ck_assert_int_eq(replace("link", "own"), OTEL_OK);
	ck_assert_str_eq(read_back("link", OTEL_OK), "own");
}
END_TEST

static int write_without_permission(void)
{
	return replace("token", "x") == OTEL_DENIED ? 0 : 1;
}

START_TEST(another_user_s_process_does_not_write_there)
{
	if (geteuid() == 0)
		ck_assert_int_eq(as_nobody(write_without_permission), 0);
}
END_TEST

SUITE_MAIN_WITH("state", set_up, tear_down, {what_is_replaced_is_read_back, 0}, {only_its_owner_may_read_a_file, 0},
		{an_open_reader_keeps_the_old_one_whole, 0}, {what_was_never_written_is_not_found, 0},
		{a_file_that_does_not_fit_tells_its_length, 0}, {more_than_a_mebibyte_is_not_kept, 0},
		{names_are_letters_digits_and_a_few_signs, 0}, {without_a_directory_nothing_is_kept, 0},
		{a_directory_that_others_may_write_to_is_not_used, 0}, {a_directory_of_somebody_else_is_not_used, 0},
		{what_is_no_directory_is_not_used, 0}, {links_and_files_that_others_may_write_to_are_not_read, 0},
		{another_user_s_process_does_not_write_there, 0})

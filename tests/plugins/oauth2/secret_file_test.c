/* SPDX-License-Identifier: Apache-2.0
 *
 * secret_file_test.c - files that hold a secret, and files that do not.
 */
#include "plugins/oauth2/secret_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/suite.h"

static char path[] = "/tmp/secret_file_test.XXXXXX";
static const char *why;

static void setup(void)
{
	strcpy(path + strlen(path) - 6, "XXXXXX");
	const int fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	close(fd);
}

static void put(const void *text, size_t len)
{
	FILE *file = fopen(path, "we");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(text, 1, len, file), len);
	fclose(file);
}

static char *read_of(const char *text)
{
	put(text, strlen(text));
	char *secret = secret_file_read(path, &why);
	unlink(path);
	return secret;
}

START_TEST(the_line_without_its_end_is_the_secret)
{
	static const char *const texts[] = {"s3cr3t", "s3cr3t\n", "s3cr3t\r\n", "s3cr3t\n\n"};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		errno = 7;
		char *secret = read_of(texts[i]);
		ck_assert_str_eq(secret, "s3cr3t");
		ck_assert_int_eq(errno, 7);
		free(secret);
	}
	char *blank = read_of(" a b \n");
	ck_assert_str_eq(blank, " a b ");
	free(blank);
}
END_TEST

START_TEST(what_is_no_single_line_is_refused)
{
	char large[5000];

	ck_assert_ptr_null(read_of(""));
	ck_assert_str_eq(why, "it is empty");
	ck_assert_ptr_null(read_of("\n"));
	ck_assert_str_eq(why, "it is empty");
	ck_assert_ptr_null(read_of("a\nb\n"));
	ck_assert_str_eq(why, "it is more than one line of text");
	memset(large, 'a', sizeof large - 1);
	large[sizeof large - 1] = '\0';
	ck_assert_ptr_null(read_of(large));
	ck_assert_str_eq(why, "it is longer than 4096 bytes");
	large[4096] = '\0';
	char *secret = read_of(large);
	ck_assert_uint_eq(strlen(secret), 4096);
	free(secret);
	put("a\0b", 3);
	ck_assert_ptr_null(secret_file_read(path, &why));
	ck_assert_str_eq(why, "it is more than one line of text");
	unlink(path);
}
END_TEST

START_TEST(what_is_no_file_of_its_owner_is_refused)
{
	ck_assert_ptr_null(secret_file_read("/nowhere/secret", &why));
	ck_assert_str_eq(why, "No such file or directory");
	ck_assert_ptr_null(secret_file_read("/tmp", &why));
	ck_assert_str_eq(why, "it is no regular file");
	put("x", 1);
	ck_assert_int_eq(chmod(path, 0602), 0);
	ck_assert_ptr_null(secret_file_read(path, &why));
	ck_assert_str_eq(why, "others may write to it");
	unlink(path);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert_ptr_null(secret_file_read(path, &why)); /* and does not wait for a writer */
	ck_assert_str_eq(why, "it is no regular file");
	unlink(path);
}
END_TEST

SUITE_MAIN("secret_file", setup, {the_line_without_its_end_is_the_secret, 0}, {what_is_no_single_line_is_refused, 0},
	   {what_is_no_file_of_its_owner_is_refused, 0})

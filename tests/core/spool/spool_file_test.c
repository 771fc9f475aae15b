/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_file_test.c - one stored request through its life.
 */
#include "spool/spool_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/spool/spool_support.h"
#include "support/suite.h"

static int dir;

static enum spool_got get(const struct spool_name *name, const char **why)
{
	struct spool_record record;
	uint8_t *memory;
	const enum spool_got got = spool_file_read(dir, name, &record, &memory, why);

	if (got == SPOOL_GOT) {
		ck_assert_uint_eq(record.len, 7);
		ck_assert_mem_eq(record.data, "request", 7);
	} else {
		ck_assert_ptr_null(memory);
	}
	free(memory);
	return got;
}

static int open_it(const struct spool_name *name, int flags)
{
	char text[SPOOL_FILE_NAME_MAX];

	spool_name_write(name, text);
	const int fd = openat(dir, text, flags | O_CLOEXEC);
	ck_assert_int_ge(fd, 0);
	return fd;
}

static struct spool_name begin(void)
{
	dir = spool_test_open();
	return spool_test_store("request", 1, 1);
}

START_TEST(it_is_there_whole_and_for_its_owner_alone)
{
	const struct spool_name name = begin();
	const char *why;
	struct stat st;
	const int fd = open_it(&name, O_RDONLY);

	ck_assert_int_eq(fstat(fd, &st), 0);
	ck_assert_uint_eq(st.st_mode & 07777, 0600);
	ck_assert_uint_eq((uint64_t)st.st_size, name.bytes);
	ck_assert_uint_eq(spool_test_count(".part"), 0);
	ck_assert_int_eq(get(&name, &why), SPOOL_GOT);
	close(fd);
	close(dir);
}
END_TEST

START_TEST(one_of_two_gets_it)
{
	struct spool_name first = begin(), second = first;
	const char *why;

	ck_assert(spool_file_move(dir, &first, SPOOL_HELD, 5));
	ck_assert_uint_eq(first.owner, 5);
	ck_assert(!spool_file_move(dir, &second, SPOOL_HELD, 6));
	ck_assert_int_eq(second.state, SPOOL_FREE);
	ck_assert_int_eq(get(&second, &why), SPOOL_GONE);
	ck_assert(spool_file_exists(dir, &first));
	ck_assert(spool_file_remove(dir, &first));
	ck_assert(!spool_file_remove(dir, &first));
	ck_assert(!spool_file_exists(dir, &first));
	close(dir);
}
END_TEST

START_TEST(a_torn_one_is_damaged)
{
	const struct spool_name name = begin();
	const int fd = open_it(&name, O_WRONLY);
	const char *why;

	ck_assert_int_eq(ftruncate(fd, (off_t)name.bytes - 1), 0);
	ck_assert_int_eq(get(&name, &why), SPOOL_DAMAGED);
	ck_assert_str_eq(why, "it is cut off, or longer than it says");
	ck_assert_int_eq(ftruncate(fd, 0), 0);
	ck_assert_int_eq(get(&name, &why), SPOOL_DAMAGED);
	ck_assert_int_eq(ftruncate(fd, (off_t)1 << 40), 0);
	ck_assert_int_eq(get(&name, &why), SPOOL_DAMAGED);
	ck_assert_str_eq(why, "it is larger than 64 MiB");
	close(fd);
	close(dir);
}
END_TEST

START_TEST(so_is_one_that_others_may_write_to)
{
	const struct spool_name name = begin();
	const int fd = open_it(&name, O_RDONLY);
	const char *why;

	fchmod(fd, 0620);
	ck_assert_int_eq(get(&name, &why), SPOOL_DAMAGED);
	ck_assert_str_eq(why, "others may use it; allowed: mode 0600");
	close(fd);
	close(dir);
}
END_TEST

START_TEST(so_is_one_whose_name_lies)
{
	struct spool_name name = begin();
	struct spool_name other = name;
	const char *why;
	char from[SPOOL_FILE_NAME_MAX], to[SPOOL_FILE_NAME_MAX];

	other.items = 1000;
	spool_name_write(&name, from);
	spool_name_write(&other, to);
	ck_assert_int_eq(renameat(dir, from, dir, to), 0);
	ck_assert_int_eq(get(&other, &why), SPOOL_DAMAGED);
	ck_assert_str_eq(why, "its name does not go with what is in it");
	close(dir);
}
END_TEST

START_TEST(the_limit_on_file_sizes_does_not_end_the_process)
{
	const struct spool_record record = spool_test_record("otlp", "request");
	const struct spool_name name = spool_test_name(&record, 2, 2);
	struct rlimit before, small = {20, RLIM_INFINITY};
	uint8_t head[SPOOL_HEAD_MAX];
	const size_t head_len = spool_record_head(&record, head);

	begin();
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
	small.rlim_max = before.rlim_max;
	const int limited = setrlimit(RLIMIT_FSIZE, &small); /* check's notes are files, too */
	const int error = spool_file_write(dir, &name, 1, head, head_len, &record);
	setrlimit(RLIMIT_FSIZE, &before);
	ck_assert_int_eq(limited, 0);
	ck_assert_int_eq(error, EFBIG);
	ck_assert_uint_eq(spool_test_count(".part"), 0);
	ck_assert_uint_eq(spool_test_count(".batch"), 1);
	close(dir);
}
END_TEST

START_TEST(what_cannot_be_written_leaves_nothing)
{
	const struct spool_record record = spool_test_record("otlp", "request");
	const struct spool_name name = spool_test_name(&record, 2, 2);
	uint8_t head[SPOOL_HEAD_MAX];
	const size_t head_len = spool_record_head(&record, head);
	int before;

	begin();
	ck_assert_int_eq(rmdir(spool_test_dir), -1);
	before = dir;
	spool_test_end();
	ck_assert_int_eq(spool_file_write(before, &name, 1, head, head_len, &record), ENOENT);
	close(before);
}
END_TEST

SUITE_MAIN("spool_file", spool_test_begin, {it_is_there_whole_and_for_its_owner_alone, 0}, {one_of_two_gets_it, 0},
	   {a_torn_one_is_damaged, 0}, {so_is_one_that_others_may_write_to, 0}, {so_is_one_whose_name_lies, 0},
	   {the_limit_on_file_sizes_does_not_end_the_process, 0}, {what_cannot_be_written_leaves_nothing, 0})

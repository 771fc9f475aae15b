/* SPDX-License-Identifier: Apache-2.0
 *
 * preload_path_test.c - an LD_PRELOAD that the loader reads as meant.
 */
#include "tools/trace/preload_path.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/suite.h"

START_TEST(a_plain_directory_is_used_as_it_is)
{
	char out[PATH_MAX];

	ck_assert_ptr_null(preload_path("/opt/otel/lib", "libotel_preload.so", out, sizeof out));
	ck_assert_str_eq(out, "/opt/otel/lib/libotel_preload.so");
}
END_TEST

START_TEST(a_directory_with_blanks_is_reached_through_a_private_link)
{
	char dir[] = "/tmp/otel-c-test-XXXXXX";
	char out[PATH_MAX], again[PATH_MAX], target[PATH_MAX], expected[PATH_MAX];
	struct stat st;
	char *slash;
	ssize_t len;

	ck_assert_ptr_nonnull(mkdtemp(dir));
	setenv("XDG_RUNTIME_DIR", dir, 1);
	ck_assert_ptr_null(preload_path("/opt/my otel:1/lib", "libotel_preload.so", out, sizeof out));
	ck_assert(preload_path_is_plain(out));
	ck_assert_ptr_null(preload_path("/opt/my otel:1/lib", "libotel_preload.so", again, sizeof again));
	ck_assert_str_eq(out, again);
	slash = strrchr(out, '/');
	ck_assert_str_eq(slash, "/libotel_preload.so");
	*slash = '\0';
	len = readlink(out, target, sizeof target - 1);
	ck_assert_int_gt(len, 0);
	target[len] = '\0';
	ck_assert_str_eq(target, "/opt/my otel:1/lib");
	unlink(out);
	snprintf(expected, sizeof expected, "%s/otel-c", dir);
	ck_assert_int_eq(stat(expected, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0700);
	rmdir(expected);
	rmdir(dir);
}
END_TEST

START_TEST(a_place_that_others_may_enter_is_refused)
{
	char dir[] = "/tmp/otel-c-test-XXXXXX";
	char open[PATH_MAX], out[PATH_MAX];

	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(open, sizeof open, "%s/otel-c", dir);
	ck_assert_int_eq(mkdir(open, 0755), 0);
	ck_assert_int_eq(chmod(open, 0755), 0);
	setenv("XDG_RUNTIME_DIR", dir, 1);
	ck_assert_ptr_nonnull(preload_path("/opt/my otel/lib", "libotel_preload.so", out, sizeof out));
	rmdir(open);
	rmdir(dir);
}
END_TEST

static const struct {
	const char *own, *existing, *list;
} lists[] = {
	{"/l/libotel_preload.so", NULL, "/l/libotel_preload.so"},
	{"/l/libotel_preload.so", "", "/l/libotel_preload.so"},
	{"/l/libotel_preload.so", "/a/libjemalloc.so.2", "/l/libotel_preload.so:/a/libjemalloc.so.2"},
	{"/l/libotel_preload.so", "a.so b.so:c.so", "/l/libotel_preload.so:a.so:b.so:c.so"},
	{"/l/libotel_preload.so", "/old/libotel_preload.so:a.so", "/l/libotel_preload.so:a.so"},
	{"/l/libotel_preload.so", "/x/notlibotel_preload.so", "/l/libotel_preload.so:/x/notlibotel_preload.so"},
	{NULL, "a.so:/l/libotel_preload.so:b.so", "a.so:b.so"},
	{NULL, "/l/libotel_preload.so:/l/libotel_functions.so:b.so", "b.so"},
	{"/l/libotel_preload.so:/l/libotel_functions.so", "a.so:/l/libotel_functions.so",
	 "/l/libotel_preload.so:/l/libotel_functions.so:a.so"},
	{"/l/libotel_preload.so", "/l/libotel_preload.so:/l/libotel_functions.so",
	 "/l/libotel_preload.so:/l/libotel_functions.so"},
	{NULL, NULL, ""},
};

START_TEST(what_was_preloaded_before_stays_and_we_are_there_once)
{
	char out[256];

	ck_assert(preload_list(lists[_i].own, lists[_i].existing, out, sizeof out));
	ck_assert_str_eq(out, lists[_i].list);
}
END_TEST

START_TEST(a_list_that_does_not_fit_is_refused)
{
	char out[16];

	ck_assert(!preload_list("/l/libotel_preload.so", NULL, out, sizeof out));
	ck_assert(!preload_list("/l/x.so", "/aaaaaaaaaaaaaaaaaa.so", out, sizeof out));
}
END_TEST

SUITE_MAIN("tools/trace/preload_path", NULL, {a_plain_directory_is_used_as_it_is, 0},
	   {a_directory_with_blanks_is_reached_through_a_private_link, 0},
	   {a_place_that_others_may_enter_is_refused, 0},
	   {what_was_preloaded_before_stays_and_we_are_there_once, sizeof lists / sizeof *lists},
	   {a_list_that_does_not_fit_is_refused, 0})

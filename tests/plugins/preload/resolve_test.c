/* SPDX-License-Identifier: Apache-2.0
 *
 * resolve_test.c - every caller gets the copy of a library it is bound to, also when all are loaded RTLD_LOCAL.
 */
#include "plugins/preload/resolve.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>

#include "support/build.h"
#include "support/suite.h"

struct fixture {
	const char *(*name)(void);
	const void *(*inside)(void);
	void *(*absent)(void);
};

static const struct real_name names[] = {
	{"fixture_name", offsetof(struct fixture, name)},
	{"fixture_inside", offsetof(struct fixture, inside)},
	{"fixture_absent", offsetof(struct fixture, absent)},
};

static struct real_cache caches[3];

static const struct real_library libraries[] = {
	{"libfixture", "FIXTURE_1", names, 3, sizeof(struct fixture), &caches[0]},
	{"libfixture", "FIXTURE_2", names, 3, sizeof(struct fixture), &caches[1]},
	{"libnothing", "NOTHING", names, 3, sizeof(struct fixture), &caches[2]},
};

static const void *code_in(const char *plugin)
{
	char path[4096];
	void *handle;
	const void *(*code)(void);

	snprintf(path, sizeof path, "%s/tests/preload/%s", build_dir(), plugin);
	handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	ck_assert_msg(handle != NULL, "%s", dlerror());
	*(void **)&code = dlsym(handle, "user_code");
	return code();
}

START_TEST(a_library_that_is_not_there_is_missing)
{
	struct fixture f = {NULL, NULL, NULL};

	errno = ERANGE;
	ck_assert_int_eq(real_find(&libraries[2], (const void *)code_in, &f), REAL_MISSING);
	ck_assert_int_eq(errno, ERANGE);
	ck_assert_ptr_null(dlerror());
}
END_TEST

START_TEST(each_caller_gets_its_own_copy)
{
	static const struct {
		const char *plugin;
		int library;
		const char *copy;
	} cases[] = {{"user_1.so", 0, "one"},
		     {"user_2.so", 1, "two"},
		     {"user_1b.so", 0, "one again"},
		     {"user_1.so", 0, "one"}};
	struct fixture f;

	for (int i = 0; i < 4; i++) {
		ck_assert_int_eq(real_find(&libraries[cases[i].library], code_in(cases[i].plugin), &f), REAL_PROGRAM);
		ck_assert_str_eq(f.name(), cases[i].copy);
		ck_assert_ptr_null(f.absent);
	}
}
END_TEST

START_TEST(a_caller_hidden_by_a_tail_call_gets_a_loaded_copy)
{
	struct fixture f;

	code_in("user_2.so");
	ck_assert_int_eq(real_find(&libraries[1], (const void *)code_in, &f), REAL_PROGRAM);
	ck_assert_str_eq(f.name(), "two");
}
END_TEST

START_TEST(the_library_itself_is_an_inner_caller)
{
	struct fixture f;

	ck_assert_int_eq(real_find(&libraries[0], code_in("user_1.so"), &f), REAL_PROGRAM);
	ck_assert_int_eq(real_find(&libraries[0], f.inside(), &f), REAL_INNER);
	ck_assert_int_eq(real_find(&libraries[0], f.inside(), &f), REAL_INNER);
}
END_TEST

START_TEST(more_call_sites_than_the_cache_holds_are_still_answered)
{
	const char *code = code_in("user_1.so");
	struct fixture f;

	for (int i = 0; i < 4 * REAL_SITES; i++) {
		ck_assert_int_eq(real_find(&libraries[0], code + i, &f), REAL_PROGRAM);
		ck_assert_str_eq(f.name(), "one");
	}
}
END_TEST

START_TEST(a_copy_that_was_closed_stays_callable)
{
	const void *(*code)(void);
	struct fixture f;
	void *handle;

	handle = dlopen(build_path("tests/preload/user_1c.so"), RTLD_NOW | RTLD_LOCAL);
	ck_assert_ptr_nonnull(handle);
	*(void **)&code = dlsym(handle, "user_code");
	ck_assert_int_eq(real_find(&libraries[0], code(), &f), REAL_PROGRAM);
	dlclose(handle);
	ck_assert_str_eq(f.name(), "one closed");
}
END_TEST

SUITE_MAIN("plugins/preload/resolve", NULL, {a_library_that_is_not_there_is_missing, 0},
	   {each_caller_gets_its_own_copy, 0}, {a_caller_hidden_by_a_tail_call_gets_a_loaded_copy, 0},
	   {the_library_itself_is_an_inner_caller, 0}, {more_call_sites_than_the_cache_holds_are_still_answered, 0},
	   {a_copy_that_was_closed_stays_callable, 0})

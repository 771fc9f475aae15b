/* SPDX-License-Identifier: Apache-2.0
 *
 * suite.h - the main of a test program whose tests need no more than a list.
 */
#ifndef TESTS_SUPPORT_SUITE_H
#define TESTS_SUPPORT_SUITE_H

#include <check.h>
#include <stdlib.h>

struct suite_entry {
	const TTest *test;
	int loops; /* 0: run once, _i is 0 */
};

static inline int suite_main_with(const char *name, const struct suite_entry *entries, size_t count,
				  void (*setup)(void), void (*teardown)(void))
{
	Suite *suite = suite_create(name);
	TCase *tc = tcase_create("all");
	SRunner *sr = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tc);
	tcase_set_timeout(tc, 100);
	tcase_add_checked_fixture(tc, setup, teardown);
	for (size_t i = 0; i < count; i++)
		tcase_add_loop_test(tc, entries[i].test, 0, entries[i].loops ? entries[i].loops : 1);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

static inline int suite_main(const char *name, const struct suite_entry *entries, size_t count, void (*setup)(void))
{
	return suite_main_with(name, entries, count, setup, NULL);
}

#define SUITE_MAIN_WITH(name, setup, teardown, ...)                                                                    \
	int main(void)                                                                                                 \
	{                                                                                                              \
		const struct suite_entry suite_list[] = {__VA_ARGS__};                                                 \
		return suite_main_with(name, suite_list, sizeof suite_list / sizeof *suite_list, setup, teardown);     \
	}

#define SUITE_MAIN(name, setup, ...) SUITE_MAIN_WITH(name, setup, NULL, __VA_ARGS__)

#endif

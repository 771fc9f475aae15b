/* SPDX-License-Identifier: Apache-2.0
 *
 * errors_test.c - result codes have names.
 */
#include "plugins/curl/errors.h"

#include "support/suite.h"

START_TEST(a_code_is_named_as_in_libcurls_documentation)
{
	ck_assert_str_eq(error_name(6), "CURLE_COULDNT_RESOLVE_HOST");
	ck_assert_str_eq(error_name(7), "CURLE_COULDNT_CONNECT");
	ck_assert_str_eq(error_name(28), "CURLE_OPERATION_TIMEDOUT");
}
END_TEST

START_TEST(an_unknown_code_is_other)
{
	ck_assert_str_eq(error_name(-1), "_OTHER");
	ck_assert_str_eq(error_name(20), "_OTHER"); /* obsolete */
	ck_assert_str_eq(error_name(100000), "_OTHER");
}
END_TEST

SUITE_MAIN("plugins/curl/errors", NULL, {a_code_is_named_as_in_libcurls_documentation, 0},
	   {an_unknown_code_is_other, 0})

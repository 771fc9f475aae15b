/* SPDX-License-Identifier: Apache-2.0
 *
 * proxy_test.c - which proxy a URL goes through.
 */
#include "http/proxy.h"

#include "support/suite.h"

static struct proxy with(const char *const *env, const char *url)
{
	const struct otel_boot boot = {.size = sizeof(boot), .env = env};
	return proxy_for(&boot, url);
}

START_TEST(each_scheme_has_its_variable)
{
	const char *const env[] = {"http_proxy=a", "https_proxy=b", "no_proxy=c", NULL};
	ck_assert_str_eq(with(env, "http://x/").url, "a");
	ck_assert_str_eq(with(env, "http://x/").variable, "http_proxy");
	ck_assert_str_eq(with(env, "https://x/").url, "b");
	ck_assert_str_eq(with(env, "HTTPS://x/").url, "b");
	ck_assert_str_eq(with(env, "http://x/").except, "c");
}
END_TEST

START_TEST(the_upper_case_form_counts_except_for_http)
{
	const char *const env[] = {"HTTP_PROXY=a", "HTTPS_PROXY=b", "NO_PROXY=c", NULL};
	ck_assert_str_eq(with(env, "http://x/").url, "");
	ck_assert_ptr_null(with(env, "http://x/").variable);
	ck_assert_str_eq(with(env, "https://x/").url, "b");
	ck_assert_str_eq(with(env, "https://x/").except, "c");
}
END_TEST

START_TEST(a_proxy_for_all_comes_last_and_an_empty_variable_is_unset)
{
	const char *const env[] = {"https_proxy=", "all_proxy=", "ALL_PROXY=z", NULL};
	ck_assert_str_eq(with(env, "https://x/").url, "z");
	ck_assert_str_eq(with(env, "http://x/").url, "z");
	ck_assert_str_eq(with(env, "http://x/").variable, "ALL_PROXY");
}
END_TEST

START_TEST(without_a_snapshot_or_with_privileges_there_is_none)
{
	const char *const env[] = {"http_proxy=a", "no_proxy=c", NULL};
	const struct otel_boot secure = {.size = sizeof(secure), .env = env, .secure = true};
	ck_assert_str_eq(proxy_for(&secure, "http://x/").url, "");
	ck_assert_str_eq(proxy_for(&secure, "http://x/").except, "");
	ck_assert_str_eq(proxy_for(NULL, "http://x/").url, "");
}
END_TEST

SUITE_MAIN("proxy", NULL, {each_scheme_has_its_variable, 0}, {the_upper_case_form_counts_except_for_http, 0},
	   {a_proxy_for_all_comes_last_and_an_empty_variable_is_unset, 0},
	   {without_a_snapshot_or_with_privileges_there_is_none, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * remote_settings_test.c - the argument, the URL and the name of the service.
 */
#include "plugins/jaeger_remote/remote_settings.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/suite.h"

static struct remote_settings settings;
static char wrongs[1024];

static void say(void *arg, struct view shown, const char *allowed)
{
	(void)arg;
	snprintf(wrongs + strlen(wrongs), sizeof wrongs - strlen(wrongs), "%.*s|%s\n", (int)shown.len, shown.ptr,
		 allowed);
}

static void read_text(const char *text)
{
	*wrongs = 0;
	remote_settings_read(&settings, text, say, NULL);
}

START_TEST(an_argument_that_is_not_there_leaves_the_defaults)
{
	read_text(_i ? "" : NULL);
	ck_assert(view_equals(settings.endpoint, "http://localhost:5778/sampling"));
	ck_assert_uint_eq(settings.interval_ms, 60000);
	ck_assert_double_eq(settings.initial_rate, 0.001);
	ck_assert_str_eq(wrongs, "");
}
END_TEST

START_TEST(the_specifications_example_is_read)
{
	read_text("endpoint=http://localhost:14250,pollingIntervalMs=5000,initialSamplingRate=0.25");
	ck_assert(view_equals(settings.endpoint, "http://localhost:14250"));
	ck_assert_uint_eq(settings.interval_ms, 5000);
	ck_assert_double_eq(settings.initial_rate, 0.25);
	read_text(" endpoint = https://h/p?a=b , ,initialSamplingRate=1,");
	ck_assert(view_equals(settings.endpoint, "https://h/p?a=b"));
	ck_assert_double_eq(settings.initial_rate, 1);
	ck_assert_str_eq(wrongs, "");
}
END_TEST

START_TEST(each_wrong_element_is_named_and_only_it_is_left_out)
{
	read_text("endpoint=ftp://"
		  "user:secret@host,pollingIntervalMs=99,initialSamplingRate=0.5,ratio=1,initialSamplingRate");
	ck_assert_str_eq(wrongs, "endpoint|endpoint=http://HOST:PORT/PATH or https://…\n"
				 "pollingIntervalMs=99|pollingIntervalMs= 100 to 2147483647\n"
				 "ratio|endpoint=, pollingIntervalMs=, initialSamplingRate=\n"
				 "initialSamplingRate|initialSamplingRate= 0 to 1\n");
	ck_assert(view_equals(settings.endpoint, "http://localhost:5778/sampling"));
	ck_assert_uint_eq(settings.interval_ms, 60000);
	ck_assert_double_eq(settings.initial_rate, 0.5);
}
END_TEST

START_TEST(the_url_asks_for_the_service)
{
	static const char *const rows[][3] = {
		{"http://localhost:5778/sampling", "shop", "http://localhost:5778/sampling?service=shop"},
		{"http://localhost:5778", "shop", "http://localhost:5778/sampling?service=shop"},
		{"http://localhost:5778/", "shop", "http://localhost:5778/sampling?service=shop"},
		{"https://h/a/b", "a b&c=d/ä", "https://h/a/b?service=a%20b%26c%3Dd%2F%C3%A4"},
		{"https://h/a?x=y", "s-1._~", "https://h/a?x=y&service=s-1._~"},
	};
	char *url = remote_url(view_of(rows[_i][0]), rows[_i][1]);

	ck_assert_str_eq(url, rows[_i][2]);
	free(url);
}
END_TEST

START_TEST(a_url_without_end_is_refused)
{
	static char service[10000];

	ck_assert_ptr_null(remote_url(view_of("http://h"), memset(service, 'x', sizeof service - 1)));
}
END_TEST

START_TEST(the_service_is_named_by_its_setting_its_attribute_or_the_program)
{
	static const char *const rows[][3] = {
		{"shop", "service.name=other", "shop"},
		{NULL, "a=b, service.name=the%20shop ,c=d", "the shop"},
		{"", "service.name=one,service.name=two", "two"},
		{NULL, "service.named=x", "unknown_service:jaeger_remote_remote_settings_test"},
		{NULL, NULL, "unknown_service:jaeger_remote_remote_settings_test"},
		{NULL, "service.name=%zz", "unknown_service:jaeger_remote_remote_settings_test"},
	};
	char *service = remote_service(rows[_i][0], rows[_i][1]);

	ck_assert_str_eq(service, rows[_i][2]);
	free(service);
}
END_TEST

SUITE_MAIN("remote_settings", NULL, {an_argument_that_is_not_there_leaves_the_defaults, 2},
	   {the_specifications_example_is_read, 0}, {each_wrong_element_is_named_and_only_it_is_left_out, 0},
	   {the_url_asks_for_the_service, 5}, {a_url_without_end_is_refused, 0},
	   {the_service_is_named_by_its_setting_its_attribute_or_the_program, 6})

/* SPDX-License-Identifier: Apache-2.0
 *
 * endpoint_test.c - the URL rules of the OTLP exporter.
 */
#include "otlp/endpoint.h"

#include <string.h>

#include "support/suite.h"

static const struct {
	const char *base;
	const char *url;
	const char *shown;
	unsigned port;
	bool tls;
} bases[] = {
	{"http://localhost:4318", "http://localhost:4318/v1/traces", "http://localhost:4318/v1/traces", 4318, false},
	{"http://h/", "http://h/v1/traces", "http://h/v1/traces", 80, false},
	{"https://h/x", "https://h/x/v1/traces", "https://h/x/v1/traces", 443, true},
	{"https://h/x//", "https://h/x/v1/traces", "https://h/x/v1/traces", 443, true},
	{"HTTPS://h:1", "HTTPS://h:1/v1/traces", "HTTPS://h:1/v1/traces", 1, true},
	{"http://[::1]:4318/a", "http://[::1]:4318/a/v1/traces", "http://[::1]:4318/a/v1/traces", 4318, false},
	{"http://u:p@h:9/a?k=s#f", "http://u:p@h:9/a/v1/traces?k=s", "http://h:9/a/v1/traces", 9, false},
	{"http://u:p@x@h", "http://u:p@x@h/v1/traces", "http://h/v1/traces", 80, false},
	{"  http://h  ", "http://h/v1/traces", "http://h/v1/traces", 80, false},
	{"http://h:", "http://h/v1/traces", "http://h/v1/traces", 80, false},
};

START_TEST(a_base_url_gets_the_signals_path_appended)
{
	struct endpoint endpoint;
	const char *why;
	ck_assert_msg(endpoint_of_base(&endpoint, bases[_i].base, "v1/traces", &why), "%s: %s", bases[_i].base, why);
	ck_assert_str_eq(endpoint.url, bases[_i].url);
	ck_assert_str_eq(endpoint.shown, bases[_i].shown);
	ck_assert_uint_eq(endpoint.port, bases[_i].port);
	ck_assert_int_eq(endpoint.tls, bases[_i].tls);
	endpoint_fini(&endpoint);
}
END_TEST

START_TEST(a_signals_own_url_is_used_as_it_is)
{
	static const char *const pairs[][2] = {
		{"http://h:4318", "http://h:4318/"},
		{"http://h:4318/", "http://h:4318/"},
		{"http://h:4318/custom/", "http://h:4318/custom/"},
		{"http://h?k=v", "http://h/?k=v"},
		{"https://h/v2/trace/otlp", "https://h/v2/trace/otlp"},
	};
	struct endpoint endpoint;
	const char *why;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		ck_assert(endpoint_of_signal(&endpoint, pairs[i][0], &why));
		ck_assert_str_eq(endpoint.url, pairs[i][1]);
		endpoint_fini(&endpoint);
	}
}
END_TEST

START_TEST(what_is_no_url_is_refused_with_a_reason)
{
	static const char *const bad[] = {
		"",           "localhost:4318",   "ftp://h",       "http://",     "http:///v1",        "http://:4318",
		"http://h:0", "http://h:65536",   "http://h:43x8", "http://h h/", "http://h/\r\nX: y", "http://[::1",
		"http://[]",  "http://[::1]4318", "http://u@",
	};
	struct endpoint endpoint;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const char *why = NULL;
		ck_assert_msg(!endpoint_of_base(&endpoint, bad[i], "v1/traces", &why), "\"%s\" was taken", bad[i]);
		ck_assert_ptr_nonnull(why);
		ck_assert_ptr_null(endpoint.url);
	}
}
END_TEST

START_TEST(a_url_too_long_is_refused)
{
	char url[9000] = "http://h/";
	struct endpoint endpoint;
	const char *why;
	memset(url + 9, 'a', sizeof url - 10);
	ck_assert(!endpoint_of_signal(&endpoint, url, &why));
}
END_TEST

START_TEST(a_message_shows_no_password_and_no_query)
{
	char out[32];
	endpoint_show(out, sizeof out, "user:secret@host:1?token=abc");
	ck_assert_str_eq(out, "***@host:1");
	endpoint_show(out, sizeof out, "a\nb");
	ck_assert_str_eq(out, "a b");
	endpoint_show(out, 6, "abcdefghij");
	ck_assert_str_eq(out, "abcde");
	endpoint_show(out, 3, "secret@host");
	ck_assert_str_eq(out, "**");
}
END_TEST

SUITE_MAIN("endpoint", NULL, {a_base_url_gets_the_signals_path_appended, sizeof bases / sizeof *bases},
	   {a_signals_own_url_is_used_as_it_is, 0}, {what_is_no_url_is_refused_with_a_reason, 0},
	   {a_url_too_long_is_refused, 0}, {a_message_shows_no_password_and_no_query, 0})

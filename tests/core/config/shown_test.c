/* SPDX-License-Identifier: Apache-2.0
 *
 * shown_test.c - no secret is seen, and everything else is.
 */
#include "config/shown.h"

#include <stdio.h>

#include "capture.h"
#include "config/store.h"
#include "support/suite.h"

static const otel_config_row open_row = {"s", "k", NULL, OTEL_CONFIG_STRING, 0, NULL, NULL, "Key."};
static const otel_config_row secret_row = {"s", "k", NULL, OTEL_CONFIG_STRING, OTEL_CONFIG_SECRET, NULL, NULL, "Key."};

static const char *shown(const otel_config_row *row, const char *text)
{
	static char out[1024];
	struct buf buf;

	buf_init(&buf, sizeof(out) - 1);
	config_show_value(&buf, row, text);
	snprintf(out, sizeof(out), "%s", buf_str(&buf));
	buf_fini(&buf);
	return out;
}

START_TEST(a_secret_key_shows_nothing_of_its_value)
{
	ck_assert_str_eq(shown(&secret_row, "abc"), "redacted");
	ck_assert_str_eq(shown(&secret_row, "a=b,c=d"), "redacted");
	ck_assert_str_eq(shown(&secret_row, ""), "redacted");
}
END_TEST

START_TEST(what_holds_no_secret_stays_as_it_is)
{
	static const char *const rows[] = {
		"",
		"shop",
		"tracecontext,baggage",
		"http://localhost:4318",
		"https://[::1]:4318/v1/traces",
		"service.name=shop,team=a b,,=,x",
		"mail=me@home,author=you,host=h:1",
		"endpoint=http://h:1/a,pollingIntervalMs=1",
		"a=%zz,b=100%",
		"k8s.namespace.name=tok",
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_str_eq(shown(&open_row, rows[i]), rows[i]);
}
END_TEST

START_TEST(secrets_inside_values_are_taken_out)
{
	static const char *const rows[][2] = {
		{"http://user:s3cret@h:1/x", "http://redacted@h:1/x"},
		{"http://s3cret@h", "http://redacted@h"},
		{"http://u:s3/cr@et@h", "http://redacted@h"},
		{"http://u:s3,cret@h", "http://redacted@h"},
		{"http://h/x?key=s3cret", "http://h/x?redacted"},
		{"http://h/#s3cret", "http://h/#redacted"},
		{"http://token=1#f,a=b,k:/,x_?c", "http://token=redacted,a=b,k:/,x_?redacted"},
		{"http://u:s3cret@h?key=s3cret#s3cret,b=c", "http://redacted@h?redacted,b=c"},
		{"a=http://x:s3cret@h,b=c", "a=http://redacted@h,b=c"},
		{"endpoint=http://h?k=s3cret,pollingIntervalMs=1", "endpoint=http://h?redacted,pollingIntervalMs=1"},
		{"db=postgres%3A%2F%2Fu%3As3cret%40h,b=c", "db=redacted,b=c"},
		{"api_key=s3cret", "api_key=redacted"},
		{"a=b, X-Api-Key = s3cret,c=d", "a=b, X-Api-Key =redacted,c=d"},
		{"Authorization=Bearer s3cret", "Authorization=redacted"},
		{"db.password=s3cret=s3cret", "db.password=redacted"},
		{"aws.secret_access_key=s3cret,GITHUB_TOKEN=s3cret,cookie=s3cret",
		 "aws.secret_access_key=redacted,GITHUB_TOKEN=redacted,cookie=redacted"},
		{"credentials=s3cret,PrivateKey=s3cret", "credentials=redacted,PrivateKey=redacted"},
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_str_eq(shown(&open_row, rows[i][0]), rows[i][1]);
}
END_TEST

SUITE_MAIN("shown", NULL, {a_secret_key_shows_nothing_of_its_value, 0}, {what_holds_no_secret_stays_as_it_is, 0},
	   {secrets_inside_values_are_taken_out, 0})

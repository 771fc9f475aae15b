/* SPDX-License-Identifier: Apache-2.0
 *
 * url_test.c - URLs are shown absolute and without secrets.
 */
#include "plugins/curl/url.h"

#include "support/suite.h"

static const struct {
	const char *given;
	const char *fallback;
	const char *shown; /* NULL: no URL */
	const char *host;
	int port;
} vectors[] = {
	{"http://example.com/", "", "http://example.com/", "example.com", 80},
	{"https://example.com", "", "https://example.com", "example.com", 443},
	{"HTTP://Example.COM:8080/x?y#z", "", "HTTP://Example.COM:8080/x?y#z", "Example.COM", 8080},
	{"example.com/x", "", "http://example.com/x", "example.com", 80},
	{"example.com:81/x", "https", "https://example.com:81/x", "example.com", 81},
	{"ftp.example.com", "", "ftp://ftp.example.com", "ftp.example.com", 21},
	{"http://[::1]:3000/", "", "http://[::1]:3000/", "::1", 3000},
	{"http://[fe80::1]/", "", "http://[fe80::1]/", "fe80::1", 80},
	{"http://host:/x", "", "http://host:/x", "host", 80},
	{"http://me:secret@host/", "", "http://REDACTED:REDACTED@host/", "host", 80},
	{"http://me@host:8/", "", "http://REDACTED:REDACTED@host:8/", "host", 8},
	{"http://me:p@ss@host/", "", "http://REDACTED:REDACTED@host/", "host", 80},
	{"me:secret@host/a@b", "", "http://REDACTED:REDACTED@host/a@b", "host", 80},
	{"http://host/?sig=abc", "", "http://host/?sig=REDACTED", "host", 80},
	{"http://host/?a=1&sig=abc&b=2", "", "http://host/?a=1&sig=REDACTED&b=2", "host", 80},
	{"http://host?sig=abc#sig=abc", "", "http://host?sig=REDACTED#sig=abc", "host", 80},
	{"http://host/?Sig=abc&signature=x", "", "http://host/?Sig=abc&signature=x", "host", 80},
	{"http://host/?sig=&sig", "", "http://host/?sig=&sig", "host", 80},
	{"http://host/?sig=a=b=c&&", "", "http://host/?sig=REDACTED&&", "host", 80},
	{"http://host/?sig=a?sig=b", "", "http://host/?sig=REDACTED", "host", 80},
	{"https://s3/k?X-Amz-Signature=1&X-Amz-Credential=2&X-Amz-Security-Token=3&AWSAccessKeyId=4&Signature=5", "",
	 "https://s3/k?X-Amz-Signature=REDACTED&X-Amz-Credential=REDACTED&X-Amz-Security-Token=REDACTED&"
	 "AWSAccessKeyId=REDACTED&Signature=REDACTED",
	 "s3", 443},
	{"https://gs/k?X-Goog-Signature=1", "", "https://gs/k?X-Goog-Signature=REDACTED", "gs", 443},
	{"http://me:pa/ss@host/", "", NULL, NULL, 0},
	{"http://me:pa?ss@host/", "", NULL, NULL, 0},
	{"http://host:99999/", "", NULL, NULL, 0},
	{"http://[::1/", "", NULL, NULL, 0},
	{"http://[::1]x/", "", NULL, NULL, 0},
	{"http:/me:secret@host/x", "", "http://REDACTED:REDACTED@host/x", "host", 80},
	{"http:///me:secret@host/x", "", "http://REDACTED:REDACTED@host/x", "host", 80},
	{"http:////nohost", "", NULL, NULL, 0},
	{"", "", NULL, NULL, 0},
	{"file:///etc/hosts", "", "file:///etc/hosts", "", 0},
};

START_TEST(a_url_is_shown_absolute_and_without_secrets)
{
	struct url url;
	struct buf text;

	buf_init(&text, 4096);
	if (!vectors[_i].shown) {
		ck_assert(!url_parse(view_of(vectors[_i].given), view_of(vectors[_i].fallback), &url));
		return;
	}
	ck_assert(url_parse(view_of(vectors[_i].given), view_of(vectors[_i].fallback), &url));
	ck_assert(url_redact(&url, &text));
	ck_assert_str_eq(buf_str(&text), vectors[_i].shown);
	ck_assert(view_equals(url.host, vectors[_i].host));
	ck_assert_int_eq(url.port, vectors[_i].port);
	buf_fini(&text);
}
END_TEST

START_TEST(a_missing_url_is_no_url)
{
	struct url url;

	ck_assert(!url_parse(view_of(NULL), view_of(""), &url));
}
END_TEST

START_TEST(a_url_that_does_not_fit_is_not_shown)
{
	struct url url;
	struct buf text;

	ck_assert(url_parse(view_of("http://example.com/a/long/path"), view_of(""), &url));
	buf_init(&text, 10);
	ck_assert(!url_redact(&url, &text));
	buf_fini(&text);
}
END_TEST

START_TEST(only_http_and_https_are_http)
{
	static const struct {
		const char *text;
		bool http;
	} cases[] = {{"http://h", true}, {"HTTPS://h", true}, {"ftp://h", false}, {"ws://h", false}};
	struct url url;

	ck_assert(url_parse(view_of(cases[_i].text), view_of(""), &url));
	ck_assert(url_is_http(&url) == cases[_i].http);
}
END_TEST

SUITE_MAIN("plugins/curl/url", NULL, {a_url_is_shown_absolute_and_without_secrets, sizeof vectors / sizeof *vectors},
	   {a_missing_url_is_no_url, 0}, {a_url_that_does_not_fit_is_not_shown, 0}, {only_http_and_https_are_http, 4})

/* SPDX-License-Identifier: Apache-2.0
 *
 * auth_url_test.c - where credentials may go, and the Host header that is signed.
 */
#include "sdk/auth_url.h"

#include <stdlib.h>
#include <string.h>

#include "support/suite.h"

static const struct {
	const char *url;
	bool keeps;
	const char *host; /* NULL: not clear */
} rows[] = {
	{"https://example.com", true, "example.com"},
	{"HTTPS://example.com:443/v1/traces", true, "example.com"},
	{"https://example.com:80/", true, "example.com:80"},
	{"https://user:secret@example.com/", true, NULL},
	{"https://[fe80::1%25eth0]/", true, NULL},
	{"https://z\xc3\xbcrich.example/", true, NULL},
	{"http://localhost:4318/v1/traces", true, "localhost:4318"},
	{"http://LocalHost", true, "LocalHost"},
	{"http://127.0.0.1", true, "127.0.0.1"},
	{"http://127.1.2.3:80?x", true, "127.1.2.3"},
	{"http://[::1]:4318#x", true, "[::1]:4318"},
	{"http://[0:0:0:0:0:0:0:1]", true, "[0:0:0:0:0:0:0:1]"},
	{"http://example.com", false, "example.com"},
	{"http://localhost.example.com", false, "localhost.example.com"},
	{"http://127.0.0.1.example.com", false, "127.0.0.1.example.com"},
	{"http://10.0.0.1:443", false, "10.0.0.1:443"},
	{"http://[::2]", false, "[::2]"},
	{"http://[::ffff:127.0.0.1]", false, "[::ffff:127.0.0.1]"},
	{"http://127.0.0.1@example.com", false, NULL},
	{"http://localhost:x@example.com", false, NULL},
	{"http://localhost:4318@example.com", false, NULL},
	{"http://127.0.0.1\\@example.com", false, NULL},
	{"http://localhost%2eexample.com", false, NULL},
	{"http://[::1]example.com", false, NULL},
	{"http://[::1", false, NULL},
	{"http://[]", false, NULL},
	{"http://localhost:", false, NULL},
	{"http://localhost:0", false, NULL},
	{"http://localhost:65536", false, NULL},
	{"http://localhost:080", false, NULL},
	{"http://:4318", false, NULL},
	{"http://", false, NULL},
	{"http:///v1/traces", false, NULL},
	{"ftp://localhost", false, NULL},
	{"localhost", false, NULL},
	{"", false, NULL},
};

START_TEST(a_url_is_what_it_plainly_is)
{
	char host[64] = "";
	const bool clear = url_host(rows[_i].url, host, sizeof(host));

	ck_assert_msg(url_keeps_secrets(rows[_i].url) == rows[_i].keeps, "%s", rows[_i].url);
	ck_assert_msg(clear == (rows[_i].host != NULL), "%s: %s", rows[_i].url, host);
	if (clear)
		ck_assert_str_eq(host, rows[_i].host);
}
END_TEST

START_TEST(a_host_that_does_not_fit_is_left_to_libcurl)
{
	char host[12];

	ck_assert(url_host("https://example.com", host, sizeof(host)));
	ck_assert(!url_host("https://example.com:1", host, sizeof(host)));
}
END_TEST

SUITE_MAIN("auth_url", NULL, {a_url_is_what_it_plainly_is, sizeof(rows) / sizeof(*rows)},
	   {a_host_that_does_not_fit_is_left_to_libcurl, 0})

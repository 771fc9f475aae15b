/* SPDX-License-Identifier: Apache-2.0
 *
 * headers_test.c - headers in one line, secrets left out.
 */
#include "tools/otel-c/sink/headers.h"

#include <stdio.h>

#include "support/suite.h"

static void assert_line(const char *name, const char *value, const char *want)
{
	struct buf line;

	buf_init(&line, 4096);
	sink_headers_begin(&line, "POST", "/v1/traces");
	sink_headers_add(&line, name, value);
	ck_assert_str_eq(buf_str(&line), want);
	buf_fini(&line);
}

START_TEST(plain_headers_are_shown)
{
	assert_line("User-Agent", "otel-c/0.1.0", "request POST /v1/traces | User-Agent: otel-c/0.1.0");
}
END_TEST

START_TEST(secrets_are_named_but_not_shown)
{
	static const char *const names[] = {"Authorization", "x-sf-token", "X-Amz-Security-Token", "Cookie",
					    "api-key",       "X-Secret",   "Proxy-Authorization"};
	char want[100];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(want, sizeof(want), "request POST /v1/traces | %s: (redacted)", names[i]);
		assert_line(names[i], "hush", want);
	}
}
END_TEST

START_TEST(values_stay_on_one_line)
{
	assert_line("X", "a\nb", "request POST /v1/traces | X: a\\nb");
}
END_TEST

SUITE_MAIN("sink_headers", NULL, {plain_headers_are_shown, 0}, {secrets_are_named_but_not_shown, 0},
	   {values_stay_on_one_line, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * exchange_test.c - what is kept of requests and answers, and what is not.
 */
#include "tools/otel-c/doctor/exchange.h"

#include <stdio.h>
#include <string.h>

#include "sdk/http_door.h"
#include "support/suite.h"

static struct exchange exchange;
static void (*saw)(const otel_http_request *request, const otel_http_reply *reply);

/* In place of the door's. */
void door_watch(void (*watcher)(const otel_http_request *request, const otel_http_reply *reply))
{
	saw = watcher;
}

static void setup(void)
{
	exchange = (struct exchange){.port = 0};
	exchange_watch();
}

static void answer(const char *url, otel_http_error error, int status)
{
	const otel_header headers[] = {{"Content-Type", "application/x-protobuf"}, {"X-Token", "hunter2"}};
	const otel_http_request request = {
		.size = sizeof request, .method = "POST", .url = url, .headers = headers, .header_count = 2};
	const otel_http_reply reply = {.size = sizeof reply, .error = error, .status = status, .message = ""};

	saw(&request, &reply);
}

START_TEST(a_url_is_taken_apart_without_its_secrets)
{
	ck_assert(exchange_read_url(&exchange, "https://user:hunter2@gateway.example/a/b?key=hunter2"));
	ck_assert_str_eq(exchange.shown, "https://gateway.example/a/b");
	ck_assert_str_eq(exchange.authority, "gateway.example");
	ck_assert_str_eq(exchange.host, "gateway.example");
	ck_assert_str_eq(exchange.path, "/a/b");
	ck_assert_uint_eq(exchange.port, 443);
	ck_assert(exchange.tls);
}
END_TEST

START_TEST(an_address_in_brackets_is_a_host_without_them)
{
	ck_assert(exchange_read_url(&exchange, "http://[::1]:4318/v1/traces"));
	ck_assert_str_eq(exchange.authority, "[::1]:4318");
	ck_assert_str_eq(exchange.host, "::1");
	ck_assert_uint_eq(exchange.port, 4318);
	ck_assert(!exchange.tls);
}
END_TEST

START_TEST(what_is_no_url_is_refused)
{
	ck_assert(!exchange_read_url(&exchange, "ftp://x"));
	ck_assert(!exchange_read_url(&exchange, "http://[::1"));
}
END_TEST

static void get(const char *url)
{
	const otel_http_request request = {.size = sizeof request, .method = "GET", .url = url};
	const otel_http_reply reply = {.size = sizeof reply, .status = 200, .message = ""};

	saw(&request, &reply);
}

static size_t count(const struct exchange *first)
{
	size_t n = 0;

	for (const struct exchange *x = first; x; x = x->next)
		n++;
	return n;
}

/* One list in a process, and it is read once. */
START_TEST(the_newest_answer_to_an_export_counts_unless_we_gave_up)
{
	const struct exchange *first;
	char url[64];

	get("http://169.254.169.254/");
	answer("http://a/v1/traces", OTEL_HTTP_OK, 503);
	answer("http://b/v1/traces", OTEL_HTTP_REFUSED, 0);
	answer("http://a/v1/traces", OTEL_HTTP_OK, 200);
	answer("http://b/v1/traces", OTEL_HTTP_CANCELLED, 0);
	for (int i = 0; i < 100; i++) {
		snprintf(url, sizeof url, "http://host-%d/v1/traces", i);
		answer(url, OTEL_HTTP_OK, 200);
	}
	first = exchange_exports();
	ck_assert_int_eq(first->status, 200);
	ck_assert_str_eq(first->next->shown, "http://b/v1/traces");
	ck_assert_int_eq(first->next->error, OTEL_HTTP_REFUSED);
	ck_assert(first->has_headers);
	ck_assert_ptr_null(memmem(first, sizeof *first, "hunter2", 7));
	ck_assert_uint_eq(count(first), 16);
	answer("http://a/v1/traces", OTEL_HTTP_OK, 500);
	ck_assert_int_eq(first->status, 200);
}
END_TEST

SUITE_MAIN("tools/otel-c/doctor/exchange", setup, {a_url_is_taken_apart_without_its_secrets, 0},
	   {an_address_in_brackets_is_a_host_without_them, 0}, {what_is_no_url_is_refused, 0},
	   {the_newest_answer_to_an_export_counts_unless_we_gave_up, 0})

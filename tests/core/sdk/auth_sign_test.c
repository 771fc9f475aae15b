/* SPDX-License-Identifier: Apache-2.0
 *
 * auth_sign_test.c - what becomes of the headers of a request when it is signed, and what an authenticator may not add.
 */
#include "sdk/auth_sign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/suite.h"

/* ---- what the rest of the SDK would be ---- */

void door_wake(void);

void door_wake(void)
{
}

/* ---- an authenticator that adds what the case says ---- */

static otel_header added[64];
static size_t added_count;
static otel_status answer;
static size_t seen_count;

static otel_status sign(void *self, const otel_http_request *request,
			void (*add_header)(void *arg, const char *name, const char *value), void *arg)
{
	(void)self;
	for (size_t i = 0; i < added_count; i++) {
		char name[64], value[64];
		if (!added[i].name || !added[i].value) {
			add_header(arg, added[i].name, added[i].value);
			continue;
		}
		snprintf(name, sizeof(name), "%s", added[i].name);
		snprintf(value, sizeof(value), "%s", added[i].value);
		add_header(arg, name, value);
		memset(name, 'x', sizeof(name)); /* borrowed for the call */
		memset(value, 'x', sizeof(value));
	}
	seen_count = request->header_count; /* as before, whatever was added */
	return answer;
}

static const otel_authenticator vtable = {.component = {.size = sizeof(vtable)}, .sign = sign};

static struct auth *auth;
static const char *why;

static void set_up(void)
{
	static struct component component = {.name = "a", .vtable = &vtable};
	struct component *const components[] = {&component};

	auth_setup(&(struct auth_options){.components = components, .count = 1});
	auth = auth_find("a");
	added_count = 0;
	answer = OTEL_OK;
	why = NULL;
}

static void add(const char *name, const char *value)
{
	added[added_count++] = (otel_header){name, value};
}

/* All headers as "name=value;", or the reason why there are none. */
static const char *sign_headers(const otel_header *headers, size_t count)
{
	static char text[4096];
	const otel_http_request request = {.size = sizeof(request),
					   .method = "POST",
					   .url = "https://example.com:443/v1/traces",
					   .headers = headers,
					   .header_count = count};
	struct signature *signature = signature_make(auth, &request, &why);

	*text = '\0';
	if (!signature)
		return why;
	for (size_t i = 0; i < signature->count; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s=%s;", signature->headers[i].name,
			 signature->headers[i].value);
	signature_free(signature);
	return text;
}

static const otel_header own[] = {{"Content-Type", "text/plain"}, {"x-a", "1"}, {"X-A", "2"}, {"x-b", "3"}};

START_TEST(what_is_added_stands_behind_the_rest)
{
	add("Authorization", "secret");
	ck_assert_str_eq(sign_headers(own, 1), "Content-Type=text/plain;Host=example.com;Authorization=secret;");
	ck_assert_uint_eq(seen_count, 2);
	ck_assert_str_eq(sign_headers(NULL, 0), "Host=example.com;Authorization=secret;");
}
END_TEST

START_TEST(a_header_of_the_same_name_is_replaced_whatever_its_case)
{
	add("X-a", "new");
	add("content-type", "");
	add("HOST", "other");
	add("X-A", "newer");
	ck_assert_str_eq(sign_headers(own, 4), "content-type=;X-A=newer;x-b=3;HOST=other;");
	ck_assert_uint_eq(seen_count, 5);
}
END_TEST

START_TEST(a_host_of_the_caller_s_own_stays)
{
	const otel_header host = {"host", "virtual"};
	ck_assert_str_eq(sign_headers(&host, 1), "host=virtual;");
}
END_TEST

START_TEST(what_is_no_header_keeps_the_request_from_being_sent)
{
	static const otel_header bad[] = {{"", "v"},       {"a b", "v"},       {"a:", "v"},
					  {"a\r\nb", "v"}, {"n", "a\r\nb: c"}, {"n", "a\nb"},
					  {"n", "\x7f"},   {NULL, "v"},        {"n", NULL}};
	added[added_count++] = bad[_i];
	add("fine", "v");
	ck_assert_str_eq(sign_headers(own, 1), "it adds a header that is none");
}
END_TEST

START_TEST(there_is_an_end_to_what_may_be_added)
{
	for (int i = 0; i < 33; i++)
		add("n", "v");
	ck_assert_str_eq(sign_headers(own, 1), "it adds more than 32 headers or 64 KiB");
	added_count = 32;
	ck_assert_str_eq(sign_headers(own, 1), "Content-Type=text/plain;Host=example.com;n=v;");
}
END_TEST

START_TEST(who_does_not_sign_lets_nothing_through)
{
	add("Authorization", "secret");
	answer = OTEL_FAILED;
	ck_assert_str_eq(sign_headers(own, 1), "it did not sign the request");
}
END_TEST

SUITE_MAIN("auth_sign", set_up, {what_is_added_stands_behind_the_rest, 0},
	   {a_header_of_the_same_name_is_replaced_whatever_its_case, 0}, {a_host_of_the_caller_s_own_stays, 0},
	   {what_is_no_header_keeps_the_request_from_being_sent, 9}, {there_is_an_end_to_what_may_be_added, 0},
	   {who_does_not_sign_lets_nothing_through, 0})

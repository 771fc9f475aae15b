/* SPDX-License-Identifier: Apache-2.0
 *
 * oauth2_test.c - the module with a host of our own: what it asks for, what it makes of answers, how it signs.
 */
#include <check.h>
#include <otel/plugin.h>
#include <stdlib.h>
#include <unistd.h>

#include "fake_host.h"
#include "support/build.h"
#include "support/suite.h"

#define TOKEN(name, more) "{\"access_token\":\"" name "\",\"token_type\":\"Bearer\"" more "}"
#define OP                ((otel_auth_op *)(uintptr_t)17)

static void *state;
static char signed_with[256];

static void load(void)
{
	const otel_plugin *plugin = build_plugin("lib/otel-c/oauth2.so");

	ck_assert_uint_eq(plugin->row_count, 13);
	ck_assert_int_eq(plugin->setup(&fake_host, NULL), OTEL_OK);
}

static void close_state(void)
{
	if (state)
		fake.authenticator->component.close(state);
	free(state);
	state = NULL;
}

static void open_again(void)
{
	close_state();
	state = calloc(1, fake.authenticator->component.state_size);
	ck_assert_int_eq(fake.authenticator->component.open(state, &fake_host, NULL), OTEL_OK);
}

static void setup(void)
{
	if (!fake.authenticator)
		load();
	close_state();
	fake_reset();
	open_again();
}

static void prepare(void)
{
	ck_assert_int_eq(fake.authenticator->prepare(state, OP, false), OTEL_OK);
}

static void answer_with(otel_http_error error, int status, const char *body, const char *retry_after)
{
	const otel_http_reply reply = {.size = sizeof reply,
				       .error = error,
				       .status = status,
				       .message = error ? "connection refused" : "",
				       .content_type = "application/json",
				       .retry_after = retry_after,
				       .body = (const uint8_t *)body,
				       .body_len = strlen(body)};
	fake.on_reply(fake.arg, &reply);
	ck_assert_ptr_eq(fake.op, OP);
}

static void answer(int status, const char *body)
{
	answer_with(OTEL_HTTP_OK, status, body, "");
}

static void add_header(void *arg, const char *name, const char *value)
{
	(void)arg;
	ck_assert_str_eq(name, "Authorization");
	snprintf(signed_with, sizeof signed_with, "%s", value);
}

static const char *sign(void)
{
	const otel_http_request request = {.size = sizeof request};

	*signed_with = '\0';
	return fake.authenticator->sign(state, &request, add_header, NULL) == OTEL_OK ? signed_with : NULL;
}

static void assert_failed(const char *message)
{
	ck_assert_uint_eq(fake.finished, 1);
	ck_assert_int_eq(fake.status, OTEL_FAILED);
	ck_assert_str_eq(fake.message, message);
	fake.finished = 0;
}

START_TEST(a_token_is_asked_for_as_the_standard_has_it)
{
	prepare();
	ck_assert_uint_eq(fake.requests, 1);
	ck_assert_str_eq(fake.request.method, "POST");
	ck_assert_str_eq(fake.request.url, "https://login.example/token");
	ck_assert_str_eq(fake.content_type, "application/x-www-form-urlencoded");
	ck_assert_str_eq(fake.authorization, "Basic c2hvcDpzM2NyM3Q=");
	ck_assert_str_eq(fake.body, "grant_type=client_credentials");
	ck_assert_uint_eq(fake.request.timeout_ms, 10000);
	ck_assert_uint_le(fake.request.max_reply, 1u << 20);
	ck_assert_uint_eq(fake.finished, 0);
	ck_assert_ptr_null(sign());
	answer(200, TOKEN("at-1", ",\"expires_in\":3600"));
	ck_assert_int_eq(fake.status, OTEL_OK);
	ck_assert_str_eq(sign(), "Bearer at-1");
}
END_TEST

START_TEST(a_token_counts_as_expired_before_it_is)
{
	static const struct {
		const char *body;
		uint32_t valid_ms;
	} cases[] = {
		{TOKEN("t", ",\"expires_in\":3600"), 3600000 - 30000 - 500},
		{TOKEN("t", ",\"expires_in\":20"), 10000 - 500}, /* half of it is left */
		{TOKEN("t", ",\"expires_in\":1"), 1000},
		{TOKEN("t", ",\"expires_in\":1000000000"), UINT32_MAX},
		{TOKEN("t", ""), 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		prepare();
		fake.now_ms += 500;
		answer(200, cases[i].body);
		ck_assert_int_eq(fake.status, OTEL_OK);
		ck_assert_uint_eq(fake.valid_ms, cases[i].valid_ms);
	}
}
END_TEST

START_TEST(the_last_good_token_stays_until_there_is_another)
{
	prepare();
	answer(200, TOKEN("at-1", ""));
	prepare();
	answer(500, "");
	ck_assert_int_eq(fake.status, OTEL_FAILED);
	ck_assert_str_eq(sign(), "Bearer at-1");
	prepare();
	answer(200, TOKEN("at-2", ""));
	ck_assert_str_eq(sign(), "Bearer at-2");
}
END_TEST

START_TEST(an_error_is_told_in_the_servers_words)
{
	prepare();
	answer(401, "{\"error\":\"invalid_client\",\"error_description\":\"who?\"}");
	assert_failed("https://login.example/token answered 401, invalid_client: who?");
	prepare();
	answer(500, "<html>");
	assert_failed("https://login.example/token answered 500");
	prepare();
	answer(302, "");
	assert_failed("https://login.example/token answered 302; redirects are not followed");
	prepare();
	answer(200, "{}");
	assert_failed("https://login.example/token answered 200, but it holds no access_token");
	prepare();
	answer(200, "{\"error\":\"invalid_scope\"}");
	assert_failed("https://login.example/token answered 200, invalid_scope");
	prepare();
	answer_with(OTEL_HTTP_REFUSED, 0, "", "");
	assert_failed("no token from https://login.example/token: connection refused");
}
END_TEST

START_TEST(words_that_repeat_the_secret_are_not_passed_on)
{
	static const char *const echoes[] = {
		"{\"error\":\"e\",\"error_description\":\"client_secret=s3 cr+t is wrong\"}",
		"{\"error\":\"e\",\"error_description\":\"client_secret=s3%20cr%2Bt is wrong\"}",
		"{\"error\":\"e\",\"error_description\":\"Authorization: Basic c2hvcDpzMyUyMGNyJTJCdA==\"}",
		"{\"error\":\"s3 cr+t\"}",
	};

	fake_set("client_secret", "s3 cr+t");
	open_again();
	for (size_t i = 0; i < sizeof echoes / sizeof *echoes; i++) {
		prepare();
		answer(400, echoes[i]);
		assert_failed("https://login.example/token answered 400 in words that hold the secret");
	}
}
END_TEST

START_TEST(a_secret_is_not_shown_in_part_where_words_are_cut)
{
	char body[300];

	fake_set("client_secret", "0123456789abcdefghijklmnopqrstuvwxyz");
	open_again();
	prepare();
	snprintf(body, sizeof body, "{\"error\":\"e\",\"error_description\":\"%092d%s\"}", 0,
		 "0123456789abcdefghijklmnopqrstuvwxyz");
	answer(400, body);
	assert_failed("https://login.example/token answered 400 in words that hold the secret");
}
END_TEST

START_TEST(a_server_that_asks_for_patience_is_left_alone)
{
	prepare();
	answer_with(OTEL_HTTP_OK, 503, "", "5");
	ck_assert_uint_eq(fake.requests, 1);
	fake.finished = 0;
	fake.now_ms += 4999;
	prepare();
	assert_failed("the authorization server asked for patience");
	ck_assert_uint_eq(fake.requests, 1);
	fake.now_ms += 1300; /* up to a quarter more */
	prepare();
	ck_assert_uint_eq(fake.requests, 2);
	answer(200, TOKEN("t", ""));
	ck_assert_int_eq(fake.status, OTEL_OK);
}
END_TEST

START_TEST(a_request_that_cannot_be_made_is_a_failure_at_once)
{
	fake.http_status = OTEL_NO_MEMORY;
	prepare();
	assert_failed("the request for a token could not be made");
}
END_TEST

START_TEST(a_secret_in_a_file_is_read_for_each_token)
{
	char path[] = "/tmp/oauth2_test.XXXXXX", message[300];
	const int fd = mkstemp(path);

	ck_assert_int_ge(fd, 0);
	fake_set("client_secret", NULL);
	fake_set("client_secret_file", path);
	open_again();
	ck_assert_int_eq((int)write(fd, "one\n", 4), 4);
	prepare();
	ck_assert_str_eq(fake.authorization, "Basic c2hvcDpvbmU=");
	answer(200, TOKEN("t", ""));
	ck_assert_int_eq((int)pwrite(fd, "two\n", 4, 0), 4);
	prepare();
	ck_assert_str_eq(fake.authorization, "Basic c2hvcDp0d28=");
	answer(200, TOKEN("t", ""));
	close(fd);
	unlink(path);
	fake.finished = 0;
	prepare();
	snprintf(message, sizeof message, "no secret from \"%s\": No such file or directory", path);
	assert_failed(message);
}
END_TEST

START_TEST(a_second_request_does_not_disturb_the_first)
{
	void (*first)(void *arg, const otel_http_reply *reply);
	const otel_http_reply gone = {.size = sizeof gone,
				      .error = OTEL_HTTP_CANCELLED,
				      .message = "cancelled",
				      .content_type = "",
				      .retry_after = ""};

	prepare();
	first = fake.on_reply;
	void *arg = fake.arg;
	prepare(); /* in the child of a fork */
	first(arg, &gone);
	ck_assert_int_eq(fake.status, OTEL_FAILED);
	answer(200, TOKEN("at-2", ""));
	ck_assert_int_eq(fake.status, OTEL_OK);
	ck_assert_str_eq(sign(), "Bearer at-2");
}
END_TEST

START_TEST(tls_of_its_own_and_the_time_are_those_of_the_settings)
{
	fake_set("certificate", "ca.pem");
	fake_set("client_certificate", "c.pem");
	fake_set("client_key", "k.pem");
	fake_set("client_auth", "tls_client_auth");
	fake_set("timeout", "250");
	open_again();
	prepare();
	ck_assert_str_eq(fake.request.ca_file, "ca.pem");
	ck_assert_str_eq(fake.request.client_cert, "c.pem");
	ck_assert_str_eq(fake.request.client_key, "k.pem");
	ck_assert_uint_eq(fake.request.timeout_ms, 250);
	ck_assert_str_eq(fake.authorization, "");
	ck_assert_str_eq(fake.body, "grant_type=client_credentials&client_id=shop");
	answer(200, TOKEN("t", ""));
	close_state();
}
END_TEST

SUITE_MAIN("oauth2", setup, {a_token_is_asked_for_as_the_standard_has_it, 0},
	   {a_token_counts_as_expired_before_it_is, 0}, {the_last_good_token_stays_until_there_is_another, 0},
	   {an_error_is_told_in_the_servers_words, 0}, {words_that_repeat_the_secret_are_not_passed_on, 0},
	   {a_secret_is_not_shown_in_part_where_words_are_cut, 0}, {a_server_that_asks_for_patience_is_left_alone, 0},
	   {a_request_that_cannot_be_made_is_a_failure_at_once, 0}, {a_secret_in_a_file_is_read_for_each_token, 0},
	   {a_second_request_does_not_disturb_the_first, 0}, {tls_of_its_own_and_the_time_are_those_of_the_settings, 0})

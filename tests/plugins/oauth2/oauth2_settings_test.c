/* SPDX-License-Identifier: Apache-2.0
 *
 * oauth2_settings_test.c - what is refused, and in which words.
 */
#include "plugins/oauth2/oauth2_settings.h"

#include <stdlib.h>

#include "fake_host.h"
#include "support/suite.h"

static struct oauth2_settings settings;

static bool read_settings(void)
{
	*fake.said = '\0';
	oauth2_settings_fini(&settings);
	return oauth2_settings_read(&settings, &fake_host, NULL);
}

static void assert_refused(const char *key, const char *value, const char *said)
{
	fake_reset();
	fake_set(key, value);
	ck_assert(!read_settings());
	ck_assert_str_eq(fake.said, said);
	ck_assert_ptr_null(strstr(fake.said, "s3cr3t"));
}

START_TEST(a_url_a_client_and_a_secret_are_enough)
{
	ck_assert(read_settings());
	ck_assert_str_eq(fake.said, "");
	ck_assert_int_eq(settings.client_auth, CLIENT_SECRET_BASIC);
	ck_assert_str_eq(settings.shown, "https://login.example/token");
	ck_assert_str_eq(buf_str(&settings.fixed), "grant_type=client_credentials");
	ck_assert_uint_eq(settings.timeout_ms, 10000);
	ck_assert_uint_eq(settings.expiry_margin_ms, 30000);
}
END_TEST

START_TEST(what_is_missing_is_named)
{
	assert_refused("token_url", NULL,
		       "[auth.oauth2] token_url (OTEL_C_OAUTH2_TOKEN_URL) is not set; nothing is signed");
	assert_refused("client_id", "",
		       "[auth.oauth2] client_id (OTEL_C_OAUTH2_CLIENT_ID) is not set; nothing is signed");
	assert_refused("client_secret", NULL,
		       "[auth.oauth2] client_secret (OTEL_C_OAUTH2_CLIENT_SECRET) or client_secret_file is not set; "
		       "nothing is signed");
	assert_refused("client_key", "k.pem",
		       "client_key: client_key and client_certificate go together: one is missing; nothing is signed");
	assert_refused("client_auth", "tls_client_auth",
		       "client_auth: tls_client_auth needs client_certificate and client_key; nothing is signed");
}
END_TEST

START_TEST(a_secret_goes_over_plain_http_to_this_machine_alone)
{
	static const char *const near[] = {"http://localhost:8080/t", "http://127.0.0.1/t", "http://[::1]:1/t"};
	static const char *const far[] = {"http://login.example/t", "http://127.0.0.1.example/t", "http://10.0.0.1/t"};

	for (size_t i = 0; i < 3; i++) {
		fake_set("token_url", near[i]);
		ck_assert(read_settings());
		fake_set("token_url", far[i]);
		fake.allow_insecure = true;
		ck_assert(read_settings());
		fake.allow_insecure = false;
		ck_assert(!read_settings());
		ck_assert_ptr_nonnull(strstr(fake.said, "a secret is not sent over plain http to another machine"));
	}
}
END_TEST

START_TEST(a_url_with_a_user_or_a_fragment_is_refused_and_its_query_is_not_shown)
{
	assert_refused("token_url", "https://joe:s3cr3t@login.example/token",
		       "token_url: it holds a user; allowed: client_id and client_secret for that; nothing is signed");
	assert_refused("token_url", "https://login.example/token#x",
		       "token_url: it has a fragment (#); allowed: a URL without; nothing is signed");
	fake_set("token_url", "https://login.example/token?key=s3cr3t@x");
	ck_assert(read_settings());
	ck_assert_str_eq(settings.shown, "https://login.example/token");
}
END_TEST

START_TEST(a_file_wins_over_a_secret_and_says_so)
{
	fake_set("client_secret_file", "/run/secret");
	ck_assert(read_settings());
	ck_assert_str_eq(fake.said, "client_secret: ignored, for client_secret_file is set as well");
	fake_set("client_secret", NULL);
	ck_assert(read_settings());
	ck_assert_str_eq(fake.said, "");
}
END_TEST

START_TEST(a_wrong_parameter_is_named_by_its_place_without_its_value)
{
	assert_refused("parameters", "a=b,scope=s3cr3t",
		       "parameters: element 2: that parameter follows from other settings; allowed: "
		       "name=value,name=value; nothing is signed");
	assert_refused("parameters", "s3cr3t",
		       "parameters: element 1: it is not name=value; allowed: name=value,name=value; nothing is "
		       "signed");
}
END_TEST

START_TEST(each_way_to_show_the_client_is_known_by_its_name)
{
	static const char *const names[] = {"client_secret_basic", "CLIENT_SECRET_POST", "tls_client_auth"};

	fake_set("client_key", "k.pem");
	fake_set("client_certificate", "c.pem");
	for (int i = 0; i < 3; i++) {
		fake_set("client_auth", names[i]);
		ck_assert(read_settings());
		ck_assert_int_eq(settings.client_auth, i);
	}
	ck_assert_str_eq(settings.client_cert, "c.pem");
	ck_assert_str_eq(settings.client_key, "k.pem");
}
END_TEST

START_TEST(every_row_has_a_variable_of_its_own_and_help)
{
	for (size_t i = 0; i < OAUTH2_ROWS; i++) {
		char name[64] = "OTEL_C_OAUTH2_";
		for (const char *p = oauth2_rows[i].key; *p; p++) {
			const size_t n = strlen(name);
			name[n] = (char)(*p >= 'a' && *p <= 'z' ? *p - 'a' + 'A' : *p);
			name[n + 1] = '\0';
		}
		ck_assert_str_eq(oauth2_rows[i].env, name);
		ck_assert_str_eq(oauth2_rows[i].section, "auth.oauth2");
		ck_assert_ptr_nonnull(oauth2_rows[i].help);
	}
}
END_TEST

SUITE_MAIN("oauth2_settings", fake_reset, {a_url_a_client_and_a_secret_are_enough, 0}, {what_is_missing_is_named, 0},
	   {a_secret_goes_over_plain_http_to_this_machine_alone, 0},
	   {a_url_with_a_user_or_a_fragment_is_refused_and_its_query_is_not_shown, 0},
	   {a_file_wins_over_a_secret_and_says_so, 0}, {a_wrong_parameter_is_named_by_its_place_without_its_value, 0},
	   {each_way_to_show_the_client_is_known_by_its_name, 0}, {every_row_has_a_variable_of_its_own_and_help, 0})

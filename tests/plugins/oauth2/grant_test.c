/* SPDX-License-Identifier: Apache-2.0
 *
 * grant_test.c - the request for a token, byte by byte.
 */
#include "plugins/oauth2/grant.h"

#include <string.h>

#include "support/suite.h"

static struct buf fixed;
static struct grant grant;
static size_t position;

static void begin(const char *scope, const char *audience)
{
	ck_assert(grant_begin(&fixed, scope, audience));
}

static const char *body(enum client_auth how, const char *id, const char *secret)
{
	grant_fini(&grant);
	ck_assert(grant_make(&grant, how, buf_str(&fixed), id, secret));
	buf_fini(&fixed);
	return buf_str(&grant.body);
}

START_TEST(the_secret_goes_into_the_header_form_encoded)
{
	begin(NULL, NULL);
	ck_assert_str_eq(body(CLIENT_SECRET_BASIC, "shop", "pass"), "grant_type=client_credentials");
	ck_assert_str_eq(buf_str(&grant.authorization), "Basic c2hvcDpwYXNz");
	begin(NULL, NULL);
	body(CLIENT_SECRET_BASIC, "a:b", "c d+%");
	/* a%3Ab:c%20d%2B%25 */
	ck_assert_str_eq(buf_str(&grant.authorization), "Basic YSUzQWI6YyUyMGQlMkIlMjU=");
	grant_fini(&grant);
}
END_TEST

START_TEST(the_secret_goes_into_the_body_where_that_is_asked_for)
{
	begin("a b", "https://x/");
	ck_assert_str_eq(body(CLIENT_SECRET_POST, "s&p", "=\xc3\xbc~"),
			 "grant_type=client_credentials&scope=a%20b&audience=https%3A%2F%2Fx%2F&client_id=s%26p&"
			 "client_secret=%3D%C3%BC~");
	ck_assert_str_eq(buf_str(&grant.authorization), "");
	grant_fini(&grant);
}
END_TEST

START_TEST(a_certificate_needs_the_name_alone)
{
	begin(NULL, NULL);
	ck_assert_str_eq(body(CLIENT_TLS, "shop", NULL), "grant_type=client_credentials&client_id=shop");
	ck_assert_str_eq(buf_str(&grant.authorization), "");
	grant_fini(&grant);
}
END_TEST

START_TEST(parameters_are_decoded_and_encoded_anew)
{
	begin("s", NULL);
	ck_assert_ptr_null(grant_add_parameters(&fixed, " resource = urn%3Aa%2Cb ,, x=y=z,empty=", &position));
	ck_assert_str_eq(body(CLIENT_TLS, "c", NULL),
			 "grant_type=client_credentials&scope=s&resource=urn%3Aa%2Cb&x=y%3Dz&empty=&client_id=c");
	grant_fini(&grant);
}
END_TEST

START_TEST(a_parameter_that_is_none_is_named_by_its_place)
{
	static const struct {
		const char *list;
		size_t position;
		const char *wrong;
	} cases[] = {
		{"a", 1, "it is not name=value"},
		{"a=b,=c", 2, "it is not name=value"},
		{"a=b,c=d,e=%4", 3, "it is not valid percent-encoding"},
		{"grant_type=password", 1, "that parameter follows from other settings"},
		{"a=b,client%5Fsecret=x", 2, "that parameter follows from other settings"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		begin(NULL, NULL);
		ck_assert_str_eq(grant_add_parameters(&fixed, cases[i].list, &position), cases[i].wrong);
		ck_assert_uint_eq(position, cases[i].position);
		buf_fini(&fixed);
	}
}
END_TEST

START_TEST(base64_of_every_remainder)
{
	static const char *const texts[] = {"Basic YTo=", "Basic YTpi", "Basic YTpiYw==", "Basic YTpiY2Q="};

	for (size_t n = 0; n < 4; n++) {
		char secret[5] = "bcd";
		secret[n] = '\0';
		begin(NULL, NULL);
		body(CLIENT_SECRET_BASIC, "a", secret);
		ck_assert_str_eq(buf_str(&grant.authorization), texts[n]);
	}
	grant_fini(&grant);
}
END_TEST

SUITE_MAIN("grant", NULL, {the_secret_goes_into_the_header_form_encoded, 0},
	   {the_secret_goes_into_the_body_where_that_is_asked_for, 0}, {a_certificate_needs_the_name_alone, 0},
	   {parameters_are_decoded_and_encoded_anew, 0}, {a_parameter_that_is_none_is_named_by_its_place, 0},
	   {base64_of_every_remainder, 0})

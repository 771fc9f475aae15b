/* SPDX-License-Identifier: Apache-2.0
 *
 * scope_test.c - scopes are numbered by what they say, encoded once, and bounded.
 */
#include "sdk/scope.h"

#include <stdio.h>

#include "core/sdk/span_support.h"
#include "support/suite.h"

static struct otel_tracer tracer(const char *name, const char *version, const char *schema_url)
{
	return (struct otel_tracer){
		.size = sizeof(struct otel_tracer), .name = name, .version = version, .schema_url = schema_url};
}

static struct msg scope_msg(uint32_t number)
{
	const struct scope_bytes b = scope_encoded(number);
	return msg_sub((struct msg){b.scope, b.scope_len}, 1, 0);
}

START_TEST(a_scope_is_encoded_with_name_version_and_schema)
{
	struct otel_tracer t = tracer("shop", "1.4.0", "https://example.test/1");
	const uint32_t number = scope_of(&t);
	const struct scope_bytes b = scope_encoded(number);

	ck_assert_uint_ne(number, 0);
	ck_assert_str_eq(msg_text(scope_msg(number), 1), "shop");
	ck_assert_str_eq(msg_text(scope_msg(number), 2), "1.4.0");
	ck_assert_str_eq(msg_text((struct msg){b.schema, b.schema_len}, 3), "https://example.test/1");
	ck_assert_uint_eq(scope_of(&t), number);
}
END_TEST

START_TEST(tracers_that_say_the_same_share_a_scope)
{
	struct otel_tracer a = tracer("same", "1", ""), b = tracer("same", "1", NULL), c = tracer("same", "2", "");

	ck_assert_uint_eq(scope_of(&a), scope_of(&b));
	ck_assert_uint_ne(scope_of(&a), scope_of(&c));
}
END_TEST

START_TEST(scope_attributes_are_encoded_and_tell_scopes_apart)
{
	const otel_attr one[] = {otel_attr_str("tier", "gold"), otel_attr_int("shard", 3)};
	const otel_attr other[] = {otel_attr_int("shard", 3), otel_attr_str("tier", "gold")};
	struct otel_tracer plain = tracer("attrs", "1", ""), a = plain, b = plain;

	a.attrs = one;
	b.attrs = other;
	a.attr_count = b.attr_count = 2;
	const uint32_t number = scope_of(&a);
	ck_assert_str_eq(attr_text(scope_msg(number), 3, "tier"), "\"gold\"");
	ck_assert_str_eq(attr_text(scope_msg(number), 3, "shard"), "3");
	ck_assert_uint_eq(scope_of(&b), number);
	ck_assert_uint_ne(scope_of(&plain), number);
}
END_TEST

START_TEST(a_tracer_of_an_older_api_has_no_attributes)
{
	struct otel_tracer t = tracer("older", "1", "");

	t.size = offsetof(struct otel_tracer, attrs);
	t.attrs = (const otel_attr *)(uintptr_t)1;
	t.attr_count = 99;
	ck_assert_str_eq(msg_text(scope_msg(scope_of(&t)), 1), "older");
}
END_TEST

START_TEST(a_tracer_without_a_name_has_the_unnamed_scope)
{
	struct otel_tracer t = tracer("", NULL, NULL);

	ck_assert_uint_eq(scope_of(&t), 0);
	ck_assert_uint_eq(scope_msg(0).len, 0);
	ck_assert_uint_eq(scope_encoded(0).schema_len, 0);
	ck_assert_uint_eq(scope_encoded(UINT32_MAX).scope_len, 2);
}
END_TEST

START_TEST(a_name_that_is_not_utf8_is_made_so)
{
	struct otel_tracer t = tracer("b\xff", "1", NULL);

	ck_assert_str_eq(msg_text(scope_msg(scope_of(&t)), 1), "b\xef\xbf\xbd");
}
END_TEST

START_TEST(scopes_past_4095_are_the_unnamed_one)
{
	char name[16];

	for (int i = 0; i < 5000; i++) {
		snprintf(name, sizeof name, "lib.%d", i);
		struct otel_tracer t = tracer(name, NULL, NULL);
		const uint32_t number = scope_of(&t);
		ck_assert_uint_lt(number, 4096);
		if (i >= 4096)
			ck_assert_uint_eq(number, 0);
		else if (i < 4000)
			ck_assert_str_eq(msg_text(scope_msg(number), 1), name);
	}
}
END_TEST

SUITE_MAIN("scope", NULL, {a_scope_is_encoded_with_name_version_and_schema, 0},
	   {tracers_that_say_the_same_share_a_scope, 0}, {scope_attributes_are_encoded_and_tell_scopes_apart, 0},
	   {a_tracer_of_an_older_api_has_no_attributes, 0}, {a_tracer_without_a_name_has_the_unnamed_scope, 0},
	   {a_name_that_is_not_utf8_is_made_so, 0}, {scopes_past_4095_are_the_unnamed_one, 0})

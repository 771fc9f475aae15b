/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler_rule_test.c - which spans a rule is for.
 */
#include "sdk/sampler_rule.h"

#include <otel/attr.h>

#include <stdio.h>

#include "core/sdk/sampler_support.h"
#include "support/suite.h"

static bool matches(const char *rule, const struct ask *ask)
{
	char expression[512];

	snprintf(expression, sizeof expression, "%s: always_on", rule);
	ck_assert_msg(sampler_open("rules", expression) != NULL, "%s", sampler_said);
	return sampler_ask(ask) == OTEL_RECORD_AND_SAMPLE;
}
#define MATCHES(rule, ...) matches(rule, &(const struct ask){__VA_ARGS__})

START_TEST(names_match_by_glob)
{
	ck_assert(MATCHES("*", .name = ""));
	ck_assert(MATCHES("name=/health*", .name = "/healthz"));
	ck_assert(!MATCHES("name=/health*", .name = "/ready"));
	ck_assert(MATCHES("name=/health*|/ready", .name = "/ready"));
	ck_assert(MATCHES("name=\"GET /a?\"", .name = "GET /ab"));
	ck_assert(MATCHES("name!=/health*|/ready", .name = "/live"));
	ck_assert(!MATCHES("name!=/health*|/ready", .name = "/ready"));
	ck_assert(MATCHES("name=\"say \\\"a\\\\b\\\"\"", .name = "say \"a\\b\""));
}
END_TEST

START_TEST(kinds_are_told_apart)
{
	static const char *const names[] = {"internal", "server", "client", "producer", "consumer"};

	for (int kind = OTEL_KIND_INTERNAL; kind <= OTEL_KIND_CONSUMER; kind++) {
		for (int i = 0; i < 5; i++) {
			char rule[64];
			snprintf(rule, sizeof rule, "kind=%s", names[i]);
			ck_assert_int_eq(MATCHES(rule, .kind = (otel_span_kind)kind), kind == i + 1);
		}
		ck_assert_int_eq(MATCHES("kind=server|consumer", .kind = (otel_span_kind)kind),
				 kind == OTEL_KIND_SERVER || kind == OTEL_KIND_CONSUMER);
		ck_assert_int_eq(MATCHES("kind!=client", .kind = (otel_span_kind)kind), kind != OTEL_KIND_CLIENT);
	}
	ck_assert(!MATCHES("kind=server", .kind = (otel_span_kind)77));
}
END_TEST

START_TEST(parents_are_none_remote_or_local)
{
	static const char *const parents[] = {NULL, "remote+", "local"};
	static const char *const names[] = {"parent=none", "parent=remote", "parent=local"};

	for (int i = 0; i < 3; i++) {
		for (int k = 0; k < 3; k++)
			ck_assert_int_eq(MATCHES(names[i], .parent = parents[k]), i == k);
		ck_assert_int_eq(MATCHES("parent=remote|none", .parent = parents[i]), i < 2);
	}
}
END_TEST

static const char *const words[] = {"red", NULL, "blue"};
static const int64_t numbers[] = {1, -20};
static const bool flags[] = {false};

#define WITH(...)                                                                                                      \
	.attrs = (const otel_attr[]){__VA_ARGS__},                                                                     \
	.attr_count = sizeof((const otel_attr[]){__VA_ARGS__}) / sizeof(otel_attr)

START_TEST(attributes_match_by_key_and_value)
{
	ck_assert(MATCHES("http.route=/checkout*", WITH(otel_attr_str("http.route", "/checkout/7"))));
	ck_assert(!MATCHES("http.route=/checkout*", WITH(otel_attr_str("http.route", "/cart"))));
	ck_assert(!MATCHES("http.route=*", WITH(otel_attr_str("http.path", "/cart"))));
	ck_assert(MATCHES("http.*=/cart", WITH(otel_attr_int("http.route", 1), otel_attr_str("http.path", "/cart"))));
	ck_assert(MATCHES("http.route!=/cart", .attrs = NULL));
	ck_assert(MATCHES("\"name\"=x", .name = "n", WITH(otel_attr_str("name", "x"))));
	ck_assert(!MATCHES("\"name\"=n", .name = "n"));
	ck_assert(MATCHES("a=1 & b=2", WITH(otel_attr_int("a", 1), otel_attr_int("b", 2))));
	ck_assert(!MATCHES("a=1 & b=2", WITH(otel_attr_int("a", 1))));
}
END_TEST

START_TEST(values_of_every_type_match_as_text)
{
	ck_assert(MATCHES("a=-5", WITH(otel_attr_int("a", -5))));
	ck_assert(MATCHES("a=5*", WITH(otel_attr_int("a", 503))));
	ck_assert(MATCHES("a=true", WITH(otel_attr_bool("a", true))));
	ck_assert(MATCHES("a=false", WITH(otel_attr_bool("a", false))));
	ck_assert(MATCHES("a=blue", WITH(otel_attr_str_array("a", words, 3))));
	ck_assert(!MATCHES("a=green", WITH(otel_attr_str_array("a", words, 3))));
	ck_assert(MATCHES("a=-20", WITH(otel_attr_int_array("a", numbers, 2))));
	ck_assert(MATCHES("a=false", WITH(otel_attr_bool_array("a", flags, 1))));
	ck_assert(MATCHES("a=\"\"", WITH(otel_attr_str("a", NULL))));
}
END_TEST

START_TEST(what_has_no_text_is_matched_by_a_star_alone)
{
	ck_assert(MATCHES("a=*", WITH(otel_attr_double("a", 0.5))));
	ck_assert(!MATCHES("a=0.5", WITH(otel_attr_double("a", 0.5))));
	ck_assert(MATCHES("a=*", WITH(otel_attr_bytes("a", "xy", 2))));
	ck_assert(MATCHES("a=*", WITH(otel_attr_str_array("a", NULL, 0))));
	ck_assert(!MATCHES("a=*", WITH(otel_attr_str(NULL, "x"))));
}
END_TEST

SUITE_MAIN("sampler_rule", NULL, {names_match_by_glob, 0}, {kinds_are_told_apart, 0},
	   {parents_are_none_remote_or_local, 0}, {attributes_match_by_key_and_value, 0},
	   {values_of_every_type_match_as_text, 0}, {what_has_no_text_is_matched_by_a_star_alone, 0})

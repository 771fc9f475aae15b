/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_set_test.c - attributes by key, and their bytes as an OTLP reader sees them.
 */
#include "sdk/resource_set.h"

#include <otel/attr.h>
#include <stdio.h>

#include "otlp/proto/otlp_proto.h"
#include "support/suite.h"

static struct resource_set set;

static void set_up(void)
{
	resource_set_fini(&set);
}

/* Field 1 of ResourceSpans is the beginning of a ResourceSpans message. */
static Otlp__ResourceSpans *decode(void)
{
	size_t len;
	uint8_t *bytes = resource_set_encode(&set, &len);
	Otlp__ResourceSpans *spans = otlp__resource_spans__unpack(NULL, len, bytes);
	ck_assert_ptr_nonnull(spans);
	ck_assert_ptr_nonnull(spans->resource);
	free(bytes);
	return spans;
}

START_TEST(every_type_arrives_as_it_was_set)
{
	static const char *const words[] = {"a", "b"};
	static const int64_t numbers[] = {-1, INT64_MAX};
	otel_attr attrs[] = {
		otel_attr_str("str", "x"),
		otel_attr_bool("bool", true),
		otel_attr_int("int", -7),
		otel_attr_double("double", 0.5),
		otel_attr_bytes("bytes", "\0\1", 2),
		otel_attr_str_array("strs", words, 2),
		otel_attr_int_array("ints", numbers, 2),
	};
	for (size_t i = 0; i < sizeof attrs / sizeof *attrs; i++)
		ck_assert(resource_set_put(&set, &attrs[i]));
	Otlp__ResourceSpans *spans = decode();
	Otlp__KeyValue **kv = spans->resource->attributes;
	ck_assert_uint_eq(spans->resource->n_attributes, 7);
	ck_assert(otlp_text_is(kv[0]->key, "str") && otlp_text_is(kv[0]->value->string_value, "x"));
	ck_assert(kv[1]->value->bool_value);
	ck_assert_int_eq(kv[2]->value->int_value, -7);
	ck_assert_double_eq(kv[3]->value->double_value, 0.5);
	ck_assert_uint_eq(kv[4]->value->bytes_value.len, 2);
	ck_assert_uint_eq(kv[5]->value->array_value->n_values, 2);
	ck_assert_int_eq(kv[6]->value->array_value->values[1]->int_value, INT64_MAX);
	otlp__resource_spans__free_unpacked(spans, NULL);
}
END_TEST

START_TEST(a_key_set_twice_keeps_the_last_value_at_its_first_place)
{
	resource_set_text(&set, "a", "1");
	resource_set_text(&set, "b", "2");
	resource_set_text(&set, "a", "3");
	ck_assert_uint_eq(set.count, 2);
	char *text = resource_set_get_text(&set, "a");
	ck_assert_str_eq(text, "3");
	ck_assert_str_eq(set.items[0].key, "a");
	free(text);
}
END_TEST

START_TEST(of_two_that_are_merged_the_second_wins)
{
	struct resource_set other = {.items = NULL};

	resource_set_text(&set, "a", "first");
	resource_set_text(&set, "b", "first");
	resource_set_text(&other, "b", "");
	resource_set_int(&other, "c", 7);
	resource_set_merge(&set, &other);
	resource_set_fini(&other);
	ck_assert_uint_eq(set.count, 3);
	char *a = resource_set_get_text(&set, "a");
	char *b = resource_set_get_text(&set, "b");
	ck_assert_str_eq(a, "first");
	ck_assert_str_eq(b, "");
	ck_assert(resource_set_has(&set, "c"));
	free(a);
	free(b);
}
END_TEST

START_TEST(text_that_is_not_utf8_is_mended)
{
	otel_attr attr = otel_attr_str("k\xff", "v\xff");
	ck_assert(resource_set_put(&set, &attr));
	ck_assert_str_eq(set.items[0].key, "k\xef\xbf\xbd");
	char *text = resource_set_get_text(&set, "k\xef\xbf\xbd");
	ck_assert_str_eq(text, "v\xef\xbf\xbd");
	free(text);
}
END_TEST

START_TEST(what_is_no_attribute_is_refused)
{
	otel_attr no_key = otel_attr_str("", "v");
	otel_attr null_key = otel_attr_str(NULL, "v");
	otel_attr no_type = otel_attr_str("k", "v");
	no_type.type = 99;
	ck_assert(!resource_set_put(&set, &no_key));
	ck_assert(!resource_set_put(&set, &null_key));
	ck_assert(!resource_set_put(&set, &no_type));
	ck_assert_uint_eq(set.count, 0);
}
END_TEST

START_TEST(a_prefix_of_a_key_is_another_key)
{
	resource_set_text(&set, "service.name", "x");
	ck_assert(!resource_set_has(&set, "service"));
	ck_assert(!resource_set_has(&set, "service.name.x"));
}
END_TEST

START_TEST(no_more_fit_than_the_set_may_hold)
{
	char key[16];
	for (unsigned i = 0; i < RESOURCE_SET_MAX; i++) {
		snprintf(key, sizeof key, "k%u", i);
		ck_assert(resource_set_int(&set, key, i));
	}
	ck_assert(!resource_set_int(&set, "one.more", 1));
	ck_assert(resource_set_int(&set, "k3", 1));
	Otlp__ResourceSpans *spans = decode();
	ck_assert_uint_eq(spans->resource->n_attributes, RESOURCE_SET_MAX);
	otlp__resource_spans__free_unpacked(spans, NULL);
}
END_TEST

SUITE_MAIN("resource_set", set_up, {every_type_arrives_as_it_was_set, 0},
	   {a_key_set_twice_keeps_the_last_value_at_its_first_place, 0}, {of_two_that_are_merged_the_second_wins, 0},
	   {text_that_is_not_utf8_is_mended, 0}, {what_is_no_attribute_is_refused, 0},
	   {a_prefix_of_a_key_is_another_key, 0}, {no_more_fit_than_the_set_may_hold, 0})

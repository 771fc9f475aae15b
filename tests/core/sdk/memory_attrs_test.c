/* SPDX-License-Identifier: Apache-2.0
 *
 * memory_attrs_test.c - values within values, read back from the bytes that the SDK makes of them.
 */
#include "sdk/memory_attrs.h"

#include "sdk/any_value.h"
#include "sdk/attr.h"
#include "support/suite.h"

static struct memory_room room;
static struct buf message; /* with the attributes at field 1 */

static void set_up(void)
{
	buf_init(&message, 1 << 20);
}

static void tear_down(void)
{
	buf_fini(&message);
	memory_room_clear(&room);
}

static void add_value(const char *key, const void *any, size_t len)
{
	struct buf pair;

	buf_init(&pair, 1 << 20);
	wire_append_len(&pair, KEY_VALUE_KEY, key, strlen(key));
	wire_append_len(&pair, KEY_VALUE_VALUE, any, len);
	ck_assert(!pair.failed);
	wire_append_len(&message, WIRE_TAG(1, WIRE_LEN), pair.data, pair.len);
	buf_fini(&pair);
}

static const otel_attr *read_back(const otel_attr *attr)
{
	struct buf any;

	buf_init(&any, 1 << 20);
	ck_assert(any_value_encode(&any, attr, ATTR_NO_LIMIT, ANY_VALUE_DEPTH));
	add_value("key", any.data, any.len);
	buf_fini(&any);
	const otel_memory_attrs attrs = memory_read_attrs(&room, wire_read(message.data, message.len), 1);
	ck_assert(!room.failed);
	ck_assert_uint_eq(attrs.count, 1);
	return otel_memory_attr(attrs, "key");
}

START_TEST(arrays_of_one_type_have_the_type_for_it)
{
	const char *const strs[] = {"a", "", "c"};
	const bool bools[] = {true, false};
	const int64_t ints[] = {-1, INT64_MAX};
	const double doubles[] = {0.5, -2};
	const otel_attr list[] = {otel_attr_str_array("s", strs, 3), otel_attr_bool_array("b", bools, 2),
				  otel_attr_int_array("i", ints, 2), otel_attr_double_array("d", doubles, 2)};
	const otel_attr *read = read_back(&(otel_attr){.type = OTEL_ATTR_MAP, .value.items = list, .count = 4});

	ck_assert_uint_eq(read->type, OTEL_ATTR_MAP);
	ck_assert_uint_eq(read->count, 4);
	const otel_attr *items = read->value.items;
	for (int i = 0; i < 4; i++) {
		ck_assert_str_eq(items[i].key, list[i].key);
		ck_assert_uint_eq(items[i].type, list[i].type);
		ck_assert_uint_eq(items[i].count, list[i].count);
	}
	for (int i = 0; i < 3; i++)
		ck_assert_str_eq(items[0].value.strs[i], strs[i]);
	ck_assert_mem_eq(items[1].value.bools, bools, sizeof bools);
	ck_assert_mem_eq(items[2].value.ints, ints, sizeof ints);
	ck_assert_mem_eq(items[3].value.doubles, doubles, sizeof doubles);
}
END_TEST

START_TEST(other_arrays_are_lists_of_values)
{
	const otel_attr mixed[] = {otel_attr_int("", 1), otel_attr_str("", "two"), otel_attr_empty("")};
	const otel_attr odd = {.type = OTEL_ATTR_STRING, .value.str = "a\0b", .count = 3};
	const otel_attr lists[] = {otel_attr_array("", mixed, 3), otel_attr_array("", &odd, 1),
				   otel_attr_array("", NULL, 0)};
	const otel_attr *read = read_back(&(otel_attr){.type = OTEL_ATTR_ARRAY, .value.items = lists, .count = 3});

	ck_assert_uint_eq(read->type, OTEL_ATTR_ARRAY);
	for (int i = 0; i < 3; i++) {
		ck_assert_uint_eq(read->value.items[i].type, OTEL_ATTR_ARRAY);
		ck_assert_uint_eq(read->value.items[i].count, lists[i].count);
	}
	const otel_attr *items = read->value.items[0].value.items;
	ck_assert_int_eq(items[0].value.i, 1);
	ck_assert_str_eq(items[1].value.str, "two");
	ck_assert_uint_eq(items[2].type, OTEL_ATTR_EMPTY);
	ck_assert_uint_eq(read->value.items[1].value.items[0].count, 3);
}
END_TEST

/* As many arrays in one another, an int in the innermost. */
static const otel_attr *nested(size_t levels)
{
	static otel_attr arrays[ANY_VALUE_DEPTH + 1];

	arrays[0] = otel_attr_int("", 42);
	for (size_t i = 1; i <= levels; i++)
		arrays[i] = otel_attr_array("", &arrays[i - 1], 1);
	return &arrays[levels];
}

START_TEST(as_deep_as_the_sdk_writes_it_is_read)
{
	const otel_attr *read = read_back(nested(ANY_VALUE_DEPTH));

	for (int i = 1; i < ANY_VALUE_DEPTH; i++) {
		ck_assert_uint_eq(read->type, OTEL_ATTR_ARRAY);
		read = read->value.items;
	}
	ck_assert_uint_eq(read->type, OTEL_ATTR_INT_ARRAY);
	ck_assert_int_eq(read->value.ints[0], 42);
}
END_TEST

START_TEST(what_is_nested_deeper_becomes_the_empty_value)
{
	struct buf any, outer;

	buf_init(&any, 1 << 20);
	buf_init(&outer, 1 << 20);
	for (int i = 0; i < 2000; i++) { /* an array of one value around what was there */
		buf_clear(&outer);
		wire_append_len(&outer, WIRE_TAG(1, WIRE_LEN), any.data, any.len);
		buf_clear(&any);
		wire_append_len(&any, ANY_ARRAY, outer.data, outer.len);
	}
	add_value("key", any.data, any.len);
	const otel_memory_attrs attrs = memory_read_attrs(&room, wire_read(message.data, message.len), 1);
	const otel_attr *read = otel_memory_attr(attrs, "key");
	int depth = 0;
	for (; read->type == OTEL_ATTR_ARRAY && read->count; read = read->value.items)
		depth++;
	ck_assert_int_le(depth, ANY_VALUE_DEPTH + 1);
	ck_assert_uint_eq(read->type, OTEL_ATTR_EMPTY);
	buf_fini(&any);
	buf_fini(&outer);
}
END_TEST

START_TEST(more_than_there_is_room_for_fails_without_harm)
{
	static uint8_t empties[1 << 20]; /* attributes without anything: 40 bytes for each two of these */

	for (size_t i = 0; i < sizeof empties; i += 2)
		empties[i] = WIRE_TAG(1, WIRE_LEN);
	memory_read_attrs(&room, wire_read(empties, sizeof empties), 1);
	ck_assert(room.failed);
}
END_TEST

SUITE_MAIN_WITH("sdk/memory_attrs", set_up, tear_down, {arrays_of_one_type_have_the_type_for_it, 0},
		{other_arrays_are_lists_of_values, 0}, {as_deep_as_the_sdk_writes_it_is_read, 0},
		{what_is_nested_deeper_becomes_the_empty_value, 0}, {more_than_there_is_room_for_fails_without_harm, 0})

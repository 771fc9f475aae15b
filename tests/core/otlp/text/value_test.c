/* SPDX-License-Identifier: Apache-2.0
 *
 * value_test.c - values, durations and numbers in words.
 */
#include "otlp/text/value.h"

#include <math.h>

#include "support/suite.h"

static struct buf out;

static const char *duration(uint64_t ns)
{
	buf_init(&out, 4096);
	value_append_duration(&out, ns);
	return buf_str(&out);
}

static const char *value(const Otlp__AnyValue *v)
{
	buf_init(&out, 4096);
	value_append(&out, v, 20);
	return buf_str(&out);
}

#define ASSERT_TEXT(call, want)                                                                                        \
	do {                                                                                                           \
		const char *have_ = call;                                                                              \
		ck_assert_str_eq(have_, want);                                                                         \
		buf_fini(&out);                                                                                        \
	} while (0)

START_TEST(durations_have_three_digits_and_a_fitting_unit)
{
	ASSERT_TEXT(duration(0), "0 ns");
	ASSERT_TEXT(duration(999), "999 ns");
	ASSERT_TEXT(duration(1000), "1.00 µs");
	ASSERT_TEXT(duration(12345678), "12.3 ms");
	ASSERT_TEXT(duration(123456789), "123 ms");
	ASSERT_TEXT(duration(1500000000), "1.50 s");
	ASSERT_TEXT(duration(59999999999), "59.9 s");
	ASSERT_TEXT(duration(125000000000), "2 min 5 s");
	ASSERT_TEXT(duration(UINT64_MAX), "307445734 min 33 s");
}
END_TEST

START_TEST(an_empty_text_is_visible)
{
	Otlp__AnyValue v;

	otlp__any_value__init(&v);
	ASSERT_TEXT(value(&v), "(empty)");
	ASSERT_TEXT(value(NULL), "(empty)");
	v.value_case = OTLP__ANY_VALUE__VALUE_STRING_VALUE;
	ASSERT_TEXT(value(&v), "\"\"");
}
END_TEST

START_TEST(long_lists_and_bytes_are_cut)
{
	Otlp__AnyValue v, element;
	Otlp__AnyValue *elements[100];
	Otlp__ArrayValue list;

	otlp__any_value__init(&element);
	element.value_case = OTLP__ANY_VALUE__VALUE_INT_VALUE;
	element.int_value = -100;
	for (int i = 0; i < 100; i++)
		elements[i] = &element;
	otlp__array_value__init(&list);
	list.n_values = 100;
	list.values = elements;
	otlp__any_value__init(&v);
	v.value_case = OTLP__ANY_VALUE__VALUE_ARRAY_VALUE;
	v.array_value = &list;
	ASSERT_TEXT(value(&v), "[-100, -100, -100, -100, … 96 more]");
	v.value_case = OTLP__ANY_VALUE__VALUE_BYTES_VALUE;
	v.bytes_value = otlp_text_of("0123456789abcdef");
	ASSERT_TEXT(value(&v), "0x30313233343536373839… (16 bytes)");
}
END_TEST

START_TEST(quotes_inside_a_list_are_escaped)
{
	Otlp__AnyValue v, element;
	Otlp__AnyValue *elements[] = {&element};
	Otlp__ArrayValue list;

	otlp__any_value__init(&element);
	element.value_case = OTLP__ANY_VALUE__VALUE_STRING_VALUE;
	element.string_value = otlp_text_of("a\"b");
	otlp__array_value__init(&list);
	list.n_values = 1;
	list.values = elements;
	otlp__any_value__init(&v);
	v.value_case = OTLP__ANY_VALUE__VALUE_ARRAY_VALUE;
	v.array_value = &list;
	ASSERT_TEXT(value(&v), "[\"a\\\"b\"]");
}
END_TEST

SUITE_MAIN("value", NULL, {durations_have_three_digits_and_a_fitting_unit, 0},
	   {an_empty_text_is_visible, 0}, {long_lists_and_bytes_are_cut, 0}, {quotes_inside_a_list_are_escaped, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * value_test.c - the types of values.
 */
#include "capture.h"

#include <math.h>

#include "config/store.h"
#include "support/suite.h"

static const otel_config_row rows[] = {
	[OTEL_CONFIG_STRING] = {"t", "string", NULL, OTEL_CONFIG_STRING, 0, NULL, NULL, "x"},
	[OTEL_CONFIG_BOOL] = {"t", "bool", NULL, OTEL_CONFIG_BOOL, 0, NULL, NULL, "x"},
	[OTEL_CONFIG_INT] = {"t", "int", NULL, OTEL_CONFIG_INT, 0, NULL, NULL, "x"},
	[OTEL_CONFIG_DURATION] = {"t", "duration", NULL, OTEL_CONFIG_DURATION, 0, NULL, NULL, "x"},
	[OTEL_CONFIG_TIMEOUT] = {"t", "timeout", NULL, OTEL_CONFIG_TIMEOUT, 0, NULL, NULL, "x"},
	[OTEL_CONFIG_DOUBLE] = {"t", "double", NULL, OTEL_CONFIG_DOUBLE, 0, NULL, NULL, "x"},
	[OTEL_CONFIG_ENUM] = {"t", "enum", NULL, OTEL_CONFIG_ENUM, 0, NULL, "grpc|http/protobuf|None", "x"},
	[OTEL_CONFIG_LIST] = {"t", "list", NULL, OTEL_CONFIG_LIST, 0, NULL, NULL, "x"},
	[OTEL_CONFIG_URL] = {"t", "url", NULL, OTEL_CONFIG_URL, 0, NULL, NULL, "x"},
	[OTEL_CONFIG_PATH] = {"t", "path", NULL, OTEL_CONFIG_PATH, 0, NULL, NULL, "x"},
};

START_TEST(good_values_are_taken_in_one_spelling)
{
	static const struct {
		otel_config_type type;
		const char *text;
		const char *canonical;
	} good[] = {
		{OTEL_CONFIG_STRING, " as it is ", " as it is "},
		{OTEL_CONFIG_BOOL, "true", "true"},
		{OTEL_CONFIG_BOOL, " TRUE ", "true"},
		{OTEL_CONFIG_BOOL, "False", "false"},
		{OTEL_CONFIG_ENUM, "GRPC", "grpc"},
		{OTEL_CONFIG_ENUM, "http/Protobuf", "http/protobuf"},
		{OTEL_CONFIG_ENUM, " none ", "None"},
		{OTEL_CONFIG_LIST, "a", "a"},
		{OTEL_CONFIG_LIST, " a , b,,a ,c,", "a,b,c"},
		{OTEL_CONFIG_LIST, ",", ""},
		{OTEL_CONFIG_LIST, "ab,a,b", "ab,a,b"},
		{OTEL_CONFIG_URL, "http://localhost:4318", "http://localhost:4318"},
		{OTEL_CONFIG_URL, "HTTPS://h/x?y=z", "HTTPS://h/x?y=z"},
		{OTEL_CONFIG_URL, " http://h ", "http://h"},
		{OTEL_CONFIG_URL, "http://h/", "http://h/"},
		{OTEL_CONFIG_URL, "http://[::1]:4318/v1", "http://[::1]:4318/v1"},
		{OTEL_CONFIG_URL, "http://[::1]", "http://[::1]"},
		{OTEL_CONFIG_URL, "http://u:p@h:1", "http://u:p@h:1"},
		{OTEL_CONFIG_URL, "http://127.0.0.1:65535#f", "http://127.0.0.1:65535#f"},
		{OTEL_CONFIG_URL, "http://h?a=b:c@d", "http://h?a=b:c@d"},
		{OTEL_CONFIG_PATH, "/a b/c", "/a b/c"},
	};

	for (size_t i = 0; i < COUNT(good); i++) {
		struct config *config = config_create();
		struct value value;
		ck_assert_msg(config_parse_value(config, &rows[good[i].type], good[i].text, &value), "%s",
			      good[i].text);
		ck_assert_str_eq(value.text, good[i].canonical);
		config_destroy(config);
	}
}
END_TEST

START_TEST(numbers_are_taken_within_their_range)
{
	static const otel_config_type types[] = {OTEL_CONFIG_INT, OTEL_CONFIG_DURATION, OTEL_CONFIG_TIMEOUT};
	static const struct {
		const char *text;
		int64_t number;
	} good[] = {{"0", 0}, {"1", 1}, {" 5000 ", 5000}, {"2147483647", INT32_MAX}, {"007", 7}};
	struct config *config = config_create();

	for (size_t t = 0; t < COUNT(types); t++) {
		for (size_t i = 0; i < COUNT(good); i++) {
			struct value value;
			ck_assert(config_parse_value(config, &rows[types[t]], good[i].text, &value));
			ck_assert_int_eq(value.number, good[i].number);
			ck_assert(isnan(value.real));
		}
	}
	config_destroy(config);
}
END_TEST

START_TEST(doubles_are_numbers_with_a_point)
{
	struct config *config = config_create();
	struct value value;

	ck_assert(config_parse_value(config, &rows[OTEL_CONFIG_DOUBLE], " 0.25 ", &value));
	ck_assert_double_eq(value.real, 0.25);
	ck_assert_str_eq(value.text, "0.25");
	ck_assert_int_eq(value.number, -1);
	config_destroy(config);
}
END_TEST

static const struct {
	otel_config_type type;
	const char *text;
} bad[] = {
	{OTEL_CONFIG_BOOL, "1"},
	{OTEL_CONFIG_BOOL, "yes"},
	{OTEL_CONFIG_BOOL, "on"},
	{OTEL_CONFIG_BOOL, "truee"},
	{OTEL_CONFIG_INT, "-1"},
	{OTEL_CONFIG_INT, "2147483648"},
	{OTEL_CONFIG_INT, "1.5"},
	{OTEL_CONFIG_INT, "1e3"},
	{OTEL_CONFIG_INT, "0x10"},
	{OTEL_CONFIG_INT, "ten"},
	{OTEL_CONFIG_INT, "1 000"},
	{OTEL_CONFIG_DURATION, "-5"},
	{OTEL_CONFIG_DURATION, "5s"},
	{OTEL_CONFIG_TIMEOUT, "5000ms"},
	{OTEL_CONFIG_TIMEOUT, "-1"},
	{OTEL_CONFIG_DOUBLE, "0,5"},
	{OTEL_CONFIG_DOUBLE, "half"},
	{OTEL_CONFIG_DOUBLE, "nan"},
	{OTEL_CONFIG_ENUM, "http"},
	{OTEL_CONFIG_ENUM, "grpc|none"},
	{OTEL_CONFIG_ENUM, "grpcs"},
	{OTEL_CONFIG_URL, "localhost:4318"},
	{OTEL_CONFIG_URL, "ftp://h"},
	{OTEL_CONFIG_URL, "http://"},
	{OTEL_CONFIG_URL, "http:///v1"},
	{OTEL_CONFIG_URL, "http://h:0"},
	{OTEL_CONFIG_URL, "http://h:65536"},
	{OTEL_CONFIG_URL, "http://h:"},
	{OTEL_CONFIG_URL, "http://:4318"},
	{OTEL_CONFIG_URL, "http://h:43a"},
	{OTEL_CONFIG_URL, "http://u@"},
	{OTEL_CONFIG_URL, "http://a b"},
	{OTEL_CONFIG_URL, "http://[::1"},
	{OTEL_CONFIG_URL, "http://[]:1"},
	{OTEL_CONFIG_URL, "http://[::1]4318"},
	{OTEL_CONFIG_URL, "http://::1:4318"},
	{OTEL_CONFIG_URL, "\"http://h\""},
	{OTEL_CONFIG_URL, "http://h/\r\nX: y"},
	{OTEL_CONFIG_URL, "http"},
};

START_TEST(bad_values_are_refused)
{
	struct config *config = config_create();

	for (size_t i = 0; i < COUNT(bad); i++) {
		struct value value;
		ck_assert_msg(!config_parse_value(config, &rows[bad[i].type], bad[i].text, &value), "%s", bad[i].text);
	}
	config_destroy(config);
}
END_TEST

START_TEST(a_positive_number_is_not_0)
{
	static const otel_config_row row = {"t", "p", NULL, OTEL_CONFIG_INT, OTEL_CONFIG_POSITIVE, NULL, NULL, "x"};
	struct config *config = config_create();
	struct value value;
	struct buf allowed;

	ck_assert(!config_parse_value(config, &row, "0", &value));
	ck_assert(config_parse_value(config, &row, "1", &value));
	buf_init(&allowed, 100);
	config_describe_type(&row, &allowed);
	ck_assert_str_eq(buf_str(&allowed), "whole numbers from 1 to 2147483647");
	buf_fini(&allowed);
	config_destroy(config);
}
END_TEST

START_TEST(every_type_can_say_what_is_allowed)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf allowed;
		buf_init(&allowed, 200);
		config_describe_type(&rows[i], &allowed);
		ck_assert_uint_gt(allowed.len, 3);
		ck_assert_ptr_null(strchr(buf_str(&allowed), '%'));
		buf_fini(&allowed);
	}
}
END_TEST

START_TEST(an_enum_lists_its_choices)
{
	struct buf allowed;

	buf_init(&allowed, 200);
	config_describe_type(&rows[OTEL_CONFIG_ENUM], &allowed);
	ck_assert_str_eq(buf_str(&allowed), "grpc, http/protobuf, None");
	buf_fini(&allowed);
}
END_TEST

SUITE_MAIN("value", NULL, {good_values_are_taken_in_one_spelling, 0}, {numbers_are_taken_within_their_range, 0},
	   {doubles_are_numbers_with_a_point, 0}, {bad_values_are_refused, 0}, {a_positive_number_is_not_0, 0},
	   {every_type_can_say_what_is_allowed, 0}, {an_enum_lists_its_choices, 0})

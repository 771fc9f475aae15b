/* SPDX-License-Identifier: Apache-2.0
 *
 * rows_test.c - rows of the core and of plugins.
 */
#include "capture.h"

#include <stdio.h>

#include "config/store.h"
#include "support/suite.h"

START_TEST(every_row_is_found_by_its_key_and_by_its_variable)
{
	struct config *config = config_create();

	for (size_t i = 0; i < config_schema_count; i++) {
		const otel_config_row *row = &config_schema[i];
		ck_assert_ptr_eq(config_find(config, row->section, row->key)->row, row);
		if (row->env)
			ck_assert_ptr_eq(config_find_variable(config, row->env, strlen(row->env))->row, row);
	}
	ck_assert_ptr_null(config_find(config, "", ""));
	ck_assert_ptr_null(config_find(config, "bsp", ""));
	ck_assert_ptr_null(config_find_variable(config, "", 0));
	ck_assert_ptr_null(config_find_variable(config, "OTEL_BSP", 8));
	ck_assert_ptr_null(config_find_variable(config, "OTEL_DISTRO_", 12));
	ck_assert_ptr_nonnull(config_find_variable(config, "OTEL_DISTRO_", 11));
	config_destroy(config);
}
END_TEST

START_TEST(rows_of_plugins_see_what_was_read_before)
{
	static const char *const env[] = {"ACME_REALM=eu0", NULL};
	static const otel_config_row rows[] = {
		{"acme", "realm", "ACME_REALM", OTEL_CONFIG_STRING, 0, NULL, NULL, "Realm."},
		{"acme", "level", NULL, OTEL_CONFIG_INT, 0, "3", NULL, "Level."},
	};
	struct otel_boot boot = boot_of(env);
	struct config *config = config_create();

	config_read_env(config, &boot);
	ck_assert_int_eq(read_text(config, CONFIG_SITE, "s.ini", "[acme]\nrealm = us1\nlevel = 5\n"), OTEL_OK);
	config_resolve(config);
	ck_assert_ptr_null(config_str(config, "acme", "realm"));
	ck_assert_int_eq(config_add_rows(config, "acme", rows, 2), OTEL_OK);
	config_resolve(config);
	ck_assert_str_eq(config_str(config, "acme", "realm"), "eu0");
	ck_assert_str_eq(config_origin(config, "acme", "realm"), "ACME_REALM");
	ck_assert_int_eq(config_int(config, "acme", "level"), 5);
	config_destroy(config);
}
END_TEST

START_TEST(rows_that_are_taken_are_refused_naming_both_owners)
{
	static const otel_config_row same_key[] = {
		{"acme", "fine", NULL, OTEL_CONFIG_STRING, 0, NULL, NULL, "Fine."},
		{"bsp", "schedule_delay", "ACME_DELAY", OTEL_CONFIG_INT, 0, NULL, NULL, "Taken."},
	};
	static const otel_config_row same_env[] = {
		{"acme", "name", "OTEL_SERVICE_NAME", OTEL_CONFIG_STRING, 0, NULL, NULL, "Taken."},
	};
	static const otel_config_row twice[] = {
		{"twice", "a", "TWICE", OTEL_CONFIG_STRING, 0, NULL, NULL, "One."},
		{"twice", "b", "TWICE", OTEL_CONFIG_STRING, 0, NULL, NULL, "Two."},
	};
	struct config *config = config_create();
	const char *said;

	capture_begin();
	ck_assert_int_eq(config_add_rows(config, "acme", same_key, 2), OTEL_ALREADY);
	ck_assert_int_eq(config_add_rows(config, "acme", same_env, 1), OTEL_ALREADY);
	ck_assert_int_eq(config_add_rows(config, "twice", twice, 2), OTEL_ALREADY);
	said = capture_end();
	ck_assert_ptr_nonnull(strstr(said, "acme: [bsp] schedule_delay (ACME_DELAY) is taken by otel-c: [bsp] "
					   "schedule_delay (OTEL_BSP_SCHEDULE_DELAY)"));
	ck_assert_ptr_nonnull(strstr(said, "acme: [acme] name (OTEL_SERVICE_NAME) is taken by otel-c"));
	ck_assert_ptr_nonnull(strstr(said, "twice: [twice] b (TWICE) is taken by twice"));
	ck_assert_int_eq(config_set(config, CONFIG_CODE, "acme", "fine", "x", "main"), OTEL_OK);
	config_resolve(config);
	ck_assert_ptr_null(config_str(config, "acme", "fine"));
	config_destroy(config);
}
END_TEST

START_TEST(rows_that_are_taken_back_leave_the_others_to_be_found)
{
	enum { ROWS = 300 };
	static char keys[ROWS][16];
	static otel_config_row many[ROWS], refused[ROWS + 1];
	struct config *config = config_create();

	for (int i = 0; i < ROWS; i++) {
		snprintf(keys[i], sizeof(keys[i]), "key_%d", i);
		many[i] = (otel_config_row){"many", keys[i], NULL, OTEL_CONFIG_INT, 0, keys[i] + 4, NULL, "Many."};
		refused[i] = (otel_config_row){"refused", keys[i], NULL, OTEL_CONFIG_INT, 0, "1", NULL, "No."};
	}
	refused[ROWS] = many[7];
	ck_assert_int_eq(config_add_rows(config, "many", many, ROWS), OTEL_OK);
	capture_begin();
	ck_assert_int_eq(config_add_rows(config, "refused", refused, ROWS + 1), OTEL_ALREADY);
	capture_end();
	config_resolve(config);
	for (int i = 0; i < ROWS; i++) {
		ck_assert_int_eq(config_int(config, "many", keys[i]), i);
		ck_assert_int_eq(config_int(config, "refused", keys[i]), -1);
	}
	for (size_t i = 0; i < config_schema_count; i++)
		ck_assert_ptr_nonnull(config_find(config, config_schema[i].section, config_schema[i].key));
	config_destroy(config);
}
END_TEST

START_TEST(improper_rows_are_refused)
{
	static const otel_config_row rows[][1] = {
		{{NULL, "a", NULL, OTEL_CONFIG_STRING, 0, NULL, NULL, "x"}},
		{{"improper", NULL, NULL, OTEL_CONFIG_STRING, 0, NULL, NULL, "x"}},
		{{"improper", "type", NULL, 99, 0, NULL, NULL, "x"}},
		{{"improper", "enum", NULL, OTEL_CONFIG_ENUM, 0, NULL, NULL, "x"}},
	};
	struct config *config = config_create();

	capture_begin();
	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_int_eq(config_add_rows(config, "acme", rows[i], 1), OTEL_INVALID);
	capture_end();
	config_destroy(config);
	config_destroy(NULL);
}
END_TEST

SUITE_MAIN("rows", NULL, {every_row_is_found_by_its_key_and_by_its_variable, 0},
	   {rows_of_plugins_see_what_was_read_before, 0}, {rows_that_are_taken_are_refused_naming_both_owners, 0},
	   {rows_that_are_taken_back_leave_the_others_to_be_found, 0}, {improper_rows_are_refused, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * config_test.c - layers, origins, rows.
 */
#include "capture.h"

#include <math.h>
#include <stdio.h>

#include "config/store.h"

static const char *const layer_values[CONFIG_LAYERS] = {"builtin", "computed", "ambient", "distro", "site",
							"user",    "env",      "flags",   "code"};

static const otel_config_row layered_rows[] = {
	{"layered", "key", NULL, OTEL_CONFIG_STRING, 0, "builtin", NULL, "A key."},
};

START_TEST(each_layer_beats_the_one_below)
{
	for (int top = CONFIG_BUILTIN; top < CONFIG_LAYERS; top++) {
		struct config *config = config_create();
		ck_assert_int_eq(config_add_rows(config, "test", layered_rows, 1), OTEL_OK);
		/* The higher one is said first, so that order cannot decide. */
		for (int layer = top; layer > CONFIG_BUILTIN; layer--)
			ck_assert_int_eq(config_set(config, (enum config_layer)layer, "layered", "key",
						    layer_values[layer], layer_values[layer]),
					 OTEL_OK);
		config_resolve(config);
		ck_assert_str_eq(config_str(config, "layered", "key"), layer_values[top]);
		ck_assert_int_eq(config_layer_of(config, "layered", "key"), top);
		ck_assert_str_eq(config_origin(config, "layered", "key"), top ? layer_values[top] : "default");
		config_destroy(config);
	}
}
END_TEST

START_TEST(an_empty_value_lets_the_layer_below_show_through)
{
	static const char *const env[] = {"OTEL_SERVICE_NAME=", NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config = config_create();

	config_read_env(config, &boot);
	ck_assert_int_eq(read_text(config, CONFIG_SITE, "site.ini", "[resource]\nservice_name = shop\n"), OTEL_OK);
	ck_assert_int_eq(read_text(config, CONFIG_USER, "user.ini", "[resource]\nservice_name =\n"), OTEL_OK);
	ck_assert_str_eq(config_raw(config, "resource", "service_name"), "shop");
	config_resolve(config);
	ck_assert_str_eq(config_str(config, "resource", "service_name"), "shop");
	ck_assert_str_eq(config_origin(config, "resource", "service_name"), "site.ini:2");
	config_destroy(config);
}
END_TEST

START_TEST(a_key_set_twice_in_code_keeps_the_last_value)
{
	struct config *config = config_create();

	ck_assert_int_eq(config_set(config, CONFIG_CODE, "resource", "service_name", "a", "main"), OTEL_OK);
	ck_assert_int_eq(config_set(config, CONFIG_CODE, "resource", "service_name", "b", "main"), OTEL_OK);
	config_resolve(config);
	ck_assert_str_eq(config_str(config, "resource", "service_name"), "b");
	ck_assert_int_eq(config_set(config, CONFIG_CODE, "resource", "service_name", NULL, "main"), OTEL_OK);
	config_resolve(config);
	ck_assert_ptr_null(config_str(config, "resource", "service_name"));
	config_destroy(config);
}
END_TEST

START_TEST(a_string_given_out_outlives_a_second_resolve)
{
	struct config *config = config_create();
	const char *before;

	ck_assert_int_eq(config_set(config, CONFIG_SITE, "traces", "exporter", "console", "x"), OTEL_OK);
	config_resolve(config);
	before = config_str(config, "traces", "exporter");
	ck_assert_int_eq(config_set(config, CONFIG_SITE, "traces", "exporter", "none", "x"), OTEL_OK);
	config_resolve(config);
	ck_assert_str_eq(before, "console");
	ck_assert_str_eq(config_str(config, "traces", "exporter"), "none");
	config_destroy(config);
}
END_TEST

START_TEST(unset_keys_have_answers_too)
{
	struct config *config = config_create();

	config_resolve(config);
	ck_assert_ptr_null(config_str(config, "resource", "service_name"));
	ck_assert_int_eq(config_int(config, "limits", "attribute_value_length"), -1);
	ck_assert_int_eq(config_int(config, "limits", "attribute_count"), 128);
	ck_assert(!config_bool(config, "sdk", "disabled"));
	ck_assert(isnan(config_double(config, "sdk", "disabled")));
	ck_assert_str_eq(config_origin(config, "resource", "service_name"), "default");
	ck_assert_ptr_null(config_str(config, "no", "such"));
	ck_assert_int_eq(config_int(config, "no", "such"), -1);
	ck_assert(!config_bool(config, "no", "such"));
	ck_assert(isnan(config_double(config, "no", "such")));
	ck_assert_str_eq(config_origin(config, "no", "such"), "default");
	ck_assert_int_eq(config_layer_of(config, "no", "such"), CONFIG_BUILTIN);
	ck_assert_ptr_null(config_raw(config, "no", "such"));
	config_destroy(config);
}
END_TEST

START_TEST(the_distro_is_known_before_resolving)
{
	static const char *const env[] = {"OTEL_DISTRO=aws", NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config = config_create();

	ck_assert_ptr_null(config_raw(config, "distro", "name"));
	ck_assert_int_eq(read_text(config, CONFIG_SITE, "site.ini", "[distro]\nname = splunk\n"), OTEL_OK);
	ck_assert_str_eq(config_raw(config, "distro", "name"), "splunk");
	config_read_env(config, &boot);
	ck_assert_str_eq(config_raw(config, "distro", "name"), "aws");
	ck_assert_int_eq(config_set(config, CONFIG_CODE, "distro", "name", "acme", "otel_sdk_start"), OTEL_OK);
	ck_assert_str_eq(config_raw(config, "distro", "name"), "acme");
	config_destroy(config);
}
END_TEST

START_TEST(a_plugin_may_not_compute_what_is_loaded)
{
	struct config *config = config_create();

	ck_assert_int_eq(config_set(config, CONFIG_COMPUTED, "distro", "module", "evil", "plugin"), OTEL_DENIED);
	ck_assert_int_eq(config_set(config, CONFIG_BUILTIN, "traces", "exporter", "x", "plugin"), OTEL_INVALID);
	ck_assert_int_eq(config_set(config, CONFIG_LAYERS, "traces", "exporter", "x", "plugin"), OTEL_INVALID);
	ck_assert_int_eq(config_set(config, CONFIG_CODE, NULL, "exporter", "x", "plugin"), OTEL_INVALID);
	ck_assert_ptr_null(config_raw(config, "distro", "module"));
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

int main(void)
{
	Suite *suite = suite_create("config");
	TCase *tests = tcase_create("all");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tests);
	tcase_add_test(tests, each_layer_beats_the_one_below);
	tcase_add_test(tests, an_empty_value_lets_the_layer_below_show_through);
	tcase_add_test(tests, a_key_set_twice_in_code_keeps_the_last_value);
	tcase_add_test(tests, a_string_given_out_outlives_a_second_resolve);
	tcase_add_test(tests, unset_keys_have_answers_too);
	tcase_add_test(tests, the_distro_is_known_before_resolving);
	tcase_add_test(tests, a_plugin_may_not_compute_what_is_loaded);
	tcase_add_test(tests, rows_of_plugins_see_what_was_read_before);
	tcase_add_test(tests, rows_that_are_taken_are_refused_naming_both_owners);
	tcase_add_test(tests, rows_that_are_taken_back_leave_the_others_to_be_found);
	tcase_add_test(tests, improper_rows_are_refused);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? 1 : 0;
}

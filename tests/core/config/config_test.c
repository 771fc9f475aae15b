/* SPDX-License-Identifier: Apache-2.0
 *
 * config_test.c - layers, origins, rows.
 */
#include "capture.h"

#include <math.h>
#include <stdio.h>

#include "config/store.h"
#include "support/suite.h"

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

static void profile(struct config *config, unsigned depth, const char *text)
{
	config->depth = depth;
	ck_assert_int_eq(read_text(config, CONFIG_DISTRO, depth ? "base.ini" : "acme.ini", text), OTEL_OK);
	config->depth = 0;
}

START_TEST(a_profile_beats_the_one_it_extends_whichever_was_read_first)
{
	for (unsigned first = 0; first < 2; first++) {
		struct config *config = config_create();
		const char *origin = NULL;
		for (unsigned i = 0; i < 2; i++)
			profile(config, first ^ i,
				first ^ i ? "[resource]\nservice_name = base\nservice_version = 1\n"
					  : "[resource]\n\nservice_name = acme\n");
		ck_assert_str_eq(config_raw(config, "resource", "service_name"), "acme");
		ck_assert_str_eq(config_raw_origin(config, "resource", "service_name"), "acme.ini:3");
		ck_assert_str_eq(config_raw_profile(config, 1, "resource", "service_name", &origin), "base");
		ck_assert_str_eq(origin, "base.ini:2");
		ck_assert_ptr_null(config_raw_profile(config, 0, "resource", "service_version", &origin));
		ck_assert_ptr_null(config_raw_profile(config, 2, "resource", "service_name", &origin));
		config_resolve(config);
		ck_assert_str_eq(config_str(config, "resource", "service_name"), "acme");
		ck_assert_str_eq(config_str(config, "resource", "service_version"), "1");
		ck_assert_int_eq(config_set(config, CONFIG_SITE, "resource", "service_name", "site", "x"), OTEL_OK);
		config_resolve(config);
		ck_assert_str_eq(config_str(config, "resource", "service_name"), "site");
		config_destroy(config);
	}
}
END_TEST

START_TEST(problems_are_counted_however_often_they_are_said)
{
	static const char *const env[] = {"OTEL_BSP_MAX_QUEUE_SIZE=a dozen", NULL};
	struct otel_boot boot = boot_of(env);

	for (int i = 0; i < 2; i++) {
		struct config *config = config_create();
		capture_begin();
		config_read_env(config, &boot);
		config_resolve(config);
		config_resolve(config);
		capture_end();
		ck_assert_uint_eq(config_problems(config), 1);
		config_count_problem(config);
		ck_assert_uint_eq(config_problems(config), 2);
		config_destroy(config);
	}
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

SUITE_MAIN("config", NULL, {each_layer_beats_the_one_below, 0}, {an_empty_value_lets_the_layer_below_show_through, 0},
	   {a_key_set_twice_in_code_keeps_the_last_value, 0}, {a_string_given_out_outlives_a_second_resolve, 0},
	   {unset_keys_have_answers_too, 0}, {a_profile_beats_the_one_it_extends_whichever_was_read_first, 0},
	   {problems_are_counted_however_often_they_are_said, 0}, {the_distro_is_known_before_resolving, 0},
	   {a_plugin_may_not_compute_what_is_loaded, 0})

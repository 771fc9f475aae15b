/* SPDX-License-Identifier: Apache-2.0
 *
 * env_test.c - the environment as layers.
 */
#include "capture.h"

#include "support/suite.h"

/* The effective value of a key under an environment. */
static struct config *with_env(const struct otel_boot *boot)
{
	struct config *config = config_create();

	config_read_env(config, boot);
	config_resolve(config);
	return config;
}

START_TEST(variables_are_values_of_their_rows)
{
	static const char *const env[] = {"OTEL_BSP_SCHEDULE_DELAY=100", "OTEL_PROPAGATORS=b3,b3", NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config = with_env(&boot);

	ck_assert_int_eq(config_int(config, "bsp", "schedule_delay"), 100);
	ck_assert_int_eq(config_layer_of(config, "bsp", "schedule_delay"), CONFIG_ENV);
	ck_assert_str_eq(config_origin(config, "bsp", "schedule_delay"), "OTEL_BSP_SCHEDULE_DELAY");
	ck_assert_str_eq(config_str(config, "otel", "propagators"), "b3");
	config_destroy(config);
}
END_TEST

START_TEST(variables_the_launcher_set_are_flags)
{
	static const char *const env[] = {"OTEL_C_FLAGS=otel-c-trace,OTEL_TRACES_EXPORTER, OTEL_DISTRO",
					  "OTEL_TRACES_EXPORTER=console", "OTEL_DISTRO=aws", "OTEL_SERVICE_NAME=x",
					  NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config = with_env(&boot);

	ck_assert_int_eq(config_layer_of(config, "traces", "exporter"), CONFIG_FLAGS);
	ck_assert_int_eq(config_layer_of(config, "distro", "name"), CONFIG_FLAGS);
	ck_assert_int_eq(config_layer_of(config, "resource", "service_name"), CONFIG_ENV);
	config_destroy(config);
}
END_TEST

static const otel_config_row ambient_rows[] = {
	{"cloud", "region", "CLOUD_REGION", OTEL_CONFIG_STRING, OTEL_CONFIG_AMBIENT, "nowhere", NULL, "Region."},
};

START_TEST(ambient_variables_are_beaten_by_every_file)
{
	static const char *const env[] = {"CLOUD_REGION=hosts-own", NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config = config_create();

	config_read_env(config, &boot);
	ck_assert_int_eq(config_add_rows(config, "cloud", ambient_rows, 1), OTEL_OK);
	config_resolve(config);
	ck_assert_str_eq(config_str(config, "cloud", "region"), "hosts-own");
	ck_assert_int_eq(config_layer_of(config, "cloud", "region"), CONFIG_AMBIENT);
	ck_assert_int_eq(read_text(config, CONFIG_DISTRO, "cloud.ini", "[cloud]\nregion = profile\n"), OTEL_OK);
	config_resolve(config);
	ck_assert_str_eq(config_str(config, "cloud", "region"), "profile");
	config_destroy(config);
}
END_TEST

START_TEST(a_secure_program_is_not_configured_by_its_environment)
{
	static const char *const env[] = {"OTEL_SERVICE_NAME=evil", "OTEL_SDK_DISABLED=true", NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config = config_create();

	boot.secure = true;
	config_read_env(config, &boot);
	ck_assert_int_eq(
		read_text(config, CONFIG_SITE, "s.ini", "[resource]\nservice_name = ${OTEL_SERVICE_NAME:-own}\n"),
		OTEL_OK);
	config_resolve(config);
	ck_assert_str_eq(config_str(config, "resource", "service_name"), "own");
	ck_assert(!config_bool(config, "sdk", "disabled"));
	config_destroy(config);
}
END_TEST

START_TEST(no_environment_at_all_is_fine)
{
	struct config *config = with_env(NULL);

	ck_assert_str_eq(config_str(config, "traces", "exporter"), "otlp");
	config_destroy(config);
}
END_TEST

START_TEST(sdk_disabled_wins_over_everything)
{
	static const char *const env[] = {"OTEL_SDK_DISABLED=TRUE", NULL};
	static const char *const flags[] = {"OTEL_SDK_DISABLED=true", "OTEL_C_FLAGS=otel-c-trace,OTEL_SDK_DISABLED",
					    NULL};
	const char *const *both[] = {env, flags};

	for (size_t i = 0; i < COUNT(both); i++) {
		struct otel_boot boot = boot_of(both[i]);
		struct config *config = config_create();
		ck_assert_int_eq(config_set(config, CONFIG_CODE, "sdk", "disabled", "false", "otel_sdk_start"),
				 OTEL_OK);
		config_read_env(config, &boot);
		config_resolve(config);
		ck_assert(config_bool(config, "sdk", "disabled"));
		ck_assert_str_eq(config_origin(config, "sdk", "disabled"), "OTEL_SDK_DISABLED");
		config_destroy(config);
	}
}
END_TEST

START_TEST(sdk_disabled_false_is_an_ordinary_value)
{
	static const char *const env[] = {"OTEL_SDK_DISABLED=false", NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config = config_create();

	config_read_env(config, &boot);
	ck_assert_int_eq(config_set(config, CONFIG_CODE, "sdk", "disabled", "true", "otel_sdk_start"), OTEL_OK);
	config_resolve(config);
	ck_assert(config_bool(config, "sdk", "disabled"));
	ck_assert_str_eq(config_origin(config, "sdk", "disabled"), "otel_sdk_start");
	config_destroy(config);
}
END_TEST

START_TEST(otel_enabled_false_is_understood_with_a_hint)
{
	static const char *const off[] = {"OTEL_ENABLED=False", NULL};
	static const char *const on[] = {"OTEL_ENABLED=true", NULL};
	static const char *const both[] = {"OTEL_ENABLED=false", "OTEL_SDK_DISABLED=false", NULL};
	struct otel_boot boot = boot_of(on);
	struct config *config;

	capture_begin();
	config = with_env(&boot);
	ck_assert(!config_bool(config, "sdk", "disabled"));
	config_destroy(config);
	boot = boot_of(both);
	config = with_env(&boot);
	ck_assert(!config_bool(config, "sdk", "disabled"));
	config_destroy(config);
	ck_assert_str_eq(capture_end(), "");

	capture_begin();
	boot = boot_of(off);
	config = with_env(&boot);
	ck_assert_ptr_nonnull(strstr(capture_end(), "OTEL_SDK_DISABLED=true"));
	ck_assert(config_bool(config, "sdk", "disabled"));
	ck_assert_str_eq(config_origin(config, "sdk", "disabled"), "OTEL_ENABLED");
	config_destroy(config);
}
END_TEST

START_TEST(a_yaml_configuration_is_refused_in_one_line)
{
	static const char *const env[] = {"OTEL_CONFIG_FILE=/etc/otel.yaml", "OTEL_SERVICE_NAME=still-read", NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config;
	const char *said;

	capture_begin();
	config = with_env(&boot);
	said = capture_end();
	ck_assert_int_eq(strncmp(said, "otel-c: OTEL_CONFIG_FILE: \"/etc/otel.yaml\" is not read", 53), 0);
	ck_assert_ptr_eq(strchr(said, '\n'), said + strlen(said) - 1);
	ck_assert_str_eq(config_str(config, "resource", "service_name"), "still-read");
	config_destroy(config);
}
END_TEST

START_TEST(of_a_variable_that_stands_twice_the_first_counts)
{
	static const char *const env[] = {"OTEL_SERVICE_NAME=first",
					  "OTEL_SERVICE_NAME=second",
					  "OTEL_SERVICE_VERSION=",
					  "OTEL_SERVICE_VERSION=2",
					  "OTEL_SERVICE_NAME",
					  "=OTEL_SERVICE_NAME",
					  NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config = with_env(&boot);

	ck_assert_str_eq(config_str(config, "resource", "service_name"), "first");
	ck_assert_ptr_null(config_str(config, "resource", "service_version"));
	config_destroy(config);
}
END_TEST

START_TEST(variables_that_were_given_up_are_answered_with_what_took_their_place)
{
	static const char *const env[] = {
		"OTEL_EXPORTER_OTLP_SPAN_INSECURE=true",
		"OTEL_EXPORTER_OTLP_METRIC_INSECURE=", "OTEL_EXPERIMENTAL_CONFIG_FILE=/o.yaml", NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config;

	capture_begin();
	config = with_env(&boot);
	ck_assert_str_eq(
		capture_end(),
		"otel-c: OTEL_EXPERIMENTAL_CONFIG_FILE: \"/o.yaml\" is not read, configuration in YAML is not "
		"supported "
		"yet; allowed: OTEL_* variables, or an INI file named by OTEL_C_CONFIG\n"
		"otel-c: OTEL_EXPORTER_OTLP_SPAN_INSECURE: \"true\" is not supported, the specification has given the "
		"variable up; the scheme of the endpoint, http:// or https://, decides\n");
	ck_assert_uint_eq(config_problems(config), 2);
	config_destroy(config);
}
END_TEST

SUITE_MAIN("env", NULL, {variables_are_values_of_their_rows, 0}, {variables_the_launcher_set_are_flags, 0},
	   {ambient_variables_are_beaten_by_every_file, 0}, {a_secure_program_is_not_configured_by_its_environment, 0},
	   {no_environment_at_all_is_fine, 0}, {sdk_disabled_wins_over_everything, 0},
	   {sdk_disabled_false_is_an_ordinary_value, 0}, {otel_enabled_false_is_understood_with_a_hint, 0},
	   {a_yaml_configuration_is_refused_in_one_line, 0},
	   {variables_that_were_given_up_are_answered_with_what_took_their_place, 0},
	   {of_a_variable_that_stands_twice_the_first_counts, 0})

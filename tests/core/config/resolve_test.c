/* SPDX-License-Identifier: Apache-2.0
 *
 * resolve_test.c - settling values, and what is said of bad ones.
 */
#include "capture.h"

#include "support/suite.h"

static const otel_config_row rows[] = {
	{"r", "count", "R_COUNT", OTEL_CONFIG_INT, 0, "7", NULL, "Count."},
	{"r", "on", "R_ON", OTEL_CONFIG_BOOL, 0, "true", NULL, "On."},
	{"r", "mode", "R_MODE", OTEL_CONFIG_ENUM, 0, "fast", "fast|slow", "Mode."},
	{"r", "token", "R_TOKEN", OTEL_CONFIG_INT, OTEL_CONFIG_SECRET, NULL, NULL, "Secret."},
	{"r", "url", "R_URL", OTEL_CONFIG_URL, 0, NULL, NULL, "Url."},
	{"r", "ratio", "R_RATIO", OTEL_CONFIG_DOUBLE, 0, "1.0", NULL, "Ratio."},
};

static struct config *with_rows(const struct otel_boot *boot)
{
	struct config *config = config_create();

	ck_assert_int_eq(config_add_rows(config, "test", rows, COUNT(rows)), OTEL_OK);
	config_read_env(config, boot);
	return config;
}

START_TEST(a_bad_value_lets_the_layer_below_show_through)
{
	static const char *const env[] = {"R_COUNT=many", NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config = with_rows(&boot);

	ck_assert_int_eq(read_text(config, CONFIG_SITE, "below.ini", "[r]\ncount = 3\n"), OTEL_OK);
	ck_assert_int_eq(read_text(config, CONFIG_USER, "above.ini", "[r]\n\ncount = -3\n"), OTEL_OK);
	capture_begin();
	config_resolve(config);
	ck_assert_str_eq(
		capture_end(),
		"otel-c: R_COUNT: \"many\" is not allowed; allowed: whole numbers from 0 to 2147483647\n"
		"otel-c: above.ini:3: [r] count: \"-3\" is not allowed; allowed: whole numbers from 0 to 2147483647\n");
	ck_assert_int_eq(config_int(config, "r", "count"), 3);
	ck_assert_str_eq(config_origin(config, "r", "count"), "below.ini:2");
	config_destroy(config);
}
END_TEST

START_TEST(without_any_good_value_the_default_holds)
{
	static const char *const env[] = {"R_COUNT=lots", "R_MODE=Medium", "R_RATIO=half", NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config = with_rows(&boot);

	capture_begin();
	config_resolve(config);
	ck_assert_ptr_nonnull(strstr(capture_end(), "R_MODE: \"Medium\" is not allowed; allowed: fast, slow\n"));
	ck_assert_int_eq(config_int(config, "r", "count"), 7);
	ck_assert_str_eq(config_str(config, "r", "mode"), "fast");
	ck_assert_double_eq(config_double(config, "r", "ratio"), 1.0);
	ck_assert_str_eq(config_origin(config, "r", "count"), "default");
	config_destroy(config);
}
END_TEST

START_TEST(what_is_not_true_is_false_whatever_the_default)
{
	static const char *const env[] = {"R_ON=yes", NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config = with_rows(&boot);

	capture_begin();
	config_resolve(config);
	ck_assert_str_eq(capture_end(), "otel-c: R_ON: \"yes\" is not allowed; allowed: true, false; taken as false\n");
	ck_assert(!config_bool(config, "r", "on"));
	ck_assert_str_eq(config_origin(config, "r", "on"), "R_ON");
	config_destroy(config);
}
END_TEST

START_TEST(enums_come_out_as_the_schema_spells_them)
{
	static const char *const env[] = {"R_MODE=SLOW", "OTEL_EXPORTER_OTLP_PROTOCOL=HTTP/Protobuf", NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config = with_rows(&boot);

	config_resolve(config);
	ck_assert_str_eq(config_str(config, "r", "mode"), "slow");
	ck_assert_str_eq(config_str(config, "exporter.otlp", "protocol"), "http/protobuf");
	config_destroy(config);
}
END_TEST

START_TEST(blank_values_count_as_unset)
{
	static const char *const env[] = {"R_COUNT=  ", "R_ON=\t", NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config = with_rows(&boot);

	capture_begin();
	config_resolve(config);
	ck_assert_str_eq(capture_end(), "");
	ck_assert_int_eq(config_int(config, "r", "count"), 7);
	ck_assert(config_bool(config, "r", "on"));
	config_destroy(config);
}
END_TEST

START_TEST(secrets_are_never_said)
{
	static const char *const env[] = {"R_TOKEN=s3cret", NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config = with_rows(&boot);
	const char *said;

	ck_assert_int_eq(read_text(config, CONFIG_SITE, "secret.ini", "[r]\ntoken = s3cret\n"), OTEL_OK);
	capture_begin();
	config_resolve(config);
	said = capture_end();
	ck_assert_ptr_null(strstr(said, "s3cret"));
	ck_assert_ptr_nonnull(strstr(said, "R_TOKEN: the value is not allowed; allowed: "));
	ck_assert_ptr_nonnull(strstr(said, "secret.ini:2: [r] token: the value is not allowed; allowed: "));
	config_destroy(config);
}
END_TEST

START_TEST(passwords_in_urls_are_never_said)
{
	static const char *const urls[] = {"R_URL=ftp://user:s3cret@host/x", "R_URL=user:s3cret@host",
					   "R_URL=ftp://host/1?token=s3cret", "R_URL=ftp://host/2#s3cret",
					   "R_URL=gopher://u:s3cret@host?x@y"};
	static const char *const shown[] = {"\"ftp://redacted@host/x\"", "\"redacted@host\"", "\"ftp://host/1\"",
					    "\"ftp://host/2\"", "\"gopher://redacted@\""};

	for (size_t i = 0; i < COUNT(urls); i++) {
		const char *const env[] = {urls[i], NULL};
		struct otel_boot boot = boot_of(env);
		struct config *config = with_rows(&boot);
		const char *said;
		capture_begin();
		config_resolve(config);
		said = capture_end();
		ck_assert_msg(strstr(said, shown[i]) != NULL, "%s", said);
		ck_assert_msg(!strstr(said, "s3cret"), "%s", said);
		config_destroy(config);
	}
}
END_TEST

START_TEST(a_long_bad_value_is_cut)
{
	static char env_text[5000] = "R_COUNT=";
	const char *const env[] = {env_text, NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config;
	const char *said;

	memset(env_text + 8, 'z', sizeof(env_text) - 9);
	config = with_rows(&boot);
	capture_begin();
	config_resolve(config);
	said = capture_end();
	ck_assert_uint_lt(strlen(said), 400);
	ck_assert_ptr_nonnull(strstr(said, "zzz...\" is not allowed"));
	config_destroy(config);
}
END_TEST

START_TEST(computed_defaults_may_come_between_two_resolves)
{
	struct config *config = with_rows(NULL);

	config_resolve(config);
	ck_assert_int_eq(config_int(config, "r", "count"), 7);
	ck_assert_int_eq(config_set(config, CONFIG_COMPUTED, "r", "count", "8", "plugin"), OTEL_OK);
	config_resolve(config);
	ck_assert_int_eq(config_int(config, "r", "count"), 8);
	ck_assert_str_eq(config_origin(config, "r", "count"), "plugin");
	ck_assert_int_eq(config_layer_of(config, "r", "count"), CONFIG_COMPUTED);
	config_destroy(config);
}
END_TEST

START_TEST(a_bad_default_of_a_plugin_names_the_plugin)
{
	static const otel_config_row bad[] = {{"bad", "default", NULL, OTEL_CONFIG_INT, 0, "x", NULL, "x"}};
	struct config *config = config_create();

	ck_assert_int_eq(config_add_rows(config, "acme", bad, 1), OTEL_OK);
	capture_begin();
	config_resolve(config);
	ck_assert_str_eq(capture_end(), "otel-c: acme: the default of [bad] default is not allowed\n");
	ck_assert_int_eq(config_int(config, "bad", "default"), -1);
	config_destroy(config);
}
END_TEST

START_TEST(a_distro_may_let_the_environment_beat_code)
{
	static const char *const env[] = {"OTEL_SERVICE_NAME=run", "OTEL_SERVICE_VERSION=1", NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config = with_rows(&boot);

	ck_assert_int_eq(config_set(config, CONFIG_CODE, "resource", "service_name", "coded", "main"), OTEL_OK);
	ck_assert_int_eq(config_set(config, CONFIG_CODE, "resource", "service_version", "2", "main"), OTEL_OK);
	config_resolve(config);
	ck_assert_str_eq(config_str(config, "resource", "service_name"), "coded");
	ck_assert_int_eq(read_text(config, CONFIG_DISTRO, "wins.ini",
				   "[distro]\nname = wins\nenvironment_wins = x, resource.service_name,resource\n"),
			 OTEL_OK);
	config_resolve(config);
	ck_assert_str_eq(config_str(config, "resource", "service_name"), "run");
	ck_assert_str_eq(config_str(config, "resource", "service_version"), "2");
	config_destroy(config);
}
END_TEST

SUITE_MAIN("resolve", NULL, {a_bad_value_lets_the_layer_below_show_through, 0},
	   {without_any_good_value_the_default_holds, 0}, {what_is_not_true_is_false_whatever_the_default, 0},
	   {enums_come_out_as_the_schema_spells_them, 0}, {blank_values_count_as_unset, 0}, {secrets_are_never_said, 0},
	   {passwords_in_urls_are_never_said, 0}, {a_long_bad_value_is_cut, 0},
	   {computed_defaults_may_come_between_two_resolves, 0}, {a_bad_default_of_a_plugin_names_the_plugin, 0},
	   {a_distro_may_let_the_environment_beat_code, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_test.c - who said what, in order.
 */
#include "config/explain.h"

#include <stdio.h>

#include "capture.h"
#include "support/suite.h"

static const char *place_of(const struct config_source *source)
{
	static char out[256];
	struct buf buf;

	buf_init(&buf, sizeof(out) - 1);
	config_show_source(&buf, source);
	snprintf(out, sizeof(out), "%s", buf_str(&buf));
	buf_fini(&buf);
	return out;
}

START_TEST(sources_come_from_the_effective_one_down_to_the_default)
{
	static const struct {
		enum config_layer layer;
		const char *kind, *value, *place;
	} expected[] = {
		{CONFIG_CODE, "code", "9", "otel_sdk_start"},
		{CONFIG_ENV, "environment", "8", "OTEL_BSP_MAX_QUEUE_SIZE"},
		{CONFIG_USER, "user", "7", "u.ini:2"},
		{CONFIG_SITE, "site", "6", "C:/etc/s.ini:4"},
		{CONFIG_DISTRO, "distro", "5", "acme.ini:2"},
		{CONFIG_DISTRO, "distro", "4", "base.ini:2"},
		{CONFIG_COMPUTED, "computed", "3", "plugin acme"},
		{CONFIG_BUILTIN, "default", "2048", "default"},
	};
	static const char *const env[] = {"OTEL_BSP_MAX_QUEUE_SIZE=8", NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config = config_create();
	struct config_source sources[CONFIG_MAX_SOURCES];

	config_set(config, CONFIG_CODE, "bsp", "max_queue_size", "9", "otel_sdk_start");
	config_set(config, CONFIG_COMPUTED, "bsp", "max_queue_size", "3", "plugin acme");
	read_text(config, CONFIG_SITE, "C:/etc/s.ini", "[bsp]\n\n\nmax_queue_size = 6\n");
	read_text(config, CONFIG_USER, "u.ini", "[bsp]\nmax_queue_size = 7\n");
	read_text(config, CONFIG_DISTRO, "acme.ini", "[bsp]\nmax_queue_size = 5\n");
	config->depth = 1;
	read_text(config, CONFIG_DISTRO, "base.ini", "[bsp]\nmax_queue_size = 4\n");
	config_read_env(config, &boot);
	config_resolve(config);
	ck_assert_uint_eq(config_explain(config, config_find(config, "bsp", "max_queue_size"), sources),
			  COUNT(expected));
	for (size_t i = 0; i < COUNT(expected); i++) {
		ck_assert_int_eq(sources[i].layer, expected[i].layer);
		ck_assert_str_eq(config_layer_name(sources[i].layer), expected[i].kind);
		ck_assert_str_eq(sources[i].text, expected[i].value);
		ck_assert_str_eq(place_of(&sources[i]), expected[i].place);
	}
	ck_assert_uint_eq(sources[3].line, 4);
	ck_assert_uint_eq(sources[3].file.len, strlen("C:/etc/s.ini"));
	config_destroy(config);
}
END_TEST

START_TEST(what_is_not_allowed_or_empty_was_never_beaten)
{
	static const char *const env[] = {"OTEL_BSP_MAX_QUEUE_SIZE=8", NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config = config_create();
	struct config_source sources[CONFIG_MAX_SOURCES];

	read_text(config, CONFIG_SITE, "never.ini", "[bsp]\nmax_queue_size = umpteen\n");
	read_text(config, CONFIG_USER, "empty.ini", "[bsp]\nmax_queue_size =\n");
	config_read_env(config, &boot);
	capture_begin();
	config_resolve(config);
	capture_end();
	ck_assert_uint_eq(config_explain(config, config_find(config, "bsp", "max_queue_size"), sources), 2);
	ck_assert_int_eq(sources[0].layer, CONFIG_ENV);
	ck_assert_int_eq(sources[1].layer, CONFIG_BUILTIN);
	config_destroy(config);
}
END_TEST

START_TEST(a_disabling_variable_beats_code)
{
	static const char *const env[] = {"OTEL_SDK_DISABLED=true", NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config = config_create();
	struct config_source sources[CONFIG_MAX_SOURCES];

	config_set(config, CONFIG_CODE, "sdk", "disabled", "false", "otel_sdk_start");
	config_read_env(config, &boot);
	config_resolve(config);
	ck_assert_uint_eq(config_explain(config, config_find(config, "sdk", "disabled"), sources), 3);
	ck_assert_int_eq(sources[0].layer, CONFIG_ENV);
	ck_assert_int_eq(sources[1].layer, CONFIG_CODE);
	ck_assert_int_eq(sources[2].layer, CONFIG_BUILTIN);
	config_destroy(config);
}
END_TEST

START_TEST(an_unset_key_has_no_source)
{
	struct config *config = config_create();
	struct config_source sources[CONFIG_MAX_SOURCES];

	config_resolve(config);
	ck_assert_uint_eq(config_explain(config, config_find(config, "resource", "service_name"), sources), 0);
	config_destroy(config);
}
END_TEST

SUITE_MAIN("explain", NULL, {sources_come_from_the_effective_one_down_to_the_default, 0},
	   {what_is_not_allowed_or_empty_was_never_beaten, 0}, {a_disabling_variable_beats_code, 0},
	   {an_unset_key_has_no_source, 0})

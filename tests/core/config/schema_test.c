/* SPDX-License-Identifier: Apache-2.0
 *
 * schema_test.c - the table of keys: unique both ways, named by the rule, with proper defaults.
 */
#include "capture.h"

#include <ctype.h>
#include <stdio.h>

#include "config/store.h"

START_TEST(every_key_stands_once)
{
	for (size_t i = 0; i < config_schema_count; i++) {
		for (size_t j = 0; j < i; j++) {
			const otel_config_row *a = &config_schema[i];
			const otel_config_row *b = &config_schema[j];
			ck_assert_msg(strcmp(a->section, b->section) || strcmp(a->key, b->key), "[%s] %s", a->section,
				      a->key);
		}
	}
}
END_TEST

START_TEST(every_variable_stands_once)
{
	for (size_t i = 0; i < config_schema_count; i++) {
		const char *env = config_schema[i].env;
		for (size_t j = 0; env && j < i; j++)
			ck_assert_msg(!config_schema[j].env || strcmp(env, config_schema[j].env), "%s", env);
		for (const char *const *known = config_known_variables; env && *known; known++)
			ck_assert_msg(strcmp(env, *known), "%s", env);
	}
	for (size_t i = 0; config_known_variables[i]; i++) {
		for (size_t j = 0; j < i; j++)
			ck_assert_str_ne(config_known_variables[i], config_known_variables[j]);
	}
}
END_TEST

/* Names that the specification, or a wide habit, gives. */
static bool is_given(const char *env)
{
	static const char *const prefixes[] = {"OTEL_BSP_", "OTEL_EXPORTER_OTLP_", "OTEL_TRACES_"};
	static const char *const names[] = {"OTEL_SDK_DISABLED", "OTEL_PROPAGATORS", "OTEL_LOG_LEVEL",
					    "OTEL_RESOURCE_ATTRIBUTES", "OTEL_SERVICE_NAME",
					    "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT",
					    "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT",
					    "OTEL_SPAN_EVENT_COUNT_LIMIT", "OTEL_SPAN_LINK_COUNT_LIMIT",
					    "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT",
					    /* ours, apart from the rule */
					    "OTEL_DISTRO", "OTEL_SERVICE_VERSION", "DEPLOYMENT_ENVIRONMENT"};

	for (size_t i = 0; i < COUNT(prefixes); i++)
		if (!strncmp(env, prefixes[i], strlen(prefixes[i])))
			return true;
	for (size_t i = 0; i < COUNT(names); i++)
		if (!strcmp(env, names[i]))
			return true;
	return false;
}

START_TEST(our_own_variables_are_named_by_section_and_key)
{
	for (size_t i = 0; i < config_schema_count; i++) {
		const otel_config_row *row = &config_schema[i];
		char rule[128];
		if (!row->env || is_given(row->env))
			continue;
		snprintf(rule, sizeof(rule), "OTEL_C_%s_%s", row->section, row->key);
		for (char *p = rule; *p; p++)
			*p = *p == '.' ? '_' : (char)toupper(*p);
		ck_assert_str_eq(row->env, rule);
	}
}
END_TEST

START_TEST(variables_of_the_otlp_exporter_follow_their_sections)
{
	for (size_t i = 0; i < config_schema_count; i++) {
		const otel_config_row *row = &config_schema[i];
		char rule[128];
		if (!row->env || strncmp(row->section, "exporter.otlp", 13) != 0)
			continue;
		snprintf(rule, sizeof(rule), "OTEL_%s_%s", row->section, row->key);
		for (char *p = rule; *p; p++)
			*p = *p == '.' ? '_' : (char)toupper(*p);
		ck_assert_str_eq(row->env, rule);
	}
}
END_TEST

START_TEST(every_row_is_proper)
{
	for (size_t i = 0; i < config_schema_count; i++) {
		const otel_config_row *row = &config_schema[i];
		ck_assert_uint_le(strlen(row->section), CONFIG_MAX_NAME);
		ck_assert_uint_le(strlen(row->key), CONFIG_MAX_NAME);
		ck_assert(row->type <= OTEL_CONFIG_PATH);
		ck_assert_msg((row->type == OTEL_CONFIG_ENUM) == (row->choices != NULL), "%s", row->key);
		ck_assert_msg(row->help && row->help[strlen(row->help) - 1] == '.', "[%s] %s", row->section, row->key);
	}
}
END_TEST

START_TEST(headers_are_secret)
{
	unsigned count = 0;

	for (size_t i = 0; i < config_schema_count; i++) {
		if (!strstr(config_schema[i].key, "headers"))
			continue;
		ck_assert(config_schema[i].flags & OTEL_CONFIG_SECRET);
		count++;
	}
	ck_assert_uint_eq(count, 3);
}
END_TEST

START_TEST(the_defaults_are_those_of_the_specification)
{
	static const struct {
		const char *section;
		const char *key;
		const char *value;
	} rows[] = {
		{"sdk", "disabled", "false"},
		{"sdk", "id_generator", "random"},
		{"otel", "propagators", "tracecontext,baggage"},
		{"otel", "log_level", NULL},
		{"traces", "exporter", "otlp"},
		{"traces", "sampler", "parentbased_always_on"},
		{"bsp", "schedule_delay", "5000"},
		{"bsp", "export_timeout", "30000"},
		{"bsp", "max_queue_size", "2048"},
		{"bsp", "max_export_batch_size", "512"},
		{"limits", "attribute_count", "128"},
		{"limits", "attribute_value_length", NULL},
		{"limits.span", "attribute_count", NULL},
		{"limits.span", "event_count", "128"},
		{"limits.span", "link_count", "128"},
		{"limits.event", "attribute_count", "128"},
		{"limits.link", "attribute_count", "128"},
		{"exporter.otlp", "endpoint", "http://localhost:4318"},
		{"exporter.otlp", "protocol", "http/protobuf"},
		{"exporter.otlp", "timeout", "10000"},
		{"exporter.otlp", "compression", "none"},
		{"exporter.otlp.traces", "endpoint", NULL},
		{"exporter.otlp.traces", "protocol", NULL},
		{"exporter.otlp.traces", "timeout", NULL},
		{"http", "load", "lazy"},
		{"exit", "timeout", "2000"},
	};
	struct config *config = config_create();

	capture_begin();
	config_resolve(config);
	ck_assert_str_eq(capture_end(), "");
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *value = config_str(config, rows[i].section, rows[i].key);
		ck_assert_msg(!value == !rows[i].value && (!value || !strcmp(value, rows[i].value)), "[%s] %s: %s",
			      rows[i].section, rows[i].key, value ? value : "unset");
	}
	config_destroy(config);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("schema");
	TCase *tests = tcase_create("all");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tests);
	tcase_add_test(tests, every_key_stands_once);
	tcase_add_test(tests, every_variable_stands_once);
	tcase_add_test(tests, our_own_variables_are_named_by_section_and_key);
	tcase_add_test(tests, variables_of_the_otlp_exporter_follow_their_sections);
	tcase_add_test(tests, every_row_is_proper);
	tcase_add_test(tests, headers_are_secret);
	tcase_add_test(tests, the_defaults_are_those_of_the_specification);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? 1 : 0;
}

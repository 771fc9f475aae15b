/* SPDX-License-Identifier: Apache-2.0
 *
 * schema_test.c - the table of keys: unique both ways, named by the rule, with proper defaults.
 */
#include "capture.h"

#include <ctype.h>
#include <stdio.h>

#include "config/store.h"
#include "support/suite.h"

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

/* The variables of the specification (specification/configuration/sdk-environment-variables.md, protocol/exporter.md),
 * as it writes them, with their defaults. */
static const struct {
	const char *env;
	const char *value; /* NULL = none, or another key's */
} specified[] = {
	{"OTEL_SDK_DISABLED", "false"},
	{"OTEL_ENTITIES", NULL},
	{"OTEL_RESOURCE_ATTRIBUTES", NULL},
	{"OTEL_SERVICE_NAME", NULL},
	{"OTEL_LOG_LEVEL", NULL},
	{"OTEL_PROPAGATORS", "tracecontext,baggage"},
	{"OTEL_TRACES_SAMPLER", "parentbased_always_on"},
	{"OTEL_TRACES_SAMPLER_ARG", NULL},
	{"OTEL_TRACES_EXPORTER", "otlp"},
	{"OTEL_METRICS_EXPORTER", "otlp"},
	{"OTEL_LOGS_EXPORTER", "otlp"},
	{"OTEL_BSP_SCHEDULE_DELAY", "5000"},
	{"OTEL_BSP_EXPORT_TIMEOUT", "30000"},
	{"OTEL_BSP_MAX_QUEUE_SIZE", "2048"},
	{"OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "512"},
	{"OTEL_BLRP_SCHEDULE_DELAY", "1000"},
	{"OTEL_BLRP_EXPORT_TIMEOUT", "30000"},
	{"OTEL_BLRP_MAX_QUEUE_SIZE", "2048"},
	{"OTEL_BLRP_MAX_EXPORT_BATCH_SIZE", "512"},
	{"OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", NULL},
	{"OTEL_ATTRIBUTE_COUNT_LIMIT", "128"},
	{"OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", NULL},
	{"OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", NULL},
	{"OTEL_SPAN_EVENT_COUNT_LIMIT", "128"},
	{"OTEL_SPAN_LINK_COUNT_LIMIT", "128"},
	{"OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "128"},
	{"OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", "128"},
	{"OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT", NULL},
	{"OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT", NULL},
	{"OTEL_METRICS_EXEMPLAR_FILTER", "trace_based"},
	{"OTEL_METRIC_EXPORT_INTERVAL", "60000"},
	{"OTEL_METRIC_EXPORT_TIMEOUT", "30000"},
	{"OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "cumulative"},
	{"OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION", "explicit_bucket_histogram"},
	{"OTEL_EXPORTER_PROMETHEUS_HOST", "localhost"},
	{"OTEL_EXPORTER_PROMETHEUS_PORT", "9464"},
	{"OTEL_EXPORTER_ZIPKIN_ENDPOINT", "http://localhost:9411/api/v2/spans"},
	{"OTEL_EXPORTER_ZIPKIN_TIMEOUT", "10000"},
	{"OTEL_EXPORTER_ZIPKIN_PROTOCOL", NULL},
	{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318"},
	{"OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"},
	{"OTEL_EXPORTER_OTLP_HEADERS", NULL},
	{"OTEL_EXPORTER_OTLP_COMPRESSION", "none"},
	{"OTEL_EXPORTER_OTLP_TIMEOUT", "10000"},
	{"OTEL_EXPORTER_OTLP_CERTIFICATE", NULL},
	{"OTEL_EXPORTER_OTLP_CLIENT_KEY", NULL},
	{"OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", NULL},
	{"OTEL_EXPORTER_OTLP_INSECURE", "false"},
};

static const char *const otlp_suffixes[] = {"ENDPOINT", "PROTOCOL",    "HEADERS",    "COMPRESSION",
					    "TIMEOUT",  "CERTIFICATE", "CLIENT_KEY", "CLIENT_CERTIFICATE",
					    "INSECURE"};

static const otel_config_row *row_of(const char *env)
{
	for (size_t i = 0; i < config_schema_count; i++)
		if (config_schema[i].env && !strcmp(config_schema[i].env, env))
			return &config_schema[i];
	ck_abort_msg("no row has %s", env);
}

START_TEST(every_variable_of_the_specification_has_a_row_with_its_default)
{
	for (size_t i = 0; i < COUNT(specified); i++) {
		const otel_config_row *row = row_of(specified[i].env);
		ck_assert_msg(!row->default_value == !specified[i].value &&
				      (!row->default_value || !strcmp(row->default_value, specified[i].value)),
			      "%s: %s", row->env, row->default_value ? row->default_value : "unset");
	}
}
END_TEST

START_TEST(every_signal_refines_what_is_common_to_the_otlp_exporter)
{
	static const char *const signals[] = {"TRACES", "METRICS", "LOGS"};
	char name[128];

	for (size_t i = 0; i < COUNT(signals) * COUNT(otlp_suffixes); i++) {
		const char *suffix = otlp_suffixes[i % COUNT(otlp_suffixes)];
		const otel_config_row *common, *row;
		snprintf(name, sizeof name, "OTEL_EXPORTER_OTLP_%s", suffix);
		common = row_of(name);
		snprintf(name, sizeof name, "OTEL_EXPORTER_OTLP_%s_%s", signals[i / COUNT(otlp_suffixes)], suffix);
		row = row_of(name);
		ck_assert_msg(!row->default_value, "%s would hide the common value", name);
		ck_assert_uint_eq(row->type, common->type);
		ck_assert_uint_eq(row->flags, common->flags);
		ck_assert_str_eq(row->key, common->key);
	}
}
END_TEST

/* The core's defaults are handed out as they are written. */
START_TEST(defaults_are_written_as_they_come_out)
{
	struct config *config = config_create();

	for (size_t i = 0; i < config_schema_count; i++) {
		const otel_config_row *row = &config_schema[i];
		struct value value, taken;
		if (!row->default_value)
			continue;
		ck_assert_msg(config_parse_value(config, row, row->default_value, &value), "[%s] %s", row->section,
			      row->key);
		config_take_default(row, &taken);
		ck_assert_str_eq(value.text, row->default_value);
		ck_assert_str_eq(taken.text, row->default_value);
		ck_assert_int_eq(taken.number, value.number);
	}
	config_destroy(config);
}
END_TEST

static const char *proper_value(const otel_config_row *row)
{
	if (row->default_value)
		return row->default_value;
	return row->type == OTEL_CONFIG_BOOL ? "true" : !row->choices ? "1" : strrchr(row->choices, '|') + 1;
}

START_TEST(what_nothing_follows_yet_is_one_line_when_set)
{
	for (size_t i = 0; i < config_schema_count; i++) {
		const otel_config_row *row = &config_schema[i];
		char variable[256], said[256];
		const char *const env[] = {variable, NULL};
		struct otel_boot boot = boot_of(env);
		struct config *config = config_create();
		if (!row->env)
			goto next;
		snprintf(variable, sizeof variable, "%s=%s", row->env, proper_value(row));
		snprintf(said, sizeof said, "otel-c: %s is not supported yet: it has no effect\n", row->env);
		capture_begin();
		config_read_env(config, &boot);
		config_resolve(config);
		ck_assert_str_eq(capture_end(), row->flags & CONFIG_NOT_YET ? said : "");
		ck_assert_uint_eq(config_problems(config), 0);
	next:
		config_destroy(config);
	}
}
END_TEST

START_TEST(what_nothing_follows_yet_is_named_with_its_place_in_a_file)
{
	struct config *config = config_create();

	ck_assert_int_eq(read_text(config, CONFIG_SITE, "later.ini", "[resource]\nentities = a{b=c}\n"), OTEL_OK);
	capture_begin();
	config_resolve(config);
	ck_assert_str_eq(capture_end(),
			 "otel-c: later.ini:2: [resource] entities is not supported yet: it has no effect\n");
	config_destroy(config);
}
END_TEST

/* Names that the specification, or a wide habit, gives. */
static bool is_given(const char *env)
{
	static const char *const prefixes[] = {"OTEL_EXPORTER_OTLP_"};
	/* ours, apart from the rule */
	static const char *const names[] = {"OTEL_DISTRO", "OTEL_SERVICE_VERSION", "DEPLOYMENT_ENVIRONMENT"};

	for (size_t i = 0; i < COUNT(prefixes); i++)
		if (!strncmp(env, prefixes[i], strlen(prefixes[i])))
			return true;
	for (size_t i = 0; i < COUNT(names); i++)
		if (!strcmp(env, names[i]))
			return true;
	for (size_t i = 0; i < COUNT(specified); i++)
		if (!strcmp(env, specified[i].env))
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

START_TEST(variables_of_exporters_follow_their_sections)
{
	for (size_t i = 0; i < config_schema_count; i++) {
		const otel_config_row *row = &config_schema[i];
		char rule[128];
		if (!row->env || strncmp(row->section, "exporter.", 9) != 0 || !strncmp(row->env, "OTEL_C_", 7))
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
	ck_assert_uint_eq(count, 5);
}
END_TEST

static const struct {
	const char *section;
	const char *key;
	const char *value;
} defaults[] = {
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

START_TEST(the_defaults_are_those_of_the_specification)
{
	struct config *config = config_create();

	capture_begin();
	config_resolve(config);
	ck_assert_str_eq(capture_end(), "");
	for (size_t i = 0; i < COUNT(defaults); i++) {
		const char *value = config_str(config, defaults[i].section, defaults[i].key);
		ck_assert_msg(!value == !defaults[i].value && (!value || !strcmp(value, defaults[i].value)),
			      "[%s] %s: %s", defaults[i].section, defaults[i].key, value ? value : "unset");
	}
	config_destroy(config);
}
END_TEST

SUITE_MAIN("schema", NULL, {every_key_stands_once, 0}, {every_variable_stands_once, 0},
	   {every_variable_of_the_specification_has_a_row_with_its_default, 0},
	   {every_signal_refines_what_is_common_to_the_otlp_exporter, 0}, {defaults_are_written_as_they_come_out, 0},
	   {what_nothing_follows_yet_is_one_line_when_set, 0},
	   {what_nothing_follows_yet_is_named_with_its_place_in_a_file, 0},
	   {our_own_variables_are_named_by_section_and_key, 0}, {variables_of_exporters_follow_their_sections, 0},
	   {every_row_is_proper, 0}, {headers_are_secret, 0}, {the_defaults_are_those_of_the_specification, 0})

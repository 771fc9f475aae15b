/* SPDX-License-Identifier: Apache-2.0
 *
 * unknown_test.c - did you mean?
 */
#include "capture.h"
#include "config/store.h"

#include <stdio.h>

#include "support/suite.h"

/* What is said of one line in one section. */
static const char *said_of(const char *section, const char *line)
{
	static int number;
	char name[32];
	char text[300];
	struct config *config = config_create();
	const char *said;

	snprintf(name, sizeof(name), "unknown%d.ini", ++number);
	snprintf(text, sizeof(text), "[%s]\n%s\n", section, line);
	ck_assert_int_eq(read_text(config, CONFIG_SITE, name, text), OTEL_OK);
	capture_begin();
	config_resolve(config);
	said = capture_end();
	config_destroy(config);
	return said;
}

START_TEST(unknown_keys_are_answered_with_the_nearest_known_one)
{
	static const struct {
		const char *section;
		const char *line;
		const char *said;
	} rows[] = {
		{"bsp", "max_queue_sise = 1",
		 ":2: [bsp] max_queue_sise is no known key; did you mean [bsp] max_queue_size?\n"},
		{"bsp", "Max-Queue-Size = 1", "; did you mean [bsp] max_queue_size?\n"},
		{"bsp", "endpoint = http://h", "; did you mean [exporter.otlp] endpoint?\n"},
		{"bsp", "frobnicate = 1",
		 "[bsp] frobnicate is no known key; allowed: schedule_delay, export_timeout, "
		 "max_queue_size, max_export_batch_size\n"},
		{"bps", "max_queue_size = 1", ":2: [bps] is no known section; did you mean [bsp]?\n"},
		{"exporter.otpl", "endpoint = http://h",
		 "[exporter.otpl] is no known section; did you mean [exporter.otlp]?\n"},
		{"exporter.kafka", "endpoint = http://h", ":2: [exporter.kafka] is no known section\n"},
		{"exporters.otlp", "endpoint = http://h", "; did you mean [exporter.otlp]?\n"},
		{"BSP", "max_queue_size = 1", "; did you mean [bsp]?\n"},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *said = said_of(rows[i].section, rows[i].line);
		ck_assert_msg(strstr(said, rows[i].said) != NULL, "[%s] %s: %s", rows[i].section, rows[i].line, said);
		ck_assert_ptr_eq(strchr(said, '\n'), said + strlen(said) - 1);
	}
}
END_TEST

START_TEST(sections_of_distros_that_are_not_loaded_are_silent)
{
	static const char *const sections[] = {"aws", "splunk", "azure", "acme.realm", "b3", "jaeger", "pq", "datadog"};

	for (size_t i = 0; i < COUNT(sections); i++)
		ck_assert_str_eq(said_of(sections[i], "realm = x"), "");
}
END_TEST

START_TEST(an_unknown_section_is_one_line_however_many_keys)
{
	const char *said = said_of("bps", "a = 1\nb = 2\nc = 3");

	ck_assert_ptr_eq(strchr(said, '\n'), said + strlen(said) - 1);
}
END_TEST

START_TEST(unknown_keys_in_code_are_named_too)
{
	struct config *config = config_create();

	ck_assert_int_eq(config_set(config, CONFIG_CODE, "traces", "samplr", "x", "otel_sdk_start"), OTEL_OK);
	capture_begin();
	config_resolve(config);
	ck_assert_str_eq(capture_end(),
			 "otel-c: otel_sdk_start: [traces] samplr is no known key; did you mean [traces] sampler?\n");
	config_destroy(config);
}
END_TEST

static const char *said_of_env(const char *variable)
{
	const char *const env[] = {variable, NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config = config_create();
	const char *said;

	capture_begin();
	config_read_env(config, &boot);
	config_resolve(config);
	said = capture_end();
	config_destroy(config);
	return said;
}

START_TEST(variables_that_look_like_known_ones_are_reported)
{
	ck_assert_str_eq(said_of_env("OTEL_SERVICE_NAM=x"),
			 "otel-c: OTEL_SERVICE_NAM: no such variable; did you mean OTEL_SERVICE_NAME?\n");
	ck_assert_str_eq(
		said_of_env("OTEL_EXPORTER_OTLP_END_POINT=x"),
		"otel-c: OTEL_EXPORTER_OTLP_END_POINT: no such variable; did you mean OTEL_EXPORTER_OTLP_ENDPOINT?\n");
	ck_assert_str_eq(said_of_env("OTEL_PROPAGATOR=x"),
			 "otel-c: OTEL_PROPAGATOR: no such variable; did you mean OTEL_PROPAGATORS?\n");
	ck_assert_str_eq(said_of_env("OTEL_BLRP_MAX_QUEUESIZE=1"),
			 "otel-c: OTEL_BLRP_MAX_QUEUESIZE: no such variable; did you mean OTEL_BLRP_MAX_QUEUE_SIZE?\n");
}
END_TEST

START_TEST(known_and_foreign_variables_are_silent)
{
	static const char *const variables[] = {"OTEL_LOGS_EXPORTER=otlp",
						"OTEL_METRICS_EXPORTER=otlp",
						"OTEL_METRIC_EXPORT_INTERVAL=1",
						"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://h",
						"OTEL_EXPORTER_OTLP_LOGS_HEADERS=a=b",
						"OTEL_PYTHON_LOG_LEVEL=x",
						"OTEL_JAVA_ENABLED=x",
						"OTEL_GO_X_EXEMPLAR=1",
						"OTEL_SOMETHING_ELSE=1",
						"OTEL_C_CONFIG=/x",
						"OTEL_C_PLUGIN_PATH=/x",
						"OTEL_C_FLAGS=otel-c-trace",
						"OTEL_=1",
						"OTEL=1",
						"NOTHING",
						"",
						"SERVICE_NAME=x"};

	for (size_t i = 0; i < COUNT(variables); i++)
		ck_assert_str_eq(said_of_env(variables[i]), "");
}
END_TEST

START_TEST(names_people_type_are_answered_with_the_nearest_known_one)
{
	static const char *const rows[][2] = {
		{"bsp.max_queue_sise", "bsp.max_queue_size"},       {"bsp.max_queue", "bsp.max_queue_size"},
		{"OTEL_BSP_MAX_QUEUE", "OTEL_BSP_MAX_QUEUE_SIZE"},  {"OTEL_TRACE_SAMPLER", "OTEL_TRACES_SAMPLER"},
		{"service_name", "resource.service_name"},          {"SERVICE_NAME", "resource.service_name"},
		{"resource.service.name", "resource.service_name"},
	};
	struct config *config = config_create();
	char name[128];

	for (size_t i = 0; i < COUNT(rows); i++) {
		ck_assert_ptr_eq(config_near_name(config, rows[i][0], name, sizeof name), name);
		ck_assert_str_eq(name, rows[i][1]);
	}
	ck_assert_ptr_null(config_near_name(config, "the quick brown fox", name, sizeof name));
	ck_assert_ptr_null(config_near_name(config, "x", name, sizeof name));
	config_destroy(config);
}
END_TEST

SUITE_MAIN("unknown", NULL, {unknown_keys_are_answered_with_the_nearest_known_one, 0},
	   {sections_of_distros_that_are_not_loaded_are_silent, 0},
	   {an_unknown_section_is_one_line_however_many_keys, 0}, {unknown_keys_in_code_are_named_too, 0},
	   {variables_that_look_like_known_ones_are_reported, 0}, {known_and_foreign_variables_are_silent, 0},
	   {names_people_type_are_answered_with_the_nearest_known_one, 0})

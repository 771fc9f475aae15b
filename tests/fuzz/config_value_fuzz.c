/* SPDX-License-Identifier: Apache-2.0
 *
 * config_value_fuzz.c - any text as the value of each key of the schema (numbers, durations, booleans, enums, lists,
 * URLs), and as a name that the nearest known one is looked for. What is accepted is accepted again in the form it was
 * given. And as a value that people are shown: no user, password or query of a URL is left, and showing it again
 * changes nothing.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/shown.h"
#include "config/store.h"
#include "util/diag.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_row(struct config *config, const otel_config_row *row, const char *text)
{
	struct value first = CONFIG_UNSET, second = CONFIG_UNSET;

	if (!config_parse_value(config, row, text, &first))
		return;
	if (!first.text || strlen(first.text) > strlen(text) + 64)
		abort();
	if (first.number < -1 || first.number > INT32_MAX)
		abort();
	if (!config_parse_value(config, row, first.text, &second) || strcmp(first.text, second.text) != 0 ||
	    first.number != second.number)
		abort();
	if (!isnan(first.real) && first.real != second.real)
		abort();
}

static char *show(const otel_config_row *row, const char *text)
{
	struct buf out;
	size_t len;

	buf_init(&out, 16 * strlen(text) + 256);
	config_show_value(&out, row, text);
	if (out.failed || !buf_append_char(&out, '\0'))
		abort();
	return (char *)buf_take(&out, &len);
}

static void check_shown(const char *text)
{
	static const otel_config_row open_row = {"a", "open", NULL, OTEL_CONFIG_STRING, 0, NULL, NULL, ""};
	static const otel_config_row secret_row = {"a",  "b",  NULL, OTEL_CONFIG_STRING, OTEL_CONFIG_SECRET,
						   NULL, NULL, ""};
	char *once = show(&open_row, text);
	char *twice = show(&open_row, once);
	char *secret = show(&secret_row, text);

	if (strcmp(once, twice) != 0 || strcmp(secret, CONFIG_REDACTED) != 0)
		abort();
	for (const char *at = strstr(once, "://"); at; at = strstr(at + 3, "://")) {
		size_t len = strcspn(at + 3, "?# \t");
		const char *end = memchr(at + 3, '@', len);
		if (end && strncmp(at + 3, CONFIG_REDACTED "@", sizeof CONFIG_REDACTED) != 0)
			abort();
	}
	free(once);
	free(twice);
	free(secret);
}

static void check_unknown_names(const char *text)
{
	char variable[128];
	const char *const env[] = {variable, NULL};
	const struct otel_boot boot = {.size = sizeof boot, .env = env};
	struct config *config = config_create();
	char name[CONFIG_MAX_NAME + 1];

	snprintf(name, sizeof name, "%s", text);
	snprintf(variable, sizeof variable, "OTEL_%s=1", text);
	config_set(config, CONFIG_CODE, "bsp", name, "1", "the fuzzer");
	config_set(config, CONFIG_CODE, name, "endpoint", "1", "the fuzzer");
	config_read_env(config, &boot);
	config_resolve(config);
	if (strlen(text) < 40)
		config_near_name(config, text, name, sizeof name);
	config_destroy(config);
	/* Names of more than 127 bytes resemble nothing. */
	if (str_distance(text, text, 5) != (strlen(text) > 127 ? 5 : 0) ||
	    str_distance(text, "endpoint", 5) != str_distance("endpoint", text, 5))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const otel_config_row plugin_rows[] = {
		{"a", "double", NULL, OTEL_CONFIG_DOUBLE, 0, NULL, NULL, ""},
		{"a", "url", NULL, OTEL_CONFIG_URL, 0, NULL, NULL, ""},
		{"a", "positive", NULL, OTEL_CONFIG_TIMEOUT, OTEL_CONFIG_POSITIVE, NULL, NULL, ""},
	};
	char *text = malloc(size + 1);
	struct config *config = config_create();

	diag_setup(NULL, DIAG_NONE);
	if (!text || !config)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	for (size_t i = 0; i < config_schema_count; i++)
		check_row(config, &config_schema[i], text);
	for (size_t i = 0; i < sizeof plugin_rows / sizeof *plugin_rows; i++)
		check_row(config, &plugin_rows[i], text);
	check_unknown_names(text);
	check_shown(text);
	config_destroy(config);
	free(text);
	return 0;
}

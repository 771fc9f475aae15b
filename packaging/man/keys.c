/* SPDX-License-Identifier: Apache-2.0
 *
 * keys.c - writes the keys of the schema as the middle part of otel-c.ini(5), in mdoc, to standard output.
 */
#include <stdio.h>
#include <string.h>

#include "config/config.h"

static const struct {
	uint32_t type;
	const char *text;
} forms[] = {
	{OTEL_CONFIG_STRING, "Text"},
	{OTEL_CONFIG_BOOL, "True or false"},
	{OTEL_CONFIG_INT, "A whole number"},
	{OTEL_CONFIG_DURATION, "Milliseconds"},
	{OTEL_CONFIG_TIMEOUT, "Milliseconds"},
	{OTEL_CONFIG_DOUBLE, "A number"},
	{OTEL_CONFIG_ENUM, "One of "},
	{OTEL_CONFIG_LIST, "A list, divided by commas"},
	{OTEL_CONFIG_URL, "A URL, http or https"},
	{OTEL_CONFIG_PATH, "A path"},
};

static const char *form(uint32_t type)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (forms[i].type == type)
			return forms[i].text;
	}
	return forms[0].text;
}

/* What roff would take for a request, an escape or a hyphen is written so that it prints as it stands. */
static void put_text(const char *text)
{
	if (*text == '.' || *text == '\'')
		fputs("\\&", stdout);
	for (; *text; text++) {
		switch (*text) {
		case '\\':
			fputs("\\e", stdout);
			break;
		case '-':
			fputs("\\-", stdout);
			break;
		case '"':
			fputs("\\(dq", stdout);
			break;
		default:
			putchar(*text);
		}
	}
}

static void put_choices(const char *choices)
{
	for (; *choices; choices++) {
		if (*choices == '|')
			fputs(", ", stdout);
		else
			putchar(*choices);
	}
}

static void put_form(const otel_config_row *row)
{
	fputs(form(row->type), stdout);
	if (row->choices)
		put_choices(row->choices);
	if (row->default_value && *row->default_value) {
		fputs("; ", stdout);
		put_text(row->default_value);
		fputs(" unless set", stdout);
	}
	if (row->flags & OTEL_CONFIG_SECRET)
		fputs("; a secret, never shown", stdout);
	fputs(".\n", stdout);
}

static void put_row(const otel_config_row *row)
{
	printf(".It Ic %s", row->key);
	if (row->env)
		printf(" Pq Ev %s", row->env);
	putchar('\n');
	put_text(row->help);
	putchar('\n');
	put_form(row);
}

static void put_section(const char *section)
{
	printf(".Ss [%s]\n.Bl -tag -width Ds\n", section);
	for (size_t i = 0; i < config_schema_count; i++) {
		if (strcmp(config_schema[i].section, section) == 0)
			put_row(&config_schema[i]);
	}
	puts(".El");
}

static bool is_first_of_section(size_t row)
{
	for (size_t i = 0; i < row; i++) {
		if (strcmp(config_schema[i].section, config_schema[row].section) == 0)
			return false;
	}
	return true;
}

int main(void)
{
	for (size_t i = 0; i < config_schema_count; i++) {
		if (is_first_of_section(i))
			put_section(config_schema[i].section);
	}
	return ferror(stdout) ? 1 : 0;
}

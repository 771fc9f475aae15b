/* SPDX-License-Identifier: Apache-2.0
 *
 * ini_test.c - INI text as entries with their lines.
 */
#include "capture.h"

#include <ini.h>
#include <stdio.h>
#include <stdlib.h>

#include "config/store.h"
#include "support/suite.h"

static struct config *read_ini(const char *text, otel_status *status)
{
	static int number;
	char name[32];
	struct config *config = config_create();

	snprintf(name, sizeof(name), "case%d.ini", ++number);
	*status = read_text(config, CONFIG_SITE, name, text);
	return config;
}

/* One entry read from text, as it is. */
static void check_value(const char *text, const char *section, const char *key, const char *value)
{
	otel_status status;
	struct config *config = read_ini(text, &status);
	const char *raw;

	ck_assert_msg(status == OTEL_OK, "%s", text);
	raw = config_raw(config, section, key);
	ck_assert_msg(raw != NULL, "%s", text);
	ck_assert_str_eq(raw, value);
	config_destroy(config);
}

START_TEST(indentation_does_not_swallow_keys)
{
	static const char text[] = "[exporter.otlp]\n  endpoint = http://a\n  protocol = grpc\nheaders = a=b\n";

	check_value(text, "exporter.otlp", "endpoint", "http://a");
	check_value(text, "exporter.otlp", "protocol", "grpc");
	check_value(text, "exporter.otlp", "headers", "a=b");
}
END_TEST

START_TEST(values_of_any_length_arrive_whole)
{
	/* Around the places where inih's buffer of 200 bytes ends, and far beyond. */
	static const size_t lengths[] = {1,   48,  49,  50,  190, 191, 192, 193,  194,  195,
					 196, 197, 198, 199, 200, 201, 399, 5000, 65000};

	for (size_t i = 0; i < COUNT(lengths); i++) {
		static char text[66000];
		static char value[65001];
		for (size_t j = 0; j < lengths[i]; j++)
			value[j] = "ab;# =[]:%!~ z0"[j % 15];
		value[lengths[i] - 1] = 'x';
		value[lengths[i]] = 0;
		snprintf(text, sizeof(text), "[s]\n  k = %s\n", value);
		check_value(text, "s", "k", value);
	}
}
END_TEST

START_TEST(names_of_49_bytes_arrive_whole)
{
	static const char name[] = "0123456789012345678901234567890123456789012345678";
	char text[700];
	char value[401];

	ck_assert_uint_eq(strlen(name), CONFIG_MAX_NAME);
	snprintf(value, sizeof(value), "%0400d", 7);
	snprintf(text, sizeof(text), "[%s]\n%s = %s\n", name, name, value);
	check_value(text, name, name, value);
}
END_TEST

START_TEST(sections_may_be_opened_again)
{
	check_value("[s]\na = 1\n[t]\na = 2\n[s]\nb = 3\n", "s", "b", "3");
	check_value("[s]\na = 1\n[t]\na = 2\n[s]\nb = 3\n", "s", "a", "1");
}
END_TEST

START_TEST(every_entry_knows_its_line)
{
	static const char text[] = "; one\n[bsp]\n\nschedule_delay = \\\n  7\n[traces]\nexporter = none\n";
	struct config *config = config_create();

	ck_assert_int_eq(read_text(config, CONFIG_USER, "/x/u.ini", text), OTEL_OK);
	config_resolve(config);
	ck_assert_str_eq(config_origin(config, "bsp", "schedule_delay"), "/x/u.ini:4");
	ck_assert_int_eq(config_int(config, "bsp", "schedule_delay"), 7);
	ck_assert_str_eq(config_origin(config, "traces", "exporter"), "/x/u.ini:7");
	config_destroy(config);
}
END_TEST

START_TEST(a_broken_file_counts_for_nothing_and_says_where)
{
	static const struct {
		const char *text;
		const char *said;
	} rows[] = {
		{"[a]\nok = 1\nbroken\n",
		 ":3: no \"=\" in the line; allowed: [section], key = value, ; comment; the file is ignored\n"},
		{"ok = 1\n[a]\n", ":1: a key before the first [section]; the file is ignored\n"},
		{"[a]\nok = 1\n\n[b]\nok = 1\n[a]\nok = 2\n",
		 ":7: [a] ok is set twice: first in line 2; the file is ignored\n"},
		{"[a]\nok = 1\nk = \\\n x\nk = 2\n", ":5: [a] k is set twice: first in line 3; the file is ignored\n"},
		{"[a]\nok = 1\nk =\nk = 2\n", ":4: [a] k is set twice: first in line 3; the file is ignored\n"},
		{"[a]\nok = 1\n[b\n", ":3: the section has no closing \"]\"; the file is ignored\n"},
		{"[a]\nok = 1\nk = ${X\n",
		 ":3: [a] k has a \"${\" that is not ${NAME} or ${NAME:-default}; a plain $ is "
		 "written $$; the file is ignored\n"},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		otel_status status;
		struct config *config;
		const char *said;
		capture_begin();
		config = read_ini(rows[i].text, &status);
		said = capture_end();
		ck_assert_int_eq(status, OTEL_INVALID);
		ck_assert_msg(strstr(said, rows[i].said) != NULL, "%s", said);
		ck_assert_ptr_eq(strchr(said, '\n'), said + strlen(said) - 1);
		ck_assert_ptr_null(config_raw(config, "a", "ok"));
		config_destroy(config);
	}
}
END_TEST

START_TEST(what_other_formats_read_otherwise_is_one_line)
{
	static const struct {
		const char *text;
		const char *said; /* NULL = nothing */
	} rows[] = {
		{"[resource]\nservice_name = \"shop\"\n",
		 ":2: [resource] service_name: the quotes are part of the value; leave them out\n"},
		{"[resource]\n\nservice_name = 'shop'\n",
		 ":3: [resource] service_name: the quotes are part of the value; leave them out\n"},
		{"[resource]\nservice_name = shop # our\n", ":2: [resource] service_name: the text from \"#\" on is "
							    "part of the value; a comment behind a value begins "
							    "with \" ;\"\n"},
		{"[resource]\nservice_name = shop#1\nservice_version = \"\n", NULL},
		{"[resource]\nservice_name = \"a\", 'b\n", NULL},
		{"[resource]\nservice_name = shop ; # our\n", NULL},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		otel_status status;
		struct config *config;
		const char *said;
		capture_begin();
		config = read_ini(rows[i].text, &status);
		said = capture_end();
		ck_assert_int_eq(status, OTEL_OK);
		ck_assert_msg(rows[i].said ? strstr(said, rows[i].said) != NULL : !*said, "%s", said);
		ck_assert_ptr_nonnull(config_raw(config, "resource", "service_name"));
		ck_assert_uint_eq(config_problems(config), rows[i].said ? 1 : 0);
		config_destroy(config);
	}
}
END_TEST

START_TEST(too_many_keys_are_refused)
{
	struct buf text;
	struct config *config = config_create();

	buf_init(&text, CONFIG_MAX_FILE);
	buf_append_str(&text, "[s]\n");
	for (unsigned i = 0; i <= CONFIG_MAX_KEYS; i++)
		buf_printf(&text, "k%u=1\n", i);
	capture_begin();
	ck_assert_int_eq(config_read_text(config, CONFIG_SITE, "many.ini", buf_str(&text), text.len), OTEL_INVALID);
	ck_assert_ptr_nonnull(strstr(capture_end(), "many.ini:1002: more than 1000 keys"));
	buf_fini(&text);
	config_destroy(config);
}
END_TEST

START_TEST(a_host_that_turned_inihs_switches_gets_a_line_not_wrong_values)
{
	static const char text[] = "[s]\nk = 0123456789012345678901234567890123456789\n";
	otel_status status;
	struct config *config;

	capture_begin();
	ini_allow_inline_comments = false;
	check_value(text, "s", "k", "0123456789012345678901234567890123456789");
	ini_allow_inline_comments = true;
	ini_start_comment_prefixes = (char *)(uintptr_t) "k";
	config = read_ini(text, &status);
	ini_start_comment_prefixes = (char *)(uintptr_t) ";#";
	ck_assert_int_eq(status, OTEL_INVALID);
	ck_assert_ptr_null(config_raw(config, "s", "k"));
	config_destroy(config);
	ini_use_stack = false;
	ini_max_line = 8;
	ini_initial_alloc = 8;
	check_value(text, "s", "k", "0123456789012345678901234567890123456789");
	ini_allow_multiline = false;
	config = read_ini(text, &status);
	ini_allow_multiline = true;
	ini_max_line = 200;
	ini_initial_alloc = 200;
	ini_use_stack = true;
	ck_assert_int_eq(status, OTEL_INVALID);
	config_destroy(config);
	ck_assert_ptr_nonnull(strstr(capture_end(), "libinih does not read as it should"));
}
END_TEST

START_TEST(the_empty_file_is_fine)
{
	struct config *config = config_create();

	ck_assert_int_eq(config_read_text(config, CONFIG_SITE, "empty.ini", "", 0), OTEL_OK);
	ck_assert_int_eq(config_read_text(config, CONFIG_SITE, "empty.ini", NULL, 0), OTEL_OK);
	ck_assert_int_eq(read_text(config, CONFIG_SITE, "empty.ini", "\xef\xbb\xbf"), OTEL_OK);
	config_destroy(config);
}
END_TEST

SUITE_MAIN("ini", NULL, {indentation_does_not_swallow_keys, 0}, {values_of_any_length_arrive_whole, 0},
	   {names_of_49_bytes_arrive_whole, 0}, {sections_may_be_opened_again, 0}, {every_entry_knows_its_line, 0},
	   {a_broken_file_counts_for_nothing_and_says_where, 0}, {what_other_formats_read_otherwise_is_one_line, 0},
	   {too_many_keys_are_refused, 0}, {a_host_that_turned_inihs_switches_gets_a_line_not_wrong_values, 0},
	   {the_empty_file_is_fine, 0})

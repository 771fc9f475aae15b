/* SPDX-License-Identifier: Apache-2.0
 *
 * expand_test.c - variables in values of INI files.
 */
#include "capture.h"

#include "config/store.h"
#include "support/suite.h"

static const char *const env[] = {"NAME=value", "EMPTY=", "LONG_NAME_1=x", "NAMESAKE=other", NULL};

START_TEST(variables_are_filled_in)
{
	static const struct {
		const char *text;
		const char *expected;
	} rows[] = {
		{"", ""},
		{"plain", "plain"},
		{"${NAME}", "value"},
		{"a${NAME}b${LONG_NAME_1}c", "avaluebxc"},
		{"${env:NAME}", "value"},
		{"${NONE}", ""},
		{"${EMPTY}", ""},
		{"${NONE:-fallback}", "fallback"},
		{"${EMPTY:-fallback}", "fallback"},
		{"${NAME:-fallback}", "value"},
		{"${NONE:-}", ""},
		{"${NONE:-http://h:1/?a=b}", "http://h:1/?a=b"},
		{"${NAM}", ""},
		{"$$", "$"},
		{"$${NAME}", "${NAME}"},
		{"$$$$", "$$"},
		{"$", "$"},
		{"a$b 5$", "a$b 5$"},
		{"${NONE:-$$}", "$$"},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct otel_boot boot = boot_of(env);
		const char *why = NULL;
		struct buf out;
		buf_init(&out, 1000);
		ck_assert_msg(config_expand(view_of(rows[i].text), &boot, &out, &why), "%s", rows[i].text);
		ck_assert_str_eq(buf_str(&out), rows[i].expected);
		buf_fini(&out);
	}
}
END_TEST

START_TEST(malformed_references_are_refused)
{
	static const char *const rows[] = {"${",    "a${NAME", "${}",    "${1A}",   "${A B}",    "${A:x}",
					   "${A:}", "${:-x}",  "${A-x}", "${env:}", "${file:x}", "${${NAME}}"};

	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *why = NULL;
		struct buf out;
		buf_init(&out, 1000);
		ck_assert_msg(!config_expand(view_of(rows[i]), NULL, &out, &why), "%s", rows[i]);
		ck_assert_ptr_nonnull(strstr(why, "${NAME:-default}"));
		buf_fini(&out);
	}
}
END_TEST

START_TEST(what_a_variable_holds_is_not_expanded_again)
{
	static const char *const nested[] = {"A=${B}", "B=x", NULL};
	struct otel_boot boot = boot_of(nested);
	const char *why;
	struct buf out;

	buf_init(&out, 100);
	ck_assert(config_expand(view_of("${A}"), &boot, &out, &why));
	ck_assert_str_eq(buf_str(&out), "${B}");
	buf_fini(&out);
}
END_TEST

START_TEST(a_result_without_end_is_refused)
{
	struct otel_boot boot = boot_of(env);
	const char *why;
	struct buf out;

	buf_init(&out, 8);
	ck_assert(!config_expand(view_of("${NAME}${NAME}"), &boot, &out, &why));
	ck_assert_ptr_nonnull(strstr(why, "longer"));
	buf_fini(&out);
}
END_TEST

START_TEST(files_read_before_the_environment_get_their_variables_later)
{
	static const char *const text = "[resource]\nservice_name = ${NAME}-1\n[distro]\nname = ${NONE:-aws}\n";
	struct otel_boot boot = boot_of(env);
	struct config *config = config_create();

	ck_assert_int_eq(read_text(config, CONFIG_SITE, "early.ini", text), OTEL_OK);
	config_read_env(config, &boot);
	ck_assert_str_eq(config_raw(config, "distro", "name"), "aws");
	config_resolve(config);
	ck_assert_str_eq(config_str(config, "resource", "service_name"), "value-1");
	ck_assert_str_eq(config_origin(config, "resource", "service_name"), "early.ini:2");
	config_destroy(config);
}
END_TEST

START_TEST(files_read_after_the_environment_get_theirs_at_once)
{
	struct otel_boot boot = boot_of(env);
	struct config *config = config_create();

	config_read_env(config, &boot);
	ck_assert_int_eq(read_text(config, CONFIG_SITE, "late.ini", "[distro]\nname = ${NAME}\n"), OTEL_OK);
	ck_assert_str_eq(config_raw(config, "distro", "name"), "value");
	config_destroy(config);
}
END_TEST

START_TEST(without_an_environment_variables_are_unset)
{
	struct config *config = config_create();

	ck_assert_int_eq(read_text(config, CONFIG_SITE, "none.ini", "[resource]\nservice_name = ${NAME:-x}\n"),
			 OTEL_OK);
	config_resolve(config);
	ck_assert_str_eq(config_str(config, "resource", "service_name"), "x");
	config_destroy(config);
}
END_TEST

START_TEST(values_of_variables_hold_no_references)
{
	static const char *const dollars[] = {"OTEL_SERVICE_NAME=${HOME}", NULL};
	struct otel_boot boot = boot_of(dollars);
	struct config *config = config_create();

	config_read_env(config, &boot);
	config_resolve(config);
	ck_assert_str_eq(config_str(config, "resource", "service_name"), "${HOME}");
	config_destroy(config);
}
END_TEST

SUITE_MAIN("expand", NULL, {variables_are_filled_in, 0}, {malformed_references_are_refused, 0},
	   {what_a_variable_holds_is_not_expanded_again, 0}, {a_result_without_end_is_refused, 0},
	   {files_read_before_the_environment_get_their_variables_later, 0},
	   {files_read_after_the_environment_get_theirs_at_once, 0}, {without_an_environment_variables_are_unset, 0},
	   {values_of_variables_hold_no_references, 0})

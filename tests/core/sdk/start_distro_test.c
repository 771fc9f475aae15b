/* SPDX-License-Identifier: Apache-2.0
 *
 * start_distro_test.c - starting with a distro: by its name, by the path of its profile, and with one that is none.
 */
#include "core/sdk/start_span_support.h"

#include <time.h>

START_TEST(an_unknown_distro_is_named_with_those_that_are_installed)
{
	setenv("OTEL_DISTRO", "awss", 1);
	ck_assert_int_eq(otel_sdk_start(NULL), OTEL_NOT_FOUND);
	ck_assert_str_eq(otel_last_error(), "OTEL_DISTRO: \"awss\" is not installed; installed: aws, splunk");
	make_span("untraced");
	ck_assert_uint_eq(start_received(NULL, NULL), 0);
}
END_TEST

static const struct {
	const char *value;
	otel_status status;
	const char *words;
} bad_distros[] = {
	{"aws,splunk", OTEL_INVALID, "is a list"},
	{"Aws!", OTEL_INVALID, "is no name of a distro"},
	{"/nowhere/acme.ini", OTEL_NOT_FOUND, "does not exist"},
	{"acme.ini", OTEL_NOT_FOUND, "does not exist"},
	{"..", OTEL_INVALID, "is no name of a distro"},
};

START_TEST(what_can_be_no_distro_is_refused_with_a_reason)
{
	setenv("OTEL_DISTRO", bad_distros[_i].value, 1);
	ck_assert_int_eq(otel_sdk_start(NULL), bad_distros[_i].status);
	ck_assert_msg(strstr(otel_last_error(), bad_distros[_i].words), "%s", otel_last_error());
	unsetenv("OTEL_DISTRO");
	start_ok(NULL);
}
END_TEST

START_TEST(the_distro_in_code_beats_the_variable)
{
	setenv("OTEL_DISTRO", "awss", 1);
	ck_assert_int_eq(otel_sdk_start(OTEL_SDK_OPTIONS(.distro = "acme")), OTEL_NOT_FOUND);
	ck_assert_ptr_nonnull(strstr(otel_last_error(), "otel_sdk_start: \"acme\" is not installed"));
}
END_TEST

START_TEST(a_distro_of_the_users_file_is_said_to_come_from_there)
{
	const char *path = start_write("user.ini", "[distro]\nname = acme\n");
	setenv("OTEL_C_CONFIG", path, 1);
	ck_assert_int_eq(otel_sdk_start(NULL), OTEL_NOT_FOUND);
	ck_assert_ptr_eq(strstr(otel_last_error(), path), otel_last_error());
}
END_TEST

START_TEST(a_profile_given_by_its_path_brings_its_module)
{
	setenv("OTEL_DISTRO",
	       start_write("acme.ini", "[distro]\nname = acme\nmodule = fake\n[resource]\nservice_name = profile\n"),
	       1);
	start_ok(NULL);
	make_span("x");
	flush_ok();
	ck_assert_uint_eq(start_received(look, NULL), 1);
	ck_assert_str_eq(seen.service, "profile");
	ck_assert_str_eq(seen.distro, "acme");
	ck_assert_str_eq(seen.distro_version, "3.4.5");
}
END_TEST

START_TEST(a_distro_whose_module_is_missing_does_not_start)
{
	setenv("OTEL_DISTRO", start_write("acme.ini", "[distro]\nname = acme\nmodule = not_there\n"), 1);
	ck_assert_int_eq(otel_sdk_start(NULL), OTEL_NOT_FOUND);
	ck_assert_ptr_nonnull(strstr(otel_last_error(), "not_there"));
}
END_TEST

START_TEST(aws_makes_trace_ids_that_begin_with_the_time)
{
	setenv("OTEL_DISTRO", "aws", 1);
	time_t before = time(NULL);
	start_ok(NULL);
	make_span("x");
	flush_ok();
	ck_assert_uint_eq(start_received(look, NULL), 1);
	uint32_t second = (uint32_t)seen.trace_id[0] << 24 | (uint32_t)seen.trace_id[1] << 16 |
			  (uint32_t)seen.trace_id[2] << 8 | seen.trace_id[3];
	ck_assert_uint_ge(second, (uint32_t)before);
	ck_assert_uint_le(second, (uint32_t)time(NULL));
}
END_TEST

START_MAIN("start_distro", {an_unknown_distro_is_named_with_those_that_are_installed, 0},
	   {what_can_be_no_distro_is_refused_with_a_reason, sizeof bad_distros / sizeof *bad_distros},
	   {the_distro_in_code_beats_the_variable, 0}, {a_distro_of_the_users_file_is_said_to_come_from_there, 0},
	   {a_profile_given_by_its_path_brings_its_module, 0}, {a_distro_whose_module_is_missing_does_not_start, 0},
	   {aws_makes_trace_ids_that_begin_with_the_time, 0})

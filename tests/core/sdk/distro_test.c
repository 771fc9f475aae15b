/* SPDX-License-Identifier: Apache-2.0
 *
 * distro_test.c - from what OTEL_DISTRO says to a profile and its module, in an installation of our own.
 */
#include "sdk/distro.h"

#include <otel/sdk.h>

#include "core/plugin/support.h"

#define NAME_63 "a23456789_123456789_123456789_123456789_123456789_123456789_123"

static char *root;
static struct config *config;
static char name[DISTRO_NAME_MAX];

static void make_dir(const char *path)
{
	char *whole = path_of(root, path);
	ck_assert_int_eq(mkdir(whole, 0755), 0);
	free(whole);
}

static char *write_text(const char *path, const char *text)
{
	char *whole = path_of(root, path);
	write_file(whole, text, strlen(text), 0644);
	return whole;
}

static void setup(void)
{
	root = strdup(temp_dir());
	make_dir("lib");
	make_dir("lib/otel-c");
	make_dir("share");
	make_dir("share/otel-c");
	char *sdk = write_text("lib/libotel_sdk.so.1", "");
	place_set(sdk);
	free(sdk);
	config = round_begin(NULL);
	*name = '\0';
	said();
}

static void teardown(void)
{
	round_end(config);
	temp_remove(root);
	free(root);
}

static void install(const char *file, const char *text)
{
	char path[128];
	snprintf(path, sizeof path, "share/otel-c/%s", file);
	free(write_text(path, text));
}

static const struct {
	const char *value;
	otel_status status;
	const char *message;
} refused[] = {
	{"awss", OTEL_NOT_FOUND, "OTEL_DISTRO: \"awss\" is not installed; installed: acme, beta"},
	{NAME_63, OTEL_NOT_FOUND, "OTEL_DISTRO: \"" NAME_63 "\" is not installed; installed: acme, beta"},
	{"aws,splunk", OTEL_INVALID,
	 "OTEL_DISTRO: \"aws,splunk\" is a list: only one distro can be in force; installed: acme, beta"},
	{"Acme", OTEL_INVALID,
	 "OTEL_DISTRO: \"Acme\" is no name of a distro (1 to 63 lower-case letters, digits, '-', '_') and no path of a "
	 "profile; installed: acme, beta"},
	{NAME_63 "4", OTEL_INVALID,
	 "OTEL_DISTRO: \"" NAME_63
	 "4\" is no name of a distro (1 to 63 lower-case letters, digits, '-', '_') and no path "
	 "of a profile; installed: acme, beta"},
	{".ini", OTEL_INVALID,
	 "OTEL_DISTRO: \".ini\" is no name of a distro (1 to 63 lower-case letters, digits, '-', '_') and no path of a "
	 "profile; installed: acme, beta"},
	{"/nowhere/acme", OTEL_NOT_FOUND, "OTEL_DISTRO: \"/nowhere/acme\" does not exist; installed: acme, beta"},
	{"nowhere.ini", OTEL_NOT_FOUND, "OTEL_DISTRO: \"nowhere.ini\" does not exist; installed: acme, beta"},
};

START_TEST(what_is_no_distro_is_one_line_with_those_that_are)
{
	install("beta.ini", "[distro]\nname = beta\n");
	install("acme.ini", "[distro]\nname = acme\n");
	install("no_distro.ini", "[resource]\nservice_name = x\n");
	ck_assert_int_eq(distro_load(config, refused[_i].value, "OTEL_DISTRO", name), refused[_i].status);
	ck_assert_str_eq(otel_last_error(), refused[_i].message);
	CK_SAID_LINE("otel-c: ", refused[_i].message);
}
END_TEST

START_TEST(where_none_is_installed_that_is_said)
{
	ck_assert_int_eq(distro_load(config, "acme", "/etc/x.ini", name), OTEL_NOT_FOUND);
	ck_assert_str_eq(otel_last_error(), "/etc/x.ini: \"acme\" is not installed; installed: none");
}
END_TEST

START_TEST(a_path_longer_than_any_is_refused_and_shown_in_part)
{
	char path[5000];

	memset(path, '/', sizeof path - 1);
	path[sizeof path - 1] = '\0';
	ck_assert_int_eq(distro_load(config, path, "OTEL_DISTRO", name), OTEL_INVALID);
	ck_assert_ptr_nonnull(strstr(otel_last_error(), "/\" is too long a path; installed: none"));
	ck_assert_uint_lt(strlen(otel_last_error()), 200);
}
END_TEST

START_TEST(a_profile_by_name_fills_its_layer)
{
	install("acme.ini", "[distro]\nname = acme\n[resource]\nservice_name = profile\n");
	ck_assert_int_eq(distro_load(config, "acme", "OTEL_DISTRO", name), OTEL_OK);
	ck_assert_str_eq(name, "acme");
	config_resolve(config);
	ck_assert_str_eq(config_str(config, "resource", "service_name"), "profile");
	ck_assert_int_eq(config_layer_of(config, "resource", "service_name"), CONFIG_DISTRO);
	ck_silent();
}
END_TEST

static const struct {
	const char *file, *name;
} paths[] = {
	{"corp.ini", "corp"},
	{"corp", "corp"},
	{"corp.profile.ini", "corp.profile"},
	{NAME_63 "456789.ini", NAME_63},
};

START_TEST(a_profile_by_path_has_the_name_of_its_file)
{
	char *path = write_text(paths[_i].file, "[distro]\nname = other\n");

	ck_assert_int_eq(distro_load(config, path, "OTEL_DISTRO", name), OTEL_OK);
	ck_assert_str_eq(name, paths[_i].name);
	free(path);
}
END_TEST

START_TEST(a_broken_profile_is_named_beside_its_line)
{
	char *path = write_text("broken.ini", "[distro]\nname = broken\nnonsense\n");
	char message[512];

	snprintf(message, sizeof message, "OTEL_DISTRO: the profile %s cannot be used", path);
	ck_assert_int_eq(distro_load(config, path, "OTEL_DISTRO", name), OTEL_INVALID);
	ck_assert_str_eq(otel_last_error(), message);
	CK_SAID_LINE(path, ":3");
	ck_assert_ptr_null(config_raw(config, "distro", "name"));
	free(path);
}
END_TEST

START_TEST(a_directory_or_a_file_of_everybody_is_no_profile)
{
	char *path = path_of(root, "lib/");
	ck_assert_int_eq(distro_load(config, path, "OTEL_DISTRO", name), OTEL_DENIED);
	free(path);
	path = write_text("open.ini", "[distro]\nname = open\n");
	ck_assert_int_eq(chmod(path, 0666), 0);
	ck_assert_int_eq(distro_load(config, path, "OTEL_DISTRO", name), OTEL_DENIED);
	ck_assert_ptr_nonnull(strstr(otel_last_error(), "cannot be used"));
	free(path);
}
END_TEST

START_TEST(a_module_that_does_not_load_is_named_with_profile_and_distro)
{
	char *path = write_text("acme.ini", "[distro]\nname = acme\nmodule = not_there\n");
	char message[512];

	snprintf(message, sizeof message, "%s: the module \"not_there\" of distro \"acme\" cannot be used", path);
	ck_assert_int_eq(distro_load(config, path, "OTEL_DISTRO", name), OTEL_NOT_FOUND);
	ck_assert_str_eq(otel_last_error(), message);
	CK_SAID_LINE(path, "not_there");
	free(path);
}
END_TEST

START_TEST(a_module_that_is_loaded_already_will_do)
{
	char *module = fixture("fine"), text[4200];

	snprintf(text, sizeof text, "[distro]\nname = acme\nmodule = %s\n", module);
	install("acme.ini", text);
	ck_assert_int_eq(registry_load(module, "test"), OTEL_OK);
	ck_assert_int_eq(distro_load(config, "acme", "OTEL_DISTRO", name), OTEL_OK);
	ck_assert_ptr_nonnull(registry_open(OTEL_COMPONENT_PROPAGATOR, "fine", "test"));
	ck_silent();
	free(module);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("distro");
	TCase *tc = tcase_create("all");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, what_is_no_distro_is_one_line_with_those_that_are, 0,
			    (int)(sizeof refused / sizeof *refused));
	tcase_add_test(tc, where_none_is_installed_that_is_said);
	tcase_add_test(tc, a_path_longer_than_any_is_refused_and_shown_in_part);
	tcase_add_test(tc, a_profile_by_name_fills_its_layer);
	tcase_add_loop_test(tc, a_profile_by_path_has_the_name_of_its_file, 0, (int)(sizeof paths / sizeof *paths));
	tcase_add_test(tc, a_broken_profile_is_named_beside_its_line);
	tcase_add_test(tc, a_directory_or_a_file_of_everybody_is_no_profile);
	tcase_add_test(tc, a_module_that_does_not_load_is_named_with_profile_and_distro);
	tcase_add_test(tc, a_module_that_is_loaded_already_will_do);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}

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

START_TEST(a_profile_stands_above_those_it_extends)
{
	install("base.ini", "[distro]\nname = base\n[resource]\nservice_name = base\nservice_version = 1\n");
	install("mid.ini", "[distro]\nname = mid\nextends = base\n[resource]\nservice_name = mid\n");
	install("top.ini", "[distro]\nname = top\nextends = mid\n[otel]\npropagators = b3\n");
	ck_assert_int_eq(distro_load(config, "top", "OTEL_DISTRO", name), OTEL_OK);
	config_resolve(config);
	ck_assert_str_eq(name, "top");
	ck_assert_str_eq(config_str(config, "distro", "name"), "top");
	ck_assert_str_eq(config_str(config, "otel", "propagators"), "b3");
	ck_assert_str_eq(config_str(config, "resource", "service_name"), "mid");
	ck_assert_str_eq(config_str(config, "resource", "service_version"), "1");
	ck_silent();
}
END_TEST

START_TEST(the_module_of_the_profile_below_is_loaded_too)
{
	char *module = fixture("fine"), text[4200];

	snprintf(text, sizeof text, "[distro]\nname = base\nmodule = %s\n", module);
	install("base.ini", text);
	install("top.ini", "[distro]\nname = top\nextends = base\n");
	ck_assert_int_eq(distro_load(config, "top", "OTEL_DISTRO", name), OTEL_OK);
	ck_assert_ptr_nonnull(registry_open(OTEL_COMPONENT_PROPAGATOR, "fine", "test"));
	ck_silent();
	free(module);
}
END_TEST

START_TEST(a_missing_module_of_the_profile_below_is_named_with_that_profile)
{
	char *base = write_text("base.ini", "[distro]\nname = base\nmodule = absent\n"), text[4200], message[4400];

	snprintf(text, sizeof text, "[distro]\nname = top\nextends = %s\n", base);
	install("top.ini", text);
	ck_assert_int_eq(distro_load(config, "top", "OTEL_DISTRO", name), OTEL_NOT_FOUND);
	snprintf(message, sizeof message, "%s: the module \"absent\" of distro \"base\" cannot be used", base);
	ck_assert_str_eq(otel_last_error(), message);
	CK_SAID_LINE(base, "absent");
	ck_assert_uint_eq(config_problems(config), 1);
	free(base);
}
END_TEST

/* "<root>/share/otel-c/<file>:<line>: [distro] extends: <rest>" */
static const char *extends_message(const char *place, const char *rest)
{
	static char message[4400];

	snprintf(message, sizeof message, "%s/%s: [distro] extends: %s", place_profiles(), place, rest);
	return message;
}

START_TEST(a_loop_of_profiles_is_refused_with_the_whole_chain)
{
	install("a.ini", "[distro]\nname = a\nextends = b\n");
	install("b.ini", "[distro]\nname = b\n\nextends = c\n");
	install("c.ini", "[distro]\nname = c\nextends = b\n");
	ck_assert_int_eq(distro_load(config, "a", "OTEL_DISTRO", name), OTEL_INVALID);
	ck_assert_str_eq(otel_last_error(), extends_message("c.ini:3", "a -> b -> c -> b is a loop"));
	CK_SAID_LINE("a -> b -> c -> b is a loop");
}
END_TEST

START_TEST(a_path_below_begins_where_the_profile_lies)
{
	install("base.ini", "[distro]\nname = base\n[resource]\nservice_name = base\n");
	install("top.ini", "[distro]\nname = top\nextends = ./base.ini\n");
	ck_assert_int_eq(distro_load(config, "top", "OTEL_DISTRO", name), OTEL_OK);
	config_resolve(config);
	ck_assert_str_eq(config_str(config, "resource", "service_name"), "base");
	ck_silent();
}
END_TEST

START_TEST(a_profile_that_extends_itself_is_a_loop)
{
	install("self.ini", "[distro]\nextends = self\nname = self\n");
	ck_assert_int_eq(distro_load(config, "self", "OTEL_DISTRO", name), OTEL_INVALID);
	ck_assert_str_eq(otel_last_error(), extends_message("self.ini:2", "self -> self is a loop"));
}
END_TEST

START_TEST(eight_profiles_may_extend_one_another_and_no_ninth)
{
	for (int i = 0; i < 9; i++) {
		char file[32], text[128];
		snprintf(file, sizeof file, "p%d.ini", i);
		snprintf(text, sizeof text, "[distro]\nname = p%d\n%s%.*s\n", i, i < 8 ? "extends = p" : "", i < 8,
			 &"123456789"[i]);
		install(file, text);
	}
	ck_assert_int_eq(distro_load(config, "p1", "OTEL_DISTRO", name), OTEL_OK);
	ck_silent();
	ck_assert_int_eq(distro_load(config, "p0", "OTEL_DISTRO", name), OTEL_INVALID);
	ck_assert_str_eq(otel_last_error(),
			 extends_message("p7.ini:3",
					 "p0 -> p1 -> p2 -> p3 -> p4 -> p5 -> p6 -> p7 -> p8 is too long: up "
					 "to 8 profiles may extend one another"));
}
END_TEST

START_TEST(a_profile_below_that_is_not_installed_is_named_with_the_line_that_asks)
{
	install("top.ini", "[distro]\nname = top\nextends = splnk\n");
	ck_assert_int_eq(distro_load(config, "top", "OTEL_DISTRO", name), OTEL_NOT_FOUND);
	ck_assert_str_eq(otel_last_error(), extends_message("top.ini:3", "\"splnk\" is not installed; installed: top"));
	install("list.ini", "[distro]\nname = list\nextends = aws,splunk\n");
	ck_assert_int_eq(distro_load(config, "list", "OTEL_DISTRO", name), OTEL_INVALID);
	ck_assert_ptr_nonnull(strstr(otel_last_error(), "\"aws,splunk\" is a list: only one distro can be in force"));
}
END_TEST

START_TEST(further_modules_are_loaded_by_name_or_path)
{
	char *module = fixture("fine"), list[4200];

	snprintf(list, sizeof list, " %s ,, ", module);
	ck_assert_int_eq(config_set(config, CONFIG_CODE, "plugins", "load", list, "otel_sdk_start"), OTEL_OK);
	distro_load_plugins(config);
	ck_assert_ptr_nonnull(registry_open(OTEL_COMPONENT_PROPAGATOR, "fine", "test"));
	ck_assert_uint_eq(config_problems(config), 0);
	ck_silent();
	free(module);
}
END_TEST

START_TEST(a_further_module_that_is_missing_is_one_line_and_the_next_counts)
{
	char *module = fixture("fine"), list[4200];

	snprintf(list, sizeof list, "not_there,%s", module);
	ck_assert_int_eq(config_set(config, CONFIG_SITE, "plugins", "load", list, "site.ini:7"), OTEL_OK);
	distro_load_plugins(config);
	CK_SAID_LINE("site.ini:7: plugin \"not_there\" is not installed; looked in ");
	ck_assert_ptr_nonnull(registry_open(OTEL_COMPONENT_PROPAGATOR, "fine", "test"));
	ck_assert_uint_eq(config_problems(config), 1);
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
	tcase_add_test(tc, a_profile_stands_above_those_it_extends);
	tcase_add_test(tc, the_module_of_the_profile_below_is_loaded_too);
	tcase_add_test(tc, a_missing_module_of_the_profile_below_is_named_with_that_profile);
	tcase_add_test(tc, a_loop_of_profiles_is_refused_with_the_whole_chain);
	tcase_add_test(tc, a_path_below_begins_where_the_profile_lies);
	tcase_add_test(tc, a_profile_that_extends_itself_is_a_loop);
	tcase_add_test(tc, eight_profiles_may_extend_one_another_and_no_ninth);
	tcase_add_test(tc, a_profile_below_that_is_not_installed_is_named_with_the_line_that_asks);
	tcase_add_test(tc, further_modules_are_loaded_by_name_or_path);
	tcase_add_test(tc, a_further_module_that_is_missing_is_one_line_and_the_next_counts);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}

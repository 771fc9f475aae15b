/* SPDX-License-Identifier: Apache-2.0
 *
 * place_test.c - an installation finds its parts wherever it lies.
 */
#include "core/plugin/support.h"

static char *prefix;
static char *library;

static void make_dir(const char *name)
{
	char *path = path_of(prefix, name);
	ck_assert_int_eq(mkdir(path, 0755), 0);
	free(path);
}

static void make_file(const char *name, const char *text)
{
	char *path = path_of(prefix, name);
	write_file(path, text, strlen(text), 0644);
	free(path);
}

static void setup(void)
{
	prefix = strdup(temp_dir());
	make_dir("lib");
	make_dir("lib/otel-c");
	make_file("lib/libotel_sdk.so.1", "");
	library = path_of(prefix, "lib/libotel_sdk.so.1");
	place_set(library);
	said();
}

static void teardown(void)
{
	temp_remove(prefix);
	free(prefix);
	free(library);
}

static void ck_is(const char *path, const char *expected)
{
	char *whole = *expected ? path_of(prefix, expected) : strdup("");
	ck_assert_str_eq(path, whole);
	free(whole);
}

START_TEST(modules_lie_beside_the_library)
{
	ck_is(place_sdk(), "lib");
	ck_is(place_modules(), "lib/otel-c");
}
END_TEST

START_TEST(profiles_lie_in_share_beside_lib)
{
	make_dir("share");
	make_dir("share/otel-c");
	place_set(library);
	ck_is(place_profiles(), "share/otel-c");
}
END_TEST

START_TEST(a_library_in_a_multiarch_directory_finds_them_one_level_up)
{
	make_dir("share");
	make_dir("share/otel-c");
	make_dir("lib/x86_64-linux-gnu");
	make_file("lib/x86_64-linux-gnu/libotel_sdk.so.1", "");
	char *deep = path_of(prefix, "lib/x86_64-linux-gnu/libotel_sdk.so.1");
	place_set(deep);
	ck_is(place_profiles(), "share/otel-c");
	ck_is(place_modules(), "lib/x86_64-linux-gnu/otel-c");
	free(deep);
}
END_TEST

START_TEST(a_link_to_the_library_is_followed)
{
	char *link = path_of(prefix, "libotel_sdk.so");
	ck_assert_int_eq(symlink(library, link), 0);
	place_set(link);
	ck_is(place_sdk(), "lib");
	free(link);
}
END_TEST

START_TEST(without_profiles_the_place_is_empty)
{
	ck_assert_str_eq(place_profiles(), "");
	char *distros = place_distros();
	ck_assert_str_eq(distros, "");
	free(distros);
}
END_TEST

START_TEST(an_unknown_place_is_empty)
{
	place_set("/nonexistent/libotel_sdk.so.1");
	ck_assert_str_eq(place_sdk(), "");
	ck_assert_str_eq(place_modules(), "");
	ck_assert_str_eq(place_profiles(), "");
}
END_TEST

START_TEST(distros_are_profiles_with_a_distro_section_whose_module_is_there)
{
	make_dir("share");
	make_dir("share/otel-c");
	make_file("share/otel-c/zebra.ini", "[distro]\nname = zebra\nmodule = distro_zebra\n");
	make_file("share/otel-c/plain.ini", "[distro]\nname = plain\n");
	make_file("share/otel-c/azure.ini", "[distro]\nname = azure\nmodule = distro_azure\n");
	make_file("share/otel-c/otel.ini", "[distro]\nname = otel\n");
	make_file("share/otel-c/extra.ini", "[bsp]\nmax_queue_size = 10\n");
	make_file("share/otel-c/notes.txt", "[distro]\nname = notes\n");
	make_file("share/otel-c/.hidden.ini", "[distro]\nname = hidden\n");
	make_file("lib/otel-c/distro_zebra.so", "");
	place_set(library);
	char *distros = place_distros();
	ck_assert_str_eq(distros, "plain, zebra");
	free(distros);
	ck_silent();
}
END_TEST

START_TEST(a_module_in_the_plugin_path_counts_as_installed)
{
	char variable[4200];
	make_dir("share");
	make_dir("share/otel-c");
	make_dir("vendor");
	make_file("share/otel-c/acme.ini", "[distro]\nname = acme\nmodule = distro_acme\n");
	make_file("vendor/distro_acme.so", "");
	place_set(library);
	snprintf(variable, sizeof variable, "OTEL_C_PLUGIN_PATH=%s/vendor", prefix);
	struct config *config = round_begin(BOOT(variable));
	char *distros = place_distros();
	ck_assert_str_eq(distros, "acme");
	free(distros);
	round_end(config);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("place");
	TCase *tc = tcase_create("place");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, modules_lie_beside_the_library);
	tcase_add_test(tc, profiles_lie_in_share_beside_lib);
	tcase_add_test(tc, a_library_in_a_multiarch_directory_finds_them_one_level_up);
	tcase_add_test(tc, a_link_to_the_library_is_followed);
	tcase_add_test(tc, without_profiles_the_place_is_empty);
	tcase_add_test(tc, an_unknown_place_is_empty);
	tcase_add_test(tc, distros_are_profiles_with_a_distro_section_whose_module_is_there);
	tcase_add_test(tc, a_module_in_the_plugin_path_counts_as_installed);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}

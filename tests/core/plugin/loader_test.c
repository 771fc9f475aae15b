/* SPDX-License-Identifier: Apache-2.0
 *
 * loader_test.c - where modules are looked for, and that each file is mapped as itself. What is refused, and in which
 * words, is the subject of tests/abi.
 */
#include "core/plugin/support.h"
#include "plugin/loader.h"

#include <fcntl.h>

static char *dir;

static void setup(void)
{
	dir = strdup(temp_dir());
	said();
}

static void teardown(void)
{
	temp_remove(dir);
	free(dir);
}

static void install(const char *fixture_name, const char *at, const char *name)
{
	char *from = fixture(fixture_name);
	char *to = path_of(at, name);
	copy_file(from, to, 0644);
	free(from);
	free(to);
}

static char *plugin_path(const char *value)
{
	char *variable = NULL;
	ck_assert_int_ge(asprintf(&variable, "OTEL_C_PLUGIN_PATH=%s", value), 0);
	return variable;
}

START_TEST(a_module_is_found_in_the_plugin_path_in_its_order)
{
	struct module found = {.path = NULL};
	char *second = path_of(dir, "second");
	char *list = NULL;
	mkdir(second, 0755);
	install("fine", second, "acme.so");
	ck_assert_int_ge(asprintf(&list, "OTEL_C_PLUGIN_PATH=/nonexistent::%s:%s", dir, second), 0);
	ck_assert_int_eq(loader_load("acme", "here", BOOT(list), &found), OTEL_OK);
	ck_assert_ptr_nonnull(strstr(found.path, "/second/acme.so"));
	ck_assert_str_eq(found.plugin->name, "fine");
	ck_assert(loader_has("acme", BOOT(list)));
	ck_assert(!loader_has("acne", BOOT(list)));
	free(found.path);
	/* An earlier directory shadows a later one. */
	install("other", dir, "acme.so");
	ck_assert_int_eq(loader_load("acme", "here", BOOT(list), &found), OTEL_OK);
	ck_assert_str_eq(found.plugin->name, "other");
	ck_silent();
	free(found.path);
	free(list);
	free(second);
}
END_TEST

START_TEST(a_module_that_is_nowhere_is_not_found_without_a_word)
{
	struct module found = {.path = NULL};
	ck_assert_int_eq(loader_load("acme", "here", NULL, &found), OTEL_NOT_FOUND);
	ck_assert_int_eq(loader_load("/nonexistent/acme.so", "here", NULL, &found), OTEL_NOT_FOUND);
	ck_silent();
}
END_TEST

START_TEST(the_registry_says_where_it_looked)
{
	char *list = plugin_path("/opt/acme:/opt/more");
	struct config *config = round_begin(BOOT(list));
	ck_assert_int_eq(registry_load("acme", "/etc/otel-c/otel.ini:3"), OTEL_NOT_FOUND);
	CK_SAID_LINE("/etc/otel-c/otel.ini:3: plugin \"acme\" is not installed; looked in /opt/acme:/opt/more:",
		     place_modules());
	round_end(config);
	free(list);
}
END_TEST

START_TEST(the_plugin_path_is_ignored_under_at_secure)
{
	struct module found = {.path = NULL};
	char *list = plugin_path(dir);
	struct otel_boot secure = *BOOT(list);
	secure.secure = true;
	install("fine", dir, "acme.so");
	ck_assert_int_eq(loader_load("acme", "here", &secure, &found), OTEL_NOT_FOUND);
	ck_assert(!loader_has("acme", &secure));
	free(list);
}
END_TEST

START_TEST(a_relative_directory_is_left_out_with_a_line)
{
	struct module found = {.path = NULL};
	ck_assert_int_eq(loader_load("acme", "here", BOOT("OTEL_C_PLUGIN_PATH=plugins"), &found), OTEL_NOT_FOUND);
	CK_SAID_LINE("OTEL_C_PLUGIN_PATH: \"plugins\" is left out; directories must begin with /");
}
END_TEST

START_TEST(a_path_with_a_slash_is_taken_as_it_is)
{
	struct module found = {.path = NULL};
	char *path = path_of(dir, "anything.plugin");
	install("fine", dir, "anything.plugin");
	ck_assert_int_eq(loader_load(path, "here", NULL, &found), OTEL_OK);
	ck_assert_str_eq(found.path, path);
	free(found.path);
	free(path);
}
END_TEST

START_TEST(modules_opened_through_the_same_descriptor_number_are_told_apart)
{
	struct module fine = {.path = NULL}, other = {.path = NULL}, again = {.path = NULL};
	char *a = path_of(dir, "a.so"), *b = path_of(dir, "b.so");
	install("fine", dir, "a.so");
	install("other", dir, "b.so");
	ck_assert_int_eq(loader_load(a, "here", NULL, &fine), OTEL_OK);
	ck_assert_int_eq(loader_load(b, "here", NULL, &other), OTEL_OK);
	ck_assert_int_eq(loader_load(a, "here", NULL, &again), OTEL_OK);
	ck_assert_str_eq(fine.plugin->name, "fine");
	ck_assert_str_eq(other.plugin->name, "other");
	ck_assert_ptr_eq(again.plugin, fine.plugin);
	free(fine.path), free(other.path), free(again.path);
	free(a), free(b);
}
END_TEST

START_TEST(a_module_that_finds_its_library_beside_itself_is_loaded_by_name)
{
	/* Mapped through /proc/self/fd, $ORIGIN would be that directory. */
	struct module found = {.path = NULL};
	char *path = fixture("needs_neighbour");
	ck_assert_int_eq(loader_load(path, "here", NULL, &found), OTEL_OK);
	ck_assert_str_eq(found.plugin->name, "needs_neighbour");
	ck_silent();
	free(found.path);
	free(path);
}
END_TEST

START_TEST(loading_leaves_no_descriptor_open)
{
	struct module found = {.path = NULL};
	char *path = fixture("fine");
	int before = open("/dev/null", O_RDONLY | O_CLOEXEC);
	close(before);
	ck_assert_int_eq(loader_load(path, "here", NULL, &found), OTEL_OK);
	free(found.path);
	free(path);
	path = fixture("null_name");
	ck_assert_int_eq(loader_load(path, "here", NULL, &found), OTEL_INVALID);
	free(path);
	int after = open("/dev/null", O_RDONLY | O_CLOEXEC);
	close(after);
	ck_assert_int_eq(after, before);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("loader");
	TCase *tc = tcase_create("loader");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_module_is_found_in_the_plugin_path_in_its_order);
	tcase_add_test(tc, a_module_that_is_nowhere_is_not_found_without_a_word);
	tcase_add_test(tc, the_registry_says_where_it_looked);
	tcase_add_test(tc, the_plugin_path_is_ignored_under_at_secure);
	tcase_add_test(tc, a_relative_directory_is_left_out_with_a_line);
	tcase_add_test(tc, a_path_with_a_slash_is_taken_as_it_is);
	tcase_add_test(tc, modules_opened_through_the_same_descriptor_number_are_told_apart);
	tcase_add_test(tc, a_module_that_finds_its_library_beside_itself_is_loaded_by_name);
	tcase_add_test(tc, loading_leaves_no_descriptor_open);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * layers_test.c - which layer names the distro, and what of files and code does not get in.
 */
#include "sdk/layers.h"

#include "core/plugin/support.h"

#define SECTION_127                                                                                                    \
	"s23456789_123456789_123456789_123456789_123456789_123456789_123456789_123456789_123456789_123456789_"         \
	"123456789_123456789_1234567"

static char *dir;
static struct config *config;
static struct distro_choice choice;

static void setup(void)
{
	dir = strdup(temp_dir());
	said();
}

static void teardown(void)
{
	config_destroy(config);
	config = NULL;
	temp_remove(dir);
	free(dir);
}

static void read_layers(const struct otel_boot *boot, const otel_sdk_options *options)
{
	config_destroy(config);
	config = config_create();
	ck_assert_ptr_nonnull(config);
	layers_read(config, boot, options ? options : OTEL_SDK_OPTIONS(.distro = NULL), &choice);
}

/* OTEL_C_CONFIG=<a file with this text>; *path gets the file. Lives as long as the directory. */
static const char *user_file(const char *text, char **path)
{
	static char variable[4200];
	char *file = path_of(dir, "user.ini");

	write_file(file, text, strlen(text), 0644);
	snprintf(variable, sizeof variable, "OTEL_C_CONFIG=%s", file);
	*path = file;
	return variable;
}

static const char *line_of(const char *path, unsigned line)
{
	static char place[4200];

	snprintf(place, sizeof place, "%s:%u", path, line);
	return place;
}

START_TEST(nobody_asked_for_a_distro)
{
	read_layers(BOOT("OTEL_DISTRO= ", "PATH=/bin"), NULL);
	ck_assert_str_eq(choice.value, "");
	ck_silent();
}
END_TEST

START_TEST(the_file_is_beaten_by_the_environment_and_that_by_code)
{
	char *path;
	const char *file = user_file("[distro]\nname = filed\n", &path);

	read_layers(BOOT(file), NULL);
	ck_assert_str_eq(choice.value, "filed");
	ck_assert_str_eq(choice.origin, line_of(path, 2));
	read_layers(BOOT(file, "OTEL_DISTRO= aws\t"), NULL);
	ck_assert_str_eq(choice.value, "aws");
	ck_assert_str_eq(choice.origin, "OTEL_DISTRO");
	read_layers(BOOT(file, "OTEL_DISTRO=aws"), OTEL_SDK_OPTIONS(.distro = "coded"));
	ck_assert_str_eq(choice.value, "coded");
	ck_assert_str_eq(choice.origin, "otel_sdk_start");
	free(path);
}
END_TEST

START_TEST(an_empty_variable_counts_as_unset)
{
	char *path;
	const char *file = user_file("[distro]\nname = filed\n", &path);

	read_layers(BOOT(file, "OTEL_DISTRO="), NULL);
	ck_assert_str_eq(choice.value, "filed");
	ck_assert_str_eq(choice.origin, line_of(path, 2));
	free(path);
}
END_TEST

START_TEST(a_users_file_that_is_not_there_is_one_line)
{
	read_layers(BOOT("OTEL_C_CONFIG=/nowhere/user.ini"), NULL);
	ck_assert_str_eq(said(), "otel-c: OTEL_C_CONFIG: \"/nowhere/user.ini\" does not exist; going on without it\n");
}
END_TEST

START_TEST(a_broken_file_counts_for_nothing)
{
	char *path;
	const char *file = user_file("[distro]\nname = filed\n[resource\n", &path);

	read_layers(BOOT(file), NULL);
	ck_assert_str_eq(choice.value, "");
	CK_SAID_LINE(path, ":3");
	free(path);
}
END_TEST

START_TEST(a_privileged_program_reads_no_file_that_its_environment_names)
{
	char *path;
	const char *const env[] = {user_file("[distro]\nname = filed\n", &path), NULL};
	const struct otel_boot boot = {.size = sizeof boot, .env = env, .secure = true};

	read_layers(&boot, NULL);
	ck_assert_str_eq(choice.value, "");
	ck_assert_ptr_null(config_raw(config, "distro", "name"));
	free(path);
}
END_TEST

/* An installation below `prefix`, whose library lies in `lib`; with a file of the site. */
static void install(const char *prefix, const char *lib)
{
	char command[9000];
	char *sdk;

	snprintf(command, sizeof command,
		 "mkdir -p %s/%s/%s %s/%s/etc/otel-c && touch %s/%s/%s/libotel_sdk.so.1 && "
		 "printf '[resource]\\nservice_name = sited\\n' >%s/%s/etc/otel-c/otel.ini && "
		 "chmod 644 %s/%s/etc/otel-c/otel.ini",
		 dir, prefix, lib, dir, prefix, dir, prefix, lib, dir, prefix, dir, prefix);
	ck_assert_int_eq(system(command), 0);
	snprintf(command, sizeof command, "%s/%s/libotel_sdk.so.1", prefix, lib);
	sdk = path_of(dir, command);
	place_set(sdk);
	free(sdk);
}

static const struct {
	const char *lib;
	bool is_prefix;
} libs[] = {{"lib", true}, {"lib64", true}, {"lib/x86_64-linux-gnu", true}, {"elsewhere", false}, {"a/b", false}};

START_TEST(an_installation_of_its_own_has_a_site_file_of_its_own)
{
	install("opt", libs[_i].lib);
	read_layers(BOOT("A=b"), NULL);
	if (libs[_i].is_prefix) {
		ck_assert_str_eq(config_raw(config, "resource", "service_name"), "sited");
		ck_assert_ptr_nonnull(
			strstr(config_raw_origin(config, "resource", "service_name"), "/opt/etc/otel-c/otel.ini:2"));
	} else {
		ck_assert_ptr_null(config_raw(config, "resource", "service_name"));
	}
	ck_silent();
}
END_TEST

START_TEST(the_site_is_beaten_by_the_user)
{
	char *path;
	const char *file = user_file("[resource]\nservice_name = mine\n", &path);

	install("opt", "lib");
	read_layers(BOOT(file), NULL);
	ck_assert_str_eq(config_raw(config, "resource", "service_name"), "mine");
	free(path);
}
END_TEST

START_TEST(only_a_profile_extends_another)
{
	char *path;
	const char *file = user_file("[distro]\nextends = splunk\n", &path);

	read_layers(BOOT(file), NULL);
	CK_SAID_LINE(line_of(path, 2),
		     ": [distro] extends has no effect here, only a profile extends another; write name = splunk");
	ck_assert_uint_eq(config_problems(config), 1);
	free(path);
}
END_TEST

static const struct {
	otel_setting setting;
	const char *shown;
} malformed[] = {
	{{"nodot", "x"}, "nodot"},
	{{"", "x"}, ""},
	{{NULL, "x"}, ""},
	{{"a.", "x"}, "a."},
	{{".b", "x"}, ".b"},
	{{"a.b", NULL}, "a.b"},
	{{SECTION_127 "8.b", "x"}, NULL},
};

START_TEST(a_setting_that_is_none_is_one_line)
{
	char line[256];

	snprintf(line, sizeof line,
		 "otel-c: otel_sdk_start: setting \"%.100s\" is not of the form section.key with a value\n",
		 malformed[_i].shown ? malformed[_i].shown : malformed[_i].setting.key);
	read_layers(BOOT("A=b"), OTEL_SDK_OPTIONS(.settings = &malformed[_i].setting, .setting_count = 1));
	const char *text = said();
	if (malformed[_i].setting.key) /* the same text is not said twice */
		ck_assert_str_eq(text, line);
}
END_TEST

START_TEST(the_key_of_a_setting_is_what_follows_the_last_dot)
{
	const otel_setting settings[] = {{"exporter.otlp.endpoint", "http://gw:4318"}, {SECTION_127 ".b", "x"}};

	read_layers(BOOT("OTEL_EXPORTER_OTLP_ENDPOINT=http://other"),
		    OTEL_SDK_OPTIONS(.settings = settings, .setting_count = 2));
	ck_assert_str_eq(config_raw(config, "exporter.otlp", "endpoint"), "http://gw:4318");
	ck_assert_str_eq(config_raw(config, SECTION_127, "b"), "x");
	ck_silent();
}
END_TEST

START_TEST(options_with_a_name_of_their_own_beat_settings)
{
	const otel_setting settings[] = {{"resource.service_name", "setting"}, {"distro.name", "setting"}};

	read_layers(BOOT("OTEL_SERVICE_NAME=variable"),
		    OTEL_SDK_OPTIONS(.settings = settings, .setting_count = 2, .service_name = "option",
				     .service_version = "7"));
	ck_assert_str_eq(config_raw(config, "resource", "service_name"), "option");
	ck_assert_str_eq(config_raw(config, "resource", "service_version"), "7");
	ck_assert_str_eq(choice.value, "setting");
	ck_assert_str_eq(choice.origin, "otel_sdk_start");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("layers");
	TCase *tc = tcase_create("all");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, nobody_asked_for_a_distro);
	tcase_add_test(tc, the_file_is_beaten_by_the_environment_and_that_by_code);
	tcase_add_test(tc, an_empty_variable_counts_as_unset);
	tcase_add_test(tc, a_users_file_that_is_not_there_is_one_line);
	tcase_add_test(tc, a_broken_file_counts_for_nothing);
	tcase_add_test(tc, a_privileged_program_reads_no_file_that_its_environment_names);
	tcase_add_loop_test(tc, a_setting_that_is_none_is_one_line, 0, (int)(sizeof malformed / sizeof *malformed));
	tcase_add_test(tc, the_key_of_a_setting_is_what_follows_the_last_dot);
	tcase_add_test(tc, options_with_a_name_of_their_own_beat_settings);
	tcase_add_loop_test(tc, an_installation_of_its_own_has_a_site_file_of_its_own, 0,
			    (int)(sizeof libs / sizeof *libs));
	tcase_add_test(tc, the_site_is_beaten_by_the_user);
	tcase_add_test(tc, only_a_profile_extends_another);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}

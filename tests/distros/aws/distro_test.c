/* SPDX-License-Identifier: Apache-2.0
 *
 * distro_test.c - the module and its profile belong together.
 */
#include "distros/aws/vectors.h"

static struct config *config;

static void setup(void)
{
	config = round_begin(NULL);
	said();
}

static void teardown(void)
{
	round_end(config);
}

START_TEST(the_profile_names_the_module_and_selects_what_it_registers)
{
	char *profile = path_of(build_dir(), "share/otel-c/aws.ini");
	ck_assert_int_eq(config_read_file(config, CONFIG_DISTRO, profile), OTEL_OK);
	free(profile);
	ck_assert_str_eq(config_raw(config, "distro", "name"), "aws");
	ck_assert_str_eq(config_raw(config, "distro", "module"), "distro_aws");
	struct component *id = open_xray(OTEL_COMPONENT_ID_GENERATOR);
	config_resolve(config);
	ck_assert_str_eq(config_str(config, "otel", "propagators"), "baggage,xray,tracecontext");
	ck_assert_str_eq(config_str(config, "sdk", "id_generator"), id->name);
	ck_assert_str_eq(config_str(config, "exporter.otlp", "protocol"), "http/protobuf");
	ck_assert_str_eq(id->owner->plugin->name, "aws");
	ck_silent();
}
END_TEST

START_TEST(both_parts_are_called_xray)
{
	open_xray(OTEL_COMPONENT_ID_GENERATOR);
	ck_assert_ptr_nonnull(registry_open(OTEL_COMPONENT_PROPAGATOR, "xray", "test"));
	ck_assert_ptr_null(registry_open(OTEL_COMPONENT_PROPAGATOR, "b4", "OTEL_PROPAGATORS"));
	ck_assert_str_eq(said(), "otel-c: OTEL_PROPAGATORS: \"b4\" is not a propagator; available: none, xray\n");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("aws distro");
	TCase *tc = tcase_create("distro");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_profile_names_the_module_and_selects_what_it_registers);
	tcase_add_test(tc, both_parts_are_called_xray);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}

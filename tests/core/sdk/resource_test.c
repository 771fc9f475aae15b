/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_test.c - what a process says of itself, and who wins.
 */
#include "sdk/resource.h"

#include <otel/attr.h>
#include <otel/version.h>
#include <string.h>
#include <unistd.h>

#include "core/sdk/resource_support.h"

static void set_up(void)
{
	support_begin(NULL);
}

START_TEST(without_configuration_the_required_attributes_are_there)
{
	support_build(NULL);
	ck_assert(support_text_is("telemetry.sdk.name", "otel-c"));
	ck_assert(support_text_is("telemetry.sdk.language", "c"));
	ck_assert(support_text_is("telemetry.sdk.version", OTEL_C_VERSION));
	ck_assert(support_text_is("service.name", "unknown_service:sdk_resource_test"));
	ck_assert_int_eq(support_value("process.pid")->int_value, getpid());
	ck_assert(support_text_is("process.executable.name", "sdk_resource_test"));
	ck_assert(support_text_is("os.type", "linux"));
	ck_assert_ptr_nonnull(support_value("host.name"));
	ck_assert_ptr_null(support_value("telemetry.distro.name"));
	ck_assert_ptr_null(support_value("process.command_args"));
}
END_TEST

START_TEST(a_distro_is_named)
{
	support_build_with(NULL, "aws");
	ck_assert(support_text_is("telemetry.distro.name", "aws"));
	ck_assert(support_text_is("telemetry.distro.version", "1.2"));
}
END_TEST

START_TEST(the_instance_id_is_a_version_4_uuid_and_new_each_time)
{
	support_build(NULL);
	ProtobufCBinaryData first = support_value("service.instance.id")->string_value;
	ck_assert_uint_eq(first.len, 36);
	ck_assert_int_eq(first.data[14], '4');
	ck_assert_ptr_nonnull(strchr("89ab", first.data[19]));
	char before[37] = "";
	memcpy(before, first.data, 36);
	support_build(NULL);
	ck_assert(!support_text_is("service.instance.id", before));
}
END_TEST

START_TEST(the_list_beats_defaults_and_the_service_variables_beat_the_list)
{
	support_set("attributes", "service.name=list,os.type=other,a%3Db=c%2Cd,deployment.environment.name=list");
	support_set("service_name", "variable");
	support_set("service_version", "7");
	support_set("deployment_environment", "prod");
	support_build(NULL);
	ck_assert(support_text_is("service.name", "variable"));
	ck_assert(support_text_is("service.version", "7"));
	ck_assert(support_text_is("deployment.environment.name", "prod"));
	ck_assert(support_text_is("os.type", "other"));
	ck_assert(support_text_is("a=b", "c,d"));
}
END_TEST

START_TEST(attributes_in_code_beat_everything)
{
	const otel_attr attrs[] = {otel_attr_str("service.name", "code"), otel_attr_int("n", 5)};
	const otel_sdk_options options = {.size = sizeof options, .resource_attrs = attrs, .resource_attr_count = 2};
	support_set("service_name", "variable");
	support_set("attributes", "n=1");
	support_build(&options);
	ck_assert(support_text_is("service.name", "code"));
	ck_assert_int_eq(support_value("n")->int_value, 5);
}
END_TEST

START_TEST(a_broken_list_counts_for_nothing_as_a_whole)
{
	support_set("attributes", "a=1,b=%zz");
	support_build(NULL);
	ck_assert_ptr_null(support_value("a"));
	ck_assert_ptr_nonnull(support_value("service.name"));
}
END_TEST

START_TEST(renewing_changes_the_instance_but_not_the_rest)
{
	support_set("service_name", "same");
	support_build(NULL);
	char before[37] = "";
	memcpy(before, support_value("service.instance.id")->string_value.data, 36);
	size_t count = support_decoded->resource->n_attributes;
	resource_renew();
	support_decode();
	ck_assert(!support_text_is("service.instance.id", before));
	ck_assert(support_text_is("service.name", "same"));
	ck_assert_uint_eq(support_decoded->resource->n_attributes, count);
	ck_assert_int_eq(support_value("process.pid")->int_value, getpid());
}
END_TEST

START_TEST(renewed_before_the_first_export_it_is_complete_all_the_same)
{
	support_set("attributes", "host.name=mine");
	config_resolve(support_config);
	ck_assert_int_eq(resource_setup(support_config, NULL, NULL, NULL), OTEL_OK);
	resource_renew();
	ck_assert(!resource_is_awaited(1));
	support_decode();
	ck_assert(support_text_is("host.name", "mine"));
	ck_assert(support_text_is("os.type", "linux"));
	ck_assert_int_eq(support_value("process.pid")->int_value, getpid());
	size_t count = support_decoded->resource->n_attributes;
	support_decode();
	ck_assert_uint_eq(support_decoded->resource->n_attributes, count);
}
END_TEST

START_TEST(a_program_that_loads_all_at_start_has_its_machine_looked_at_at_start)
{
	ck_assert_int_eq(config_set(support_config, CONFIG_ENV, "http", "load", "start", "test"), OTEL_OK);
	config_resolve(support_config);
	ck_assert_int_eq(resource_setup(support_config, NULL, NULL, NULL), OTEL_OK);
	support_decode();
	ck_assert(support_text_is("os.type", "linux"));
	ck_assert_ptr_nonnull(support_value("host.name"));
}
END_TEST

START_TEST(renewing_leaves_what_the_user_set)
{
	support_set("attributes", "service.instance.id=mine,process.pid=1");
	support_build(NULL);
	resource_renew();
	support_decode();
	ck_assert(support_text_is("service.instance.id", "mine"));
	ck_assert(support_text_is("process.pid", "1"));
}
END_TEST

START_TEST(released_there_is_nothing_to_encode_or_renew)
{
	size_t len = 1;
	support_build(NULL);
	resource_release();
	resource_renew();
	resource_encoded(&len);
	ck_assert_uint_eq(len, 0);
}
END_TEST

SUITE_MAIN("resource", set_up, {without_configuration_the_required_attributes_are_there, 0}, {a_distro_is_named, 0},
	   {the_instance_id_is_a_version_4_uuid_and_new_each_time, 0},
	   {the_list_beats_defaults_and_the_service_variables_beat_the_list, 0},
	   {attributes_in_code_beat_everything, 0}, {a_broken_list_counts_for_nothing_as_a_whole, 0},
	   {renewing_changes_the_instance_but_not_the_rest, 0},
	   {renewed_before_the_first_export_it_is_complete_all_the_same, 0},
	   {a_program_that_loads_all_at_start_has_its_machine_looked_at_at_start, 0},
	   {renewing_leaves_what_the_user_set, 0}, {released_there_is_nothing_to_encode_or_renew, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_test.c - what a process says of itself, and who wins.
 */
#include "sdk/resource.h"

#include <otel/attr.h>
#include <otel/version.h>
#include <string.h>
#include <unistd.h>

#include "otlp/proto/otlp_proto.h"
#include "support/suite.h"

static struct config *config;
static Otlp__ResourceSpans *decoded;

static void release(void)
{
	if (decoded)
		otlp__resource_spans__free_unpacked(decoded, NULL);
	decoded = NULL;
	resource_release();
	config_destroy(config);
	config = NULL;
}

static void set_up(void)
{
	release();
	config = config_create();
	ck_assert_ptr_nonnull(config);
}

static void configure(const char *key, const char *value)
{
	ck_assert_int_eq(config_set(config, CONFIG_ENV, "resource", key, value, "test"), OTEL_OK);
}

static void decode(void)
{
	size_t len;
	const uint8_t *bytes = resource_encoded(&len);
	if (decoded)
		otlp__resource_spans__free_unpacked(decoded, NULL);
	decoded = otlp__resource_spans__unpack(NULL, len, bytes);
	ck_assert_ptr_nonnull(decoded);
}

static void build(const otel_sdk_options *options, const char *distro)
{
	config_resolve(config);
	ck_assert_int_eq(resource_setup(config, options, distro, distro ? "1.2" : NULL), OTEL_OK);
	decode();
}

static const Otlp__AnyValue *value_of(const char *key)
{
	for (size_t i = 0; i < decoded->resource->n_attributes; i++)
		if (otlp_text_is(decoded->resource->attributes[i]->key, key))
			return decoded->resource->attributes[i]->value;
	return NULL;
}

static bool text_is(const char *key, const char *text)
{
	const Otlp__AnyValue *value = value_of(key);
	return value && value->value_case == OTLP__ANY_VALUE__VALUE_STRING_VALUE &&
	       otlp_text_is(value->string_value, text);
}

START_TEST(without_configuration_the_required_attributes_are_there)
{
	build(NULL, NULL);
	ck_assert(text_is("telemetry.sdk.name", "otel-c"));
	ck_assert(text_is("telemetry.sdk.language", "c"));
	ck_assert(text_is("telemetry.sdk.version", OTEL_C_VERSION));
	ck_assert(text_is("service.name", "unknown_service:sdk_resource_test"));
	ck_assert_str_eq(resource_service_name(), "unknown_service:sdk_resource_test");
	ck_assert_int_eq(value_of("process.pid")->int_value, getpid());
	ck_assert(text_is("process.executable.name", "sdk_resource_test"));
	ck_assert(text_is("os.type", "linux"));
	ck_assert_ptr_nonnull(value_of("host.name"));
	ck_assert_ptr_null(value_of("telemetry.distro.name"));
	ck_assert_ptr_null(value_of("process.command_args"));
}
END_TEST

START_TEST(a_distro_is_named)
{
	build(NULL, "aws");
	ck_assert(text_is("telemetry.distro.name", "aws"));
	ck_assert(text_is("telemetry.distro.version", "1.2"));
}
END_TEST

START_TEST(the_instance_id_is_a_version_4_uuid_and_new_each_time)
{
	build(NULL, NULL);
	ProtobufCBinaryData first = value_of("service.instance.id")->string_value;
	ck_assert_uint_eq(first.len, 36);
	ck_assert_int_eq(first.data[14], '4');
	ck_assert_ptr_nonnull(strchr("89ab", first.data[19]));
	char before[37] = "";
	memcpy(before, first.data, 36);
	build(NULL, NULL);
	ck_assert(!text_is("service.instance.id", before));
}
END_TEST

START_TEST(the_list_beats_defaults_and_the_service_variables_beat_the_list)
{
	configure("attributes", "service.name=list,os.type=other,a%3Db=c%2Cd,deployment.environment.name=list");
	configure("service_name", "variable");
	configure("service_version", "7");
	configure("deployment_environment", "prod");
	build(NULL, NULL);
	ck_assert(text_is("service.name", "variable"));
	ck_assert(text_is("service.version", "7"));
	ck_assert(text_is("deployment.environment.name", "prod"));
	ck_assert(text_is("os.type", "other"));
	ck_assert(text_is("a=b", "c,d"));
}
END_TEST

START_TEST(attributes_in_code_beat_everything)
{
	const otel_attr attrs[] = {otel_attr_str("service.name", "code"), otel_attr_int("n", 5)};
	const otel_sdk_options options = {.size = sizeof options, .resource_attrs = attrs, .resource_attr_count = 2};
	configure("service_name", "variable");
	configure("attributes", "n=1");
	build(&options, NULL);
	ck_assert(text_is("service.name", "code"));
	ck_assert_int_eq(value_of("n")->int_value, 5);
}
END_TEST

START_TEST(a_broken_list_counts_for_nothing_as_a_whole)
{
	configure("attributes", "a=1,b=%zz");
	build(NULL, NULL);
	ck_assert_ptr_null(value_of("a"));
	ck_assert_ptr_nonnull(value_of("service.name"));
}
END_TEST

START_TEST(renewing_changes_the_instance_but_not_the_rest)
{
	configure("service_name", "same");
	build(NULL, NULL);
	char before[37] = "";
	memcpy(before, value_of("service.instance.id")->string_value.data, 36);
	size_t count = decoded->resource->n_attributes;
	resource_renew();
	decode();
	ck_assert(!text_is("service.instance.id", before));
	ck_assert(text_is("service.name", "same"));
	ck_assert_uint_eq(decoded->resource->n_attributes, count);
	ck_assert_int_eq(value_of("process.pid")->int_value, getpid());
}
END_TEST

START_TEST(renewed_before_the_first_export_it_is_complete_all_the_same)
{
	configure("attributes", "host.name=mine");
	config_resolve(config);
	ck_assert_int_eq(resource_setup(config, NULL, NULL, NULL), OTEL_OK);
	resource_renew();
	decode();
	ck_assert(text_is("host.name", "mine"));
	ck_assert(text_is("os.type", "linux"));
	ck_assert_int_eq(value_of("process.pid")->int_value, getpid());
	size_t count = decoded->resource->n_attributes;
	decode();
	ck_assert_uint_eq(decoded->resource->n_attributes, count);
}
END_TEST

START_TEST(a_program_that_loads_all_at_start_has_its_machine_looked_at_at_start)
{
	ck_assert_int_eq(config_set(config, CONFIG_ENV, "http", "load", "start", "test"), OTEL_OK);
	config_resolve(config);
	ck_assert_int_eq(resource_setup(config, NULL, NULL, NULL), OTEL_OK);
	decode();
	ck_assert(text_is("os.type", "linux"));
	ck_assert_ptr_nonnull(value_of("host.name"));
}
END_TEST

START_TEST(renewing_leaves_what_the_user_set)
{
	configure("attributes", "service.instance.id=mine,process.pid=1");
	build(NULL, NULL);
	resource_renew();
	decode();
	ck_assert(text_is("service.instance.id", "mine"));
	ck_assert(text_is("process.pid", "1"));
}
END_TEST

START_TEST(released_there_is_nothing_to_encode_or_renew)
{
	size_t len = 1;
	build(NULL, NULL);
	resource_release();
	resource_renew();
	resource_encoded(&len);
	ck_assert_uint_eq(len, 0);
	ck_assert_str_eq(resource_service_name(), "");
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

/* SPDX-License-Identifier: Apache-2.0
 *
 * detector_builtin_test.c - what people have set, and the name of this very process.
 */
#include "core/sdk/resource_support.h"

static void set_up(void)
{
	support_begin(NULL);
}

START_TEST(what_is_set_is_there_with_any_list_of_detectors)
{
	support_set("detectors", "none");
	support_set("attributes", "a=1,empty=,a=2");
	support_set("service_name", "shop");
	support_set("service_version", "7");
	support_set("deployment_environment", "prod");
	support_build(NULL);
	ck_assert_str_eq(support_text("a"), "2");
	ck_assert_str_eq(support_text("empty"), "");
	ck_assert_str_eq(support_text("service.name"), "shop");
	ck_assert_str_eq(support_text("service.version"), "7");
	ck_assert_str_eq(support_text("deployment.environment.name"), "prod");
	ck_assert_str_eq(support_text("telemetry.sdk.name"), "otel-c");
	ck_assert_ptr_null(support_value("process.pid"));
	ck_assert_ptr_null(support_value("service.instance.id"));
	ck_assert_ptr_null(support_value("host.name"));
}
END_TEST

START_TEST(it_wins_over_detectors_wherever_the_list_has_it)
{
	support_set("detectors", "env,host,os");
	support_set("attributes", "host.name=mine,os.type=mine");
	support_build(NULL);
	ck_assert_str_eq(support_text("host.name"), "mine");
	ck_assert_str_eq(support_text("os.type"), "mine");
}
END_TEST

START_TEST(many_attributes_are_all_taken)
{
	char *list = calloc(1, 512 * 16);

	for (int i = 0; i < 512; i++)
		sprintf(list + strlen(list), "%sk%d=v%d", i ? "," : "", i, i);
	support_set("attributes", list);
	support_build(NULL);
	ck_assert_str_eq(support_text("k0"), "v0");
	ck_assert_str_eq(support_text("k511"), "v511");
	free(list);
}
END_TEST

START_TEST(an_instance_is_a_version_4_uuid_and_another_each_time)
{
	static const char digits[] = "0123456789abcdef";
	char id[37], other[37];

	detector_uuid(id);
	detector_uuid(other);
	ck_assert_str_ne(id, other);
	ck_assert_uint_eq(strlen(id), 36);
	for (int i = 0; i < 36; i++) {
		const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
		ck_assert(is_dash ? id[i] == '-' : strchr(digits, id[i]) != NULL);
	}
	ck_assert_int_eq(id[14], '4');
	ck_assert_ptr_nonnull(strchr("89ab", id[19]));
}
END_TEST

SUITE_MAIN("detector_builtin", set_up, {what_is_set_is_there_with_any_list_of_detectors, 0},
	   {it_wins_over_detectors_wherever_the_list_has_it, 0}, {many_attributes_are_all_taken, 0},
	   {an_instance_is_a_version_4_uuid_and_another_each_time, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_detectors_test.c - the resource and detectors that take their time: who waits for them, and what they win.
 */
#include <otel/attr.h>
#include <otel/semconv/schema.h>
#include <string.h>

#include "core/sdk/resource_support.h"

static void set_up(void)
{
	support_begin(NULL);
}

/* ---- detectors of a plugin, which answer when a test lets them ---- */

static otel_detect_op *left_op, *right_op;
static int detects;

static otel_status detect_left(void *self, otel_detect_op *op)
{
	(void)self;
	left_op = op;
	detects++;
	return OTEL_OK;
}

static otel_status detect_right(void *self, otel_detect_op *op)
{
	(void)self;
	right_op = op;
	detects++;
	return OTEL_OK;
}

static const otel_detector left = {.component = {.size = sizeof(otel_detector)}, .detect = detect_left};
static const otel_detector right = {.component = {.size = sizeof(otel_detector)}, .detect = detect_right};

static otel_status add_probes(const otel_host *host, otel_setup *setup)
{
	host->add(setup, OTEL_COMPONENT_DETECTOR, "left", &left, NULL);
	return host->add(setup, OTEL_COMPONENT_DETECTOR, "right", &right, NULL);
}

static const otel_plugin probes = {.size = sizeof(otel_plugin),
				   .abi_major = OTEL_PLUGIN_ABI_MAJOR,
				   .abi_minor = OTEL_PLUGIN_ABI_MINOR,
				   .name = "probes",
				   .version = "1",
				   .license = "Apache-2.0",
				   .setup = add_probes};

/* With these detectors, before anything of the pipeline's. */
static void begin(const char *detectors)
{
	detects = 0;
	ck_assert_int_eq(registry_add_builtin(&probes), OTEL_OK);
	support_set("detectors", detectors);
	config_resolve(support_config);
	ck_assert_int_eq(resource_setup(support_config, NULL, NULL, NULL), OTEL_OK);
}

static void finish(otel_detect_op *op, const char *value, const char *url)
{
	const otel_attr attrs[] = {otel_attr_str("cloud.region", value), otel_attr_str("service.name", value)};

	registry_host.detect_finish(op, OTEL_OK, attrs, 2, url, NULL);
}

static const char *url_of_both(const char *of_left, const char *of_right)
{
	begin("left,right");
	ck_assert(resource_is_awaited(1));
	finish(left_op, "l", of_left);
	finish(right_op, "r", of_right);
	ck_assert(!resource_is_awaited(2));
	support_decode();
	static char url[100];
	snprintf(url, sizeof url, "%.*s", (int)support_decoded->schema_url.len,
		 support_decoded->schema_url.len ? (const char *)support_decoded->schema_url.data : "");
	return url;
}

START_TEST(nothing_but_what_is_set_is_found_before_the_pipeline_asks)
{
	support_set("attributes", "a=b");
	begin("left,process,host,os");
	ck_assert_int_eq(detects, 0);
	support_decode();
	ck_assert(support_text_is("a", "b"));
	ck_assert(support_text_is("telemetry.sdk.name", "otel-c"));
	ck_assert(support_text_is("service.name", "unknown_service:sdk_resource_detectors_test"));
	ck_assert_ptr_null(support_value("process.pid"));
	ck_assert_ptr_null(support_value("os.type"));
}
END_TEST

START_TEST(exports_wait_until_the_last_detector_has_answered)
{
	begin("left,right,os");
	ck_assert(resource_is_awaited(1000));
	ck_assert_uint_eq(resource_due(500), 6000);
	finish(right_op, "r", NULL);
	ck_assert(resource_is_awaited(1001));
	support_decode();
	ck_assert(support_text_is("cloud.region", "r"));
	ck_assert(support_text_is("os.type", "linux"));
	finish(left_op, "l", NULL);
	ck_assert(!resource_is_awaited(1002));
	ck_assert_uint_eq(resource_due(500), 500);
	support_decode();
	ck_assert(support_text_is("cloud.region", "r"));
	ck_assert(support_text_is("service.name", "r"));
	ck_assert_int_eq(detects, 2);
}
END_TEST

START_TEST(of_two_detectors_the_later_in_the_list_wins_whoever_answers_first)
{
	begin("right,left");
	ck_assert(resource_is_awaited(1));
	finish(left_op, "l", NULL);
	finish(right_op, "r", NULL);
	ck_assert(!resource_is_awaited(2));
	support_decode();
	ck_assert(support_text_is("cloud.region", "l"));
}
END_TEST

START_TEST(what_people_have_set_wins_over_plugins_too)
{
	support_set("attributes", "cloud.region=mine");
	support_set("service_name", "shop");
	begin("env,left");
	ck_assert(resource_is_awaited(1));
	finish(left_op, "l", NULL);
	ck_assert(!resource_is_awaited(2));
	support_decode();
	ck_assert(support_text_is("cloud.region", "mine"));
	ck_assert(support_text_is("service.name", "shop"));
}
END_TEST

START_TEST(whoever_is_late_loses_its_own_attributes_alone)
{
	support_set("detectors_timeout", "50");
	begin("left,right");
	ck_assert(resource_is_awaited(1000));
	ck_assert_uint_eq(resource_due(500), 1050);
	finish(right_op, "r", NULL);
	ck_assert(!resource_is_awaited(1050));
	finish(left_op, "l", NULL);
	ck_assert(!resource_is_awaited(1051));
	support_decode();
	ck_assert(support_text_is("cloud.region", "r"));
}
END_TEST

/* What a flush sends has what is known; what comes after it waits again. */
START_TEST(a_flush_does_not_wait_longer_than_it_has_time)
{
	begin("left,os");
	ck_assert(resource_is_awaited(1000));
	resource_hurry(3000);
	resource_hurry(1100);
	resource_hurry(2000);
	ck_assert_uint_eq(resource_due(500), 1100);
	ck_assert(resource_is_awaited(1099));
	ck_assert(!resource_is_awaited(1100));
	support_decode();
	ck_assert(support_text_is("os.type", "linux"));
	ck_assert_ptr_null(support_value("cloud.region"));
	ck_assert(resource_is_awaited(1101));
	ck_assert_uint_eq(resource_due(500), 6000);
	finish(left_op, "l", NULL);
	ck_assert(!resource_is_awaited(1102));
	support_decode();
	ck_assert(support_text_is("cloud.region", "l"));
}
END_TEST

START_TEST(at_the_end_nobody_waits_any_more)
{
	begin("left,os");
	ck_assert(resource_is_awaited(1000));
	resource_end();
	ck_assert(!resource_is_awaited(1001));
	finish(left_op, "l", NULL);
	support_decode();
	ck_assert_ptr_null(support_value("cloud.region"));
	ck_assert(support_text_is("os.type", "linux"));
}
END_TEST

START_TEST(a_child_asks_again_whom_its_parent_was_waiting_for)
{
	begin("left,right,process,service_instance");
	ck_assert(resource_is_awaited(1));
	finish(right_op, "r", NULL);
	ck_assert(resource_is_awaited(2));
	support_decode();
	char before[64];
	snprintf(before, sizeof before, "%s", support_text("service.instance.id"));
	otel_detect_op *parents = left_op;
	resource_renew();
	finish(parents, "cancelled", NULL);
	ck_assert(resource_is_awaited(3));
	ck_assert_int_eq(detects, 3);
	finish(left_op, "l", NULL);
	ck_assert(!resource_is_awaited(4));
	support_decode();
	ck_assert(support_text_is("cloud.region", "r"));
	ck_assert(!support_text_is("service.instance.id", before));
	resource_renew();
	support_decode();
	ck_assert_int_eq(detects, 3);
	ck_assert(support_text_is("cloud.region", "r"));
}
END_TEST

START_TEST(schema_urls_are_merged_as_the_specification_wants)
{
	ck_assert_str_eq(url_of_both(NULL, NULL), "");
	set_up();
	ck_assert_str_eq(url_of_both("https://example.org/1", NULL), "https://example.org/1");
	set_up();
	ck_assert_str_eq(url_of_both("", "https://example.org/2"), "https://example.org/2");
	set_up();
	ck_assert_str_eq(url_of_both("https://example.org/1", "https://example.org/1"), "https://example.org/1");
	set_up();
	ck_assert_str_eq(url_of_both("https://example.org/1", "https://example.org/2"), "");
}
END_TEST

START_TEST(the_core_s_own_detectors_name_the_schema_of_their_keys)
{
	size_t whole, message;

	support_build(NULL);
	ck_assert(otlp_text_is(support_decoded->schema_url, OTEL_SEMCONV_SCHEMA_URL));
	resource_encoded(&whole);
	resource_message(&message);
	ck_assert_uint_eq(whole, message + 2 + strlen(OTEL_SEMCONV_SCHEMA_URL));
}
END_TEST

START_TEST(a_resource_that_others_may_read_is_complete_at_start_but_for_plugins)
{
	ck_assert_int_eq(config_set(support_config, CONFIG_ENV, "sdk", "share_context", "process", "test"), OTEL_OK);
	begin("left,os,process");
	ck_assert_int_eq(detects, 0);
	support_decode();
	ck_assert(support_text_is("os.type", "linux"));
	ck_assert_ptr_nonnull(support_value("process.pid"));
}
END_TEST

SUITE_MAIN("resource_detectors", set_up, {nothing_but_what_is_set_is_found_before_the_pipeline_asks, 0},
	   {exports_wait_until_the_last_detector_has_answered, 0},
	   {of_two_detectors_the_later_in_the_list_wins_whoever_answers_first, 0},
	   {what_people_have_set_wins_over_plugins_too, 0}, {whoever_is_late_loses_its_own_attributes_alone, 0},
	   {a_flush_does_not_wait_longer_than_it_has_time, 0}, {at_the_end_nobody_waits_any_more, 0},
	   {a_child_asks_again_whom_its_parent_was_waiting_for, 0},
	   {schema_urls_are_merged_as_the_specification_wants, 0},
	   {the_core_s_own_detectors_name_the_schema_of_their_keys, 0},
	   {a_resource_that_others_may_read_is_complete_at_start_but_for_plugins, 0})

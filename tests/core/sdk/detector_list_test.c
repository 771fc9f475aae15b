/* SPDX-License-Identifier: Apache-2.0
 *
 * detector_list_test.c - which detectors there are, in which order, and what is said of those that are not.
 */
#include "sdk/detector_list.h"

#include "core/plugin/support.h"
#include "sdk/detector.h"
#include "sdk/detector_builtin.h"

static int opened, closed;

static otel_status detect(void *self, otel_detect_op *op)
{
	(void)self;
	(void)op;
	return OTEL_NOT_FOUND;
}

static otel_status open_it(void *self, const otel_host *host, otel_setup *setup)
{
	(void)self;
	(void)host;
	(void)setup;
	opened++;
	return OTEL_OK;
}

static otel_status refuse(void *self, const otel_host *host, otel_setup *setup)
{
	(void)self;
	(void)host;
	(void)setup;
	return OTEL_DENIED;
}

static void close_it(void *self)
{
	(void)self;
	closed++;
}

static const otel_detector acme = {.component = {.size = sizeof(otel_detector), .open = open_it, .close = close_it},
				   .detect = detect};
static const otel_detector shy = {.component = {.size = sizeof(otel_detector), .open = refuse}, .detect = detect};

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	host->add(setup, OTEL_COMPONENT_DETECTOR, "acme_cloud", &acme, NULL);
	return host->add(setup, OTEL_COMPONENT_DETECTOR, "shy", &shy, NULL);
}

static const otel_plugin plugin = {.size = sizeof(otel_plugin),
				   .abi_major = OTEL_PLUGIN_ABI_MAJOR,
				   .abi_minor = OTEL_PLUGIN_ABI_MINOR,
				   .name = "acme",
				   .version = "1",
				   .license = "Apache-2.0",
				   .setup = set_up};

static struct config *config;

static void setup(void)
{
	static const char *const env[] = {"A=b", NULL};
	static const struct otel_boot boot = {.size = sizeof boot, .env = env};

	config = round_begin(&boot);
	ck_assert_int_eq(registry_add_builtin(&detector_builtin), OTEL_OK);
	ck_assert_int_eq(registry_add_builtin(&plugin), OTEL_OK);
	opened = closed = 0;
	said();
}

static void teardown(void)
{
	round_end(config);
}

static const char *names_of(const char *value, const char *origin, size_t max)
{
	static char text[256];
	struct component *list[16];

	if (value)
		ck_assert_int_eq(config_set(config, CONFIG_ENV, "resource", "detectors", value, origin), OTEL_OK);
	config_resolve(config);
	const size_t count = detector_list_open(config, list, max);
	*text = '\0';
	for (size_t i = 0; i < count; i++)
		strcat(strcat(text, i ? " " : ""), list[i]->name);
	return text;
}

START_TEST(unless_told_otherwise_the_core_s_own_are_there)
{
	ck_assert_str_eq(names_of(NULL, NULL, 16), "env service_instance process host os container k8s");
	ck_silent();
}
END_TEST

START_TEST(the_order_is_that_of_the_list_and_env_is_always_there)
{
	ck_assert_str_eq(names_of("host, ACME_cloud,,process,host", "L1", 16), "env host acme_cloud process");
	ck_assert_int_eq(opened, 1);
	ck_silent();
}
END_TEST

START_TEST(all_are_those_that_are_registered_in_that_order)
{
	ck_assert_str_eq(names_of("acme_cloud,all", "L2", 16),
			 "env acme_cloud service_instance process host os container k8s");
	CK_SAID_LINE("L2: \"shy\" of plugin \"acme\"", "permission denied");
}
END_TEST

START_TEST(a_star_is_all)
{
	ck_assert_str_eq(names_of("*", "L3", 16), "env service_instance process host os container k8s acme_cloud");
	CK_SAID_LINE("L3: \"shy\"");
}
END_TEST

START_TEST(none_leaves_what_people_have_set)
{
	ck_assert_str_eq(names_of("none", "L4", 16), "env");
	ck_silent();
	ck_assert_str_eq(names_of("none,os", "L5", 16), "env os");
	CK_SAID_LINE("L5: \"none\" beside other names is ignored");
}
END_TEST

START_TEST(an_unknown_name_is_one_line_with_those_there_are)
{
	ck_assert_str_eq(names_of("os,acme_clout", "L6", 16), "env os");
	CK_SAID_LINE("L6", "\"acme_clout\"", "acme_cloud", "container", "service_instance", "none");
	ck_assert_str_eq(
		names_of("os,0123456789012345678901234567890123456789012345678901234567890123456789", "L7", 16),
		"env os");
	CK_SAID_LINE("L7", "more than 63 bytes");
}
END_TEST

static otel_status set_up_incomplete(const otel_host *host, otel_setup *setup)
{
	static const otel_detector incomplete = {.component = {.size = sizeof(otel_detector)}};

	ck_assert_int_eq(host->add(setup, OTEL_COMPONENT_DETECTOR, "incomplete", &incomplete, NULL), OTEL_INVALID);
	return OTEL_OK;
}

START_TEST(one_that_cannot_detect_is_refused)
{
	static const otel_plugin half = {.size = sizeof(otel_plugin),
					 .abi_major = OTEL_PLUGIN_ABI_MAJOR,
					 .abi_minor = OTEL_PLUGIN_ABI_MINOR,
					 .name = "half",
					 .version = "1",
					 .license = "Apache-2.0",
					 .setup = set_up_incomplete};

	ck_assert_int_eq(registry_add_builtin(&half), OTEL_OK);
	CK_SAID_LINE("a detector \"incomplete\"", "its detect is NULL");
}
END_TEST

START_TEST(past_the_room_there_is_they_are_closed_again)
{
	ck_assert_str_eq(names_of("os,host,acme_cloud", "L8", 3), "env os host");
	CK_SAID_LINE("L8: only the first 3 are used");
	ck_assert_int_eq(opened, 1);
	ck_assert_int_eq(closed, 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("detector_list");
	TCase *tc = tcase_create("all");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, unless_told_otherwise_the_core_s_own_are_there);
	tcase_add_test(tc, the_order_is_that_of_the_list_and_env_is_always_there);
	tcase_add_test(tc, all_are_those_that_are_registered_in_that_order);
	tcase_add_test(tc, a_star_is_all);
	tcase_add_test(tc, none_leaves_what_people_have_set);
	tcase_add_test(tc, an_unknown_name_is_one_line_with_those_there_are);
	tcase_add_test(tc, one_that_cannot_detect_is_refused);
	tcase_add_test(tc, past_the_room_there_is_they_are_closed_again);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}

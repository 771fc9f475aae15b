/* SPDX-License-Identifier: Apache-2.0
 *
 * registry_test.c - rounds of plugins: set up, configured, asked for components by name.
 */
#include "core/plugin/parts.h"
#include "core/plugin/support.h"

static const otel_propagator part = PART_PROPAGATOR(.state_size = 8);
static otel_setup *kept;
static int configured;
static char seen[64];

static otel_status add_part(const otel_host *host, otel_setup *setup)
{
	kept = setup;
	return host->add(setup, OTEL_COMPONENT_PROPAGATOR, "part", &part, NULL);
}

static otel_status add_part_and_fail(const otel_host *host, otel_setup *setup)
{
	otel_status status = host->add(setup, OTEL_COMPONENT_PROPAGATOR, "doomed", &part, NULL);
	return status == OTEL_OK ? OTEL_DENIED : status;
}

static otel_status add_nothing(const otel_host *host, otel_setup *setup)
{
	(void)host, (void)setup;
	return OTEL_OK;
}

static otel_status set_colour(const otel_host *host, otel_setup *setup)
{
	configured++;
	return host->set_default(setup, "acme", "colour", "red");
}

static otel_status read_colour(const otel_host *host, otel_setup *setup)
{
	const char *colour = host->config_str(setup, "acme", "colour");
	snprintf(seen, sizeof seen, "%s from %s", colour ? colour : "nothing",
		 host->config_origin(setup, "acme", "colour"));
	return OTEL_OK;
}

static otel_status fail_to_configure(const otel_host *host, otel_setup *setup)
{
	(void)host, (void)setup;
	return OTEL_INVALID;
}

static const otel_config_row colour_row[] = {
	{.section = "acme", .key = "colour", .env = "ACME_COLOUR", .type = OTEL_CONFIG_STRING, .help = "Colour."}};

static const otel_plugin parts = PART_PLUGIN("parts", .setup = add_part);
static const otel_plugin rival = PART_PLUGIN("rival", .setup = add_part);
static const otel_plugin namesake = PART_PLUGIN("parts", .setup = add_nothing);
static const otel_plugin failing = PART_PLUGIN("failing", .setup = add_part_and_fail);
static const otel_plugin colour =
	PART_PLUGIN("colour", .rows = colour_row, .row_count = 1, .setup = add_nothing, .configure = set_colour);
static const otel_plugin same_rows = PART_PLUGIN("same_rows", .rows = colour_row, .row_count = 1, .setup = add_part);
static const otel_plugin reader = PART_PLUGIN("reader", .setup = add_nothing, .configure = read_colour);
static const otel_plugin unhappy = PART_PLUGIN("unhappy", .setup = add_nothing, .configure = fail_to_configure);

static struct config *config;

static void setup(void)
{
	config = round_begin(NULL);
	configured = 0;
	said();
}

static void teardown(void)
{
	round_end(config);
}

START_TEST(a_plugin_s_component_is_opened_by_its_name)
{
	ck_assert_int_eq(registry_add_builtin(&parts), OTEL_OK);
	struct component *c = registry_open(OTEL_COMPONENT_PROPAGATOR, "part", "OTEL_PROPAGATORS");
	ck_assert_ptr_nonnull(c);
	ck_assert_ptr_eq(c->vtable, &part);
	ck_assert_ptr_nonnull(c->self);
	ck_assert_str_eq(c->owner->plugin->name, "parts");
	ck_silent();
}
END_TEST

START_TEST(the_newest_plugin_is_the_one_registered_last)
{
	ck_assert_ptr_null(registry_newest());
	registry_add_builtin(&parts);
	registry_add_builtin(&colour);
	registry_add_builtin(&parts);
	ck_assert_ptr_eq(registry_newest(), &colour);
}
END_TEST

START_TEST(an_unknown_name_is_answered_with_those_that_exist)
{
	registry_add_builtin(&parts);
	ck_assert_ptr_null(registry_open(OTEL_COMPONENT_PROPAGATOR, "b4", "OTEL_PROPAGATORS"));
	ck_assert_str_eq(said(), "otel-c: OTEL_PROPAGATORS: \"b4\" is not a propagator; available: none, part\n");
}
END_TEST

START_TEST(an_unknown_name_that_is_no_identifier_is_never_looked_for_as_a_file)
{
	char *module = fixture("fine");
	ck_assert_int_eq(access(module, R_OK), 0);
	ck_assert_ptr_null(registry_open(OTEL_COMPONENT_PROPAGATOR, module, "OTEL_PROPAGATORS"));
	CK_SAID_LINE("is not a propagator; available: none");
	free(module);
}
END_TEST

START_TEST(the_same_plugin_twice_is_silently_already)
{
	ck_assert_int_eq(registry_add_builtin(&parts), OTEL_OK);
	ck_assert_int_eq(registry_add_builtin(&parts), OTEL_ALREADY);
	ck_silent();
}
END_TEST

START_TEST(two_plugins_of_one_name_are_an_error)
{
	registry_add_builtin(&parts);
	ck_assert_int_eq(registry_add_builtin(&namesake), OTEL_ALREADY);
	CK_SAID_LINE("plugin \"parts\"", "same name");
}
END_TEST

START_TEST(a_plugin_whose_component_is_taken_is_left_out)
{
	registry_add_builtin(&parts);
	ck_assert_int_eq(registry_add_builtin(&rival), OTEL_FAILED);
	const char *text = said();
	ck_assert_ptr_nonnull(strstr(text, "already registered by plugin \"parts\""));
	ck_assert_ptr_nonnull(strstr(text, "plugin \"rival\" (built in) is left out: its setup failed: already there"));
}
END_TEST

START_TEST(a_failed_setup_leaves_nothing_behind)
{
	ck_assert_int_eq(registry_add_builtin(&failing), OTEL_FAILED);
	CK_SAID_LINE("plugin \"failing\" (built in) is left out: its setup failed: permission denied");
	ck_assert_ptr_null(registry_open(OTEL_COMPONENT_PROPAGATOR, "doomed", "OTEL_PROPAGATORS"));
}
END_TEST

START_TEST(rows_that_clash_leave_the_plugin_out)
{
	ck_assert_int_eq(registry_add_builtin(&colour), OTEL_OK);
	ck_assert_int_eq(registry_add_builtin(&same_rows), OTEL_ALREADY);
	const char *text = said();
	ck_assert_ptr_nonnull(strstr(text, "colour"));
	ck_assert_ptr_nonnull(strstr(text, "same_rows"));
	ck_assert_ptr_null(registry_open(OTEL_COMPONENT_PROPAGATOR, "part", "OTEL_PROPAGATORS"));
}
END_TEST

START_TEST(a_computed_default_is_seen_by_the_next_plugin_with_its_origin)
{
	registry_add_builtin(&colour);
	registry_add_builtin(&reader);
	config_resolve(config);
	registry_configure();
	registry_configure();
	ck_assert_int_eq(configured, 1);
	ck_assert_str_eq(seen, "red from plugin colour");
	ck_silent();
}
END_TEST

START_TEST(the_environment_beats_a_computed_default)
{
	round_end(config);
	config = round_begin(BOOT("ACME_COLOUR=blue"));
	registry_add_builtin(&colour);
	registry_add_builtin(&reader);
	config_resolve(config);
	registry_configure();
	ck_assert_str_eq(seen, "blue from ACME_COLOUR");
}
END_TEST

START_TEST(a_failed_configuration_is_said_and_the_plugin_stays)
{
	registry_add_builtin(&unhappy);
	registry_configure();
	CK_SAID_LINE("plugin \"unhappy\" (built in)", "configuration failed");
	ck_assert_int_eq(registry_add_builtin(&unhappy), OTEL_ALREADY);
}
END_TEST

START_TEST(a_default_set_after_configure_is_refused)
{
	registry_add_builtin(&parts);
	ck_assert_int_eq(registry_host.set_default(kept, "acme", "colour", "red"), OTEL_INVALID);
	CK_SAID_LINE("plugin \"parts\"", "set_default() is for configure() only");
}
END_TEST

START_TEST(a_setup_pointer_outlives_its_round)
{
	registry_add_builtin(&parts);
	otel_setup *first = kept;
	round_end(config);
	config = round_begin(NULL);
	ck_assert_int_eq(registry_add_builtin(&parts), OTEL_OK);
	ck_assert_ptr_eq(kept, first);
	ck_assert_ptr_eq(kept->config, config);
}
END_TEST

START_TEST(a_name_nobody_registered_loads_the_module_of_that_name)
{
	char variable[4200];
	snprintf(variable, sizeof variable, "OTEL_C_PLUGIN_PATH=%s/tests/abi/modules", build_dir());
	round_end(config);
	config = round_begin(BOOT(variable));
	config_resolve(config);
	registry_configure();
	struct component *c = registry_open(OTEL_COMPONENT_PROPAGATOR, "on_demand", "OTEL_PROPAGATORS");
	ck_assert_msg(c != NULL, "%s", said());
	/* Its computed default was settled before the component was opened. */
	ck_assert_str_eq(config_str(config, "on_demand", "level"), "computed");
	ck_silent();
}
END_TEST

START_TEST(a_module_that_is_refused_is_said_once_and_not_called_unknown_too)
{
	char variable[4200];
	snprintf(variable, sizeof variable, "OTEL_C_PLUGIN_PATH=%s/tests/abi/modules", build_dir());
	round_end(config);
	config = round_begin(BOOT(variable));
	ck_assert_ptr_null(registry_open(OTEL_COMPONENT_PROPAGATOR, "null_name", "OTEL_PROPAGATORS"));
	CK_SAID_LINE("OTEL_PROPAGATORS: plugin \"null_name\"", "has no name");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("registry");
	TCase *tc = tcase_create("registry");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_plugin_s_component_is_opened_by_its_name);
	tcase_add_test(tc, the_newest_plugin_is_the_one_registered_last);
	tcase_add_test(tc, an_unknown_name_is_answered_with_those_that_exist);
	tcase_add_test(tc, an_unknown_name_that_is_no_identifier_is_never_looked_for_as_a_file);
	tcase_add_test(tc, the_same_plugin_twice_is_silently_already);
	tcase_add_test(tc, two_plugins_of_one_name_are_an_error);
	tcase_add_test(tc, a_plugin_whose_component_is_taken_is_left_out);
	tcase_add_test(tc, a_failed_setup_leaves_nothing_behind);
	tcase_add_test(tc, rows_that_clash_leave_the_plugin_out);
	tcase_add_test(tc, a_computed_default_is_seen_by_the_next_plugin_with_its_origin);
	tcase_add_test(tc, the_environment_beats_a_computed_default);
	tcase_add_test(tc, a_failed_configuration_is_said_and_the_plugin_stays);
	tcase_add_test(tc, a_default_set_after_configure_is_refused);
	tcase_add_test(tc, a_setup_pointer_outlives_its_round);
	tcase_add_test(tc, a_name_nobody_registered_loads_the_module_of_that_name);
	tcase_add_test(tc, a_module_that_is_refused_is_said_once_and_not_called_unknown_too);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}

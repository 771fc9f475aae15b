/* SPDX-License-Identifier: Apache-2.0
 *
 * component_test.c - registering, opening, closing and listing components.
 */
#include "core/plugin/parts.h"
#include "core/plugin/support.h"
#include "plugin/component.h"

static const otel_propagator plain = PART_PROPAGATOR(.state_size = 0);
static const otel_plugin first_plugin = PART_PLUGIN("first");
static const otel_plugin second_plugin = PART_PLUGIN("second");

static otel_setup first = {.plugin = &first_plugin, .in_setup = true};
static otel_setup second = {.plugin = &second_plugin, .path = "/lib/second.so", .in_setup = true};

static int opened, closed;
static otel_status open_result;

static otel_status count_open(void *self, const otel_host *host, otel_setup *setup)
{
	ck_assert_ptr_eq(host, &registry_host);
	ck_assert_ptr_eq(setup, &first);
	if (self)
		ck_assert_int_eq(((char *)self)[99], 0);
	opened++;
	return open_result;
}

static void count_close(void *self)
{
	(void)self;
	closed++;
}

static const otel_propagator counting = PART_PROPAGATOR(.state_size = 100, .open = count_open, .close = count_close);

static void setup(void)
{
	registry_begin(NULL, NULL);
	first.in_setup = true;
	opened = closed = 0;
	open_result = OTEL_OK;
	said();
}

static void teardown(void)
{
	registry_close();
	registry_begin(NULL, NULL);
}

START_TEST(a_component_is_found_by_kind_and_name)
{
	ck_assert_int_eq(component_add(&first, OTEL_COMPONENT_PROPAGATOR, "p", &plain, NULL), OTEL_OK);
	ck_assert_ptr_eq(component_find(OTEL_COMPONENT_PROPAGATOR, "p")->vtable, &plain);
	ck_assert_ptr_null(component_find(OTEL_COMPONENT_PROPAGATOR, "q"));
	ck_assert_ptr_null(component_find(OTEL_COMPONENT_EXPORTER, "p"));
	ck_silent();
}
END_TEST

START_TEST(a_name_that_is_taken_is_refused_naming_both_plugins)
{
	ck_assert_int_eq(component_add(&first, OTEL_COMPONENT_PROPAGATOR, "p", &plain, NULL), OTEL_OK);
	ck_assert_int_eq(component_add(&second, OTEL_COMPONENT_PROPAGATOR, "p", &counting, NULL), OTEL_ALREADY);
	CK_SAID_LINE("\"p\"", "\"first\" (built in)", "\"second\" (/lib/second.so)");
	ck_assert_ptr_eq(component_find(OTEL_COMPONENT_PROPAGATOR, "p")->vtable, &plain);
}
END_TEST

START_TEST(adding_outside_of_setup_is_refused)
{
	first.in_setup = false;
	ck_assert_int_eq(component_add(&first, OTEL_COMPONENT_PROPAGATOR, "late", &plain, NULL), OTEL_INVALID);
	CK_SAID_LINE("\"first\"", "\"late\"", "call add() inside setup()");
	ck_assert_ptr_null(component_find(OTEL_COMPONENT_PROPAGATOR, "late"));
}
END_TEST

START_TEST(a_kind_this_host_does_not_know_is_unsupported_and_no_error)
{
	ck_assert_int_eq(component_add(&first, (otel_kind)77, "p", &plain, NULL), OTEL_UNSUPPORTED);
	ck_assert_int_eq(component_add(&first, (otel_kind)0, "p", &plain, NULL), OTEL_UNSUPPORTED);
	ck_silent();
}
END_TEST

START_TEST(an_incomplete_vtable_is_refused)
{
	otel_propagator broken = plain;
	broken.component.size = sizeof(otel_component);
	ck_assert_int_eq(component_add(&first, OTEL_COMPONENT_PROPAGATOR, "small", &broken, NULL), OTEL_INVALID);
	CK_SAID_LINE("a propagator \"small\"", "has 32 bytes, allowed are 56 to 65536; set component.size");
	broken = plain;
	broken.extract = NULL;
	ck_assert_int_eq(component_add(&first, OTEL_COMPONENT_PROPAGATOR, "half", &broken, NULL), OTEL_INVALID);
	CK_SAID_LINE("\"half\"", "its extract is NULL; set it");
	broken = plain;
	broken.component.state_size = SIZE_MAX;
	ck_assert_int_eq(component_add(&first, OTEL_COMPONENT_PROPAGATOR, "huge", &broken, NULL), OTEL_INVALID);
	CK_SAID_LINE("\"huge\"", "state_size");
	broken = plain;
	broken.component.size = SIZE_MAX;
	ck_assert_int_eq(component_add(&first, OTEL_COMPONENT_PROPAGATOR, "absurd", &broken, NULL), OTEL_INVALID);
	CK_SAID_LINE("\"absurd\"", "allowed are 56 to 65536");
	ck_assert_int_eq(component_add(&first, OTEL_COMPONENT_PROPAGATOR, "none", NULL, NULL), OTEL_INVALID);
	CK_SAID_LINE("\"none\"", "it has no vtable; give a static one");
}
END_TEST

START_TEST(a_name_that_no_setting_could_name_is_refused)
{
	ck_assert_int_eq(component_add(&first, OTEL_COMPONENT_PROPAGATOR, NULL, &plain, NULL), OTEL_INVALID);
	CK_SAID_LINE("it has no name; give it the one that settings will say");
	ck_assert_int_eq(component_add(&first, OTEL_COMPONENT_PROPAGATOR, "two words", &plain, NULL), OTEL_INVALID);
	CK_SAID_LINE("\"two words\"", "leave blanks and commas out of the name");
	ck_assert_int_eq(component_add(&first, OTEL_COMPONENT_PROPAGATOR, "a,b", &plain, NULL), OTEL_INVALID);
	CK_SAID_LINE("\"a,b\"", "leave blanks and commas out of the name");
}
END_TEST

START_TEST(a_vtable_of_a_newer_minor_is_accepted)
{
	struct {
		otel_propagator now;
		void (*later)(void);
	} newer = {.now = plain};
	newer.now.component.size = sizeof newer;
	ck_assert_int_eq(component_add(&first, OTEL_COMPONENT_PROPAGATOR, "newer", &newer, NULL), OTEL_OK);
	component_forget(NULL);
}
END_TEST

START_TEST(opening_gives_zeroed_state_once_and_closing_takes_it_back)
{
	component_add(&first, OTEL_COMPONENT_PROPAGATOR, "p", &counting, NULL);
	struct component *c = component_find(OTEL_COMPONENT_PROPAGATOR, "p");
	ck_assert(component_open(c, "OTEL_PROPAGATORS"));
	ck_assert(component_open(c, "OTEL_PROPAGATORS"));
	ck_assert_ptr_nonnull(c->self);
	ck_assert_int_eq(opened, 1);
	registry_close();
	registry_close();
	ck_assert_int_eq(closed, 1);
	ck_assert_ptr_null(c->self);
	ck_silent();
}
END_TEST

START_TEST(a_self_of_the_plugin_is_neither_replaced_nor_freed)
{
	static char own[100];
	component_add(&first, OTEL_COMPONENT_PROPAGATOR, "p", &counting, own);
	struct component *c = component_find(OTEL_COMPONENT_PROPAGATOR, "p");
	ck_assert(component_open(c, "OTEL_PROPAGATORS"));
	ck_assert_ptr_eq(c->self, own);
	registry_close();
	ck_assert_ptr_eq(c->self, own);
}
END_TEST

START_TEST(a_component_that_does_not_open_is_named_and_never_closed)
{
	component_add(&first, OTEL_COMPONENT_PROPAGATOR, "moody", &counting, NULL);
	struct component *c = component_find(OTEL_COMPONENT_PROPAGATOR, "moody");
	open_result = OTEL_DENIED;
	ck_assert(!component_open(c, "/etc/otel-c/otel.ini:7"));
	CK_SAID_LINE("/etc/otel-c/otel.ini:7", "\"moody\"", "\"first\"", "permission denied");
	ck_assert_ptr_null(c->self);
	registry_close();
	ck_assert_int_eq(closed, 0);
}
END_TEST

START_TEST(a_component_that_says_itself_why_it_failed_is_not_talked_over)
{
	component_add(&first, OTEL_COMPONENT_PROPAGATOR, "eloquent", &counting, NULL);
	open_result = OTEL_FAILED;
	ck_assert(!component_open(component_find(OTEL_COMPONENT_PROPAGATOR, "eloquent"), "OTEL_PROPAGATORS"));
	ck_silent();
}
END_TEST

START_TEST(one_component_is_closed_and_may_be_opened_again)
{
	component_add(&first, OTEL_COMPONENT_PROPAGATOR, "p", &counting, NULL);
	component_add(&first, OTEL_COMPONENT_PROPAGATOR, "q", &counting, NULL);
	struct component *p = component_find(OTEL_COMPONENT_PROPAGATOR, "p");
	ck_assert(component_open(p, "OTEL_PROPAGATORS"));
	ck_assert(component_open(component_find(OTEL_COMPONENT_PROPAGATOR, "q"), "OTEL_PROPAGATORS"));
	registry_close_one(p);
	ck_assert_int_eq(closed, 1);
	ck_assert(component_open(p, "OTEL_PROPAGATORS"));
	ck_assert_int_eq(opened, 3);
}
END_TEST

START_TEST(names_are_sorted_and_none_is_among_them_where_it_is_a_choice)
{
	static const otel_id_generator generator;
	component_add(&first, OTEL_COMPONENT_PROPAGATOR, "xray", &plain, NULL);
	component_add(&first, OTEL_COMPONENT_PROPAGATOR, "baggage", &plain, NULL);
	component_add(&second, OTEL_COMPONENT_PROPAGATOR, "tracecontext", &plain, NULL);
	char *names = registry_names(OTEL_COMPONENT_PROPAGATOR);
	ck_assert_str_eq(names, "baggage, none, tracecontext, xray");
	free(names);
	ck_assert_int_eq(component_add(&first, OTEL_COMPONENT_ID_GENERATOR, "zero", &generator, NULL), OTEL_INVALID);
	names = registry_names(OTEL_COMPONENT_ID_GENERATOR);
	ck_assert_str_eq(names, "");
	free(names);
}
END_TEST

START_TEST(a_new_round_forgets_components_and_reuses_their_memory)
{
	component_add(&first, OTEL_COMPONENT_PROPAGATOR, "p", &plain, NULL);
	struct component *before = component_find(OTEL_COMPONENT_PROPAGATOR, "p");
	registry_begin(NULL, NULL);
	ck_assert_ptr_null(component_find(OTEL_COMPONENT_PROPAGATOR, "p"));
	component_add(&first, OTEL_COMPONENT_PROPAGATOR, "p", &plain, NULL);
	ck_assert_ptr_eq(component_find(OTEL_COMPONENT_PROPAGATOR, "p"), before);
}
END_TEST

START_TEST(names_of_our_own_lead_to_the_module_that_has_them)
{
	ck_assert_str_eq(component_module(OTEL_COMPONENT_PROPAGATOR, "b3multi"), "b3");
	ck_assert_str_eq(component_module(OTEL_COMPONENT_SAMPLER, "parentbased_jaeger_remote"), "jaeger_remote");
	ck_assert_str_eq(component_module(OTEL_COMPONENT_SAMPLER, "b3multi"), "b3multi");
	ck_assert_str_eq(component_module(OTEL_COMPONENT_EXPORTER, "acme"), "acme");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("component");
	TCase *tc = tcase_create("component");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_component_is_found_by_kind_and_name);
	tcase_add_test(tc, a_name_that_is_taken_is_refused_naming_both_plugins);
	tcase_add_test(tc, adding_outside_of_setup_is_refused);
	tcase_add_test(tc, a_kind_this_host_does_not_know_is_unsupported_and_no_error);
	tcase_add_test(tc, an_incomplete_vtable_is_refused);
	tcase_add_test(tc, a_name_that_no_setting_could_name_is_refused);
	tcase_add_test(tc, a_vtable_of_a_newer_minor_is_accepted);
	tcase_add_test(tc, opening_gives_zeroed_state_once_and_closing_takes_it_back);
	tcase_add_test(tc, a_self_of_the_plugin_is_neither_replaced_nor_freed);
	tcase_add_test(tc, a_component_that_does_not_open_is_named_and_never_closed);
	tcase_add_test(tc, a_component_that_says_itself_why_it_failed_is_not_talked_over);
	tcase_add_test(tc, one_component_is_closed_and_may_be_opened_again);
	tcase_add_test(tc, names_are_sorted_and_none_is_among_them_where_it_is_a_choice);
	tcase_add_test(tc, a_new_round_forgets_components_and_reuses_their_memory);
	tcase_add_test(tc, names_of_our_own_lead_to_the_module_that_has_them);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}

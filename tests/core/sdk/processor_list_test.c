/* SPDX-License-Identifier: Apache-2.0
 *
 * processor_list_test.c - which span processors there are and in which order: the list, and the two that settings of
 * their own turn on.
 */
#include "sdk/processor_list.h"

#include "core/plugin/support.h"
#include "sdk/provider.h"

static const otel_span_processor vtable = {.component = {.size = sizeof(otel_span_processor)}};

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	host->add(setup, OTEL_COMPONENT_SPAN_PROCESSOR, "one", &vtable, NULL);
	return host->add(setup, OTEL_COMPONENT_SPAN_PROCESSOR, "two", &vtable, NULL);
}

static const otel_plugin plugin = {.size = sizeof(otel_plugin),
				   .abi_major = OTEL_PLUGIN_ABI_MAJOR,
				   .abi_minor = OTEL_PLUGIN_ABI_MINOR,
				   .name = "test",
				   .version = "1",
				   .license = "Apache-2.0",
				   .setup = set_up};

static struct config *config;

static void setup(void)
{
	static const char *const env[] = {"A=b", NULL};
	static const struct otel_boot boot = {.size = sizeof boot, .env = env};

	config = round_begin(&boot);
	ck_assert_int_eq(registry_add_builtin(&provider_builtin), OTEL_OK);
	ck_assert_int_eq(registry_add_builtin(&plugin), OTEL_OK);
	said();
}

static void teardown(void)
{
	round_end(config);
}

static void configure(const char *section, const char *key, const char *value)
{
	if (value)
		ck_assert_int_eq(config_set(config, CONFIG_ENV, section, key, value, "PROCESSORS"), OTEL_OK);
}

static const char *names(size_t max)
{
	static char text[128];
	struct component *list[16];

	config_resolve(config);
	const size_t count = processor_list_open(config, list, max);
	*text = '\0';
	for (size_t i = 0; i < count; i++)
		strcat(strcat(text, i ? " " : ""), list[i]->name);
	return text;
}

static const struct {
	const char *processors, *baggage, *deny, *allow;
	const char *names;
} cases[] = {
	{NULL, NULL, NULL, NULL, ""},
	{"none", NULL, NULL, NULL, ""},
	{"two,one", NULL, NULL, NULL, "two one"},
	/* Turned on by their settings: baggage first, redaction last. */
	{NULL, "tenant", NULL, NULL, "baggage"},
	{NULL, NULL, "secret*", NULL, "redaction"},
	{NULL, NULL, NULL, "http.*", "redaction"},
	{"one", "tenant", "secret*", "http.*", "baggage one redaction"},
	{"none", "tenant", NULL, NULL, "baggage"},
	/* Named: baggage where it is named, redaction last all the same, neither twice. */
	{"one,baggage,two", "tenant", NULL, NULL, "one baggage two"},
	{"redaction,one,two", NULL, "secret*", NULL, "one two redaction"},
	{"one,redaction", NULL, NULL, NULL, "one redaction"},
	{"redaction,baggage", NULL, NULL, NULL, "baggage redaction"},
	{"redaction,one", "tenant", NULL, NULL, "baggage one redaction"},
};

START_TEST(processors_come_in_this_order)
{
	configure("traces", "processors", cases[_i].processors);
	configure("baggage", "attributes", cases[_i].baggage);
	configure("redaction", "deny", cases[_i].deny);
	configure("redaction", "allow", cases[_i].allow);
	ck_assert_str_eq(names(16), cases[_i].names);
	ck_silent();
}
END_TEST

START_TEST(a_full_list_keeps_room_for_the_two_that_come_on_their_own)
{
	configure("traces", "processors", "one,two");
	configure("baggage", "attributes", "tenant");
	configure("redaction", "deny", "secret");
	ck_assert_str_eq(names(3), "baggage one redaction");
	ck_assert_str_eq(said(), "otel-c: PROCESSORS: only the first 1 are used\n");
}
END_TEST

START_TEST(an_unknown_processor_leaves_the_others)
{
	configure("traces", "processors", "nonsense,one");
	configure("redaction", "deny", "secret");
	ck_assert_str_eq(names(16), "one redaction");
	CK_SAID_LINE("PROCESSORS: ", "nonsense", "baggage, none, one, redaction, two");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("processor_list");
	TCase *tc = tcase_create("all");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, processors_come_in_this_order, 0, (int)(sizeof cases / sizeof *cases));
	tcase_add_test(tc, a_full_list_keeps_room_for_the_two_that_come_on_their_own);
	tcase_add_test(tc, an_unknown_processor_leaves_the_others);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * components_test.c - what a list of names in the configuration opens, what of it is left out, and the line that says
 * so.
 */
#include "sdk/components.h"

#include "core/plugin/support.h"

#define KEPT   OTEL_COMPONENT_EXPORTER
#define ORIGIN "OTEL_TRACES_EXPORTER"
#define A_64   "a23456789_123456789_123456789_123456789_123456789_123456789_1234"

struct state {
	int opened;
};

static int closed;

static otel_status open_well(void *self, const otel_host *host, otel_setup *setup)
{
	struct state *state = self;
	(void)host, (void)setup;
	state->opened++;
	return OTEL_OK;
}

static otel_status open_badly(void *self, const otel_host *host, otel_setup *setup)
{
	(void)self, (void)host, (void)setup;
	return OTEL_DENIED;
}

static void close_counted(void *self)
{
	(void)self;
	closed++;
}

static otel_export_result take_all(void *self, const otel_batch *batch, otel_export_op *op)
{
	(void)self, (void)batch, (void)op;
	return OTEL_EXPORT_DONE;
}

#define EXPORTER(opener)                                                                                               \
	{                                                                                                              \
		.component = {.size = sizeof(otel_exporter),                                                           \
			      .state_size = sizeof(struct state),                                                      \
			      .open = opener,                                                                          \
			      .close = close_counted},                                                                 \
		.signals = OTEL_SIGNAL_TRACES, .export_batch = take_all                                                \
	}
static const otel_exporter good = EXPORTER(open_well), bad = EXPORTER(open_badly);

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	host->add(setup, KEPT, "one", &good, NULL);
	host->add(setup, KEPT, "two", &good, NULL);
	host->add(setup, KEPT, "three", &good, NULL);
	return host->add(setup, KEPT, "broken", &bad, NULL);
}

static const otel_plugin plugin = {.size = sizeof(otel_plugin),
				   .abi_major = OTEL_PLUGIN_ABI_MAJOR,
				   .abi_minor = OTEL_PLUGIN_ABI_MINOR,
				   .name = "test",
				   .version = "1",
				   .license = "Apache-2.0",
				   .setup = set_up};

static struct config *config;
static struct component *opened[8];

static void setup(void)
{
	static const char *const env[] = {"A=b", NULL};
	static const struct otel_boot boot = {.size = sizeof boot, .env = env};

	config = round_begin(&boot);
	ck_assert_int_eq(registry_add_builtin(&plugin), OTEL_OK);
	closed = 0;
	said();
}

static void teardown(void)
{
	round_end(config);
}

static size_t open_list(const char *names, size_t max)
{
	ck_assert_int_eq(config_set(config, CONFIG_ENV, "traces", "exporter", names, ORIGIN), OTEL_OK);
	config_resolve(config);
	return components_open(KEPT, config, "traces", "exporter", opened, max);
}

static const struct {
	const char *names, *opened;
} lists[] = {
	{"one", "one"}, {" two ,\tone,", "two one"}, {"Two,TWO,two", "two"}, {",,one,,", "one"}, {"none", ""},
	{" NONE ", ""},
};

START_TEST(names_are_opened_in_their_order_each_once_in_any_case)
{
	char got[64] = "";
	const size_t count = open_list(lists[_i].names, 8);

	for (size_t i = 0; i < count; i++) {
		const struct state *state = opened[i]->self;
		ck_assert_int_eq(state->opened, 1);
		strcat(strcat(got, i ? " " : ""), opened[i]->name);
	}
	ck_assert_str_eq(got, lists[_i].opened);
	ck_silent();
}
END_TEST

START_TEST(none_beside_others_is_ignored_with_a_line)
{
	ck_assert_uint_eq(open_list("none,one", 8), 1);
	ck_assert_str_eq(said(), "otel-c: " ORIGIN ": \"none\" beside other names is ignored\n");
}
END_TEST

START_TEST(what_is_unknown_or_does_not_open_leaves_the_others)
{
	ck_assert_uint_eq(open_list("nonsense,broken,one", 8), 1);
	ck_assert_str_eq(opened[0]->name, "one");
	const char *text = said();
	ck_assert_ptr_nonnull(strstr(text, ORIGIN ": "));
	ck_assert_ptr_nonnull(strstr(text, "\"nonsense\""));
	ck_assert_ptr_nonnull(
		strstr(text, "\"broken\" of plugin \"test\" (built in) cannot be used: permission denied\n"));
}
END_TEST

START_TEST(a_name_of_more_than_63_bytes_is_refused)
{
	ck_assert_uint_eq(open_list(A_64 ",one", 8), 1);
	ck_assert_str_eq(said(), "otel-c: " ORIGIN ": a name of more than 63 bytes is ignored\n");
}
END_TEST

START_TEST(what_is_one_too_many_is_closed_again)
{
	ck_assert_uint_eq(open_list("one,two,one,three", 2), 2);
	ck_assert_int_eq(closed, 1);
	ck_assert_str_eq(said(), "otel-c: " ORIGIN ": only the first 2 are used\n");
	components_close(opened, 2);
	ck_assert_int_eq(closed, 3);
	ck_assert_ptr_null(opened[0]->self);
}
END_TEST

static struct component *open_one(const char *name, const char *fallback)
{
	ck_assert_int_eq(config_set(config, CONFIG_ENV, "traces", "exporter", name, "FALLING_BACK"), OTEL_OK);
	config_resolve(config);
	return components_open_one(KEPT, config, "traces", "exporter", fallback);
}

static const struct {
	const char *name, *said;
} fallbacks[] = {
	{"nonsense", "FALLING_BACK: "},
	{"broken", "FALLING_BACK: \"broken\" of plugin \"test\" (built in) cannot be used: permission denied\n"},
	{A_64, "FALLING_BACK: a name of more than 63 bytes is ignored\n"},
};

START_TEST(one_that_cannot_be_had_is_said_and_replaced)
{
	ck_assert_str_eq(open_one(fallbacks[_i].name, "two")->name, "two");
	CK_SAID_LINE(fallbacks[_i].said);
	ck_assert_ptr_null(open_one(fallbacks[_i].name, NULL));
}
END_TEST

START_TEST(one_that_can_be_had_needs_no_fallback)
{
	ck_assert_str_eq(open_one("ONE", "two")->name, "one");
	ck_silent();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("components");
	TCase *tc = tcase_create("all");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, names_are_opened_in_their_order_each_once_in_any_case, 0,
			    (int)(sizeof lists / sizeof *lists));
	tcase_add_test(tc, none_beside_others_is_ignored_with_a_line);
	tcase_add_test(tc, what_is_unknown_or_does_not_open_leaves_the_others);
	tcase_add_test(tc, a_name_of_more_than_63_bytes_is_refused);
	tcase_add_test(tc, what_is_one_too_many_is_closed_again);
	tcase_add_loop_test(tc, one_that_cannot_be_had_is_said_and_replaced, 0,
			    (int)(sizeof fallbacks / sizeof *fallbacks));
	tcase_add_test(tc, one_that_can_be_had_needs_no_fallback);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * engine_test.c - rounds of starting and stopping: what of a round that fails stays, and which switches count.
 */
#include "sdk/engine.h"

#include <otel/otel.h>
#include <otel/sdk.h>

#include "core/plugin/support.h"
#include "sdk/provider.h"
#include "sdk/slots.h"
#include "sdk/snapshot.h"

#define STOP_MS 5000

static char modules[4200];

static void setup(void)
{
	snprintf(modules, sizeof modules, "%s/tests/modules", build_dir());
	setenv("OTEL_C_PLUGIN_PATH", modules, 1);
	setenv("OTEL_TRACES_EXPORTER", "none", 1);
	unsetenv("OTEL_SDK_DISABLED");
	unsetenv("OTEL_LOG_LEVEL");
	unsetenv("OTEL_DISTRO");
	ck_assert(slots_add(otel_api_slot_v1()));
	slots_publish(provider_table());
	said();
}

static void teardown(void)
{
	engine_stop(STOP_MS);
}

/* With the environment as it is now. */
static otel_status build(const otel_sdk_options *options)
{
	return engine_build(slots_first(), snapshot_take(), options);
}

static const otel_sdk_options no_options = {.size = sizeof no_options};

static bool records(void)
{
	otel_span span = otel_span_start(otel_tracer("engine_test", "1"), "s");
	const bool recording = otel_span_is_recording(span);

	otel_span_end(span);
	return recording;
}

START_TEST(a_round_records_until_it_is_stopped)
{
	ck_assert(!records());
	ck_assert_int_eq(build(&no_options), OTEL_OK);
	ck_assert(records());
	ck_assert_int_eq(engine_stop(STOP_MS), OTEL_OK);
	ck_assert(!records());
	ck_assert_int_eq(build(&no_options), OTEL_OK);
	ck_assert(records());
	ck_silent();
}
END_TEST

START_TEST(a_round_that_fails_says_why_and_the_next_one_works)
{
	ck_assert_int_eq(build(OTEL_SDK_OPTIONS(.distro = "no such distro")), OTEL_INVALID);
	ck_assert_ptr_nonnull(strstr(otel_last_error(), "otel_sdk_start: \"no such distro\" is no name of a distro"));
	CK_SAID_LINE(otel_last_error());
	ck_assert(!records());
	ck_assert_int_eq(build(&no_options), OTEL_OK);
	ck_assert(records());
}
END_TEST

START_TEST(an_exporter_that_does_not_open_is_one_line_and_the_program_goes_on)
{
	setenv("OTEL_TRACES_EXPORTER", "fake", 1); /* which needs FAKE_FILE */
	ck_assert_int_eq(build(&no_options), OTEL_OK);
	CK_SAID_LINE("otel-c: OTEL_TRACES_EXPORTER: \"fake\" of plugin \"fake\" (", "/fake.so",
		     ") cannot be used: an invalid argument or setting\n");
	ck_assert(records());
}
END_TEST

static const struct {
	const char *variable, *setting;
	bool records;
} switches[] = {
	{NULL, NULL, true},       {"true", NULL, false}, {" TRUE ", NULL, false},  {"1", NULL, true},
	{"false", NULL, true},    {NULL, "true", false}, {"true", "false", false}, /* the variable wins over code */
	{"false", "true", false},
};

START_TEST(it_is_disabled_by_true_alone_and_the_variable_beats_code)
{
	const otel_setting setting = {"sdk.disabled", switches[_i].setting};

	if (switches[_i].variable)
		setenv("OTEL_SDK_DISABLED", switches[_i].variable, 1);
	ck_assert_int_eq(build(OTEL_SDK_OPTIONS(.settings = &setting, .setting_count = switches[_i].setting ? 1 : 0)),
			 OTEL_OK);
	ck_assert(records() == switches[_i].records);
}
END_TEST

START_TEST(a_disabled_round_still_propagates)
{
	static char text[64];
	setenv("OTEL_SDK_DISABLED", "true", 1);
	ck_assert_int_eq(build(&no_options), OTEL_OK);
	const otel_span_context remote = {.trace_id = {1}, .span_id = {2}, .trace_flags = 1};
	otel_context *context = otel_context_with_span_context(NULL, &remote, NULL);
	otel_token token = otel_context_attach(context);
	otel_span span = otel_span_start(otel_tracer("engine_test", "1"), "s");
	const otel_span_context own = otel_span_context_get(span);

	snprintf(text, sizeof text, "%d.%d", own.trace_id[0], own.span_id[0]);
	otel_span_end(span);
	otel_detach(token);
	otel_context_unref(context);
	ck_assert_str_eq(text, "1.2");
}
END_TEST

static const struct {
	const char *level;
	bool warned;
} levels[] = {
	{NULL, true}, {"warn", true}, {"Debug", true}, {"error", false}, {"none", false},
};

START_TEST(messages_keep_to_the_level_that_is_asked_for)
{
	char setting[16], line[64];

	if (levels[_i].level)
		setenv("OTEL_LOG_LEVEL", levels[_i].level, 1);
	snprintf(setting, sizeof setting, "nodot%d", _i);
	snprintf(line, sizeof line, "setting \"%s\" is not of the form", setting);
	const otel_setting settings[] = {{setting, "x"}};
	ck_assert_int_eq(build(OTEL_SDK_OPTIONS(.settings = settings, .setting_count = 1)), OTEL_OK);
	ck_assert(!strstr(said(), line) == !levels[_i].warned);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine");
	TCase *tc = tcase_create("all");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_round_records_until_it_is_stopped);
	tcase_add_test(tc, a_round_that_fails_says_why_and_the_next_one_works);
	tcase_add_test(tc, an_exporter_that_does_not_open_is_one_line_and_the_program_goes_on);
	tcase_add_loop_test(tc, it_is_disabled_by_true_alone_and_the_variable_beats_code, 0,
			    (int)(sizeof switches / sizeof *switches));
	tcase_add_test(tc, a_disabled_round_still_propagates);
	tcase_add_loop_test(tc, messages_keep_to_the_level_that_is_asked_for, 0, (int)(sizeof levels / sizeof *levels));
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}

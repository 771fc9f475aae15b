/* SPDX-License-Identifier: Apache-2.0
 *
 * environment_test.c - environment variables as a carrier, for the child and in the child.
 */
#include "api/environment.h"

#include <errno.h>
#include <otel/otel.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "api/slot.h"
#include "support/suite.h"

#define TRACEPARENT "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

static otel_environment *environment;

static void destroy(void)
{
	otel_environment_destroy(environment);
	environment = NULL;
}

static otel_carrier made_of(char *const *envp)
{
	environment = otel_environment_create(envp);
	ck_assert_ptr_nonnull(environment);
	return otel_environment_carrier(environment);
}
#define MADE_OF(...) made_of((char *const[]){__VA_ARGS__, NULL})

/* All variables, joined with blanks. */
static const char *listed(void)
{
	static char text[1024];
	char *const *envp = otel_environment_envp(environment);

	*text = '\0';
	for (; *envp; envp++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%s", *text ? " " : "", *envp);
	return text;
}

static otel_context *remote(const char *tracestate)
{
	otel_span_context sc = {.trace_id = {1}, .span_id = {2}, .trace_flags = 1};

	return otel_context_with_span_context(NULL, &sc, tracestate);
}

START_TEST(names_of_headers_become_names_of_variables)
{
	static const char *const rows[][2] = {{"traceparent", "TRACEPARENT"},
					      {"x-b3-traceid", "X_B3_TRACEID"},
					      {"", "_"},
					      {"1abc", "_1ABC"},
					      {"_9", "_9"},
					      {"\xc3\xa9.\x01 =", "______"},
					      {"-1", "_1"},
					      {"A_z", "A_Z"}};
	char name[ENVIRONMENT_NAME_MAX + 1];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ck_assert_uint_eq(environment_name(name, rows[i][0]), strlen(rows[i][1]));
		ck_assert_str_eq(name, rows[i][1]);
	}
}
END_TEST

START_TEST(a_name_of_more_than_255_bytes_is_none)
{
	char name[ENVIRONMENT_NAME_MAX + 1];
	char header[300];

	memset(header, 'a', sizeof(header));
	header[255] = '\0';
	ck_assert_uint_eq(environment_name(name, header), 255);
	header[0] = '1'; /* gets one more in front */
	ck_assert_uint_eq(environment_name(name, header), 0);
	header[0] = header[255] = 'a';
	header[256] = '\0';
	ck_assert_uint_eq(environment_name(name, header), 0);
}
END_TEST

START_TEST(a_copy_is_made_and_the_original_left)
{
	char variable[] = "A=1";
	otel_carrier carrier = MADE_OF(variable, "B=2");

	variable[2] = '9';
	carrier.set(carrier.self, "b", "3");
	ck_assert_str_eq(listed(), "A=1 B=3");
}
END_TEST

START_TEST(setting_replaces_every_variable_of_the_name_and_no_other)
{
	otel_carrier carrier = MADE_OF("AB=1", "A=1", "A=2", "a=3", "A");

	carrier.set(carrier.self, "a", "new");
	ck_assert_str_eq(listed(), "AB=1 a=3 A A=new");
}
END_TEST

START_TEST(reading_knows_only_names_in_their_normal_form)
{
	otel_carrier carrier = MADE_OF("traceparent=no", "X_B3_TRACEID=yes", "EMPTY=");

	ck_assert_ptr_null(carrier.get(carrier.self, "traceparent", 0));
	ck_assert_str_eq(carrier.get(carrier.self, "X-B3-TraceId", 0), "yes");
	ck_assert_str_eq(carrier.get(carrier.self, "empty", 0), "");
	ck_assert_ptr_null(carrier.get(carrier.self, "empty", 1));
	ck_assert_ptr_null(carrier.get(carrier.self, "absent", 0));
}
END_TEST

START_TEST(names_are_told_if_they_are_normal)
{
	otel_carrier carrier = MADE_OF("A=1", "lower=1", "=C:=1", "1X=1", "X.Y=1", "noequals", "_B2=1");

	ck_assert_str_eq(carrier.key(carrier.self, 0), "A");
	ck_assert_str_eq(carrier.key(carrier.self, 1), "_B2");
	ck_assert_ptr_null(carrier.key(carrier.self, 2));
}
END_TEST

START_TEST(a_variable_too_large_to_start_a_program_with_is_not_set)
{
	static char large[40000];
	uint64_t before = otel_api_slot_v1()->dropped;
	otel_carrier carrier = made_of(NULL);

	memset(large, 'v', sizeof(large) - 1);
	carrier.set(carrier.self, "a", large);
	carrier.set(carrier.self, large, "v");
	ck_assert_str_eq(listed(), "");
	ck_assert_uint_eq(otel_api_slot_v1()->dropped, before + 2);
}
END_TEST

START_TEST(what_a_parent_injects_its_child_extracts)
{
	otel_context *context = remote("a=1");
	otel_context *extracted;
	otel_carrier carrier = MADE_OF("PATH=/bin");

	otel_propagate_w3c();
	otel_environment_inject(environment, context);
	extracted = otel_extract(NULL, &carrier);
	ck_assert_uint_eq(otel_context_span_context(extracted).trace_id[0], 1);
	ck_assert_uint_eq(otel_context_span_context(extracted).is_remote, 1);
	ck_assert_str_eq(otel_context_tracestate(extracted), "a=1");
	ck_assert_ptr_nonnull(strstr(listed(), "PATH=/bin"));
	otel_context_unref(extracted);
	otel_context_unref(context);
}
END_TEST

START_TEST(nothing_of_an_older_trace_stays_beside_the_new_one)
{
	otel_context *context = remote(NULL);

	otel_propagate_w3c();
	made_of((char *const[]){"A=1", "TRACESTATE=old=1", "TRACEPARENT=" TRACEPARENT, "BAGGAGE=old=1", NULL});
	otel_environment_inject(environment, context);
	ck_assert_str_eq(listed(), "A=1 TRACEPARENT=00-01000000000000000000000000000000-0200000000000000-01");
	otel_context_unref(context);
}
END_TEST

START_TEST(without_a_context_everything_stays)
{
	otel_propagate_w3c();
	made_of((char *const[]){"TRACEPARENT=" TRACEPARENT, "BAGGAGE=a=1", NULL});
	otel_environment_inject(environment, NULL);
	ck_assert_str_eq(listed(), "TRACEPARENT=" TRACEPARENT " BAGGAGE=a=1");
}
END_TEST

START_TEST(no_environment_is_taken_everywhere)
{
	otel_carrier carrier = otel_environment_carrier(NULL);

	carrier.set(carrier.self, "a", "1");
	ck_assert_ptr_null(carrier.get(carrier.self, "a", 0));
	ck_assert_ptr_null(carrier.key(carrier.self, 0));
	otel_environment_inject(NULL, NULL);
	otel_environment_destroy(NULL);
	ck_assert_ptr_eq(otel_environment_envp(NULL), environ);
}
END_TEST

START_TEST(hundreds_of_variables_are_kept_in_order)
{
	otel_carrier carrier = made_of(environ);
	char name[16];

	errno = EXDEV;
	for (int i = 0; i < 500; i++) {
		snprintf(name, sizeof(name), "ours%d", i);
		carrier.set(carrier.self, name, "v");
	}
	ck_assert_int_eq(errno, EXDEV);
	for (size_t i = 0; environ[i]; i++)
		ck_assert_str_eq(otel_environment_envp(environment)[i], environ[i]);
	ck_assert_str_eq(carrier.get(carrier.self, "ours499", 0), "v");
}
END_TEST

SUITE_MAIN_WITH("environment", NULL, destroy, {names_of_headers_become_names_of_variables, 0},
		{a_name_of_more_than_255_bytes_is_none, 0}, {a_copy_is_made_and_the_original_left, 0},
		{setting_replaces_every_variable_of_the_name_and_no_other, 0},
		{reading_knows_only_names_in_their_normal_form, 0}, {names_are_told_if_they_are_normal, 0},
		{a_variable_too_large_to_start_a_program_with_is_not_set, 0},
		{what_a_parent_injects_its_child_extracts, 0}, {nothing_of_an_older_trace_stays_beside_the_new_one, 0},
		{without_a_context_everything_stays, 0}, {no_environment_is_taken_everywhere, 0},
		{hundreds_of_variables_are_kept_in_order, 0})

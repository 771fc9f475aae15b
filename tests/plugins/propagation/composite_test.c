/* SPDX-License-Identifier: Apache-2.0
 *
 * composite_test.c - OTEL_PROPAGATORS as the SDK follows it: order, doubles, none, fields.
 */
#include <otel/otel.h>
#include <otel/sdk.h>

#include <stdio.h>
#include <string.h>

#include "core/api/header_list.h"
#include "support/suite.h"

#define TRACE "0af7651916cd43dd8448eb211c80319c"
#define SPAN  "b7ad6b7169203331"

static struct header_list headers;
static char order[256];

static void clear(void)
{
	header_list_clear(&headers);
	*order = '\0';
}

static void use(const char *propagators)
{
	const otel_setting settings[] = {{"otel.propagators", propagators}, {"traces.exporter", "none"}};
	static bool running;
	otel_status status = running ? otel_sdk_stop(2000) : OTEL_OK;

	ck_assert_int_eq(status, OTEL_OK);
	status = otel_sdk_start(OTEL_SDK_OPTIONS(.settings = settings, .setting_count = 2));
	ck_assert_msg(status == OTEL_OK, "%s", otel_last_error());
	running = true;
}

static const char *fields(void)
{
	static char text[512];
	const char *field;

	*text = '\0';
	for (size_t i = 0; (field = otel_propagation_field(i)); i++)
		snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? " " : "", field);
	return text;
}

static void note(void *self, const char *name, const char *value)
{
	(void)self;
	(void)value;
	snprintf(order + strlen(order), sizeof order - strlen(order), "%s%s", *order ? " " : "", name);
}

static const char *written(void)
{
	const otel_carrier carrier = {.size = sizeof carrier, .set = note};
	otel_span_context sc = {.trace_id = {1}, .span_id = {2}, .trace_flags = 1};
	otel_context *context = otel_context_with_span_context(NULL, &sc, "a=1");

	*order = '\0';
	otel_inject(context, &carrier);
	otel_context_unref(context);
	return order;
}

START_TEST(headers_are_written_in_the_order_of_the_list)
{
	use("b3,tracecontext");
	ck_assert_str_eq(written(), "b3 traceparent tracestate");
	use("jaeger,ottrace,tracecontext,b3");
	ck_assert_str_eq(
		written(),
		"uber-trace-id ot-tracer-traceid ot-tracer-spanid ot-tracer-sampled traceparent tracestate b3");
}
END_TEST

START_TEST(names_may_be_of_any_case_and_count_once)
{
	use(" B3 ,tracecontext, b3,,TraceContext");
	ck_assert_str_eq(written(), "b3 traceparent tracestate");
}
END_TEST

START_TEST(none_writes_and_reads_nothing)
{
	otel_carrier carrier = header_list_carrier(&headers);

	use("none");
	ck_assert_str_eq(written(), "");
	ck_assert_str_eq(fields(), "");
	header_list_add(&headers, "traceparent", "00-" TRACE "-" SPAN "-01");
	ck_assert_ptr_null(otel_extract(NULL, &carrier));
}
END_TEST

START_TEST(fields_are_told_once_in_the_order_of_the_list)
{
	use("b3,tracecontext,baggage,b3multi");
	ck_assert_str_eq(fields(),
			 "b3 traceparent tracestate baggage x-b3-traceid x-b3-spanid x-b3-sampled x-b3-flags");
}
END_TEST

START_TEST(two_propagators_of_one_trace_lose_nothing_of_it)
{
	otel_carrier carrier = header_list_carrier(&headers);
	otel_context *context;

	header_list_add(&headers, "traceparent", "00-" TRACE "-" SPAN "-03");
	header_list_add(&headers, "tracestate", "a=1");
	header_list_add(&headers, "b3", TRACE "-" SPAN "-1");
	header_list_add(&headers, "uber-trace-id", TRACE ":" SPAN ":0:1");
	header_list_add(&headers, "ot-tracer-traceid", "8448eb211c80319c");
	header_list_add(&headers, "ot-tracer-spanid", SPAN);
	header_list_add(&headers, "ot-tracer-sampled", "true");
	use("tracecontext,b3,jaeger,ottrace");
	context = otel_extract(NULL, &carrier);
	header_list_clear(&headers);
	otel_inject(context, &carrier);
	ck_assert_str_eq(header_list_get(&headers, "traceparent", 0), "00-" TRACE "-" SPAN "-03");
	ck_assert_str_eq(header_list_get(&headers, "tracestate", 0), "a=1");
	otel_context_unref(context);
}
END_TEST

START_TEST(debug_reaches_the_calls_made_inside_a_span)
{
	otel_carrier carrier = header_list_carrier(&headers);
	otel_context *remote;
	otel_token token;

	use("b3");
	header_list_add(&headers, "b3", TRACE "-" SPAN "-d");
	remote = otel_extract(NULL, &carrier);
	token = otel_context_attach(remote);
	{
		OTEL_SPAN(span, otel_tracer("test", "1"), "inside");
		header_list_clear(&headers);
		otel_inject(NULL, &carrier);
	}
	otel_detach(token);
	otel_context_unref(remote);
	ck_assert_mem_eq(header_list_get(&headers, "b3", 0), TRACE "-", 33);
	ck_assert_str_eq(header_list_get(&headers, "b3", 0) + 49, "-d");
	ck_assert(memcmp(header_list_get(&headers, "b3", 0) + 33, SPAN, 16) != 0);
}
END_TEST

START_TEST(an_environment_loses_the_variables_of_all_formats_in_use)
{
	char *const before[] = {"B3=old", "X_B3_FLAGS=1", "TRACEPARENT=old", "PATH=/bin", NULL};
	otel_environment *environment = otel_environment_create(before);
	otel_span_context sc = {.trace_id = {1}, .span_id = {2}};
	otel_context *context = otel_context_with_span_context(NULL, &sc, NULL);
	char *const *after;

	use("b3,b3multi");
	otel_environment_inject(environment, context);
	after = otel_environment_envp(environment);
	ck_assert_str_eq(after[0], "TRACEPARENT=old"); /* not ours to know */
	ck_assert_str_eq(after[1], "PATH=/bin");
	ck_assert_str_eq(after[2], "B3=01000000000000000000000000000000-0200000000000000-0");
	ck_assert_str_eq(after[3], "X_B3_TRACEID=01000000000000000000000000000000");
	ck_assert_str_eq(after[5], "X_B3_SAMPLED=0");
	ck_assert_ptr_null(after[6]);
	otel_context_unref(context);
	otel_environment_destroy(environment);
}
END_TEST

SUITE_MAIN("composite", clear, {headers_are_written_in_the_order_of_the_list, 0},
	   {names_may_be_of_any_case_and_count_once, 0}, {none_writes_and_reads_nothing, 0},
	   {fields_are_told_once_in_the_order_of_the_list, 0}, {two_propagators_of_one_trace_lose_nothing_of_it, 0},
	   {debug_reaches_the_calls_made_inside_a_span, 0},
	   {an_environment_loses_the_variables_of_all_formats_in_use, 0})

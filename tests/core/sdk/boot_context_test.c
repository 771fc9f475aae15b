/* SPDX-License-Identifier: Apache-2.0
 *
 * boot_context_test.c - TRACEPARENT at start as the parent of the main thread's spans, if asked for.
 */
#include <otel/otel.h>
#include <otel/sdk.h>

#include <pthread.h>

#include "start_support.h"

#define TRACE "0af7651916cd43dd8448eb211c80319c"
#define SPAN  "b7ad6b7169203331"

static void start(const char *asked)
{
	const otel_setting settings[] = {{"traces.exporter", "none"}};
	otel_status status;

	start_set_up();
	setenv("TRACEPARENT", "00-" TRACE "-" SPAN "-01", 1);
	setenv("TRACESTATE", "a=1", 1);
	setenv("BAGGAGE", "b=2", 1);
	if (asked)
		setenv("OTEL_C_OTEL_CONTEXT_FROM_ENVIRONMENT", asked, 1);
	status = otel_sdk_start(OTEL_SDK_OPTIONS(.settings = settings, .setting_count = 1));
	ck_assert_msg(status == OTEL_OK, "%s", otel_last_error());
}

static void stop(void)
{
	otel_status status = otel_sdk_stop(2000);

	ck_assert_int_eq(status, OTEL_OK);
}

static bool continues(void)
{
	static const uint8_t trace[16] = {0x0a, 0xf7, 0x65, 0x19, 0x16, 0xcd, 0x43, 0xdd,
					  0x84, 0x48, 0xeb, 0x21, 0x1c, 0x80, 0x31, 0x9c};
	otel_span span = otel_span_start(otel_tracer("test", "1"), "s");
	otel_span_context sc = otel_span_context_get(span);

	otel_span_end(span);
	return memcmp(sc.trace_id, trace, sizeof trace) == 0;
}

static void *on_thread(void *result)
{
	*(bool *)result = continues();
	return NULL;
}

START_TEST(unless_asked_for_nothing_is_read)
{
	start(NULL);
	ck_assert(!continues());
	stop();
	start("false");
	ck_assert(!continues());
	stop();
}
END_TEST

START_TEST(where_something_is_attached_it_stays_so)
{
	otel_token token = otel_context_attach(NULL);

	start("true");
	ck_assert(!continues());
	otel_detach(token);
	ck_assert(!continues());
	stop();
}
END_TEST

START_TEST(the_main_thread_continues_the_trace_it_was_started_in)
{
	otel_context *current;
	bool elsewhere = true;
	pthread_t thread;

	start("true");
	ck_assert(continues());
	current = otel_context_capture();
	ck_assert_str_eq(otel_context_tracestate(current), "a=1");
	ck_assert_str_eq(otel_baggage_value(otel_context_baggage(current), "b"), "2");
	otel_context_unref(current);
	ck_assert_int_eq(pthread_create(&thread, NULL, on_thread, &elsewhere), 0);
	pthread_join(thread, NULL);
	ck_assert(!elsewhere);
	stop();
	start("true");
	ck_assert(continues());
	stop();
}
END_TEST

int main(void)
{
	/* In this order: what is attached for ever comes last. */
	const struct suite_entry tests[] = {{unless_asked_for_nothing_is_read, 0},
					    {where_something_is_attached_it_stays_so, 0},
					    {the_main_thread_continues_the_trace_it_was_started_in, 0}};
	int failed = suite_main("boot_context", tests, sizeof tests / sizeof *tests, NULL);

	start_clean_up();
	return failed;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * start_test.c - starting, flushing and stopping the SDK as a program does, with an exporter that writes to a file.
 */
#include "core/sdk/start_span_support.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>

START_TEST(a_span_reaches_the_exporter_with_the_service_name_of_the_options)
{
	start_ok(OTEL_SDK_OPTIONS(.service_name = "code"));
	make_span("hello");
	flush_ok();
	ck_assert_uint_eq(start_received(look, NULL), 1);
	ck_assert_str_eq(seen.name, "hello");
	ck_assert_str_eq(seen.service, "code");
	ck_assert_str_eq(seen.distro, "");
}
END_TEST

START_TEST(a_second_start_changes_nothing)
{
	start_ok(OTEL_SDK_OPTIONS(.service_name = "first"));
	ck_assert_int_eq(otel_sdk_start(OTEL_SDK_OPTIONS(.service_name = "second")), OTEL_ALREADY);
	make_span("x");
	flush_ok();
	start_received(look, NULL);
	ck_assert_str_eq(seen.service, "first");
}
END_TEST

START_TEST(after_a_stop_nothing_is_recorded_until_the_next_start)
{
	start_ok(NULL);
	make_span("one");
	ck_assert_int_eq(otel_sdk_stop(5000), OTEL_OK);
	make_span("lost");
	ck_assert_int_eq(otel_sdk_flush(100), OTEL_FAILED);
	ck_assert_str_ne(otel_last_error(), "");
	ck_assert_int_eq(otel_sdk_stop(100), OTEL_FAILED);
	start_ok(NULL);
	make_span("two");
	flush_ok();
	ck_assert_uint_eq(start_received(look, NULL), 2);
	ck_assert_str_eq(seen.name, "two");
}
END_TEST

START_TEST(a_new_start_sees_the_environment_as_it_is_then)
{
	for (int i = 0; i < 5; i++) {
		setenv("OTEL_SERVICE_NAME", i % 2 ? "odd" : "even", 1);
		start_ok(NULL);
		make_span("x");
		ck_assert_int_eq(otel_sdk_stop(5000), OTEL_OK);
		start_received(look, NULL);
		ck_assert_str_eq(seen.service, i % 2 ? "odd" : "even");
	}
}
END_TEST

START_TEST(code_beats_the_environment)
{
	static const otel_setting settings[] = {{"resource.attributes", "a=1"}, {"traces.exporter", "fake"}};
	setenv("OTEL_SERVICE_NAME", "environment", 1);
	setenv("OTEL_TRACES_EXPORTER", "none", 1);
	start_ok(OTEL_SDK_OPTIONS(.service_name = "code", .settings = settings, .setting_count = 2));
	make_span("x");
	flush_ok();
	ck_assert_uint_eq(start_received(look, NULL), 1);
	ck_assert_str_eq(seen.service, "code");
}
END_TEST

START_TEST(the_users_file_is_below_the_environment)
{
	setenv("OTEL_C_CONFIG", start_write("user.ini", "[resource]\nservice_name = file\n"), 1);
	start_ok(NULL);
	make_span("x");
	ck_assert_int_eq(otel_sdk_stop(5000), OTEL_OK);
	start_received(look, NULL);
	ck_assert_str_eq(seen.service, "file");
	setenv("OTEL_SERVICE_NAME", "environment", 1);
	start_ok(NULL);
	make_span("x");
	flush_ok();
	start_received(look, NULL);
	ck_assert_str_eq(seen.service, "environment");
}
END_TEST

START_TEST(a_users_file_that_is_not_there_does_not_stop_the_start)
{
	setenv("OTEL_C_CONFIG", "/nowhere/user.ini", 1);
	start_ok(NULL);
}
END_TEST

/* ---- components ---- */

START_TEST(disabled_wins_over_code_and_records_nothing)
{
	static const otel_setting enabled[] = {{"sdk.disabled", "false"}};
	setenv("OTEL_SDK_DISABLED", "True", 1);
	start_ok(OTEL_SDK_OPTIONS(.settings = enabled, .setting_count = 1));
	otel_span span = otel_span_start(otel_tracer("t", ""), "x");
	ck_assert(!otel_span_is_recording(span));
	otel_span_end(span);
	flush_ok();
	ck_assert_uint_eq(start_received(NULL, NULL), 0);
}
END_TEST

START_TEST(an_unknown_exporter_or_propagator_leaves_the_others)
{
	setenv("OTEL_TRACES_EXPORTER", "nonsense, Fake ,fake", 1);
	setenv("OTEL_PROPAGATORS", "nonsense,tracecontext", 1);
	setenv("OTEL_TRACES_SAMPLER", "nonsense", 1);
	start_ok(NULL);
	make_span("x");
	flush_ok();
	ck_assert_uint_eq(start_received(NULL, NULL), 1);
	ck_assert_str_eq(otel_propagation_field(0), "traceparent");
	ck_assert_str_eq(otel_propagation_field(1), "tracestate");
	ck_assert_ptr_null(otel_propagation_field(2));
}
END_TEST

START_TEST(without_an_exporter_the_program_runs)
{
	setenv("OTEL_TRACES_EXPORTER", "none", 1);
	start_ok(NULL);
	otel_span span = otel_span_start(otel_tracer("t", ""), "x");
	otel_span_context context = otel_span_context_get(span);
	ck_assert(context.trace_flags & OTEL_TRACE_FLAG_SAMPLED);
	otel_span_end(span);
	flush_ok();
}
END_TEST

START_TEST(a_queue_smaller_than_the_batch_cuts_the_batch)
{
	setenv("OTEL_BSP_MAX_QUEUE_SIZE", "3", 1); /* and the batch is cut to it without a word */
	setenv("OTEL_BSP_SCHEDULE_DELAY", "600000", 1);
	start_ok(NULL);
	for (int i = 0; i < 3; i++)
		make_span("x");
	flush_ok();
	const otel_sdk_stats stats = start_counts();
	ck_assert_uint_eq(stats.spans_created, 3);
	ck_assert_uint_eq(stats.spans_accepted, 3);
}
END_TEST

/* ---- options ---- */

static int tasks(void)
{
	DIR *dir = opendir("/proc/self/task");
	int count = 0;

	ck_assert_ptr_nonnull(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count;
}

START_TEST(a_worker_from_the_start_is_there_before_any_span)
{
	const int before = tasks();

	setenv("OTEL_C_SDK_WORKER", "start", 1);
	ck_assert_int_eq(otel_sdk_start(NULL), OTEL_OK);
	ck_assert_int_eq(tasks(), before + 1);
	ck_assert_int_eq(otel_sdk_stop(5000), OTEL_OK);
	unsetenv("OTEL_C_SDK_WORKER");
	ck_assert_int_eq(otel_sdk_start(NULL), OTEL_OK);
	ck_assert_int_eq(tasks(), before);
}
END_TEST

START_TEST(options_of_an_older_program_are_read_as_far_as_they_go)
{
	otel_sdk_options options = {.size = offsetof(otel_sdk_options, settings),
				    .service_name = "old",
				    .settings = (const otel_setting *)1,
				    .setting_count = 99};
	start_ok(&options);
	make_span("x");
	flush_ok();
	start_received(look, NULL);
	ck_assert_str_eq(seen.service, "old");
}
END_TEST

START_TEST(settings_without_a_section_are_left_out)
{
	static const otel_setting settings[] = {{"nodot", "x"}, {"", "x"},   {NULL, "x"},
						{"a.", "x"},    {".b", "x"}, {"a.b", NULL}};
	start_ok(OTEL_SDK_OPTIONS(.settings = settings, .setting_count = 6));
}
END_TEST

START_TEST(errno_stays_as_it_was)
{
	errno = 4711;
	start_ok(NULL);
	make_span("x");
	flush_ok();
	ck_assert_int_eq(otel_sdk_stop(5000), OTEL_OK);
	ck_assert_int_eq(errno, 4711);
}
END_TEST

/* ---- many at once ---- */

static pthread_barrier_t gate;

static void *race(void *result)
{
	pthread_barrier_wait(&gate);
	*(otel_status *)result = otel_sdk_start(NULL);
	make_span("raced");
	return NULL;
}

START_TEST(of_many_threads_that_start_one_wins)
{
	enum { N = 8 };
	pthread_t threads[N];
	otel_status results[N];
	int winners = 0;
	pthread_barrier_init(&gate, NULL, N);
	for (int i = 0; i < N; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, race, &results[i]), 0);
	for (int i = 0; i < N; i++) {
		pthread_join(threads[i], NULL);
		ck_assert(results[i] == OTEL_OK || results[i] == OTEL_ALREADY);
		winners += results[i] == OTEL_OK;
	}
	pthread_barrier_destroy(&gate);
	ck_assert_int_eq(winners, 1);
	make_span("after");
	flush_ok();
	start_received(look, NULL);
	ck_assert_uint_ge(start_received(NULL, NULL), 1);
}
END_TEST

START_MAIN("start", {a_span_reaches_the_exporter_with_the_service_name_of_the_options, 0},
	   {a_second_start_changes_nothing, 0}, {after_a_stop_nothing_is_recorded_until_the_next_start, 0},
	   {a_new_start_sees_the_environment_as_it_is_then, 0}, {code_beats_the_environment, 0},
	   {the_users_file_is_below_the_environment, 0}, {a_users_file_that_is_not_there_does_not_stop_the_start, 0},
	   {disabled_wins_over_code_and_records_nothing, 0}, {an_unknown_exporter_or_propagator_leaves_the_others, 0},
	   {without_an_exporter_the_program_runs, 0}, {a_queue_smaller_than_the_batch_cuts_the_batch, 0},
	   {a_worker_from_the_start_is_there_before_any_span, 0},
	   {options_of_an_older_program_are_read_as_far_as_they_go, 0}, {settings_without_a_section_are_left_out, 0},
	   {errno_stays_as_it_was, 0}, {of_many_threads_that_start_one_wins, 5})

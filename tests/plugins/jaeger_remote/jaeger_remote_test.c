/* SPDX-License-Identifier: Apache-2.0
 *
 * jaeger_remote_test.c - the module with a host of our own: when it asks, what it does with answers, what it tells.
 */
#include <check.h>
#include <otel/plugin.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/build.h"
#include "support/suite.h"

#define PROBABILITY(rate) "{\"probabilisticSampling\":{\"samplingRate\":" rate "}}"
#define RATE(rate)        "{\"strategyType\":1,\"rateLimitingSampling\":{\"maxTracesPerSecond\":" rate "}}"
#define HIGH              0xff

/* ---- the host ---- */

static const otel_sampler *plain, *under_parent, *sampler;
static void *state;
static const char *argument;
static uint64_t now_ms;
static char said[2048];
static char tracestate[600];

static void (*timer_fire)(void *arg);
static void *timer_arg;
static unsigned timers;
static uint32_t timer_delay;
static otel_status timer_status;

static void (*reply_to)(void *arg, const otel_http_reply *reply);
static void *reply_arg;
static unsigned requests;
static char url[256];

static otel_status add(otel_setup *setup, otel_kind kind, const char *name, const void *vtable, void *self)
{
	(void)setup;
	(void)self;
	ck_assert_int_eq(kind, OTEL_COMPONENT_SAMPLER);
	if (!strcmp(name, "jaeger_remote"))
		plain = vtable;
	else
		under_parent = vtable;
	return OTEL_OK;
}

__attribute__((format(printf, 3, 4))) static void take_log(otel_setup *setup, otel_log_level level, const char *format,
							   ...)
{
	const size_t len = strlen(said);
	va_list args;

	(void)setup;
	(void)level;
	va_start(args, format);
	vsnprintf(said + len, sizeof said - len - 1, format, args);
	va_end(args);
	strcat(said, "\n");
}

static const char *config_str(otel_setup *setup, const char *section, const char *key)
{
	(void)setup;
	if (!strcmp(section, "resource"))
		return !strcmp(key, "service_name") ? "shop" : NULL;
	return !strcmp(key, "sampler_arg") ? argument : NULL;
}

static const char *config_origin(otel_setup *setup, const char *section, const char *key)
{
	(void)setup;
	(void)section;
	(void)key;
	return "OTEL_TRACES_SAMPLER_ARG";
}

static uint64_t mono_ms(void)
{
	return now_ms;
}

static uint64_t random_word(void)
{
	return 7;
}

static otel_status timer(otel_setup *setup, uint32_t delay_ms, void (*fire)(void *arg), void *arg)
{
	(void)setup;
	timers++;
	timer_delay = delay_ms;
	timer_fire = fire;
	timer_arg = arg;
	return timer_status;
}

static otel_status http(otel_setup *setup, const otel_http_request *request,
			void (*on_reply)(void *arg, const otel_http_reply *reply), void *arg, otel_http_call **call)
{
	(void)setup;
	ck_assert_ptr_null(call);
	ck_assert_str_eq(request->method, "GET");
	ck_assert_uint_le(request->max_reply, 1u << 20);
	snprintf(url, sizeof url, "%s", request->url);
	requests++;
	reply_to = on_reply;
	reply_arg = arg;
	return OTEL_OK;
}

static void set_tracestate(const otel_sampling *sampling, const char *text)
{
	(void)sampling;
	snprintf(tracestate, sizeof tracestate, "%s", text);
}

static const otel_host host = {
	.size = sizeof host,
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.add = add,
	.log = take_log,
	.config_str = config_str,
	.config_origin = config_origin,
	.mono_ms = mono_ms,
	.random = random_word,
	.timer = timer,
	.http = http,
	.sampling_tracestate = set_tracestate,
};

static void load(void)
{
	const otel_plugin *plugin = build_plugin("lib/otel-c/jaeger_remote.so");

	ck_assert_int_eq(plugin->setup(&host, NULL), OTEL_OK);
}

static void open_with(const otel_sampler *which, const char *arg)
{
	if (sampler) {
		sampler->component.close(state);
		free(state);
	}
	sampler = which;
	argument = arg;
	now_ms = 1000000;
	timers = requests = 0;
	timer_status = OTEL_OK;
	*said = 0;
	state = calloc(1, sampler->component.state_size);
	ck_assert_int_eq(sampler->component.open(state, &host, NULL), OTEL_OK);
}

static void setup(void)
{
	if (!plain)
		load();
	open_with(plain, "pollingIntervalMs=5000,initialSamplingRate=1");
}

static otel_decision ask(uint8_t high, const char *parent, const char *old)
{
	const uint8_t trace_id[16] = {1, [9] = high};
	const otel_span_context context = {.trace_id = {1},
					   .span_id = {1},
					   .trace_flags = parent && strchr(parent, '+') ? OTEL_TRACE_FLAG_SAMPLED : 0};
	const otel_sampling sampling = {.size = sizeof sampling,
					.parent = parent ? &context : NULL,
					.parent_tracestate = old ? old : "",
					.trace_id = trace_id,
					.trace_flags = OTEL_TRACE_FLAG_RANDOM,
					.name = "/a",
					.name_len = 2};

	strcpy(tracestate, "unchanged");
	return sampler->decide(state, &sampling);
}

static void answer_as(otel_http_error error, int status, const char *body)
{
	const otel_http_reply reply = {.size = sizeof reply,
				       .error = error,
				       .status = status,
				       .message = error ? "connection refused" : "",
				       .body = (const uint8_t *)body,
				       .body_len = strlen(body)};
	reply_to(reply_arg, &reply);
}

/* The timer comes, and the backend answers. */
static void poll_with(const char *body)
{
	timer_fire(timer_arg);
	answer_as(OTEL_HTTP_OK, 200, body);
}

/* ---- when it asks ---- */

START_TEST(the_first_decision_starts_the_asking_and_it_goes_on)
{
	ck_assert_uint_eq(timers, 0);
	for (int i = 0; i < 10; i++)
		ask(0, NULL, NULL);
	ck_assert_uint_eq(timers, 1);
	ck_assert_uint_eq(timer_delay, 0);
	ck_assert_uint_eq(requests, 0);
	timer_fire(timer_arg);
	ck_assert_uint_eq(requests, 1);
	ck_assert_str_eq(url, "http://localhost:5778/sampling?service=shop");
	ck_assert_uint_eq(timers, 2);
	ck_assert_uint_eq(timer_delay, 5000);
	now_ms += 5000;
	timer_fire(timer_arg);
	ck_assert_uint_eq(requests, 2);
	ck_assert_uint_eq(timers, 3);
	ask(0, NULL, NULL);
	ck_assert_uint_eq(timers, 3);
}
END_TEST

START_TEST(asking_that_ended_is_started_again_and_never_runs_twice)
{
	ask(0, NULL, NULL);
	timer_fire(timer_arg);
	now_ms += 5000 + 59999;
	ask(0, NULL, NULL);
	ck_assert_uint_eq(timers, 2);
	now_ms += 1;
	ask(0, NULL, NULL);
	ask(0, NULL, NULL);
	ck_assert_uint_eq(timers, 3);
	timer_fire(timer_arg);
	ck_assert_uint_eq(requests, 2);
	timer_fire(timer_arg); /* the old one was only late */
	ck_assert_uint_eq(requests, 2);
	ck_assert_uint_eq(timers, 4);
}
END_TEST

START_TEST(a_timer_that_cannot_be_had_is_asked_for_again_later)
{
	timer_status = OTEL_NO_MEMORY;
	ask(0, NULL, NULL);
	ask(0, NULL, NULL);
	ck_assert_uint_eq(timers, 1);
	now_ms += 65000;
	ask(0, NULL, NULL);
	ck_assert_uint_eq(timers, 2);
}
END_TEST

/* ---- answers ---- */

START_TEST(the_initial_rate_holds_until_the_first_answer)
{
	ck_assert_int_eq(ask(0, NULL, NULL), OTEL_RECORD_AND_SAMPLE);
	poll_with(PROBABILITY("0.5"));
	ck_assert_int_eq(ask(0, NULL, NULL), OTEL_DROP);
	ck_assert_int_eq(ask(HIGH, NULL, NULL), OTEL_RECORD_AND_SAMPLE);
	ck_assert_str_eq(said, "");
}
END_TEST

START_TEST(a_bad_answer_keeps_the_strategy_and_is_said)
{
	static const struct {
		otel_http_error error;
		int status;
		const char *body;
		const char *said;
	} rows[] = {
		{OTEL_HTTP_OK, 200, "<html>", "it is no JSON"},
		{OTEL_HTTP_OK, 200, "", "it is no JSON"},
		{OTEL_HTTP_OK, 404, PROBABILITY("1"), "status 404"},
		{OTEL_HTTP_OK, 500, "", "status 500"},
		{OTEL_HTTP_REFUSED, 0, "", "connection refused"},
		{OTEL_HTTP_TOO_LARGE, 200, PROBABILITY("1"), "connection refused"},
	};

	ask(0, NULL, NULL);
	poll_with(PROBABILITY("0.5"));
	answer_as(rows[_i].error, rows[_i].status, rows[_i].body);
	ck_assert_int_eq(ask(0, NULL, NULL), OTEL_DROP);
	ck_assert_int_eq(ask(HIGH, NULL, NULL), OTEL_RECORD_AND_SAMPLE);
	ck_assert_ptr_nonnull(strstr(said, "the sampling strategy stays as it was"));
	ck_assert_ptr_nonnull(strstr(said, rows[_i].said));
}
END_TEST

START_TEST(a_request_that_was_cancelled_says_nothing)
{
	ask(0, NULL, NULL);
	timer_fire(timer_arg);
	answer_as(OTEL_HTTP_CANCELLED, 0, "");
	ck_assert_str_eq(said, "");
}
END_TEST

START_TEST(the_same_answer_again_fills_no_bucket)
{
	ask(0, NULL, NULL);
	poll_with(RATE("2"));
	ck_assert_int_eq(ask(0, NULL, NULL) + ask(0, NULL, NULL) + ask(0, NULL, NULL), 2 * OTEL_RECORD_AND_SAMPLE);
	answer_as(OTEL_HTTP_OK, 200, RATE("2"));
	ck_assert_int_eq(ask(0, NULL, NULL), OTEL_DROP);
	answer_as(OTEL_HTTP_OK, 200, RATE("3"));
	ck_assert_int_eq(ask(0, NULL, NULL), OTEL_RECORD_AND_SAMPLE);
}
END_TEST

/* ---- what it tells ---- */

START_TEST(a_threshold_is_told_where_it_decided_and_taken_out_otherwise)
{
	static const struct {
		const char *answer;
		uint8_t high;
		const char *parent;
		const char *before;
		const char *after;
	} rows[] = {
		{PROBABILITY("0.5"), HIGH, NULL, "", "ot=th:8"},
		{PROBABILITY("0.5"), 0, NULL, "", "unchanged"},
		{PROBABILITY("0.5"), 0, "+", "a=b,ot=th:8", "a=b"},
		{PROBABILITY("0.5"), HIGH, "+", "ot=th:4;rv:11111111111111", "ot=rv:11111111111111"},
		{RATE("5"), HIGH, NULL, "", "unchanged"},
		{RATE("5"), HIGH, "+", "ot=th:8,a=b", "a=b"},
		{"{\"operationSampling\":{\"defaultSamplingProbability\":1}}", 0, "+", "ot=th:8", ""},
	};

	ask(0, NULL, NULL);
	poll_with(rows[_i].answer);
	ask(rows[_i].high, rows[_i].parent, rows[_i].before);
	ck_assert_str_eq(tracestate, rows[_i].after);
}
END_TEST

START_TEST(under_a_parent_its_decision_is_followed)
{
	open_with(under_parent, "initialSamplingRate=0");
	ck_assert_int_eq(ask(HIGH, "+", NULL), OTEL_RECORD_AND_SAMPLE);
	ck_assert_int_eq(ask(HIGH, "-", NULL), OTEL_DROP);
	ck_assert_uint_eq(timers, 0);
	ck_assert_int_eq(ask(HIGH, NULL, NULL), OTEL_DROP);
	ck_assert_uint_eq(timers, 1);
	ck_assert_ptr_nonnull(strstr(sampler->description(state), "ParentBased{root:JaegerRemoteSampler{}"));
}
END_TEST

START_TEST(a_bad_argument_is_one_line_for_each_element)
{
	open_with(plain, "endpoint=http://user:secret@host:1,pollingIntervalMs=soon");
	ck_assert_str_eq(said, "OTEL_TRACES_SAMPLER_ARG: \"pollingIntervalMs=soon\" is not followed; allowed: "
			       "pollingIntervalMs= 100 to 2147483647\n");
	open_with(plain, "endpoint=gopher://user:secret@host:1");
	ck_assert_ptr_null(strstr(said, "secret"));
}
END_TEST

START_TEST(a_host_without_timers_is_too_old)
{
	otel_host old = host;
	static char room[65536];

	old.size = offsetof(otel_host, timer);
	ck_assert_uint_le(plain->component.state_size, sizeof room);
	ck_assert_int_eq(plain->component.open(room, &old, NULL), OTEL_MISMATCH);
}
END_TEST

SUITE_MAIN("jaeger_remote", setup, {the_first_decision_starts_the_asking_and_it_goes_on, 0},
	   {asking_that_ended_is_started_again_and_never_runs_twice, 0},
	   {a_timer_that_cannot_be_had_is_asked_for_again_later, 0}, {the_initial_rate_holds_until_the_first_answer, 0},
	   {a_bad_answer_keeps_the_strategy_and_is_said, 6}, {a_request_that_was_cancelled_says_nothing, 0},
	   {the_same_answer_again_fills_no_bucket, 0},
	   {a_threshold_is_told_where_it_decided_and_taken_out_otherwise, 7},
	   {under_a_parent_its_decision_is_followed, 0}, {a_bad_argument_is_one_line_for_each_element, 0},
	   {a_host_without_timers_is_too_old, 0})

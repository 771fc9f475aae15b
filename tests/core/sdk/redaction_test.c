/* SPDX-License-Identifier: Apache-2.0
 *
 * redaction_test.c - what leaves the process when keys are denied or allowed, as programs configure it.
 */
#include <otel/otel.h>
#include <otel/sdk.h>

#include "start_support.h"

static otel_status last_status;

static void set_up(void)
{
	last_status = otel_sdk_stop(2000);
	start_set_up();
}

static void start_with(const char *deny, const char *allow, const char *replacement)
{
	if (deny)
		setenv("OTEL_C_REDACTION_DENY", deny, 1);
	if (allow)
		setenv("OTEL_C_REDACTION_ALLOW", allow, 1);
	if (replacement)
		setenv("OTEL_C_REDACTION_REPLACEMENT", replacement, 1);
	otel_status status = otel_sdk_start(NULL);
	ck_assert_msg(status == OTEL_OK, "%s", otel_last_error());
}

/* A span with secrets everywhere. */
static void make_span(void)
{
	static const char *const array[] = {"a", "b"};
	const otel_attr list[] = {otel_attr_str("http.route", "/x"), otel_attr_str("user.password", "hunter2"),
				  otel_attr_int("user.pin", 1234), otel_attr_str_array("user.aliases", array, 2)};
	const otel_link link = {.span_context = {.trace_id = {1}, .span_id = {2}}, .attrs = list, .attr_count = 4};
	otel_span span = otel_span_start(otel_tracer("test", "1"), "s");

	otel_span_set_attrs(span, list, 4);
	otel_span_add_event_with(span, "event", 0, list, 4);
	otel_span_add_link(span, &link);
	otel_span_set_str(span, "late.password", "hunter3");
	otel_span_end(span);
}

struct expected {
	const char *key, *text;
};

static void check_list(const struct expected *expected, Otlp__KeyValue *const *attrs, size_t count, bool is_span)
{
	for (const struct expected *e = expected; e->key; e++)
		if (is_span || strncmp(e->key, "late.", 5) != 0)
			ck_assert_str_eq(start_text(attrs, count, e->key), e->text);
}

static void check(void *arg, const Otlp__Resource *resource, const Otlp__Span *span)
{
	(void)resource;
	ck_assert_uint_eq(span->n_events, 1);
	ck_assert_uint_eq(span->n_links, 1);
	check_list(arg, span->attributes, span->n_attributes, true);
	check_list(arg, span->events[0]->attributes, span->events[0]->n_attributes, false);
	check_list(arg, span->links[0]->attributes, span->links[0]->n_attributes, false);
	ck_assert_uint_eq(span->dropped_attributes_count, 0);
}

static const struct {
	const char *deny, *allow, *replacement;
	struct expected expected[6];
} cases[] = {
	/* Removed: of the span, of events and links. */
	{"*password",
	 NULL,
	 NULL,
	 {{"http.route", "/x"}, {"user.password", "absent"}, {"user.pin", "1234"}, {"late.password", "absent"}}},
	/* Replaced, whatever type they had. */
	{"user.*, late.*",
	 NULL,
	 "***",
	 {{"http.route", "/x"},
	  {"user.password", "***"},
	  {"user.pin", "***"},
	  {"user.aliases", "***"},
	  {"late.password", "***"}}},
	/* All but what is allowed. */
	{NULL,
	 "http.*",
	 NULL,
	 {{"http.route", "/x"},
	  {"user.password", "absent"},
	  {"user.pin", "absent"},
	  {"user.aliases", "absent"},
	  {"late.password", "absent"}}},
	/* What is denied goes although it is allowed. */
	{"*.pin", "user.*", NULL, {{"http.route", "absent"}, {"user.password", "hunter2"}, {"user.pin", "absent"}}},
	/* Case counts, and a glob is no part of a word. */
	{"USER.PASSWORD, password", NULL, NULL, {{"user.password", "hunter2"}, {"late.password", "hunter3"}}},
	/* `?` is one byte. */
	{"user.pi?", NULL, "", {{"user.pin", "absent"}, {"user.password", "hunter2"}}},
};

START_TEST(keys_are_taken_out_or_covered)
{
	start_with(cases[_i].deny, cases[_i].allow, cases[_i].replacement);
	make_span();
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_uint_eq(start_received(check, (void *)(uintptr_t)cases[_i].expected), 1);
}
END_TEST

static void check_baggage(void *arg, const Otlp__Resource *resource, const Otlp__Span *span)
{
	(void)arg, (void)resource;
	ck_assert_str_eq(start_text(span->attributes, span->n_attributes, "tenant"), "absent");
	ck_assert_str_eq(start_text(span->attributes, span->n_attributes, "team"), "blue");
}

START_TEST(what_other_processors_set_is_covered_too)
{
	otel_baggage *one = otel_baggage_with(NULL, "tenant", "acme", NULL);
	otel_baggage *both = otel_baggage_with(one, "team", "blue", NULL);
	otel_context *context = otel_context_with_baggage(NULL, both);

	setenv("OTEL_C_TRACES_PROCESSORS", "redaction,baggage", 1);
	setenv("OTEL_C_BAGGAGE_ATTRIBUTES", "*", 1);
	start_with("tenant", NULL, NULL);
	otel_token token = otel_context_attach(context);
	otel_span_end(otel_span_start(otel_tracer("test", "1"), "s"));
	otel_detach(token);
	otel_context_unref(context);
	otel_baggage_unref(both);
	otel_baggage_unref(one);
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_uint_eq(start_received(check_baggage, NULL), 1);
}
END_TEST

static void check_long(void *arg, const Otlp__Resource *resource, const Otlp__Span *span)
{
	(void)arg, (void)resource;
	ck_assert_uint_eq(span->n_attributes, 100);
	for (size_t i = 0; i < span->n_attributes; i++)
		ck_assert(otlp_text_is(span->attributes[i]->value->string_value, "gone"));
}

START_TEST(a_span_of_many_long_values_is_covered_as_a_whole)
{
	char key[32], value[4000];

	start_with("secret.*", NULL, "gone");
	memset(value, 's', sizeof value - 1);
	value[sizeof value - 1] = '\0';
	otel_span span = otel_span_start(otel_tracer("test", "1"), "s");
	for (int i = 0; i < 100; i++) {
		snprintf(key, sizeof key, "secret.%d", i);
		const otel_attr attr = otel_attr_str(key, value);
		otel_span_set_attrs(span, &attr, 1);
	}
	otel_span_end(span);
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_uint_eq(start_received(check_long, NULL), 1);
}
END_TEST

int main(void)
{
	const struct suite_entry tests[] = {{keys_are_taken_out_or_covered, (int)(sizeof cases / sizeof *cases)},
					    {what_other_processors_set_is_covered_too, 0},
					    {a_span_of_many_long_values_is_covered_as_a_whole, 0}};
	int failed = suite_main("redaction", tests, sizeof tests / sizeof *tests, set_up);

	last_status = otel_sdk_stop(2000);
	start_clean_up();
	return failed;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * baggage_processor_test.c - which entries of baggage become attributes of a span, as programs configure it.
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

static void start_copying(const char *names)
{
	const otel_setting settings[] = {
		{names ? "baggage.attributes" : "traces.processors", names ? names : "baggage"}};
	otel_status status = otel_sdk_start(OTEL_SDK_OPTIONS(.settings = settings, .setting_count = 1));
	ck_assert_msg(status == OTEL_OK, "%s", otel_last_error());
}

/* Baggage of name, value, name, value …, attached. */
static otel_token attach(const char *const *entries, otel_context **context)
{
	otel_baggage *baggage = NULL;

	for (; *entries; entries += 2) {
		otel_baggage *more = otel_baggage_with(baggage, entries[0], entries[1], NULL);
		otel_baggage_unref(baggage);
		baggage = more;
	}
	*context = otel_context_with_baggage(NULL, baggage);
	otel_baggage_unref(baggage);
	return otel_context_attach(*context);
}

struct expected {
	const char *key, *text;
};

static void check(void *arg, const Otlp__Resource *resource, const Otlp__Span *span)
{
	(void)resource;
	for (const struct expected *e = arg; e->key; e++)
		ck_assert_str_eq(start_text(span->attributes, span->n_attributes, e->key), e->text);
}

/* The span that starts under this baggage has these attributes. */
static void expect(const char *const *entries, const struct expected *expected)
{
	otel_context *context;
	otel_token token = attach(entries, &context);
	otel_span span = otel_span_start_with(
		otel_tracer("test", "1"), "s",
		OTEL_SPAN_OPTIONS(.attrs = (const otel_attr[]){otel_attr_str("given", "1")}, .attr_count = 1));

	otel_detach(token);
	otel_context_unref(context);
	otel_span_end(span);
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_uint_eq(start_received(check, (void *)(uintptr_t)expected), 1);
}
#define ENTRIES(...)  ((const char *const[]){__VA_ARGS__, NULL})
#define EXPECTED(...) ((const struct expected[]){__VA_ARGS__, {NULL, NULL}})

START_TEST(entries_whose_names_match_become_attributes)
{
	start_copying("tenant, user.*");
	expect(ENTRIES("tenant", "acme", "user.id", "7", "user", "x", "other", "y"),
	       EXPECTED({"tenant", "acme"}, {"user.id", "7"}, {"user", "absent"}, {"other", "absent"}, {"given", "1"}));
}
END_TEST

START_TEST(a_star_takes_them_all_and_case_counts)
{
	start_copying("*");
	expect(ENTRIES("Tenant", "acme", "tenant", "other"), EXPECTED({"Tenant", "acme"}, {"tenant", "other"}));
}
END_TEST

START_TEST(an_entry_takes_the_place_of_an_attribute_given_at_start)
{
	start_copying("given");
	expect(ENTRIES("given", "by baggage"), EXPECTED({"given", "by baggage"}));
}
END_TEST

START_TEST(an_empty_value_is_an_empty_text)
{
	start_copying("tenant");
	expect(ENTRIES("tenant", ""), EXPECTED({"tenant", ""}));
}
END_TEST

START_TEST(named_without_names_it_copies_nothing)
{
	start_copying(NULL);
	expect(ENTRIES("tenant", "acme"), EXPECTED({"tenant", "absent"}, {"given", "1"}));
}
END_TEST

START_TEST(a_span_without_baggage_is_left_as_it_is)
{
	start_copying("*");
	otel_span_end(otel_span_start(otel_tracer("test", "1"), "s"));
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_uint_eq(start_received(check, (void *)(uintptr_t)EXPECTED({"tenant", "absent"})), 1);
}
END_TEST

START_TEST(children_get_them_too)
{
	otel_context *context;

	start_copying("tenant");
	otel_token token = attach(ENTRIES("tenant", "acme"), &context);
	otel_span parent = otel_span_start(otel_tracer("test", "1"), "parent");
	otel_token inner = otel_span_attach(parent);
	otel_span_end(otel_span_start(otel_tracer("test", "1"), "child"));
	otel_detach(inner);
	otel_span_end(parent);
	otel_detach(token);
	otel_context_unref(context);
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_uint_eq(start_received(check, (void *)(uintptr_t)EXPECTED({"tenant", "acme"})), 2);
}
END_TEST

int main(void)
{
	const struct suite_entry tests[] = {{entries_whose_names_match_become_attributes, 0},
					    {a_star_takes_them_all_and_case_counts, 0},
					    {an_entry_takes_the_place_of_an_attribute_given_at_start, 0},
					    {an_empty_value_is_an_empty_text, 0},
					    {named_without_names_it_copies_nothing, 0},
					    {a_span_without_baggage_is_left_as_it_is, 0},
					    {children_get_them_too, 0}};
	int failed = suite_main("baggage_processor", tests, sizeof tests / sizeof *tests, set_up);

	last_status = otel_sdk_stop(2000);
	start_clean_up();
	return failed;
}

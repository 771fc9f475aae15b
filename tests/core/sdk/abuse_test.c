/* SPDX-License-Identifier: Apache-2.0
 *
 * abuse_test.c - programs that overdo it, and strangers that send anything, with a real SDK behind the API: what is
 * exported holds to the limits, says what it lost, and what was left out is counted.
 */
#include <math.h>
#include <otel/otel.h>
#include <otel/sdk.h>

#include "core/api/header_list.h"
#include "start_support.h"

#define MEBIBYTE (1u << 20)

static struct otel_tracer *tracer;
static char large[MEBIBYTE + 1]; /* letters, terminated */

static void start_with(const otel_setting *settings, size_t count)
{
	const otel_status ignored = otel_sdk_stop(2000); /* the first time there is nothing to stop */

	(void)ignored;
	ck_assert_int_eq(otel_sdk_start(OTEL_SDK_OPTIONS(.settings = settings, .setting_count = count)), OTEL_OK);
}

static void set_up(void)
{
	start_set_up();
	start_with(NULL, 0);
	tracer = otel_tracer("abuse_test", NULL);
	memset(large, 'v', MEBIBYTE);
}

typedef void check_span(const Otlp__Span *span);

struct check {
	check_span *run;
};

static void look(void *arg, const Otlp__Resource *resource, const Otlp__Span *span)
{
	(void)resource;
	((struct check *)arg)->run(span);
}

/* Ends the span; what arrived of it is put to the check. */
static void end(otel_span span, check_span *run)
{
	struct check check = {run};

	otel_span_end(span);
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_uint_eq(start_received(look, &check), 1);
}

static const Otlp__AnyValue *value_of(const Otlp__Span *span, const char *key)
{
	const Otlp__AnyValue *value = NULL;

	for (size_t i = 0; i < span->n_attributes; i++) {
		if (!otlp_text_is(span->attributes[i]->key, key))
			continue;
		ck_assert_msg(!value, "%s is there twice", key);
		value = span->attributes[i]->value;
	}
	return value;
}

static bool is_text(const Otlp__AnyValue *value, const char *text)
{
	return value && value->value_case == OTLP__ANY_VALUE__VALUE_STRING_VALUE &&
	       otlp_text_is(value->string_value, text);
}

/* ---- attributes ---- */

static void check_one_mebibyte(const Otlp__Span *span)
{
	ck_assert_ptr_null(value_of(span, "large"));
	ck_assert_ptr_nonnull(value_of(span, "before"));
	ck_assert_ptr_nonnull(value_of(span, "after"));
	ck_assert_uint_eq(span->n_attributes, 2);
	ck_assert_uint_eq(span->dropped_attributes_count, 3);
}

START_TEST(a_value_of_one_mebibyte_is_dropped_and_the_rest_kept)
{
	const otel_span span = otel_span_start(tracer, "span");

	otel_span_set_int(span, "before", 1);
	otel_span_set_str(span, "large", large);
	otel_span_set_attr(span, otel_attr_bytes("bytes", large, MEBIBYTE));
	otel_span_set_int(span, large, 1);
	otel_span_set_int(span, "after", 1);
	end(span, check_one_mebibyte);
}
END_TEST

static void check_cut(const Otlp__Span *span)
{
	ck_assert(is_text(value_of(span, "large"), "vvvvvvvvvv"));
	ck_assert_uint_eq(value_of(span, "bytes")->bytes_value.len, 10);
	ck_assert_uint_eq(span->dropped_attributes_count, 0);
}

START_TEST(with_a_limit_of_length_a_value_of_one_mebibyte_is_cut)
{
	static const otel_setting limit = {"limits.attribute_value_length", "10"};
	otel_span span;

	start_with(&limit, 1);
	span = otel_span_start(tracer, "span");
	otel_span_set_str(span, "large", large);
	otel_span_set_attr(span, otel_attr_bytes("bytes", large, MEBIBYTE));
	end(span, check_cut);
}
END_TEST

static void set_many(otel_span span, int count)
{
	char key[16];

	for (int i = 0; i < count; i++) {
		snprintf(key, sizeof key, "key.%d", i);
		otel_span_set_int(span, key, i);
	}
}

static void check_ten_thousand(const Otlp__Span *span)
{
	ck_assert_uint_eq(span->n_attributes, 128);
	ck_assert_uint_eq(span->dropped_attributes_count, 10000 - 128);
	ck_assert_int_eq(value_of(span, "key.127")->int_value, 127);
	ck_assert_int_eq(value_of(span, "key.0")->int_value, -1);
}

START_TEST(of_ten_thousand_keys_the_first_128_are_kept)
{
	const otel_span span = otel_span_start(tracer, "span");

	set_many(span, 10000);
	otel_span_set_int(span, "key.0", -1);
	end(span, check_ten_thousand);
}
END_TEST

static void check_full(const Otlp__Span *span)
{
	ck_assert_uint_eq(span->n_attributes, 128);
	ck_assert_uint_eq(span->dropped_attributes_count, 0);
	ck_assert(is_text(value_of(span, "key.5"), "the last"));
	ck_assert_int_eq(value_of(span, "key.6")->int_value, 199);
	ck_assert_int_eq(value_of(span, "key.7")->int_value, 7);
}

START_TEST(a_key_set_200_times_on_a_full_span_has_its_last_value)
{
	const otel_span span = otel_span_start(tracer, "span");
	OTEL_KEY(six, "key.6");
	char text[400];

	set_many(span, 128);
	for (int i = 0; i < 200; i++) {
		memset(text, 'x', sizeof text);
		text[i * 2] = '\0';
		otel_span_set_str(span, "key.5", text);
		otel_span_set_int_k(span, &six, i);
	}
	otel_span_set_str(span, "key.5", "the last");
	end(span, check_full);
}
END_TEST

static void check_mended(const Otlp__Span *span)
{
	ck_assert(otlp_text_is(span->name, "n\xef\xbf\xbdme"));
	ck_assert(is_text(value_of(span, "k\xef\xbf\xbd"), "v\xef\xbf\xbdlue"));
	ck_assert(otlp_text_is(span->events[0]->name, "\xef\xbf\xbd"));
	ck_assert(otlp_text_is(span->status->message, "\xef\xbf\xbd\xef\xbf\xbd"));
	ck_assert_uint_eq(span->dropped_attributes_count, 0);
}

START_TEST(text_that_is_no_utf8_is_mended_wherever_it_stands)
{
	const otel_span span = otel_span_start(tracer, "n\xffme");

	otel_span_set_str(span, "k\xc3", "v\xedlue");
	otel_span_add_event(span, "\x80");
	otel_span_set_status(span, OTEL_STATUS_ERROR, "\xfe\xff");
	end(span, check_mended);
}
END_TEST

static void check_numbers(const Otlp__Span *span)
{
	ck_assert(isnan(value_of(span, "nan")->double_value));
	ck_assert(isinf(value_of(span, "inf")->double_value));
	ck_assert_double_lt(value_of(span, "-inf")->double_value, 0);
	ck_assert_int_eq(value_of(span, "least")->int_value, INT64_MIN);
	ck_assert_int_eq(value_of(span, "null")->value_case, OTLP__ANY_VALUE__VALUE__NOT_SET);
	ck_assert_uint_eq(span->n_attributes, 5);
}

START_TEST(odd_values_are_recorded_as_they_are_and_those_without_a_key_counted)
{
	const otel_span span = otel_span_start(tracer, "span");
	const uint64_t before = start_counts().misuse;

	otel_span_set_double(span, "nan", (double)NAN);
	otel_span_set_double(span, "inf", (double)INFINITY);
	otel_span_set_double(span, "-inf", -(double)INFINITY);
	otel_span_set_int(span, "least", INT64_MIN);
	otel_span_set_str(span, "null", NULL);
	otel_span_set_str(span, NULL, "x");
	otel_span_set_str(span, "", "x");
	otel_span_set_attr(span, (otel_attr){.key = "k", .key_len = 1, .type = 99});
	ck_assert_uint_eq(start_counts().misuse, before + 3);
	end(span, check_numbers);
}
END_TEST

static void check_events_and_links(const Otlp__Span *span)
{
	ck_assert_uint_eq(span->n_events, 128);
	ck_assert_uint_eq(span->dropped_events_count, 9872);
	ck_assert_uint_eq(span->n_links, 128);
	ck_assert_uint_eq(span->dropped_links_count, 9872);
	ck_assert_uint_eq(span->events[0]->n_attributes, 128);
	ck_assert_uint_eq(span->events[0]->dropped_attributes_count, 872);
}

START_TEST(of_ten_thousand_events_and_links_the_first_128_are_kept)
{
	const otel_span span = otel_span_start(tracer, "span");
	const otel_link link = {.span_context = {.trace_id = {1}, .span_id = {1}}};
	static char keys[1000][8];
	static otel_attr attrs[1000];

	for (int i = 0; i < 1000; i++) {
		snprintf(keys[i], sizeof keys[i], "k%d", i);
		attrs[i] = otel_attr_int(keys[i], i);
	}
	for (int i = 0; i < 10000; i++) {
		otel_span_add_event_with(span, "event", 0, i ? NULL : attrs, i ? 0 : 1000);
		otel_span_add_link(span, &link);
	}
	end(span, check_events_and_links);
}
END_TEST

/* ---- headers ---- */

#define TRACE  "0af7651916cd43dd8448eb211c80319c"
#define PARENT "b7ad6b7169203331"
#define GOOD   "00-" TRACE "-" PARENT "-01"

static const struct {
	const char *what;
	const char *headers[5]; /* values of traceparent */
} hostile[] = {
	{"empty", {""}},
	{"too short by one", {"00-" TRACE "-" PARENT "-0"}},
	{"too long for version 00", {GOOD "-"}},
	{"much too long", {GOOD GOOD GOOD GOOD GOOD GOOD}},
	{"version ff", {"ff-" TRACE "-" PARENT "-01"}},
	{"no trace id", {"00-00000000000000000000000000000000-" PARENT "-01"}},
	{"no span id", {"00-" TRACE "-0000000000000000-01"}},
	{"upper case", {"00-0AF7651916CD43DD8448EB211C80319C-" PARENT "-01"}},
	{"bytes that are no text", {"00-\xff\xfe\x80 91916cd43dd8448eb211c80319c-" PARENT "-01"}},
	{"control characters", {"00-" TRACE "\n" PARENT "-01"}},
	{"twice", {GOOD, GOOD}},
	{"one good, one bad", {GOOD, "nonsense"}},
	{"four times", {GOOD, GOOD, GOOD, GOOD}},
};

START_TEST(a_hostile_traceparent_is_as_good_as_none)
{
	static struct header_list list;
	const otel_carrier carrier = header_list_carrier(&list);
	otel_context *context;

	for (size_t i = 0; i < 5 && hostile[_i].headers[i]; i++)
		header_list_add(&list, "traceparent", hostile[_i].headers[i]);
	header_list_add(&list, "tracestate", "a=1");
	context = otel_extract(NULL, &carrier);
	const otel_span span = otel_span_start_with(tracer, "span", OTEL_SPAN_OPTIONS(.parent = context));
	const otel_span_context got = otel_span_context_get(span);
	ck_assert_msg(got.trace_id[0] != 0x0a || got.trace_id[15] != 0x9c, "%s: it became the parent",
		      hostile[_i].what);
	ck_assert_str_eq(otel_context_tracestate(context), "");
	otel_span_end(span);
	otel_context_unref(context);
	header_list_clear(&list);
}
END_TEST

START_TEST(headers_of_a_mebibyte_are_left_alone)
{
	static struct header_list list;
	const otel_carrier carrier = header_list_carrier(&list);
	otel_context *context;
	char *pair = malloc(MEBIBYTE + 8);

	ck_assert_ptr_nonnull(pair);
	snprintf(pair, MEBIBYTE + 8, "a=%s", large);
	header_list_add(&list, "traceparent", large);
	header_list_add(&list, "tracestate", pair);
	header_list_add(&list, "baggage", pair);
	ck_assert_ptr_null(otel_extract(NULL, &carrier));
	header_list_clear(&list);
	header_list_add(&list, "traceparent", GOOD);
	header_list_add(&list, "tracestate", pair);
	context = otel_extract(NULL, &carrier);
	ck_assert_uint_eq(otel_context_span_context(context).trace_id[0], 0x0a);
	ck_assert_str_eq(otel_context_tracestate(context), "");
	otel_context_unref(context);
	header_list_clear(&list);
	free(pair);
}
END_TEST

START_TEST(baggage_past_its_limit_is_left_out_and_counted)
{
	static struct header_list list;
	const otel_carrier carrier = header_list_carrier(&list);
	const uint64_t before = start_counts().left_out;
	otel_context *context;
	char text[2000] = "";

	for (int i = 0; i < 200; i++)
		snprintf(text + strlen(text), sizeof text - strlen(text), "k%d=v,", i);
	header_list_add(&list, "baggage", text);
	context = otel_extract(NULL, &carrier);
	ck_assert_uint_eq(otel_baggage_count(otel_context_baggage(context)), 64);
	ck_assert_uint_eq(start_counts().left_out, before + 200 - 64);
	otel_context_unref(context);
	header_list_clear(&list);
}
END_TEST

static const char *endless(void *self, const char *name, size_t index)
{
	(void)self;
	(void)name;
	(void)index;
	return "a=1,";
}

static const char *first_key_endless(void *self, size_t index)
{
	(void)self;
	(void)index;
	return "traceparent";
}

START_TEST(a_carrier_without_end_is_left_at_some_point)
{
	const otel_carrier carrier = {.size = sizeof carrier, .get = endless, .key = first_key_endless};
	otel_context *context = otel_extract(NULL, &carrier);

	const otel_span_context got = otel_context_span_context(context);
	ck_assert(!otel_span_context_is_valid(&got));
	otel_context_unref(context);
}
END_TEST

int main(void)
{
	const struct suite_entry entries[] = {
		{a_value_of_one_mebibyte_is_dropped_and_the_rest_kept, 0},
		{with_a_limit_of_length_a_value_of_one_mebibyte_is_cut, 0},
		{of_ten_thousand_keys_the_first_128_are_kept, 0},
		{a_key_set_200_times_on_a_full_span_has_its_last_value, 0},
		{text_that_is_no_utf8_is_mended_wherever_it_stands, 0},
		{odd_values_are_recorded_as_they_are_and_those_without_a_key_counted, 0},
		{of_ten_thousand_events_and_links_the_first_128_are_kept, 0},
		{a_hostile_traceparent_is_as_good_as_none, sizeof hostile / sizeof *hostile},
		{headers_of_a_mebibyte_are_left_alone, 0},
		{baggage_past_its_limit_is_left_out_and_counted, 0},
		{a_carrier_without_end_is_left_at_some_point, 0},
	};
	int status = suite_main("abuse", entries, sizeof entries / sizeof *entries, set_up);
	const otel_status ignored = otel_sdk_stop(2000);

	(void)ignored;
	start_clean_up();
	return status;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * xray_propagator_test.c - X-Amzn-Trace-Id in both directions: sections propagator_extract and propagator_inject of the
 * vectors, put to the module's own vtable over real contexts.
 */
#include "distros/aws/vectors.h"

#include <otel/otel.h>
#include <strings.h>

static struct config *config;
static struct component *xray;
static const otel_propagator *propagator;

static void setup(void)
{
	said();
	vectors_open();
	config = round_begin(NULL);
	xray = open_xray(OTEL_COMPONENT_PROPAGATOR);
	propagator = xray->vtable;
}

static void teardown(void)
{
	round_end(config);
}

/* ---- a request with one kind of header ---- */

struct request {
	const char *values[3];
	char name[64];
	char written[256];
	int writes;
};

static const char *request_get(void *self, const char *name, size_t index)
{
	const struct request *r = self;
	return strcasecmp(name, "X-Amzn-Trace-Id") == 0 && index < 3 ? r->values[index] : NULL;
}

static void request_set(void *self, const char *name, const char *value)
{
	struct request *r = self;
	snprintf(r->name, sizeof r->name, "%s", name);
	snprintf(r->written, sizeof r->written, "%s", value);
	r->writes++;
}

static otel_carrier carrier_of(struct request *r)
{
	return (otel_carrier){.size = sizeof(otel_carrier), .self = r, .set = request_set, .get = request_get};
}

static otel_context *extract(otel_context *base, const char *header)
{
	struct request r = {.values = {header}};
	otel_carrier carrier = carrier_of(&r);
	return propagator->extract(xray->self, base, &carrier);
}

static const char *inject(struct request *r, const otel_context *context)
{
	otel_carrier carrier = carrier_of(r);
	propagator->inject(xray->self, context, &carrier);
	return r->writes ? r->written : NULL;
}

/* ---- reading ---- */

static void check_lineage(json_t *row, otel_context *context)
{
	const char *expected = text_of(row, "expected_lineage");
	const char *found = otel_baggage_value(otel_context_baggage(context), "Lineage");
	ck_assert_msg((expected == NULL) == (found == NULL), "%s: lineage %s", text_of(row, "id"),
		      found ? found : "none");
	if (expected)
		ck_assert_str_eq(found, expected);
}

START_TEST(every_header_of_the_vectors_is_read_as_expected)
{
	json_t *row;
	size_t i;
	json_array_foreach(vectors_of("propagator_extract"), i, row)
	{
		otel_context *context = extract(NULL, text_of(row, "header"));
		json_t *expected = json_object_get(row, "expected");
		ck_assert_msg(json_is_null(expected) == (context == NULL), "%s", text_of(row, "id"));
		if (!context)
			continue;
		otel_span_context sc = otel_context_span_context(context), want = {.is_remote = 1};
		hex_of(expected, "trace_id", want.trace_id, 16);
		hex_of(expected, "span_id", want.span_id, 8);
		want.trace_flags = json_boolean_value(json_object_get(expected, "sampled")) ? 1 : 0;
		ck_assert_msg(memcmp(&sc, &want, sizeof sc) == 0, "%s", text_of(row, "id"));
		check_lineage(row, context);
		otel_context_unref(context);
	}
}
END_TEST

#define GOOD "Root=1-65f0a1b2-0f1e2d3c4b5a69788796a5b4;Parent=0a1b2c3d4e5f6071;Sampled=1"

START_TEST(several_values_of_the_header_count_as_none)
{
	struct request r = {.values = {GOOD, GOOD}};
	otel_carrier carrier = carrier_of(&r);
	ck_assert_ptr_null(propagator->extract(xray->self, NULL, &carrier));
	r.values[0] = r.values[1] = NULL;
	ck_assert_ptr_null(propagator->extract(xray->self, NULL, &carrier));
	carrier.get = NULL;
	ck_assert_ptr_null(propagator->extract(xray->self, NULL, &carrier));
}
END_TEST

START_TEST(trace_state_and_baggage_found_before_stay)
{
	otel_span_context sc = {.trace_id = {1}, .span_id = {2}};
	otel_context *state = otel_context_with_span_context(NULL, &sc, "vendor=1");
	otel_baggage *baggage = otel_baggage_with(NULL, "tenant", "blue", NULL);
	otel_context *base = otel_context_with_baggage(state, baggage);
	otel_context *context = extract(base, GOOD ";Lineage=1:d4d48d4d:0");
	ck_assert_str_eq(otel_context_tracestate(context), "vendor=1");
	ck_assert_int_eq(otel_context_span_context(context).trace_id[0], 0x65);
	ck_assert_str_eq(otel_baggage_value(otel_context_baggage(context), "tenant"), "blue");
	ck_assert_str_eq(otel_baggage_value(otel_context_baggage(context), "Lineage"), "1:d4d48d4d:0");
	ck_assert_ptr_null(otel_baggage_value(otel_context_baggage(base), "Lineage"));
	otel_context_unref(context);
	otel_context_unref(base);
	otel_context_unref(state);
	otel_baggage_unref(baggage);
}
END_TEST

/* ---- writing ---- */

static otel_context *context_of(json_t *row)
{
	otel_span_context sc = {.is_remote = 0};
	const char *lineage = text_of(row, "baggage_lineage");
	hex_of(row, "trace_id", sc.trace_id, 16);
	hex_of(row, "span_id", sc.span_id, 8);
	sc.trace_flags = (uint8_t)json_number_value(json_object_get(row, "trace_flags"));
	otel_context *context = otel_context_with_span_context(NULL, &sc, NULL);
	if (!lineage)
		return context;
	otel_baggage *baggage = otel_baggage_with(NULL, "Lineage", lineage, NULL);
	otel_context *with = otel_context_with_baggage(context, baggage);
	otel_baggage_unref(baggage);
	otel_context_unref(context);
	return with;
}

START_TEST(every_context_of_the_vectors_is_written_as_expected)
{
	json_t *row;
	size_t i;
	json_array_foreach(vectors_of("propagator_inject"), i, row)
	{
		struct request r = {.writes = 0};
		otel_context *context = context_of(row);
		const char *value = inject(&r, context);
		const char *expected = text_of(row, "expected_value");
		ck_assert_msg((value == NULL) == (expected == NULL), "%s", text_of(row, "id"));
		if (expected) {
			ck_assert_str_eq(value, expected);
			ck_assert_str_eq(r.name, text_of(row, "expected_header_name"));
			ck_assert_int_eq(r.writes, 1);
		}
		otel_context_unref(context);
	}
}
END_TEST

START_TEST(a_lineage_that_others_put_into_the_baggage_is_checked_before_it_is_written)
{
	struct request r = {.writes = 0};
	otel_context *parent = extract(NULL, GOOD);
	otel_baggage *baggage = otel_baggage_with(NULL, "Lineage", "1:d4d48d4d:0\r\nX-Evil: 1", NULL);
	otel_context *context = otel_context_with_baggage(parent, baggage);
	ck_assert_str_eq(inject(&r, context), GOOD);
	otel_context_unref(context);
	otel_context_unref(parent);
	otel_baggage_unref(baggage);
}
END_TEST

START_TEST(nothing_is_written_for_the_root_context_or_without_a_setter)
{
	struct request r = {.writes = 0};
	ck_assert_ptr_null(inject(&r, NULL));
	otel_context *context = extract(NULL, GOOD);
	otel_carrier carrier = carrier_of(&r);
	carrier.set = NULL;
	propagator->inject(xray->self, context, &carrier);
	ck_assert_int_eq(r.writes, 0);
	otel_context_unref(context);
}
END_TEST

START_TEST(it_says_which_header_it_writes)
{
	ck_assert_str_eq(propagator->fields[0], "X-Amzn-Trace-Id");
	ck_assert_ptr_null(propagator->fields[1]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("xray_propagator");
	TCase *tc = tcase_create("xray_propagator");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, every_header_of_the_vectors_is_read_as_expected);
	tcase_add_test(tc, several_values_of_the_header_count_as_none);
	tcase_add_test(tc, trace_state_and_baggage_found_before_stay);
	tcase_add_test(tc, every_context_of_the_vectors_is_written_as_expected);
	tcase_add_test(tc, a_lineage_that_others_put_into_the_baggage_is_checked_before_it_is_written);
	tcase_add_test(tc, nothing_is_written_for_the_root_context_or_without_a_setter);
	tcase_add_test(tc, it_says_which_header_it_writes);
	suite_add_tcase(suite, tc);
	int status = run_suite(suite);
	json_decref(vectors_root);
	return status;
}

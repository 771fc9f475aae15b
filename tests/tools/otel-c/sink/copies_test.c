/* SPDX-License-Identifier: Apache-2.0
 *
 * copies_test.c - spans that come again.
 */
#include "tools/otel-c/sink/copies.h"

#include "sample.h"
#include "support/suite.h"

static struct sink_copies copies;

static void setup(void)
{
	sink_copies_fini(&copies);
}

/* Spans with the ids from `first` on; how many were copies. */
static size_t add(const char *trace_id, uint64_t first, size_t count)
{
	struct otlp_request *request;
	struct buf spans;
	size_t copied;

	buf_init(&spans, 1 << 24);
	for (uint64_t id = first; id < first + count; id++)
		sample_span(&spans, &(struct sample_span){.trace_id = trace_id, .id = id, .name = "x", .end = 1});
	request = sample_decode(&spans);
	copied = sink_copies_add(&copies, request->message);
	otlp_request_unref(request);
	return copied;
}

START_TEST(a_span_that_comes_again_is_a_copy)
{
	ck_assert_uint_eq(add(NULL, 1, 7), 0);
	ck_assert_uint_eq(add(NULL, 1, 7), 7);
	ck_assert_uint_eq(add(NULL, 5, 7), 3);
}
END_TEST

START_TEST(the_same_span_id_in_another_trace_is_none)
{
	ck_assert_uint_eq(add(NULL, 1, 1), 0);
	ck_assert_uint_eq(add("0123456789abcdef", 1, 1), 0);
}
END_TEST

START_TEST(many_are_remembered)
{
	ck_assert_uint_eq(add(NULL, 1, 20000), 0);
	ck_assert_uint_eq(add(NULL, 1, 20001), 20000);
	ck_assert_uint_eq(copies.used, 20001);
	ck_assert(!copies.is_full);
	sink_copies_fini(&copies);
}
END_TEST

SUITE_MAIN("sink_copies", setup, {a_span_that_comes_again_is_a_copy, 0}, {the_same_span_id_in_another_trace_is_none, 0},
	   {many_are_remembered, 0})

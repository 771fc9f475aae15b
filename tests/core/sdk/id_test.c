/* SPDX-License-Identifier: Apache-2.0
 *
 * id_test.c - ids are never zero and come from the generator that was selected.
 */
#include "sdk/id.h"

#include <string.h>

#include "support/suite.h"

static struct rand_state state;
static struct id_source source;
static uint8_t trace[16], other[16], span[8];

static void setup(void)
{
	rand_seed(&state);
}

static void fixed_trace(void *self, const uint8_t random[16], uint8_t out[16])
{
	memcpy(out, random, 16);
	memcpy(out, self, 4);
}

static void zero_trace(void *self, const uint8_t random[16], uint8_t out[16])
{
	(void)self;
	(void)random;
	memset(out, 0, 16);
}

static void zero_span(void *self, const uint8_t random[8], uint8_t out[8])
{
	(void)self;
	(void)random;
	memset(out, 0, 8);
}

static const otel_id_generator fixed = {.component = {.size = sizeof fixed}, .trace_id = fixed_trace};
static const otel_id_generator broken = {
	.component = {.size = sizeof broken}, .trace_id = zero_trace, .span_id = zero_span};

static void new_trace(uint8_t out[16])
{
	uint64_t words[2];

	id_new_trace(&source, &state, words);
	memcpy(out, words, 16);
}

static void new_span(void)
{
	const uint64_t word = id_new_span(&source, &state);
	memcpy(span, &word, 8);
}

START_TEST(random_ids_differ_and_are_random)
{
	id_source_init(&source, NULL, NULL);
	ck_assert(source.is_random);
	new_trace(trace);
	new_trace(other);
	ck_assert_mem_ne(trace, other, 16);
	new_span();
	ck_assert_mem_ne(span, "\0\0\0\0\0\0\0", 8);
}
END_TEST

START_TEST(the_generator_named_random_is_the_same_as_none)
{
	id_source_init(&source, &id_random, NULL);
	ck_assert_ptr_null(source.generator);
	ck_assert(source.is_random);
}
END_TEST

START_TEST(a_generator_of_trace_ids_alone_leaves_span_ids_random)
{
	id_source_init(&source, &fixed, "xray");
	ck_assert(!source.is_random);
	new_trace(trace);
	new_trace(other);
	ck_assert_mem_eq(trace, "xray", 4);
	ck_assert_mem_ne(trace + 4, other + 4, 12);
	new_span();
	ck_assert_mem_ne(span, "\0\0\0\0\0\0\0", 8);
}
END_TEST

START_TEST(a_generator_that_makes_zeros_is_overruled)
{
	static const uint8_t zero[16];

	id_source_init(&source, &broken, NULL);
	new_trace(trace);
	ck_assert_mem_ne(trace, zero, 16);
	new_span();
	ck_assert_mem_ne(span, zero, 8);
}
END_TEST

SUITE_MAIN("id", setup, {random_ids_differ_and_are_random, 0}, {the_generator_named_random_is_the_same_as_none, 0},
	   {a_generator_of_trace_ids_alone_leaves_span_ids_random, 0}, {a_generator_that_makes_zeros_is_overruled, 0})

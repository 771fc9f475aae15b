/* SPDX-License-Identifier: Apache-2.0
 *
 * vectors_test.c - the W3C propagators without an SDK against the vectors.
 */
#include "support/propagation_vectors.h"

#include "support/suite.h"

static void load(void)
{
	vectors_load();
	otel_propagate_w3c();
}

static bool is_w3c(const json_t *vector)
{
	const char *propagator = text(vector, "propagator");

	return !strcmp(propagator, "tracecontext") || !strcmp(propagator, "baggage") ||
	       !strcmp(propagator, "composite:tracecontext,baggage");
}

START_TEST(headers_are_read_as_the_vectors_say)
{
	ck_assert_uint_eq(check_all("extract", is_w3c, check_extract), 76);
}
END_TEST

START_TEST(headers_are_written_as_the_vectors_say)
{
	ck_assert_uint_eq(check_all("inject", is_w3c, check_inject), 8);
}
END_TEST

SUITE_MAIN_WITH("vectors", load, vectors_unload, {headers_are_read_as_the_vectors_say, 0},
		{headers_are_written_as_the_vectors_say, 0})

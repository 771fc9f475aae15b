/* SPDX-License-Identifier: Apache-2.0
 *
 * mark_test.c - marks belong to one trace and one key.
 */
#include "plugins/propagation/mark.h"

#include <otel/otel.h>

#include "plugin/registry.h"
#include "support/suite.h"

static const otel_context_key key = {"test.mark"};
static const otel_context_key other_key = {"test.mark"};
static const uint8_t trace[16] = {1};
static const uint8_t other_trace[16] = {2};

START_TEST(a_mark_is_found_under_its_key_for_its_trace)
{
	otel_context *context = mark_put(&registry_host, NULL, &key, trace, 3);

	ck_assert_int_eq(mark_of(&registry_host, context, &key, trace), 3);
	ck_assert_int_eq(mark_of(&registry_host, context, &key, other_trace), 0);
	ck_assert_int_eq(mark_of(&registry_host, context, &other_key, trace), 0);
	ck_assert_int_eq(mark_of(&registry_host, NULL, &key, trace), 0);
	otel_context_unref(context);
}
END_TEST

START_TEST(no_mark_costs_no_context)
{
	ck_assert_ptr_null(mark_put(&registry_host, NULL, &key, trace, 0));
}
END_TEST

START_TEST(no_mark_hides_that_of_an_outer_context)
{
	otel_context *outer = mark_put(&registry_host, NULL, &key, trace, 3);
	otel_context *inner = mark_put(&registry_host, otel_context_ref(outer), &key, trace, 0);

	ck_assert_int_eq(mark_of(&registry_host, inner, &key, trace), 0);
	ck_assert_int_eq(mark_of(&registry_host, outer, &key, trace), 3);
	otel_context_unref(inner);
	otel_context_unref(outer);
}
END_TEST

START_TEST(hosts_of_abi_1_0_do_not_offer_it)
{
	otel_host old = registry_host;

	ck_assert(mark_is_supported(&old));
	old.size = offsetof(otel_host, context_value);
	ck_assert(!mark_is_supported(&old));
}
END_TEST

SUITE_MAIN("mark", NULL, {a_mark_is_found_under_its_key_for_its_trace, 0}, {no_mark_costs_no_context, 0},
	   {no_mark_hides_that_of_an_outer_context, 0}, {hosts_of_abi_1_0_do_not_offer_it, 0})

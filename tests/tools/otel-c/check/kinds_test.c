/* SPDX-License-Identifier: Apache-2.0
 *
 * kinds_test.c - the kinds of components that the examination knows.
 */
#include "tools/otel-c/check/kinds.h"

#include "support/suite.h"

static void inject(void *state, const otel_context *context, const otel_carrier *carrier)
{
	(void)state, (void)context, (void)carrier;
}

static otel_context *extract(void *state, otel_context *base, const otel_carrier *carrier)
{
	(void)state, (void)base, (void)carrier;
	return NULL;
}

START_TEST(kinds_have_the_names_that_messages_use)
{
	ck_assert_str_eq(kind_name(OTEL_COMPONENT_AUTHENTICATOR), "authenticator");
	ck_assert_str_eq(kind_name(OTEL_COMPONENT_RESPONSE_PROPAGATOR), "response propagator");
	ck_assert_str_eq(kind_find(OTEL_COMPONENT_SAMPLER)->name, "sampler");
}
END_TEST

START_TEST(a_kind_of_a_newer_abi_is_not_known)
{
	ck_assert_ptr_null(kind_find((otel_kind)99));
	ck_assert_str_eq(kind_name((otel_kind)99), "component of an unknown kind");
}
END_TEST

START_TEST(a_vtable_is_complete_with_all_that_its_kind_requires)
{
	static const char *const fields[] = {"x-test", NULL};
	const struct kind *kind = kind_find(OTEL_COMPONENT_PROPAGATOR);
	otel_propagator propagator = {
		.component = {.size = sizeof propagator}, .fields = fields, .inject = inject, .extract = extract};

	ck_assert(kind_is_complete(kind, &propagator));
	propagator.extract = NULL;
	ck_assert(!kind_is_complete(kind, &propagator));
	propagator.extract = extract;
	propagator.fields = NULL;
	ck_assert(!kind_is_complete(kind, &propagator));
}
END_TEST

START_TEST(a_kind_may_require_nothing)
{
	const otel_span_processor processor = {.component = {.size = sizeof processor}};

	ck_assert(kind_is_complete(kind_find(OTEL_COMPONENT_SPAN_PROCESSOR), &processor));
}
END_TEST

SUITE_MAIN("check_kinds", NULL, {kinds_have_the_names_that_messages_use, 0}, {a_kind_of_a_newer_abi_is_not_known, 0},
	   {a_vtable_is_complete_with_all_that_its_kind_requires, 0}, {a_kind_may_require_nothing, 0})

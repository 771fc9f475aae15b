/* SPDX-License-Identifier: Apache-2.0
 *
 * response_propagator_test.c - the header traceresponse, and the order of several propagators.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/sdk/span_support.h"
#include "sdk/builtin_processors.h"
#include "support/suite.h"

static char headers[512];

static void set(void *self, const char *name, const char *value)
{
	(void)self;
	snprintf(headers + strlen(headers), sizeof headers - strlen(headers), "%s: %s\n", name, value);
	errno = EPERM; /* as a carrier may */
}

static const otel_carrier carrier = {.size = sizeof carrier, .set = set};

static const otel_span_context span = {
	.trace_id = {0x0a, 0xf7, 0x65, 0x19, 0x16, 0xcd, 0x43, 0xdd, 0x84, 0x48, 0xeb, 0x21, 0x1c, 0x80, 0x31, 0x9c},
	.span_id = {0xb7, 0xad, 0x6b, 0x71, 0x69, 0x20, 0x33, 0x31},
	.trace_flags = 0xff};

static void other_inject(void *self, const otel_span_context *served, const otel_carrier *into)
{
	char id[17] = "";

	snprintf(id, sizeof id, "%02x", served->span_id[0]);
	into->set(into->self, self, id);
}

static const char *const other_fields[] = {"x-span", NULL};
static const otel_response_propagator other = {
	.component = {.size = sizeof other}, .fields = other_fields, .inject = other_inject};

static void set_up(void)
{
	static char name[] = "x-span";
	static struct component first = {.vtable = &other, .self = name}, second = {.vtable = &response_traceresponse};
	struct provider_options options = test_options("parentbased_always_on");

	options.response_propagators[0] = &first;
	options.response_propagators[1] = &second;
	options.response_propagator_count = 2;
	test_provider_with(&options);
	headers[0] = '\0';
}

START_TEST(the_header_is_written_as_the_draft_has_it)
{
	/* Flags that nobody has defined stay 0. */
	response_traceresponse.inject(NULL, &span, &carrier);
	ck_assert_str_eq(headers, "traceresponse: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03\n");
	ck_assert_str_eq(response_traceresponse.fields[0], "traceresponse");
	ck_assert_ptr_null(response_traceresponse.fields[1]);
}
END_TEST

START_TEST(all_write_in_their_order_and_errno_stays)
{
	errno = EAGAIN;
	P->inject_response(&span, &carrier);
	ck_assert_int_eq(errno, EAGAIN);
	ck_assert_str_eq(headers,
			 "x-span: b7\ntraceresponse: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03\n");
}
END_TEST

START_TEST(after_a_stop_nothing_is_written)
{
	provider_stop();
	P->inject_response(&span, &carrier);
	ck_assert_str_eq(headers, "");
}
END_TEST

int main(void)
{
	const struct suite_entry entries[] = {
		{the_header_is_written_as_the_draft_has_it, 0},
		{all_write_in_their_order_and_errno_stays, 0},
		{after_a_stop_nothing_is_written, 0},
	};
	return suite_main("response_propagator", entries, sizeof entries / sizeof *entries, set_up);
}

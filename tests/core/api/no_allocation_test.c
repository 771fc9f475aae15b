/* SPDX-License-Identifier: Apache-2.0
 *
 * no_allocation_test.c - with no SDK asked for, a program that is instrumented allocates nothing for it, whatever it
 * calls. tests/core/sdk/no_allocation_test.c does the same with an SDK.
 */
#include <stdio.h>

#include "support/count_calls.h"
#include "support/every_call.h"

int main(void)
{
	const otel_span_context sc = {.trace_id = {1}, .span_id = {1}};
	otel_context *remote;
	unsigned before;

	before = allocator_calls;
	for (int i = 0; i < 5000; i++) {
		every_call(NULL);
		otel_span_fail((otel_span){0}, "card declined");
	}
	otel_context_unref(otel_context_capture());
	if (allocator_calls != before)
		return fprintf(stderr, "%u allocator calls\n", allocator_calls - before), 1;

	remote = otel_context_with_span_context(NULL, &sc, "a=1");
	before = allocator_calls;
	for (int i = 0; i < 5000; i++)
		every_call(remote);
	if (allocator_calls != before)
		return fprintf(stderr, "%u allocator calls while passing a context through\n",
			       allocator_calls - before),
		       1;
	otel_context_unref(remote);
	return 0;
}

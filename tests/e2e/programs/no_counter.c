/* SPDX-License-Identifier: Apache-2.0
 *
 * no_counter.c - a program that may not read the processor's time stamp counter, and records a span: status 0. 77: this
 * system has no such thing.
 */
#include <otel/otel.h>
#include <sys/prctl.h>

int main(void)
{
	if (prctl(PR_SET_TSC, PR_TSC_SIGSEGV, 0, 0, 0))
		return 77;
	OTEL_SPAN(span, otel_tracer("no_counter", NULL), "no counter");
	otel_span_add_event(span, "event");
	return 0;
}

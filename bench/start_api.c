/* SPDX-License-Identifier: Apache-2.0
 *
 * start_api.c - an instrumented program that makes one span and ends. Without OTEL_DISTRO there is no SDK.
 */
#include <otel/otel.h>

int main(void)
{
	OTEL_SPAN(span, otel_tracer("bench", "1"), "main");
	return 0;
}

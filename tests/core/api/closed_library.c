/* SPDX-License-Identifier: Apache-2.0
 *
 * closed_library.c - a plugin with a copy of the API of its own, which makes a context current for a while.
 */
#include <otel/otel.h>

OTEL_EXPORT void attach_and_detach(void);

void attach_and_detach(void)
{
	const otel_span_context remote = {.trace_id = {1}, .span_id = {2}};
	otel_context *context = otel_context_with_span_context(NULL, &remote, NULL);

	otel_detach(otel_context_attach(context));
	otel_context_unref(context);
}

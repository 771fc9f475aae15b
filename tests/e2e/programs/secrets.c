/* SPDX-License-Identifier: Apache-2.0
 *
 * secrets.c - a program that puts more into its spans than should go out.
 */
#include <otel/otel.h>

int main(void)
{
	struct otel_tracer *tracer = otel_tracer("secrets", "1");
	otel_baggage *tenant = otel_baggage_with(NULL, "tenant.id", "acme", NULL);
	otel_baggage *baggage = otel_baggage_with(tenant, "session.token", "t0ken", NULL);
	otel_context *context = otel_context_with_baggage(NULL, baggage);
	otel_token token = otel_context_attach(context);
	{
		OTEL_SPAN(span, tracer, "login");
		otel_span_set_str(span, "user.name", "ada");
		otel_span_set_str(span, "user.password", "hunter2");
		otel_span_add_event_with(span, "checked", 0,
					 OTEL_ATTRS(otel_attr_str("user.password", "hunter2"), otel_attr_int("tries", 1)));
	}
	otel_detach(token);
	otel_context_unref(context);
	otel_baggage_unref(baggage);
	otel_baggage_unref(tenant);
	return 0;
}

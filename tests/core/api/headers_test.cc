/* SPDX-License-Identifier: Apache-2.0
 *
 * headers_test.cc - the public headers are valid C++17, and a C++ program can use them.
 */
#include <otel/memory.h>
#include <otel/otel.h>
#include <otel/plugin.h>
#include <otel/sdk.h>

static int checkout(int order)
{
	OTEL_SPAN(span, otel_tracer("shop", "1"), "checkout");
	otel_span_set_int(span, "order.id", order);
	otel_span_set_str(span, "order.state", "new");
	otel_span_set_attr(span, otel_attr_bool("order.gift", true));
	otel_span_record_exception(span, "std::runtime_error", "card declined", OTEL_STACK_HERE, nullptr, 0);
	otel_span_fail(span, "card declined");
	return order;
}

int main()
{
	otel_span_options options = {};
	options.size = sizeof options;
	options.kind = OTEL_KIND_SERVER;
	otel_span span = otel_span_start_with(otel_tracer("shop", nullptr), "start", &options);
	otel_context *context = otel_context_with_span(nullptr, span);
	otel_token token = otel_context_attach(context);
	int order = checkout(7);
	otel_detach(token);
	otel_context_unref(context);
	otel_span_end(span);
	return order == 7 && !otel_span_is_recording(span) ? 0 : 1;
}

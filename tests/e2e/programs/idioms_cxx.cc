/* SPDX-License-Identifier: Apache-2.0
 *
 * idioms_cxx.cc - the macros of otel/function.h in C++17: scopes end when an exception passes.
 */
#include <otel/otel.h>

#include <cstdio>
#include <stdexcept>

OTEL_TRACER("idioms_cxx", "1.0");

namespace
{

int half(int n)
{
	OTEL_TRACE_FUNCTION();
	if (n % 2)
		throw std::runtime_error("odd");
	return n / 2;
}

int try_half(int n)
{
	OTEL_TRACE_FUNCTION_NAMED("try", OTEL_STR("kind", "careful"), OTEL_INT("n", n));
	try {
		return OTEL_TRACE_CALL(half(n), otel_result < 0);
	} catch (const std::exception &e) {
		otel_span_record_exception(OTEL_FUNCTION_SPAN, "std::runtime_error", e.what(), nullptr, nullptr, 0);
		return -1;
	}
}

} // namespace

int main()
{
	OTEL_SPAN(span, otel_tracer("idioms_cxx", "1.0"), "main");
	std::printf("%d %d\n", try_half(8), try_half(7));
	return otel_span_current().id == span.id ? 0 : 1;
}

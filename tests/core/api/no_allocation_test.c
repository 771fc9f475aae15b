/* SPDX-License-Identifier: Apache-2.0
 *
 * no_allocation_test.c - with no SDK asked for, a program that is instrumented allocates nothing for it. The program's
 * own malloc counts.
 */
#include <otel/otel.h>
#include <stdio.h>
#include <stdlib.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *p, size_t size);
extern void __libc_free(void *p);

static unsigned calls;

void *malloc(size_t size)
{
	calls++;
	return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	calls++;
	return __libc_calloc(count, size);
}

void *realloc(void *p, size_t size)
{
	calls++;
	return __libc_realloc(p, size);
}

void free(void *p)
{
	calls += p != NULL;
	__libc_free(p);
}

static void do_nothing(void *arg)
{
	(void)arg;
}

static void set_nothing(void *self, const char *name, const char *value)
{
	(void)self;
	(void)name;
	(void)value;
}

static void work(const otel_context *remote)
{
	otel_carrier carrier = {.size = sizeof(carrier), .set = set_nothing};
	struct otel_tracer *tracer = otel_tracer("shop.checkout", "1.4.0");
	OTEL_SPAN(outer, tracer, "outer");
	OTEL_SPAN_WITH(span, tracer, "checkout", .parent = remote, .kind = OTEL_KIND_CLIENT);

	otel_span_set_str(span, "k", "v");
	otel_span_set_attr(span, otel_attr_bool("b", true));
	otel_span_add_event(span, "e");
	otel_span_fail(span, "card declined");
	otel_inject(remote, &carrier);
	otel_context_unref(otel_extract(NULL, &carrier));
	otel_context_run(NULL, do_nothing, NULL);
	otel_suppress_begin();
	otel_suppress_end();
	otel_span_update_name(span, otel_tracer_enabled(tracer) ? "on" : "off");
}

int main(void)
{
	const otel_span_context sc = {.trace_id = {1}, .span_id = {1}};
	otel_context *remote;
	unsigned before;

	before = calls;
	for (int i = 0; i < 5000; i++)
		work(NULL);
	otel_context_unref(otel_context_capture());
	if (calls != before)
		return fprintf(stderr, "%u allocator calls\n", calls - before), 1;

	remote = otel_context_with_span_context(NULL, &sc, "a=1");
	before = calls;
	for (int i = 0; i < 5000; i++)
		work(remote);
	if (calls != before)
		return fprintf(stderr, "%u allocator calls while passing a context through\n", calls - before), 1;
	otel_context_unref(remote);
	return 0;
}

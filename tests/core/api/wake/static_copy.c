/* SPDX-License-Identifier: Apache-2.0
 *
 * static_copy.c - a program with libotel_api.a in it, and a library that uses libotel_api.so.1. It has functions of its
 * own by names that the archive uses inside.
 */
#include <otel/otel.h>

#include "wake/facts.h"

typedef uint64_t library_fn(void);

void misuse(void);
void buf_append(void);

void misuse(void)
{
}

void buf_append(void)
{
}

static uint64_t call(void *library, const char *name)
{
	void *symbol = library ? dlsym(library, name) : NULL;
	library_fn *fn;

	memcpy(&fn, &symbol, sizeof(fn));
	return fn ? fn() : 0;
}

int main(int argc, char **argv)
{
	char path[4096] = "";

	if (argc > 2)
		snprintf(path, sizeof(path), "%s/libwake_instrumented.so", argv[2]);
	/* Not linked with it: then it would be served by the program's copy. */
	void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	OTEL_SPAN(span, otel_tracer("program", NULL), "parent");
	uint64_t child = call(library, "instrumented_start");

	printf("traced=%d parent=%d current=%d\n", span.id && child, facts_ask().parent == span.id,
	       call(library, "instrumented_current") == span.id);
	facts_print();
	return 3;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * preloaded.c - a program that offers a snapshot as libotel_preload.so does: the environment itself is not asked.
 */
#include <otel/otel.h>

#include "util/boot.h"
#include "wake/facts.h"

OTEL_EXPORT const struct otel_boot *otel_preload_boot_v1(void);

static const char *const env[] = {"OTEL_DISTRO=from-the-preload", NULL};
static const struct otel_boot boot = {.size = sizeof(boot), .env = env};

const struct otel_boot *otel_preload_boot_v1(void)
{
	return &boot;
}

int main(void)
{
	otel_span span = otel_span_start(otel_tracer("t", NULL), "s");

	printf("traced=%d same=%d\n", span.id != 0, facts_ask().boot == &boot);
	facts_print();
	return 3;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * boot_context.c - see the header. Only the snapshot of the environment is read, by the propagators in use.
 */
#include "sdk/boot_context.h"

#include <unistd.h>

#include "sdk/provider.h"
#include "sdk/slots.h"

/* Under something attached it would be undone with that. */
static bool is_bottom(void)
{
	struct otel_slot *first = slots_first();

	return first && first->thread()->depth == 0;
}

void boot_context_attach(const struct config *config, const struct otel_boot *boot)
{
	otel_environment *environment;
	otel_carrier carrier;
	otel_context *context;

	if (!config_bool(config, "otel", "context_from_environment") || boot->secure)
		return;
	if (gettid() != getpid() || !is_bottom())
		return;
	environment = otel_environment_create((char *const *)(size_t)boot->env);
	carrier = otel_environment_carrier(environment);
	context = provider_table()->extract(NULL, &carrier);
	if (context)
		otel_context_attach(context);
	otel_context_unref(context);
	otel_environment_destroy(environment);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * remote_settings.h - OTEL_TRACES_SAMPLER_ARG of jaeger_remote (specification/configuration/
 * sdk-environment-variables.md): endpoint=http://localhost:5778/sampling,pollingIntervalMs=5000,
 * initialSamplingRate=0.25. Pure.
 */
#ifndef PLUGINS_JAEGER_REMOTE_REMOTE_SETTINGS_H
#define PLUGINS_JAEGER_REMOTE_REMOTE_SETTINGS_H

#include <stdint.h>

#include "util/str.h"

struct remote_settings {
	struct view endpoint; /* into the argument */
	uint32_t interval_ms;
	double initial_rate;
};

/* wrong(arg, element, allowed) is called for each element that is not followed; its key then has its default. The value
 * of an endpoint may hold a password: only its key is shown. */
typedef void remote_wrong_fn(void *arg, struct view shown, const char *allowed);

void remote_settings_read(struct remote_settings *settings, const char *text, remote_wrong_fn *wrong, void *arg);

/* Where to ask for the strategy of a service; malloc, NULL when out of memory. */
char *remote_url(struct view endpoint, const char *service);

/* The service: its own setting, or that in the list of attributes, or "unknown_service:" and the program. malloc. */
char *remote_service(const char *service_name, const char *attributes);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * host.c - the services of the core, as plugins see them.
 */
#include <otel/otel.h>
#include <otel/version.h>

#include <stdio.h>

#include "plugin/component.h"
#include "sdk/auth.h"
#include "sdk/batch_processors.h"
#include "sdk/detector.h"
#include "sdk/pipeline.h"
#include "sdk/request_items.h"
#include "sdk/sampling.h"
#include "sdk/span_data.h"
#include "sdk/state.h"
#include "sdk/submit.h"
#include "util/clock.h"
#include "util/diag.h"
#include "util/rand.h"

#define MAX_LINE 1024

static enum diag_level level_of(otel_log_level level)
{
	switch (level) {
	case OTEL_LOG_ERROR:
		return DIAG_ERROR;
	case OTEL_LOG_WARN:
		return DIAG_WARN;
	case OTEL_LOG_INFO:
		return DIAG_INFO;
	case OTEL_LOG_DEBUG:
		break;
	}
	return DIAG_DEBUG;
}

__attribute__((format(printf, 3, 4))) static void host_log(otel_setup *setup, otel_log_level level, const char *format,
							   ...)
{
	char line[MAX_LINE];
	va_list args;
	if (!diag_enabled(level_of(level)))
		return;
	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	diag(level_of(level), "%s: %s", setup->plugin->name, line);
}

/* ---- configuration ---- */

static const char *host_config_str(otel_setup *setup, const char *section, const char *key)
{
	return config_str(setup->config, section, key);
}

static bool host_config_bool(otel_setup *setup, const char *section, const char *key)
{
	return config_bool(setup->config, section, key);
}

static int64_t host_config_int(otel_setup *setup, const char *section, const char *key)
{
	return config_int(setup->config, section, key);
}

static double host_config_double(otel_setup *setup, const char *section, const char *key)
{
	return config_double(setup->config, section, key);
}

static const char *host_config_origin(otel_setup *setup, const char *section, const char *key)
{
	return config_origin(setup->config, section, key);
}

static otel_status host_set_default(otel_setup *setup, const char *section, const char *key, const char *value)
{
	char origin[128];
	if (!setup->in_configure) {
		diag(DIAG_ERROR, "plugin \"%s\" (%s): set_default() is for configure() only", setup->plugin->name,
		     setup->path);
		return OTEL_INVALID;
	}
	snprintf(origin, sizeof origin, "plugin %s", setup->plugin->name);
	setup->has_defaults = true;
	return config_set(setup->config, CONFIG_COMPUTED, section, key, value, origin);
}

static const char *host_env(otel_setup *setup, const char *name)
{
	return otel_boot_env(setup->boot, name);
}

/* ---- random and time ---- */

/* Seeded at every call: no state, so no lock that a fork could leave taken. */
static uint64_t host_random(void)
{
	struct rand_state state;
	rand_seed(&state);
	return rand_next(&state);
}

static uint64_t host_unix_ns(void)
{
	return clock_unix_ns();
}

static uint64_t host_mono_ms(void)
{
	return clock_mono_ms();
}

const otel_host registry_host = {
	.size = sizeof(otel_host),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.version = OTEL_C_VERSION,
	.add = component_add,
	.log = host_log,
	.config_str = host_config_str,
	.config_bool = host_config_bool,
	.config_int = host_config_int,
	.config_double = host_config_double,
	.config_origin = host_config_origin,
	.set_default = host_set_default,
	.env = host_env,
	.random = host_random,
	.unix_ns = host_unix_ns,
	.mono_ms = host_mono_ms,
	/* contexts: the API's own functions */
	.context_ref = otel_context_ref,
	.context_unref = otel_context_unref,
	.context_span_context = otel_context_span_context,
	.context_tracestate = otel_context_tracestate,
	.context_with_span_context = otel_context_with_span_context,
	.context_baggage = otel_context_baggage,
	.context_with_baggage = otel_context_with_baggage,
	.baggage_with = otel_baggage_with,
	.baggage_unref = otel_baggage_unref,
	.baggage_value = otel_baggage_value,
	/* the network and exports: the pipeline's */
	.http = pipeline_http,
	.http_cancel = pipeline_http_cancel,
	.export_finish = pipeline_export_finish,
	/* more of contexts and baggage */
	.context_value = otel_context_value,
	.context_with_value = otel_context_with_value,
	.baggage_count = otel_baggage_count,
	.baggage_at = otel_baggage_at,
	/* samplers */
	.sampling_attr = sampling_attr,
	.sampling_tracestate = sampling_tracestate,
	.sampling_context = sampling_context,
	.timer = pipeline_timer,
	/* spans, for processors */
	.span_set_attrs = otel_span_set_attrs,
	.span_update_name = otel_span_update_name,
	.span_set_status = otel_span_set_status,
	.span_add_event = otel_span_add_event_with,
	.span_add_link = otel_span_add_link,
	.span_is_recording = otel_span_is_recording,
	.span_context = otel_span_context_get,
	.span_read = span_data_read,
	.span_edit = span_data_edit,
	/* credentials, and files of plugins */
	.auth_finish = auth_finish,
	.state_read = state_read,
	.state_replace = state_replace,
	.detect_finish = detector_finish,
	/* requests */
	.batch_next = request_next,
	.batch_replace = batch_processors_replace,
	.submit = submit,
};

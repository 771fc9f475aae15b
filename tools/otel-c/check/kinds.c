/* SPDX-License-Identifier: Apache-2.0
 *
 * kinds.c - see kinds.h.
 */
#include "tools/otel-c/check/kinds.h"

#include <string.h>

#define AT(type, field) offsetof(type, field)

static const struct kind kinds[] = {
	{OTEL_COMPONENT_ID_GENERATOR, "id generator", sizeof(otel_id_generator), {AT(otel_id_generator, trace_id)}},
	{OTEL_COMPONENT_PROPAGATOR,
	 "propagator",
	 sizeof(otel_propagator),
	 {AT(otel_propagator, fields), AT(otel_propagator, inject), AT(otel_propagator, extract)}},
	{OTEL_COMPONENT_RESPONSE_PROPAGATOR,
	 "response propagator",
	 sizeof(otel_response_propagator),
	 {AT(otel_response_propagator, fields), AT(otel_response_propagator, inject)}},
	{OTEL_COMPONENT_SAMPLER, "sampler", AT(otel_sampler, description), {AT(otel_sampler, decide)}},
	{OTEL_COMPONENT_DETECTOR, "detector", sizeof(otel_detector), {AT(otel_detector, detect)}},
	{OTEL_COMPONENT_SPAN_PROCESSOR, "span processor", AT(otel_span_processor, on_start), {0}},
	{OTEL_COMPONENT_LOG_PROCESSOR, "log processor", sizeof(otel_log_processor), {AT(otel_log_processor, on_emit)}},
	{OTEL_COMPONENT_BATCH_PROCESSOR,
	 "batch processor",
	 sizeof(otel_batch_processor),
	 {AT(otel_batch_processor, process)}},
	{OTEL_COMPONENT_METRIC_PRODUCER,
	 "metric producer",
	 sizeof(otel_metric_producer),
	 {AT(otel_metric_producer, produce)}},
	{OTEL_COMPONENT_EXPORTER, "exporter", sizeof(otel_exporter), {AT(otel_exporter, export_batch)}},
	{OTEL_COMPONENT_AUTHENTICATOR, "authenticator", sizeof(otel_authenticator), {AT(otel_authenticator, sign)}},
	{OTEL_COMPONENT_COMMAND, "command", sizeof(otel_command), {AT(otel_command, summary), AT(otel_command, run)}},
	{OTEL_COMPONENT_INSTRUMENTATION,
	 "instrumentation",
	 sizeof(otel_instrumentation),
	 {AT(otel_instrumentation, library), AT(otel_instrumentation, calls)}},
};

const struct kind *kind_find(otel_kind kind)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i].kind == kind)
			return &kinds[i];
	return NULL;
}

const char *kind_name(otel_kind kind)
{
	const struct kind *k = kind_find(kind);

	return k ? k->name : "component of an unknown kind";
}

bool kind_is_complete(const struct kind *kind, const void *vtable)
{
	for (size_t i = 0; i < sizeof kind->required / sizeof *kind->required && kind->required[i]; i++) {
		const void *pointer;

		memcpy(&pointer, (const char *)vtable + kind->required[i], sizeof pointer);
		if (!pointer)
			return false;
	}
	return true;
}

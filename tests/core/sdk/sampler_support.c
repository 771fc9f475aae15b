/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler_support.c - see the header.
 */
#include "core/sdk/sampler_support.h"

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "sdk/sampler.h"

char sampler_said[2048];

static const char *argument;
static const otel_sampler *sampler;
static void *state;
static struct sampling sampling;
static char left[32768];

static const char *fake_str(otel_setup *setup, const char *section, const char *key)
{
	(void)setup;
	return !strcmp(section, "traces") && !strcmp(key, "sampler_arg") ? argument : NULL;
}

static const char *fake_origin(otel_setup *setup, const char *section, const char *key)
{
	(void)setup;
	(void)section;
	return !strcmp(key, "sampler_arg") ? "OTEL_TRACES_SAMPLER_ARG" : "OTEL_TRACES_SAMPLER";
}

__attribute__((format(printf, 3, 4))) static void take_log(otel_setup *setup, otel_log_level level, const char *format,
							   ...)
{
	const size_t len = strlen(sampler_said);
	va_list args;

	(void)setup;
	if (level > OTEL_LOG_WARN)
		return;
	va_start(args, format);
	vsnprintf(sampler_said + len, sizeof sampler_said - len - 1, format, args);
	va_end(args);
	strcat(sampler_said, "\n");
}

static const otel_host host = {
	.size = sizeof host,
	.log = take_log,
	.config_str = fake_str,
	.config_origin = fake_origin,
	.sampling_attr = sampling_attr,
	.sampling_tracestate = sampling_tracestate,
	.sampling_context = sampling_context,
};

const otel_sampler *sampler_named(const char *name)
{
	for (size_t i = 0; i < sampler_count; i++)
		if (!strcmp(samplers[i].name, name))
			return samplers[i].sampler;
	ck_abort_msg("no sampler %s", name);
}

const otel_sampler *sampler_open(const char *name, const char *arg)
{
	sampler = sampler_named(name);
	argument = arg;
	*sampler_said = 0;
	free(state);
	state = calloc(1, sampler->component.state_size + 1);
	ck_assert_ptr_nonnull(state);
	if (!sampler->component.open || sampler->component.open(state, &host, NULL) == OTEL_OK)
		return sampler;
	return NULL;
}

const char *sampler_description(void)
{
	return sampler->description(state);
}

void *sampler_self(void)
{
	return state;
}

static otel_span_context parent_of(const struct ask *ask, const uint8_t trace_id[16])
{
	otel_span_context parent = {.span_id = {7}};

	memcpy(parent.trace_id, trace_id, 16);
	parent.is_remote = !strncmp(ask->parent, "remote", 6);
	parent.trace_flags = strchr(ask->parent, '+') ? OTEL_TRACE_FLAG_SAMPLED : 0;
	return parent;
}

otel_decision sampler_ask(const struct ask *ask)
{
	uint8_t trace_id[16] = {0x5a, 1};
	otel_span_context parent;
	otel_decision decision;

	for (int i = 0; i < 7; i++)
		trace_id[15 - i] = (uint8_t)(ask->random >> 8 * i);
	if (ask->parent)
		parent = parent_of(ask, trace_id);
	otel_tracestate_unref_v1(sampling.tracestate);
	sampling = (struct sampling){
		.asked = {.size = sizeof(otel_sampling),
			  .parent = ask->parent ? &parent : NULL,
			  .parent_tracestate = ask->tracestate ? ask->tracestate : "",
			  .trace_id = trace_id,
			  .name = ask->name ? ask->name : "n",
			  .name_len = ask->name ? strlen(ask->name) : 1,
			  .kind = ask->kind ? ask->kind : OTEL_KIND_INTERNAL,
			  .attrs = ask->attrs,
			  .attr_count = ask->attr_count,
			  .trace_flags = ask->is_not_random ? 0 : OTEL_TRACE_FLAG_RANDOM},
	};
	decision = sampler->decide(state, &sampling.asked);
	snprintf(left, sizeof left, "%s",
		 !sampling.has_tracestate ? sampling.asked.parent_tracestate
		 : sampling.tracestate    ? sampling.tracestate->text
					  : "");
	return decision;
}

const char *sampler_tracestate(void)
{
	return left;
}

bool sampler_left_tracestate_alone(void)
{
	return !sampling.has_tracestate;
}

size_t sampler_attr_count(void)
{
	return sampling.attr_count;
}

const otel_attr *sampler_attr(size_t i)
{
	ck_assert_uint_lt(i, sampling.attr_count);
	return &sampling.attrs[i];
}

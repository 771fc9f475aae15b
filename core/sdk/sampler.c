/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler.c - always_on, always_off, traceidratio, and each of them as the root of parentbased_*.
 *
 * The ratio is compared with the low 56 bits of the trace id, as the specification's probability sampling does, so a
 * trace kept at one ratio is kept at every higher one, by whatever service.
 */
#include "sdk/sampler.h"

#include <string.h>

#include "util/str.h"

#define TWO_56 (UINT64_C(1) << 56)

struct ratio {
	uint64_t threshold;
};

uint64_t sampler_threshold(double ratio)
{
	if (ratio >= 1.0)
		return 0;
	if (!(ratio > 0.0))
		return TWO_56;
	return TWO_56 - (uint64_t)(ratio * (double)TWO_56 + 0.5);
}

static otel_status ratio_open(void *self, const otel_host *host, otel_setup *setup)
{
	struct ratio *ratio = self;
	const char *text = host->config_str(setup, "traces", "sampler_arg");
	double value = 1.0;

	/* Invalid counts as unset (specification/configuration/sdk-environment-variables.md). */
	if (text && (!str_to_double(view_of(text), &value) || !(value >= 0.0 && value <= 1.0))) {
		host->log(setup, OTEL_LOG_WARN, "%s: \"%s\" is not a ratio; allowed: 0 to 1; every trace is sampled",
			  host->config_origin(setup, "traces", "sampler_arg"), text);
		value = 1.0;
	}
	ratio->threshold = sampler_threshold(value);
	return OTEL_OK;
}

static otel_decision on_decide(void *self, const otel_sampling *sampling)
{
	(void)self;
	(void)sampling;
	return OTEL_RECORD_AND_SAMPLE;
}

static otel_decision off_decide(void *self, const otel_sampling *sampling)
{
	(void)self;
	(void)sampling;
	return OTEL_DROP;
}

static otel_decision ratio_decide(void *self, const otel_sampling *sampling)
{
	const struct ratio *ratio = self;
	uint64_t random = 0;

	for (int i = 9; i < 16; i++)
		random = random << 8 | sampling->trace_id[i];
	return random >= ratio->threshold ? OTEL_RECORD_AND_SAMPLE : OTEL_DROP;
}

static otel_decision as_parent(const otel_sampling *sampling)
{
	return sampling->parent->trace_flags & OTEL_TRACE_FLAG_SAMPLED ? OTEL_RECORD_AND_SAMPLE : OTEL_DROP;
}

static otel_decision parent_on_decide(void *self, const otel_sampling *sampling)
{
	return sampling->parent ? as_parent(sampling) : on_decide(self, sampling);
}

static otel_decision parent_off_decide(void *self, const otel_sampling *sampling)
{
	return sampling->parent ? as_parent(sampling) : off_decide(self, sampling);
}

static otel_decision parent_ratio_decide(void *self, const otel_sampling *sampling)
{
	return sampling->parent ? as_parent(sampling) : ratio_decide(self, sampling);
}

#define SAMPLER(...) (&(const otel_sampler){__VA_ARGS__})
#define PLAIN                                                                                                          \
	{                                                                                                              \
		.size = sizeof(otel_sampler)                                                                           \
	}
#define WITH_RATIO                                                                                                     \
	{                                                                                                              \
		.size = sizeof(otel_sampler), .state_size = sizeof(struct ratio), .open = ratio_open                   \
	}

const struct builtin_sampler samplers[] = {
	{"always_on", SAMPLER(.component = PLAIN, .decide = on_decide)},
	{"always_off", SAMPLER(.component = PLAIN, .decide = off_decide)},
	{"traceidratio", SAMPLER(.component = WITH_RATIO, .decide = ratio_decide)},
	{"parentbased_always_on", SAMPLER(.component = PLAIN, .decide = parent_on_decide)},
	{"parentbased_always_off", SAMPLER(.component = PLAIN, .decide = parent_off_decide)},
	{"parentbased_traceidratio", SAMPLER(.component = WITH_RATIO, .decide = parent_ratio_decide)},
};

const size_t sampler_count = sizeof samplers / sizeof *samplers;

void sampler_fixed(const otel_sampler *sampler, int8_t decisions[3])
{
	static const struct {
		otel_decision (*decide)(void *self, const otel_sampling *sampling);
		int8_t decisions[3];
	} known[] = {
		{on_decide, {OTEL_RECORD_AND_SAMPLE, OTEL_RECORD_AND_SAMPLE, OTEL_RECORD_AND_SAMPLE}},
		{off_decide, {OTEL_DROP, OTEL_DROP, OTEL_DROP}},
		{parent_on_decide, {OTEL_RECORD_AND_SAMPLE, OTEL_DROP, OTEL_RECORD_AND_SAMPLE}},
		{parent_off_decide, {OTEL_DROP, OTEL_DROP, OTEL_RECORD_AND_SAMPLE}},
		{parent_ratio_decide, {-1, OTEL_DROP, OTEL_RECORD_AND_SAMPLE}},
	};

	memset(decisions, -1, 3);
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (known[i].decide == sampler->decide)
			memcpy(decisions, known[i].decisions, 3);
}

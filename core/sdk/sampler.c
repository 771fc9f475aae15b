/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler.c - the list of samplers, and those that need no argument.
 */
#include "sdk/sampler.h"

#include <string.h>

#include "sdk/sampler_tree.h"

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

/* ---- descriptions ---- */

#define DELEGATES                                                                                                      \
	"remoteParentSampled:AlwaysOnSampler,remoteParentNotSampled:AlwaysOffSampler,"                                 \
	"localParentSampled:AlwaysOnSampler,localParentNotSampled:AlwaysOffSampler}"

static const char *on_description(void *self)
{
	(void)self;
	return "AlwaysOnSampler";
}

static const char *off_description(void *self)
{
	(void)self;
	return "AlwaysOffSampler";
}

static const char *parent_on_description(void *self)
{
	(void)self;
	return "ParentBased{root:AlwaysOnSampler," DELEGATES;
}

static const char *parent_off_description(void *self)
{
	(void)self;
	return "ParentBased{root:AlwaysOffSampler," DELEGATES;
}

/* ---- the list ---- */

#define PLAIN(id)                                                                                                      \
	(&(const otel_sampler){                                                                                        \
		.component = {.size = sizeof(otel_sampler)}, .decide = id##_decide, .description = id##_description})

const struct builtin_sampler samplers[] = {
	{"always_on", PLAIN(on)},
	{"always_off", PLAIN(off)},
	{"traceidratio", &sampler_traceidratio},
	{"parentbased_always_on", PLAIN(parent_on)},
	{"parentbased_always_off", PLAIN(parent_off)},
	{"parentbased_traceidratio", &sampler_parentbased_traceidratio},
	{"probability", &sampler_probability},
	{"parentbased_probability", &sampler_parentbased_probability},
	{"parentbased", &sampler_parentbased},
	{"always_record", &sampler_always_record},
	{"composite", &sampler_composite},
	{"parent_threshold", &sampler_parent_threshold},
	{"rules", &sampler_rules},
	{"annotate", &sampler_annotate},
};

const size_t sampler_count = sizeof samplers / sizeof *samplers;

void sampler_fixed(const otel_sampler *sampler, const void *self, int8_t decisions[3])
{
	static const struct {
		otel_decision (*decide)(void *self, const otel_sampling *sampling);
		int8_t decisions[3];
	} known[] = {
		{on_decide, {OTEL_RECORD_AND_SAMPLE, OTEL_RECORD_AND_SAMPLE, OTEL_RECORD_AND_SAMPLE}},
		{off_decide, {OTEL_DROP, OTEL_DROP, OTEL_DROP}},
		{parent_on_decide, {OTEL_RECORD_AND_SAMPLE, OTEL_DROP, OTEL_RECORD_AND_SAMPLE}},
		{parent_off_decide, {OTEL_DROP, OTEL_DROP, OTEL_RECORD_AND_SAMPLE}},
	};

	if (sampler_tree_fixed(sampler, self, decisions))
		return;
	memset(decisions, -1, 3);
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (known[i].decide == sampler->decide)
			memcpy(decisions, known[i].decisions, 3);
}

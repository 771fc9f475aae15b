/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler.h - the samplers of the specification (specification/trace/sdk.md, Built-in samplers).
 */
#ifndef OTEL_SDK_SAMPLER_H
#define OTEL_SDK_SAMPLER_H

#include <otel/plugin.h>

struct builtin_sampler {
	const char *name;
	const otel_sampler *sampler;
};

extern const struct builtin_sampler samplers[];
extern const size_t sampler_count;

/* How many of 2^56 random values a ratio leaves out: a trace is kept if its low 56 bits are not below. */
uint64_t sampler_threshold(double ratio);

/* What a sampler decides for a root span, under a parent that is not sampled, and one that is; -1: it must be asked. */
void sampler_fixed(const otel_sampler *sampler, int8_t decisions[3]);

#endif

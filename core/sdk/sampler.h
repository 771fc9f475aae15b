/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler.h - the samplers of the specification (specification/trace/sdk.md, Built-in samplers), by name.
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

/* What an open sampler decides for a root span, under a parent that is not sampled, and one that is; -1: it must be
 * asked. */
void sampler_fixed(const otel_sampler *sampler, const void *self, int8_t decisions[3]);

#endif

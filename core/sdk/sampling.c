/* SPDX-License-Identifier: Apache-2.0
 *
 * sampling.c - one question to the sampler, and what it answers beside its decision.
 */
#include "sdk/sampling.h"

#include <string.h>

static struct sampling *of(const otel_sampling *asked)
{
	return (struct sampling *)(uintptr_t)asked;
}

otel_decision sampling_decide(const struct provider_config *config, struct sampling *sampling)
{
	return config->sampler->decide(config->sampler_self, &sampling->asked);
}

void sampling_apply(const struct sampling *sampling, struct record_pool *pool, struct record *r)
{
	record_set_all(pool, r, &r->attrs, sampling->attrs, sampling->attr_count);
	r->attrs.dropped += sampling->dropped;
}

void sampling_fini(struct sampling *sampling)
{
	otel_context_unref(sampling->context);
}

void sampling_attr(const otel_sampling *asked, const otel_attr *attr)
{
	(void)attr;
	of(asked)->dropped++;
}

void sampling_tracestate(const otel_sampling *asked, const char *tracestate)
{
	(void)asked;
	(void)tracestate;
}

const otel_context *sampling_context(const otel_sampling *asked)
{
	return of(asked)->context;
}

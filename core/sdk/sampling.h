/* SPDX-License-Identifier: Apache-2.0
 *
 * sampling.h - one question to the sampler, and what it answers beside its decision: attributes, a tracestate.
 *
 * Lives on the stack of a span start. Only the head is initialised: most samplers never touch the rest.
 */
#ifndef OTEL_SDK_SAMPLING_H
#define OTEL_SDK_SAMPLING_H

#include <otel/plugin.h>

#include "api/slot.h"
#include "sdk/provider_config.h"
#include "sdk/record.h"

#define SAMPLING_ATTRS 16
#define SAMPLING_ROOM  1024

struct sampling {
	otel_sampling asked; /* first: the host's calls are given its address */
	const struct otel_parent *parent; /* as the API gave it */
	const otel_span_context *parent_context; /* NULL for a root span */
	struct otel_tracestate *parent_tracestate; /* borrowed, or NULL */

	otel_context *context; /* made when the sampler asks for it; owned */
	struct otel_tracestate *tracestate; /* the answer; a reference, or NULL for none */
	bool has_tracestate; /* the answer replaces the parent's */
	uint32_t attr_count;
	uint32_t dropped;
	uint32_t used; /* of room */
	otel_attr attrs[SAMPLING_ATTRS];
	_Alignas(8) char room[SAMPLING_ROOM];
};

/* Asks the configured sampler. The caller has filled everything up to parent_tracestate, and zeroed from context to
 * used. */
otel_decision sampling_decide(const struct provider_config *config, struct sampling *sampling);

/* Gives the span what the sampler said. */
void sampling_apply(const struct sampling *sampling, struct record_pool *pool, struct record *r);

/* Frees what was made; sampling->tracestate stays the caller's. */
void sampling_fini(struct sampling *sampling);

/* The tracestate of a span that was decided like this: a threshold in it (ot=th) that says otherwise is taken out. Takes
 * the reference and gives one; NULL is none. */
struct otel_tracestate *sampling_agree(struct otel_tracestate *tracestate, const uint8_t trace_id[16], bool is_sampled);

/* Services behind otel_host. */
void sampling_attr(const otel_sampling *asked, const otel_attr *attr);
void sampling_tracestate(const otel_sampling *asked, const char *tracestate);
const otel_context *sampling_context(const otel_sampling *asked);

#endif

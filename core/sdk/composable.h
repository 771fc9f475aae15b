/* SPDX-License-Identifier: Apache-2.0
 *
 * composable.h - the composite sampler and the composable ones in it (specification/trace/sdk.md, CompositeSampler).
 */
#ifndef OTEL_SDK_COMPOSABLE_H
#define OTEL_SDK_COMPOSABLE_H

#include "sdk/sampler_node.h"
#include "util/ot_tracestate.h"

/* What a decision by probability looks at beside the sampler. */
struct ot_question {
	const otel_sampling *sampling;
	struct ot_state parent; /* of the parent's tracestate */
	uint64_t random;
	bool is_random_new; /* made here, because the trace id is not random: to be written as rv */
	bool is_presumed; /* nobody has said that the trace id is random */
};

struct ot_question ot_question_read(const otel_sampling *sampling);

/* Sets th, or takes it out (NULL), and writes rv if it was made here. What stays as it is costs nothing. False: a new
 * th did not fit, so there is none now. */
bool ot_question_answer(const otel_host *host, const struct ot_question *question, const uint64_t *threshold);

/* What a composable would do: GetSamplingIntent. */
struct intent {
	uint64_t threshold; /* OT_RANGE: drop */
	bool is_reliable;
	bool is_probability; /* it is our own, not the parent's */
	unsigned annotation_count;
	const struct sampler_node *annotations[SAMPLER_DEPTH]; /* NODE_ANNOTATE, outermost first */
};

void composable_intent(const struct sampler_tree *tree, uint8_t node, const struct ot_question *question,
		       struct intent *intent);

/* Who decides, and what was said already. */
struct composite {
	const otel_host *host;
	otel_setup *setup;
	_Atomic bool has_said_presumed;
	_Atomic bool has_said_too_long;
};

/* node: the composable. */
otel_decision composite_decide(struct composite *composite, const struct sampler_tree *tree, uint8_t node,
			       const otel_sampling *sampling);

#endif

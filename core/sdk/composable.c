/* SPDX-License-Identifier: Apache-2.0
 *
 * composable.c - from intent to decision.
 */
#include "sdk/composable.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "sdk/sampler_rule.h"
#include "util/rand.h"

/* ---- randomness ---- */

static uint64_t new_random(void)
{
	struct rand_state state;

	rand_seed(&state);
	return rand_next(&state) & (OT_RANGE - 1);
}

struct ot_question ot_question_read(const otel_sampling *sampling)
{
	const char *tracestate = sampling->parent_tracestate;
	struct ot_question q = {.sampling = sampling};

	if (tracestate && *tracestate)
		q.parent = ot_read(tracestate, strlen(tracestate));
	if (q.parent.has_random) {
		q.random = q.parent.random;
		return q;
	}
	q.random = ot_random_of_trace(sampling->trace_id);
	if (sampling->trace_flags & OTEL_TRACE_FLAG_RANDOM)
		return q;
	q.is_presumed = sampling->parent;
	q.is_random_new = !sampling->parent;
	if (q.is_random_new)
		q.random = new_random();
	return q;
}

/* ---- the tracestate ---- */

static enum ot_edit edit(const otel_host *host, const otel_sampling *sampling, const struct ot_change *changes,
			 size_t count)
{
	const char *old = sampling->parent_tracestate ? sampling->parent_tracestate : "";
	const size_t len = strlen(old);
	char small[OT_EDIT_EXTRA + 256];
	/* A host's thread may have a small stack, and a tracestate may have 16 KiB. */
	char *out = len < 256 ? small : malloc(len + OT_EDIT_EXTRA + 1);
	enum ot_edit result = OT_TOO_LONG;
	size_t out_len;

	if (!out)
		return result;
	result = ot_edit(old, len, changes, count, out, &out_len);
	if (result == OT_CHANGED) {
		out[out_len] = '\0';
		host->sampling_tracestate(sampling, out);
	}
	if (out != small)
		free(out);
	return result;
}

bool ot_question_answer(const otel_host *host, const struct ot_question *question, const uint64_t *threshold)
{
	char th[OT_DIGITS + 1], rv[OT_DIGITS + 1];
	struct ot_change changes[] = {{"th", NULL}, {"rv", rv}};
	const size_t count = question->is_random_new ? 2 : 1;

	if (threshold) {
		ot_threshold_text(*threshold, th);
		changes[0].value = th;
	}
	if (question->is_random_new)
		ot_random_text(question->random, rv);
	if (edit(host, question->sampling, changes, count) != OT_TOO_LONG)
		return true;
	/* The old one would be a wrong one. */
	changes[0].value = NULL;
	edit(host, question->sampling, changes, 1);
	return false;
}

/* ---- intents ---- */

/* The parent's threshold, unless its decision shows that it cannot be what was decided with. */
static void follow_parent(const struct ot_question *question, struct intent *intent)
{
	const struct ot_state *parent = &question->parent;
	const bool is_sampled = question->sampling->parent->trace_flags & OTEL_TRACE_FLAG_SAMPLED;

	intent->is_reliable = parent->has_threshold && (question->random >= parent->threshold) == is_sampled;
	if (intent->is_reliable)
		intent->threshold = parent->threshold;
	else
		intent->threshold = is_sampled ? 0 : OT_RANGE;
}

static const struct sampler_node *find_rule(const struct sampler_tree *tree, const struct sampler_node *rules,
					    const otel_sampling *sampling)
{
	for (uint16_t i = rules->first; i != SAMPLER_NO_RULE; i = tree->rules[i].next) {
		if (sampler_rule_matches(tree, &tree->rules[i], sampling))
			return &tree->nodes[tree->rules[i].node];
	}
	return NULL;
}

/* Each of them leads to one other at most: a way, not a tree. */
void composable_intent(const struct sampler_tree *tree, uint8_t node, const struct ot_question *question,
		       struct intent *intent)
{
	const struct sampler_node *n = &tree->nodes[node];

	*intent = (struct intent){.threshold = OT_RANGE};
	while (n) {
		switch (n->kind) {
		case NODE_RULES:
			n = find_rule(tree, n, question->sampling);
			continue;
		case NODE_ANNOTATE:
			intent->annotations[intent->annotation_count++] = n;
			n = &tree->nodes[n->child[0]];
			continue;
		case NODE_PARENT_THRESHOLD:
			if (question->sampling->parent)
				follow_parent(question, intent);
			n = question->sampling->parent ? NULL : &tree->nodes[n->child[0]];
			continue;
		case NODE_ALWAYS_ON:
		case NODE_PROBABILITY:
			intent->threshold = n->threshold;
			intent->is_reliable = intent->is_probability = true;
			break;
		default:
			break;
		}
		return;
	}
}

/* ---- the decision ---- */

static void say_presumed(struct composite *composite, const struct ot_question *question, const struct intent *intent)
{
	if (!question->is_presumed || !intent->is_probability || !intent->threshold ||
	    atomic_exchange_explicit(&composite->has_said_presumed, true, memory_order_relaxed))
		return;
	composite->host->log(composite->setup, OTEL_LOG_WARN,
			     "a span is sampled by probability, but its caller did not say that the trace id is random "
			     "(W3C Trace Context Level 2); it is taken for random");
}

static void say_too_long(struct composite *composite)
{
	if (!atomic_exchange_explicit(&composite->has_said_too_long, true, memory_order_relaxed))
		composite->host->log(composite->setup, OTEL_LOG_WARN,
				     "the tracestate member \"ot\" has no room for the sampling threshold (256 "
				     "characters are allowed): such spans go without");
}

static void annotate(const otel_host *host, const struct sampler_tree *tree, const struct intent *intent,
		     const otel_sampling *sampling)
{
	for (unsigned i = 0; i < intent->annotation_count; i++) {
		const struct sampler_node *n = intent->annotations[i];
		for (unsigned k = 0; k < n->count; k++)
			host->sampling_attr(sampling, &tree->notes[n->first + k]);
	}
}

/* The only threshold that is not reliable is 0 (of a sampled parent without th): whatever the randomness, it is kept,
 * so none is made for it. */
otel_decision composite_decide(struct composite *composite, const struct sampler_tree *tree, uint8_t node,
			       const otel_sampling *sampling)
{
	const struct ot_question question = ot_question_read(sampling);
	struct intent intent;

	composable_intent(tree, node, &question, &intent);
	say_presumed(composite, &question, &intent);
	const bool is_kept = question.random >= intent.threshold;
	if (!ot_question_answer(composite->host, &question, is_kept && intent.is_reliable ? &intent.threshold : NULL))
		say_too_long(composite);
	if (!is_kept)
		return OTEL_DROP;
	annotate(composite->host, tree, &intent, sampling);
	return OTEL_RECORD_AND_SAMPLE;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler_tree.c - see the header.
 */
#include "sdk/sampler_tree.h"

#include <stdatomic.h>
#include <string.h>

#include "sdk/composable.h"
#include "sdk/sampler_expression.h"

struct sampler_state {
	struct composite composite;
	_Atomic bool has_said_child;
	char description[1024];
	struct sampler_tree tree;
};

/* ---- deciding ---- */

static enum parent_case case_of(const otel_sampling *sampling)
{
	const otel_span_context *parent = sampling->parent;

	if (!parent)
		return PARENT_NONE;
	if (parent->trace_flags & OTEL_TRACE_FLAG_SAMPLED)
		return parent->is_remote ? PARENT_REMOTE_SAMPLED : PARENT_LOCAL_SAMPLED;
	return parent->is_remote ? PARENT_REMOTE_NOT_SAMPLED : PARENT_LOCAL_NOT_SAMPLED;
}

static void say_child(struct sampler_state *state, const struct ot_state *parent)
{
	const struct composite *by = &state->composite;

	if (atomic_exchange_explicit(&state->has_said_child, true, memory_order_relaxed))
		return;
	by->host->log(
		by->setup, OTEL_LOG_WARN,
		"traceidratio decides for spans that have a parent%s; other SDKs may decide otherwise for the same "
		"trace: use the sampler probability, or parentbased_traceidratio",
		parent->has_threshold || parent->has_random ? ", whose caller samples by probability" : "");
}

/* By the trace id alone, as TraceIdRatioBased must. Its threshold is told where it says what was decided: not beside an
 * rv, and not of trace ids that are not random. */
static otel_decision ratio_decide(struct sampler_state *state, const struct sampler_node *n,
				  const otel_sampling *sampling)
{
	struct ot_question question = ot_question_read(sampling);
	const bool is_told = !question.parent.has_random && !question.is_random_new;
	const bool is_kept = ot_random_of_trace(sampling->trace_id) >= n->threshold;

	if (sampling->parent)
		say_child(state, &question.parent);
	question.is_random_new = false;
	ot_question_answer(state->composite.host, &question, is_kept && is_told ? &n->threshold : NULL);
	return is_kept ? OTEL_RECORD_AND_SAMPLE : OTEL_DROP;
}

static otel_decision tree_decide(void *self, const otel_sampling *sampling)
{
	struct sampler_state *state = self;
	const struct sampler_tree *tree = &state->tree;
	const struct sampler_node *n = &tree->nodes[tree->root];
	otel_decision decision = OTEL_DROP;
	bool is_recorded = false;

	while (n->kind == NODE_PARENT_BASED || n->kind == NODE_ALWAYS_RECORD) {
		is_recorded |= n->kind == NODE_ALWAYS_RECORD;
		n = &tree->nodes[n->child[n->kind == NODE_PARENT_BASED ? case_of(sampling) : 0]];
	}
	if (n->kind == NODE_ALWAYS_ON)
		decision = OTEL_RECORD_AND_SAMPLE;
	else if (n->kind == NODE_RATIO)
		decision = ratio_decide(state, n, sampling);
	else if (n->kind == NODE_COMPOSITE)
		decision = composite_decide(&state->composite, tree, n->child[0], sampling);
	return decision == OTEL_DROP && is_recorded ? OTEL_RECORD_ONLY : decision;
}

/* ---- decisions that are always the same ---- */

static int8_t fixed_in(const struct sampler_tree *tree, uint8_t node, enum parent_case which)
{
	const struct sampler_node *n = &tree->nodes[node];
	int8_t inner;

	switch (n->kind) {
	case NODE_ALWAYS_ON:
		return OTEL_RECORD_AND_SAMPLE;
	case NODE_ALWAYS_OFF:
		return OTEL_DROP;
	case NODE_PARENT_BASED:
		return fixed_in(tree, n->child[which], which);
	case NODE_ALWAYS_RECORD:
		inner = fixed_in(tree, n->child[0], which);
		return inner == OTEL_DROP ? OTEL_RECORD_ONLY : inner;
	default:
		return -1;
	}
}

static int8_t alike(int8_t a, int8_t b)
{
	return a == b ? a : -1;
}

bool sampler_tree_fixed(const otel_sampler *sampler, const void *self, int8_t decisions[3])
{
	const struct sampler_state *state = self;
	int8_t of[PARENT_CASES];

	if (sampler->decide != tree_decide)
		return false;
	for (int i = 0; i < PARENT_CASES; i++)
		of[i] = fixed_in(&state->tree, state->tree.root, (enum parent_case)i);
	decisions[0] = of[PARENT_NONE];
	decisions[1] = alike(of[PARENT_REMOTE_NOT_SAMPLED], of[PARENT_LOCAL_NOT_SAMPLED]);
	decisions[2] = alike(of[PARENT_REMOTE_SAMPLED], of[PARENT_LOCAL_SAMPLED]);
	return true;
}

static const char *tree_description(void *self)
{
	const struct sampler_state *state = self;

	return state->description;
}

/* ---- opening ---- */

static otel_status complain(struct sampler_state *state, const char *form, const char *argument,
			    const struct sampler_error *error)
{
	const otel_host *host = state->composite.host;
	otel_setup *setup = state->composite.setup;

	if (!argument)
		host->log(setup, OTEL_LOG_ERROR,
			  "%s: \"%s\" needs OTEL_TRACES_SAMPLER_ARG; parentbased_always_on is used",
			  host->config_origin(setup, "traces", "sampler"), form);
	else
		host->log(setup, OTEL_LOG_ERROR,
			  "%s: character %zu, at %s%s%s: expected %s; parentbased_always_on is used",
			  host->config_origin(setup, "traces", "sampler_arg"), error->position,
			  *error->found ? "\"" : "", *error->found ? error->found : "the end",
			  *error->found ? "\"" : "", error->expected);
	return OTEL_FAILED;
}

static void prepare(struct sampler_state *state, const otel_host *host, otel_setup *setup)
{
	state->composite.host = host;
	state->composite.setup = setup;
}

static otel_status introduce(struct sampler_state *state)
{
	const struct composite *by = &state->composite;

	sampler_tree_describe(&state->tree, state->description, sizeof state->description);
	by->host->log(by->setup, OTEL_LOG_INFO, "the sampler is %s", state->description);
	return OTEL_OK;
}

static otel_status open_tree(struct sampler_state *state, const otel_host *host, otel_setup *setup, const char *form)
{
	const char *argument = host->config_str(setup, "traces", "sampler_arg");
	struct sampler_error error;

	prepare(state, host, setup);
	if (!argument || !sampler_expression_read(&state->tree, form, argument, strlen(argument), &error))
		return complain(state, form, argument, &error);
	return introduce(state);
}

/* Of a ratio the value of an argument that is not there is known, and one that is wrong counts as not there
 * (specification/configuration/sdk-environment-variables.md). */
static otel_status open_ratio(struct sampler_state *state, const otel_host *host, otel_setup *setup, const char *form,
			      bool is_under_parent)
{
	const char *argument = host->config_str(setup, "traces", "sampler_arg");
	struct sampler_error error;

	prepare(state, host, setup);
	if (!argument)
		argument = "1";
	if (!sampler_expression_read(&state->tree, form, argument, strlen(argument), &error)) {
		host->log(setup, OTEL_LOG_WARN, "%s: \"%s\" is not a ratio; allowed: 0 to 1; every trace is sampled",
			  host->config_origin(setup, "traces", "sampler_arg"), argument);
		sampler_expression_read(&state->tree, form, "1", 1, &error);
	}
	if (is_under_parent)
		sampler_expression_under_parent(&state->tree);
	return introduce(state);
}

/* ---- by name ---- */

/* open() is not told the name it was selected by, so each has its own. */
#define SAMPLER(id, opened)                                                                                            \
	static otel_status open_##id(void *self, const otel_host *host, otel_setup *setup)                             \
	{                                                                                                              \
		return opened;                                                                                         \
	}                                                                                                              \
	const otel_sampler sampler_##id = {                                                                            \
		.component = {.size = sizeof(otel_sampler),                                                            \
			      .state_size = sizeof(struct sampler_state),                                              \
			      .open = open_##id},                                                                      \
		.decide = tree_decide,                                                                                 \
		.description = tree_description,                                                                       \
	}
#define RATIO(id, form, is_under_parent) SAMPLER(id, open_ratio(self, host, setup, form, is_under_parent))
#define FORM(id)                         SAMPLER(id, open_tree(self, host, setup, #id))

RATIO(traceidratio, "traceidratio", false);
RATIO(parentbased_traceidratio, "traceidratio", true);
RATIO(probability, "probability", false);
RATIO(parentbased_probability, "probability", true);
FORM(parentbased);
FORM(always_record);
FORM(composite);
FORM(parent_threshold);
FORM(rules);
FORM(annotate);

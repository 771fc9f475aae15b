/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler_expression_fuzz.c - the language of samplers. The first byte chooses the form that the rest stands in; what
 * is read is described and asked.
 */
#include <stdlib.h>
#include <string.h>

#include "sdk/composable.h"
#include "sdk/sampler_expression.h"
#include "sdk/sampler_rule.h"
#include "sdk/sampler_tree.h"

static const char *const forms[] = {"composite", "parentbased", "always_record", "rules",
				    "annotate",  "probability", "traceidratio",  "parent_threshold"};

static const char *const words[] = {"red", NULL};

static void check_error(const struct sampler_error *error, size_t len)
{
	if (error->position < 1 || error->position > len + 1 || !error->expected ||
	    memchr(error->found, 0, sizeof error->found) == NULL)
		abort();
}

static void check_tree(const struct sampler_tree *tree)
{
	static const otel_span_context parent = {.trace_id = {1}, .span_id = {1}, .is_remote = 1};
	const otel_attr attrs[] = {
		{.key = "a", .key_len = 1, .type = OTEL_ATTR_STRING, .value.str = "abc", .count = 3},
		{.key = "n", .key_len = 1, .type = OTEL_ATTR_INT, .value.i = -5},
		{.key = "s", .key_len = 1, .type = OTEL_ATTR_STRING_ARRAY, .value.strs = words, .count = 2}};
	const otel_sampling sampling = {.size = sizeof sampling,
					.parent = &parent,
					.parent_tracestate = "ot=th:8",
					.trace_id = parent.trace_id,
					.name = "/health",
					.name_len = 7,
					.kind = OTEL_KIND_SERVER,
					.attrs = attrs,
					.attr_count = 3};
	const struct ot_question question = ot_question_read(&sampling);
	struct intent intent;
	char description[512];

	sampler_tree_describe(tree, description, sizeof description);
	for (uint16_t i = 0; i < tree->rule_count; i++)
		sampler_rule_matches(tree, &tree->rules[i], &sampling);
	for (uint16_t i = 0; i < tree->node_count; i++) {
		if (tree->nodes[i].kind == NODE_COMPOSITE)
			composable_intent(tree, tree->nodes[i].child[0], &question, &intent);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sampler_tree *tree;
	struct sampler_error error;

	if (!size)
		return 0;
	tree = malloc(sizeof *tree);
	if (!tree)
		return 0;
	if (sampler_expression_read(tree, forms[*data % 8], (const char *)data + 1, size - 1, &error))
		check_tree(tree);
	else
		check_error(&error, size - 1);
	free(tree);
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler_describe.c - a tree of samplers in words: AlwaysOnSampler, TraceIdRatioBased{0.000100}, ParentBased{root:…}.
 */
#include <stdio.h>
#include <string.h>

#include "sdk/sampler_tree.h"

struct text {
	char *p;
	size_t len;
	size_t room;
};

static void put(struct text *text, const char *s)
{
	const size_t len = strlen(s), left = text->room - text->len;
	const size_t n = len < left ? len : left;

	memcpy(text->p + text->len, s, n);
	text->len += n;
}

/* At least six decimals, and as many more as tell it from others; printf() would ask the locale. */
static void put_ratio(struct text *text, double ratio)
{
	char digits[32];
	size_t len = (size_t)snprintf(digits, sizeof digits, "0.%018llu", (unsigned long long)(ratio * 1e18 + 0.5));

	if (ratio >= 1.0) {
		put(text, "1.000000");
		return;
	}
	while (len > sizeof "0.000000" - 1 && digits[len - 1] == '0')
		len--;
	digits[len] = '\0';
	put(text, digits);
}

/* The names of a kind on its own, and in a composite; NULL: the same. */
static const struct {
	const char *name;
	const char *composable;
} names[] = {
	[NODE_ALWAYS_ON] = {"AlwaysOnSampler", "ComposableAlwaysOn"},
	[NODE_ALWAYS_OFF] = {"AlwaysOffSampler", "ComposableAlwaysOff"},
	[NODE_RATIO] = {"TraceIdRatioBased", NULL},
	[NODE_PARENT_BASED] = {"ParentBased", NULL},
	[NODE_ALWAYS_RECORD] = {"AlwaysRecord", NULL},
	[NODE_COMPOSITE] = {"CompositeSampler", NULL},
	[NODE_PROBABILITY] = {"ComposableProbability", NULL},
	[NODE_PARENT_THRESHOLD] = {"ComposableParentThreshold", NULL},
	[NODE_RULES] = {"ComposableRuleBased", NULL},
	[NODE_ANNOTATE] = {"ComposableAnnotating", NULL},
};

static void put_node(struct text *text, const struct sampler_tree *tree, uint8_t node, bool is_composable);

static void put_rules(struct text *text, const struct sampler_tree *tree, const struct sampler_node *n)
{
	for (uint16_t i = n->first; i != SAMPLER_NO_RULE; i = tree->rules[i].next) {
		put(text, i == n->first ? "" : ",");
		put_node(text, tree, tree->rules[i].node, true);
	}
}

static void put_delegates(struct text *text, const struct sampler_tree *tree, const struct sampler_node *n)
{
	static const char *const labels[PARENT_CASES] = {
		[PARENT_NONE] = "root:",
		[PARENT_REMOTE_SAMPLED] = ",remoteParentSampled:",
		[PARENT_REMOTE_NOT_SAMPLED] = ",remoteParentNotSampled:",
		[PARENT_LOCAL_SAMPLED] = ",localParentSampled:",
		[PARENT_LOCAL_NOT_SAMPLED] = ",localParentNotSampled:",
	};

	for (int i = 0; i < PARENT_CASES; i++) {
		put(text, labels[i]);
		put_node(text, tree, n->child[i], false);
	}
}

static void put_inside(struct text *text, const struct sampler_tree *tree, const struct sampler_node *n)
{
	switch (n->kind) {
	case NODE_RATIO:
	case NODE_PROBABILITY:
		put_ratio(text, n->ratio);
		return;
	case NODE_PARENT_BASED:
		put_delegates(text, tree, n);
		return;
	case NODE_RULES:
		put_rules(text, tree, n);
		return;
	default:
		put_node(text, tree, n->child[0], n->kind != NODE_ALWAYS_RECORD);
	}
}

/* As deep as expressions are: SAMPLER_DEPTH. */
static void put_node(struct text *text, const struct sampler_tree *tree, uint8_t node, bool is_composable)
{
	const struct sampler_node *n = &tree->nodes[node];
	const char *name = names[n->kind].name;

	put(text, is_composable && names[n->kind].composable ? names[n->kind].composable : name);
	if (n->kind == NODE_ALWAYS_ON || n->kind == NODE_ALWAYS_OFF)
		return;
	put(text, "{");
	put_inside(text, tree, n);
	put(text, "}");
}

void sampler_tree_describe(const struct sampler_tree *tree, char *out, size_t room)
{
	struct text text = {out, 0, room - 1};

	put_node(&text, tree, tree->root, false);
	out[text.len] = '\0';
}

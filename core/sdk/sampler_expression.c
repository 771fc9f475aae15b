/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler_expression.c - the parser, by recursive descent: a function for each form, named in a table.
 */
#include "sdk/sampler_expression.h"

#include <string.h>

#include "sdk/sampler_rule.h"
#include "sdk/sampler_scan.h"
#include "util/ot_tracestate.h"

#define A_SAMPLER                                                                                                      \
	"a sampler: always_on, always_off, traceidratio, parentbased, always_record, composite, probability, "         \
	"parent_threshold, rules, annotate"
#define A_COMPOSABLE "a composable sampler: always_on, always_off, probability, parent_threshold, rules, annotate"

enum place { IN_SAMPLER = 1, IN_COMPOSABLE = 2 };

struct form {
	const char *name;
	enum sampler_kind kind;
	unsigned places; /* where it may stand as it is */
	/* Reads what is between the parentheses; NULL: there are none. */
	bool (*read)(struct sampler_scan *scan, uint8_t node);
};

static const struct form *form_named(struct view name);
static bool read_sampler(struct sampler_scan *scan, uint8_t *node);
static bool read_composable(struct sampler_scan *scan, uint8_t *node);

/* ---- nodes ---- */

static uint8_t add_node(struct sampler_tree *tree, enum sampler_kind kind)
{
	tree->nodes[tree->node_count] = (struct sampler_node){.kind = (uint8_t)kind};
	return (uint8_t)tree->node_count++;
}

static bool have_nodes(struct sampler_scan *scan, size_t at)
{
	return scan->tree->node_count + 2u <= SAMPLER_NODES ||
	       scan_fail(scan, at, "an end: 128 samplers are the limit");
}

/* ---- forms ---- */

static bool read_ratio(struct sampler_scan *scan, double least, double *ratio)
{
	static const char expected[] = "a ratio: 0 to 1";
	struct scan_word word;

	if (!scan_word(scan, &word, expected))
		return false;
	if (!str_to_double(scan_view(scan, &word), ratio) || !(*ratio >= 0.0 && *ratio <= 1.0))
		return scan_fail(scan, word.at, expected);
	if (*ratio > 0.0 && *ratio < least)
		return scan_fail(scan, word.at, "a ratio: 0, or 2^-56 (1.4e-17) to 1");
	return true;
}

static bool read_id_ratio(struct sampler_scan *scan, uint8_t node)
{
	struct sampler_node *n = &scan->tree->nodes[node];

	if (!read_ratio(scan, 0.0, &n->ratio))
		return false;
	n->threshold = OT_RANGE - (uint64_t)(n->ratio * (double)OT_RANGE + 0.5);
	return true;
}

static bool read_probability(struct sampler_scan *scan, uint8_t node)
{
	struct sampler_node *n = &scan->tree->nodes[node];

	if (!read_ratio(scan, 1.0 / (double)OT_RANGE, &n->ratio))
		return false;
	/* 0 is no probability. */
	if (n->ratio > 0.0)
		n->threshold = ot_threshold(n->ratio);
	else
		n->kind = NODE_ALWAYS_OFF;
	return true;
}

static bool read_one_sampler(struct sampler_scan *scan, uint8_t node)
{
	return read_sampler(scan, &scan->tree->nodes[node].child[0]);
}

static bool read_one_composable(struct sampler_scan *scan, uint8_t node)
{
	return read_composable(scan, &scan->tree->nodes[node].child[0]);
}

/* ---- parentbased ---- */

static bool delegate_named(struct view name, enum parent_case *which)
{
	static const char *const names[PARENT_CASES] = {
		[PARENT_NONE] = "root",
		[PARENT_REMOTE_SAMPLED] = "remote_sampled",
		[PARENT_REMOTE_NOT_SAMPLED] = "remote_not_sampled",
		[PARENT_LOCAL_SAMPLED] = "local_sampled",
		[PARENT_LOCAL_NOT_SAMPLED] = "local_not_sampled",
	};

	for (int i = 0; i < PARENT_CASES; i++) {
		if (!view_equals(name, names[i]))
			continue;
		*which = (enum parent_case)i;
		return true;
	}
	return false;
}

static void set_parent_defaults(struct sampler_tree *tree, uint8_t node)
{
	const uint8_t on = add_node(tree, NODE_ALWAYS_ON);
	const uint8_t off = add_node(tree, NODE_ALWAYS_OFF);
	uint8_t *child = tree->nodes[node].child;

	child[PARENT_REMOTE_SAMPLED] = child[PARENT_LOCAL_SAMPLED] = on;
	child[PARENT_REMOTE_NOT_SAMPLED] = child[PARENT_LOCAL_NOT_SAMPLED] = off;
}

static bool read_delegate(struct sampler_scan *scan, uint8_t node, unsigned *seen)
{
	static const char expected[] =
		"a delegate: root, remote_sampled, remote_not_sampled, local_sampled, local_not_sampled, each once";
	enum parent_case which;
	struct scan_word name;

	if (!scan_word(scan, &name, expected))
		return false;
	if (!delegate_named(scan_view(scan, &name), &which) || *seen & 1u << which)
		return scan_fail(scan, name.at, expected);
	*seen |= 1u << which;
	return scan_expect(scan, '=', "= and a sampler") && read_sampler(scan, &scan->tree->nodes[node].child[which]);
}

static bool read_parent_based(struct sampler_scan *scan, uint8_t node)
{
	const size_t start = scan_at(scan);
	unsigned seen = 0;

	if (!have_nodes(scan, start))
		return false;
	set_parent_defaults(scan->tree, node);
	do {
		if (!read_delegate(scan, node, &seen))
			return false;
	} while (scan_accept(scan, ','));
	return seen & 1u << PARENT_NONE || scan_fail(scan, start, "root= among the delegates");
}

/* ---- rules and annotate ---- */

static bool read_rule(struct sampler_scan *scan, struct sampler_rule *rule)
{
	return sampler_rule_read(scan, rule) && scan_expect(scan, ':', "=, !=, & or : and a composable sampler") &&
	       read_composable(scan, &rule->node);
}

/* A rule's own sampler may hold rules: those of one list are not beside each other. */
static bool read_rules(struct sampler_scan *scan, uint8_t node)
{
	struct sampler_tree *tree = scan->tree;
	uint8_t before = SAMPLER_NO_RULE;

	do {
		if (tree->rule_count == SAMPLER_RULES)
			return scan_fail(scan, scan_at(scan), "an end: 64 rules are the limit");
		const uint8_t index = (uint8_t)tree->rule_count++;
		tree->rules[index] = (struct sampler_rule){.next = SAMPLER_NO_RULE};
		if (before == SAMPLER_NO_RULE)
			tree->nodes[node].first = index;
		else
			tree->rules[before].next = index;
		before = index;
		if (!read_rule(scan, &tree->rules[index]))
			return false;
	} while (scan_accept(scan, ';') && !scan_is(scan, ')') && !scan_is_end(scan));
	return true;
}

static bool read_annotate(struct sampler_scan *scan, uint8_t node)
{
	struct sampler_node *n = &scan->tree->nodes[node];

	n->first = scan->tree->note_count;
	do {
		if (!sampler_note_read(scan))
			return false;
		n->count++;
	} while (scan_accept(scan, ','));
	return scan_expect(scan, ':', "\",\" and another attribute, or : and a composable sampler") &&
	       read_composable(scan, &n->child[0]);
}

/* ---- a sampler ---- */

static bool read_form(struct sampler_scan *scan, const struct form *form, uint8_t node)
{
	if (!form->read)
		return !scan_accept(scan, '(') || scan_expect(scan, ')', ") at once: it takes no argument");
	return scan_expect(scan, '(', "( and what the sampler takes") && form->read(scan, node) &&
	       scan_expect(scan, ')', ") or more of what stands in these parentheses");
}

/* A composable where a sampler should be gets a composite around it. */
static bool read_placed(struct sampler_scan *scan, enum place place, const char *expected, uint8_t *node)
{
	struct scan_word name;

	if (!scan_word(scan, &name, expected))
		return false;
	const struct form *form = name.is_quoted ? NULL : form_named(scan_view(scan, &name));
	if (!form || (place == IN_COMPOSABLE && !(form->places & IN_COMPOSABLE)))
		return scan_fail(scan, name.at, expected);
	if (!have_nodes(scan, name.at))
		return false;
	if (scan->depth == SAMPLER_DEPTH)
		return scan_fail(scan, name.at, "no more samplers in one another: 16 are the limit");
	uint8_t inner = *node = add_node(scan->tree, form->places & place ? form->kind : NODE_COMPOSITE);
	if (!(form->places & place))
		inner = scan->tree->nodes[*node].child[0] = add_node(scan->tree, form->kind);
	scan->depth++;
	const bool ok = read_form(scan, form, inner);
	scan->depth--;
	return ok;
}

static bool read_sampler(struct sampler_scan *scan, uint8_t *node)
{
	return read_placed(scan, IN_SAMPLER, A_SAMPLER, node);
}

static bool read_composable(struct sampler_scan *scan, uint8_t *node)
{
	return read_placed(scan, IN_COMPOSABLE, A_COMPOSABLE, node);
}

/* ---- the whole ---- */

static const struct form forms[] = {
	{"always_on", NODE_ALWAYS_ON, IN_SAMPLER | IN_COMPOSABLE, NULL},
	{"always_off", NODE_ALWAYS_OFF, IN_SAMPLER | IN_COMPOSABLE, NULL},
	{"traceidratio", NODE_RATIO, IN_SAMPLER, read_id_ratio},
	{"parentbased", NODE_PARENT_BASED, IN_SAMPLER, read_parent_based},
	{"always_record", NODE_ALWAYS_RECORD, IN_SAMPLER, read_one_sampler},
	{"composite", NODE_COMPOSITE, IN_SAMPLER, read_one_composable},
	{"probability", NODE_PROBABILITY, IN_COMPOSABLE, read_probability},
	{"parent_threshold", NODE_PARENT_THRESHOLD, IN_COMPOSABLE, read_one_composable},
	{"rules", NODE_RULES, IN_COMPOSABLE, read_rules},
	{"annotate", NODE_ANNOTATE, IN_COMPOSABLE, read_annotate},
};

static const struct form *form_named(struct view name)
{
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (view_equals(name, forms[i].name))
			return &forms[i];
	}
	return NULL;
}

bool sampler_expression_read(struct sampler_tree *tree, const char *name, const char *text, size_t len,
			     struct sampler_error *error)
{
	struct sampler_scan scan = {.tree = tree, .text = text, .len = len, .error = error};
	const struct form *form = form_named(view_of(name));
	uint8_t node;

	tree->node_count = tree->rule_count = tree->test_count = tree->word_count = tree->note_count = 0;
	tree->text_len = 0;
	if (len > SAMPLER_TEXT)
		return scan_fail(&scan, SAMPLER_TEXT, "an end: 8192 bytes are the limit");
	if (!form)
		return scan_fail(&scan, 0, A_SAMPLER);
	node = tree->root = add_node(tree, form->places & IN_SAMPLER ? form->kind : NODE_COMPOSITE);
	if (!(form->places & IN_SAMPLER))
		node = tree->nodes[tree->root].child[0] = add_node(tree, form->kind);
	scan.depth = 1;
	if (form->read && !form->read(&scan, node))
		return false;
	return scan_is_end(&scan) || scan_fail(&scan, scan.at, "the end, or a sign that goes on");
}

void sampler_expression_under_parent(struct sampler_tree *tree)
{
	const uint8_t root = tree->root;

	tree->root = add_node(tree, NODE_PARENT_BASED);
	set_parent_defaults(tree, tree->root);
	tree->nodes[tree->root].child[PARENT_NONE] = root;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler_node.h - a sampler put together of others, as a tree in one block: nodes, rules and text by index.
 *
 * Made by sampler_expression.c, then read-only.
 */
#ifndef OTEL_SDK_SAMPLER_NODE_H
#define OTEL_SDK_SAMPLER_NODE_H

#include <otel/plugin.h>

#define SAMPLER_NODES 128
#define SAMPLER_RULES 64
#define SAMPLER_TESTS 128
#define SAMPLER_WORDS 256
#define SAMPLER_NOTES 32
#define SAMPLER_TEXT  8192 /* of an expression */
#define SAMPLER_DEPTH 16

enum sampler_kind {
	NODE_ALWAYS_ON,
	NODE_ALWAYS_OFF,
	/* samplers alone */
	NODE_RATIO, /* threshold, ratio */
	NODE_PARENT_BASED, /* child by enum parent_case */
	NODE_ALWAYS_RECORD, /* child[0] */
	NODE_COMPOSITE, /* child[0], a composable */
	/* composables alone */
	NODE_PROBABILITY, /* threshold, ratio */
	NODE_PARENT_THRESHOLD, /* child[0], for spans without a parent */
	NODE_RULES, /* rules from first on, by `next` */
	NODE_ANNOTATE, /* child[0], notes first … first + count */
};

/* Which delegate of ParentBased is asked. */
enum parent_case {
	PARENT_NONE,
	PARENT_REMOTE_SAMPLED,
	PARENT_REMOTE_NOT_SAMPLED,
	PARENT_LOCAL_SAMPLED,
	PARENT_LOCAL_NOT_SAMPLED,
	PARENT_CASES
};

struct sampler_node {
	uint8_t kind; /* enum sampler_kind */
	uint8_t child[PARENT_CASES];
	uint16_t first;
	uint16_t count;
	uint64_t threshold;
	double ratio;
};

/* What a test looks at. */
enum test_subject {
	TEST_NAME, /* words */
	TEST_KIND, /* bits: 1 << otel_span_kind */
	TEST_PARENT, /* bits: TEST_PARENT_* */
	TEST_ATTR, /* key, words */
};

#define TEST_PARENT_NONE   1u
#define TEST_PARENT_REMOTE 2u
#define TEST_PARENT_LOCAL  4u

/* A piece of text. */
struct sampler_word {
	uint16_t at;
	uint16_t len;
};

struct sampler_test {
	uint8_t subject; /* enum test_subject */
	bool is_negated;
	uint16_t bits;
	struct sampler_word key; /* a glob */
	uint16_t first; /* globs, one of which must match */
	uint16_t count;
};

/* All its tests must hold. */
struct sampler_rule {
	uint16_t first;
	uint8_t count;
	uint8_t node;
	uint8_t next; /* the rule that is tried after it; SAMPLER_NO_RULE = none */
};
#define SAMPLER_NO_RULE 0xff

struct sampler_tree {
	uint8_t root;
	uint16_t node_count, rule_count, test_count, word_count, note_count, text_len;
	struct sampler_node nodes[SAMPLER_NODES];
	struct sampler_rule rules[SAMPLER_RULES];
	struct sampler_test tests[SAMPLER_TESTS];
	struct sampler_word words[SAMPLER_WORDS];
	otel_attr notes[SAMPLER_NOTES]; /* their text lies in `text` */
	char text[SAMPLER_TEXT];
};

#endif

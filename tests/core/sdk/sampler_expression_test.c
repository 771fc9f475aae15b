/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler_expression_test.c - the language of samplers: what it takes, and how it names what it does not.
 */
#include "sdk/sampler_expression.h"

#include <check.h>
#include <string.h>

#include "sdk/sampler_tree.h"
#include "support/suite.h"

static struct sampler_tree tree;
static struct sampler_error error;

static bool read_as(const char *form, const char *text)
{
	return sampler_expression_read(&tree, form, text, strlen(text), &error);
}

/* ---- what is taken ---- */

START_TEST(expressions_are_read_as_they_stand)
{
	static const struct {
		const char *form;
		const char *text;
		const char *description;
	} rows[] = {
		{"always_record", "always_on", "AlwaysRecord{AlwaysOnSampler}"},
		{"always_record", " always_off ( ) ", "AlwaysRecord{AlwaysOffSampler}"},
		{"always_record", "traceidratio(0.25)", "AlwaysRecord{TraceIdRatioBased{0.250000}}"},
		{"always_record", "composite(always_on)", "AlwaysRecord{CompositeSampler{ComposableAlwaysOn}}"},
		/* a composable where a sampler should be */
		{"always_record", "probability(1e-3)",
		 "AlwaysRecord{CompositeSampler{ComposableProbability{0.001000}}}"},
		{"always_record", "probability(0)", "AlwaysRecord{CompositeSampler{ComposableAlwaysOff}}"},
		{"probability", "1", "CompositeSampler{ComposableProbability{1.000000}}"},
		{"composite", "parent_threshold(\n\tprobability(0.12345678)\n)",
		 "CompositeSampler{ComposableParentThreshold{ComposableProbability{0.12345678}}}"},
		{"rules", "*: always_on", "CompositeSampler{ComposableRuleBased{ComposableAlwaysOn}}"},
		{"rules", "a=b: always_on; *: always_off;",
		 "CompositeSampler{ComposableRuleBased{ComposableAlwaysOn,ComposableAlwaysOff}}"},
		/* lists in lists */
		{"rules", "a=1: rules(b=1: always_on; b=2: always_off); c=1: always_on",
		 "CompositeSampler{ComposableRuleBased{ComposableRuleBased{ComposableAlwaysOn,ComposableAlwaysOff},"
		 "ComposableAlwaysOn}}"},
		{"annotate", "a=b,\"c d\"=\"e f\":always_on",
		 "CompositeSampler{ComposableAnnotating{ComposableAlwaysOn}}"},
		{"parentbased", "root=always_off,local_sampled=traceidratio(1)",
		 "ParentBased{root:AlwaysOffSampler,remoteParentSampled:AlwaysOnSampler,"
		 "remoteParentNotSampled:AlwaysOffSampler,localParentSampled:TraceIdRatioBased{1.000000},"
		 "localParentNotSampled:AlwaysOffSampler}"},
	};
	char description[1024];

	ck_assert_msg(read_as(rows[_i].form, rows[_i].text), "%s: character %zu: expected %s", rows[_i].text,
		      error.position, error.expected);
	sampler_tree_describe(&tree, description, sizeof description);
	ck_assert_str_eq(description, rows[_i].description);
}
END_TEST

START_TEST(a_tree_may_be_put_under_its_parent)
{
	char description[1024];

	ck_assert(read_as("traceidratio", "0.5"));
	sampler_expression_under_parent(&tree);
	sampler_tree_describe(&tree, description, sizeof description);
	ck_assert_int_eq(strncmp(description, "ParentBased{root:TraceIdRatioBased{0.500000},remote", 51), 0);
}
END_TEST

/* ---- what is refused ---- */

static const struct {
	const char *form;
	const char *text;
	size_t position;
	const char *found;
	const char *expected; /* how it begins */
} errors[] = {
	{"composite", "", 1, "", "a composable sampler: always_on"},
	{"composite", "always", 1, "always", "a composable sampler"},
	{"composite", "parentbased(root=always_on)", 1, "parentbased(root=always", "a composable sampler"},
	{"composite", "always_on x", 11, "x", "the end"},
	{"composite", "always_on)", 10, ")", "the end"},
	{"composite", "\"always_on\"", 1, "\"always_on\"", "a composable sampler"},
	{"composite", "probability", 12, "", "( and what"},
	{"composite", "probability()", 13, ")", "a ratio: 0 to 1"},
	{"composite", "probability(2)", 13, "2)", "a ratio: 0 to 1"},
	{"composite", "probability(0.5", 16, "", ") or more"},
	{"composite", "probability(1e-17)", 13, "1e-17)", "a ratio: 0, or 2^-56"},
	{"composite", "always_on(1)", 11, "1)", ") at once"},
	{"rules", "name=/a always_on", 9, "always_on", "=, !=, & or :"},
	{"rules", "name: always_on", 5, ": always_on", "= or !="},
	{"rules", "kind=servant: always_on", 6, "servant: always_on", "a kind: internal, server"},
	{"rules", "parent=far: always_on", 8, "far: always_on", "a parent: none, remote, local"},
	{"rules", "name=a|: always_on", 8, ": always_on", "a name of spans"},
	{"rules", "* & a=b: always_on", 3, "& a=b: always_on", "= or !="},
	{"rules", "", 1, "", "*, name, kind, parent"},
	{"rules", "a=\"b: always_on", 3, "\"b: always_on", "a \" at the end"},
	{"rules", "a=\"\\n\": always_on", 5, "n\": always_on", "\\\" or \\\\"},
	{"annotate", "a: always_on", 2, ": always_on", "= and a value"},
	{"annotate", "\"\"=1: always_on", 1, "\"\"=1: always_on", "the key of an attribute"},
	{"parentbased", "remote_sampled=always_on", 1, "remote_sampled=always_o", "root= among"},
	{"parentbased", "root=always_on,root=always_on", 16, "root=always_on", "a delegate: root"},
	{"parentbased", "branch=always_on", 1, "branch=always_on", "a delegate: root"},
	{"parentbased", "root always_on", 6, "always_on", "= and a sampler"},
	/* positions count characters, and the excerpt ends with a whole one */
	{"rules", "\"ä\"=ö x: always_on", 7, "x: always_on", "=, !=, & or :"},
	{"composite", "äääääääääääääääää", 1, "äääääääääää", "a composable sampler"},
};

START_TEST(an_error_names_the_place_and_what_was_expected)
{
	ck_assert(!read_as(errors[_i].form, errors[_i].text));
	ck_assert_uint_eq(error.position, errors[_i].position);
	ck_assert_str_eq(error.found, errors[_i].found);
	ck_assert_msg(!strncmp(error.expected, errors[_i].expected, strlen(errors[_i].expected)), "%s: %s",
		      errors[_i].text, error.expected);
}
END_TEST

/* ---- bounds ---- */

static char text[20000];

static void repeat(const char *piece, unsigned times)
{
	for (unsigned i = 0; i < times; i++)
		strcat(text, piece);
}

START_TEST(samplers_nest_sixteen_deep)
{
	for (unsigned depth = 14; depth < 17; depth++) {
		*text = 0;
		repeat("parent_threshold(", depth);
		strcat(text, "always_on");
		repeat(")", depth);
		ck_assert_int_eq(read_as("composite", text), depth < 15);
	}
	ck_assert_str_eq(error.expected, "no more samplers in one another: 16 are the limit");
}
END_TEST

START_TEST(what_is_too_much_is_refused_with_its_limit)
{
	static const struct {
		const char *form;
		const char *before;
		const char *piece;
		const char *after;
		unsigned times;
		const char *limit;
	} rows[] = {
		{"rules", "", "a=b:always_on;", "", 64, NULL},
		{"rules", "", "a=b:always_on;", "", 65, "64"},
		{"rules", "", "a=b:annotate(c=d:always_on);", "", 33, "32"},
		{"rules", "", "a=b:parent_threshold(parent_threshold(always_on));", "", 41, NULL},
		{"rules", "", "a=b:parent_threshold(parent_threshold(always_on));", "", 43, "128"},
		{"rules", "a=b", "&a=b", ":always_on", 127, NULL},
		{"rules", "a=b", "&a=b", ":always_on", 128, "128"},
		{"rules", "a=b", "|b", ":always_on", 255, NULL},
		{"rules", "a=b", "|b", ":always_on", 256, "256"},
		{"annotate", "a=b", ",a=b", ":always_on", 31, NULL},
		{"annotate", "a=b", ",a=b", ":always_on", 32, "32"},
		{"composite", "", " ", "always_on", 8183, NULL},
		{"composite", "", " ", "always_on", 8184, "8192"},
	};

	strcpy(text, rows[_i].before);
	repeat(rows[_i].piece, rows[_i].times);
	strcat(text, rows[_i].after);
	ck_assert_int_eq(read_as(rows[_i].form, text), !rows[_i].limit);
	if (rows[_i].limit)
		ck_assert_msg(strstr(error.expected, rows[_i].limit) != NULL, "%s", error.expected);
}
END_TEST

START_TEST(text_need_not_end_with_a_zero)
{
	static const char always_on[] = {'a', 'l', 'w', 'a', 'y', 's', '_', 'o', 'n'};
	static const char zero[] = "always_on\0";

	ck_assert(sampler_expression_read(&tree, "composite", always_on, sizeof always_on, &error));
	ck_assert(!sampler_expression_read(&tree, "composite", zero, sizeof zero - 1, &error));
	ck_assert_uint_eq(error.position, 10);
}
END_TEST

SUITE_MAIN("sampler_expression", NULL, {expressions_are_read_as_they_stand, 13},
	   {a_tree_may_be_put_under_its_parent, 0},
	   {an_error_names_the_place_and_what_was_expected, sizeof errors / sizeof *errors},
	   {samplers_nest_sixteen_deep, 0}, {what_is_too_much_is_refused_with_its_limit, 13},
	   {text_need_not_end_with_a_zero, 0})

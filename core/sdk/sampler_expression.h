/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler_expression.h - the language in which samplers are put together (docs/sampling.md). Pure.
 *
 *     parent_threshold(rules(
 *         name=/health*|/ready: always_off;
 *         kind=server & http.route=/checkout*: probability(0.5);
 *         *: probability(0.01)))
 *
 *     sampler    = "always_on" | "always_off"            decides alike for every span
 *                | "traceidratio" "(" ratio ")"
 *                | "parentbased" "(" delegate { "," delegate } ")"
 *                | "always_record" "(" sampler ")"
 *                | "composite" "(" composable ")"
 *                | composable                            short for composite(composable)
 *     delegate   = ( "root" | "remote_sampled" | "remote_not_sampled" | "local_sampled" | "local_not_sampled" )
 *                  "=" sampler                           root must be there; others: on if sampled, off if not
 *     composable = "always_on" | "always_off"
 *                | "probability" "(" ratio ")"
 *                | "parent_threshold" "(" composable ")"
 *                | "rules" "(" rule { ";" rule } [ ";" ] ")"
 *                | "annotate" "(" word "=" word { "," word "=" word } ":" composable ")"
 *     rule       = ( "*" | test { "&" test } ) ":" composable
 *     test       = ( "name" | "kind" | "parent" | word ) ( "=" | "!=" ) word { "|" word }
 *     word       = a run of characters other than blanks and ( ) , ; : & | = ! "
 *                | '"' any characters, \" and \\ for " and \ '"'
 *
 * `name`, `kind` and `parent` in quotes are keys of attributes. Words of names, keys and values are globs.
 */
#ifndef OTEL_SDK_SAMPLER_EXPRESSION_H
#define OTEL_SDK_SAMPLER_EXPRESSION_H

#include "sdk/sampler_node.h"

struct sampler_error {
	size_t position; /* from 1, in characters of the text */
	const char *expected; /* static */
	char found[24]; /* what is there instead */
};

/* Reads what stands between the parentheses of `form`, or nothing for a form that has none, into a tree of that form.
 */
bool sampler_expression_read(struct sampler_tree *tree, const char *form, const char *text, size_t len,
			     struct sampler_error *error);

/* Makes the tree the root of parentbased(root=…). */
void sampler_expression_under_parent(struct sampler_tree *tree);

#endif

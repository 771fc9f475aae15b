/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler_tree.h - samplers that are put together of others, as components: traceidratio, probability, parentbased,
 * always_record, composite and its composables. [traces] sampler names the outermost one, sampler_arg says what stands
 * in its parentheses (sampler_expression.h).
 */
#ifndef OTEL_SDK_SAMPLER_TREE_H
#define OTEL_SDK_SAMPLER_TREE_H

#include "sdk/sampler_node.h"

extern const otel_sampler sampler_traceidratio, sampler_parentbased_traceidratio;
extern const otel_sampler sampler_probability, sampler_parentbased_probability;
extern const otel_sampler sampler_parentbased, sampler_always_record, sampler_composite;
extern const otel_sampler sampler_parent_threshold, sampler_rules, sampler_annotate;

/* false: the sampler is none of these. */
bool sampler_tree_fixed(const otel_sampler *sampler, const void *self, int8_t decisions[3]);

/* In the words of the specification, cut to the room. */
void sampler_tree_describe(const struct sampler_tree *tree, char *out, size_t room);

#endif

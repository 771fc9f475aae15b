/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler_rule.h - rules of a sampler: which spans they are for. Also what annotate() puts on spans.
 */
#ifndef OTEL_SDK_SAMPLER_RULE_H
#define OTEL_SDK_SAMPLER_RULE_H

#include "sdk/sampler_scan.h"

/* Reads the tests before the ':'. */
bool sampler_rule_read(struct sampler_scan *scan, struct sampler_rule *rule);

/* Reads key=value. A bare value is taken for what it looks like: true, false, a number, or else text. */
bool sampler_note_read(struct sampler_scan *scan);

bool sampler_rule_matches(const struct sampler_tree *tree, const struct sampler_rule *rule,
			  const otel_sampling *sampling);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/security_rule.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_SECURITY_RULE_H
#define OTEL_SEMCONV_SECURITY_RULE_H

/* string, development */
#define OTEL_SECURITY_RULE_CATEGORY "security_rule.category"

/* string, development */
#define OTEL_SECURITY_RULE_DESCRIPTION "security_rule.description"

/* string, development */
#define OTEL_SECURITY_RULE_LICENSE "security_rule.license"

/* string, development */
#define OTEL_SECURITY_RULE_NAME "security_rule.name"

/* string, development */
#define OTEL_SECURITY_RULE_REFERENCE "security_rule.reference"

/* string, development */
#define OTEL_SECURITY_RULE_RULESET_NAME "security_rule.ruleset.name"

/* string, development */
#define OTEL_SECURITY_RULE_UUID "security_rule.uuid"

/* string, development */
#define OTEL_SECURITY_RULE_VERSION "security_rule.version"

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/feature_flag.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_FEATURE_FLAG_H
#define OTEL_SEMCONV_FEATURE_FLAG_H

/* string, release_candidate */
#define OTEL_FEATURE_FLAG_CONTEXT_ID "feature_flag.context.id"

/* string, release_candidate */
#define OTEL_FEATURE_FLAG_ERROR_MESSAGE "feature_flag.error.message"

/* string, release_candidate */
#define OTEL_FEATURE_FLAG_KEY "feature_flag.key"

/* string, release_candidate */
#define OTEL_FEATURE_FLAG_PROVIDER_NAME "feature_flag.provider.name"

/* string, release_candidate */
#define OTEL_FEATURE_FLAG_RESULT_REASON "feature_flag.result.reason"
#define OTEL_FEATURE_FLAG_RESULT_REASON_STATIC "static"
#define OTEL_FEATURE_FLAG_RESULT_REASON_DEFAULT "default"
#define OTEL_FEATURE_FLAG_RESULT_REASON_TARGETING_MATCH "targeting_match"
#define OTEL_FEATURE_FLAG_RESULT_REASON_SPLIT "split"
#define OTEL_FEATURE_FLAG_RESULT_REASON_CACHED "cached"
#define OTEL_FEATURE_FLAG_RESULT_REASON_DISABLED "disabled"
#define OTEL_FEATURE_FLAG_RESULT_REASON_UNKNOWN "unknown"
#define OTEL_FEATURE_FLAG_RESULT_REASON_STALE "stale"
#define OTEL_FEATURE_FLAG_RESULT_REASON_ERROR "error"

/* any, release_candidate */
#define OTEL_FEATURE_FLAG_RESULT_VALUE "feature_flag.result.value"

/* string, release_candidate */
#define OTEL_FEATURE_FLAG_RESULT_VARIANT "feature_flag.result.variant"

/* string, release_candidate */
#define OTEL_FEATURE_FLAG_SET_ID "feature_flag.set.id"

/* string, release_candidate */
#define OTEL_FEATURE_FLAG_VERSION "feature_flag.version"

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/graphql.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_GRAPHQL_H
#define OTEL_SEMCONV_GRAPHQL_H

/* string, development */
#define OTEL_GRAPHQL_DOCUMENT "graphql.document"

/* string, development */
#define OTEL_GRAPHQL_OPERATION_NAME "graphql.operation.name"

/* string, development */
#define OTEL_GRAPHQL_OPERATION_TYPE "graphql.operation.type"
#define OTEL_GRAPHQL_OPERATION_TYPE_QUERY "query"
#define OTEL_GRAPHQL_OPERATION_TYPE_MUTATION "mutation"
#define OTEL_GRAPHQL_OPERATION_TYPE_SUBSCRIPTION "subscription"

#endif

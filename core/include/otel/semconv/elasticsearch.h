/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/elasticsearch.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_ELASTICSEARCH_H
#define OTEL_SEMCONV_ELASTICSEARCH_H

/* string, development */
#define OTEL_ELASTICSEARCH_NODE_NAME "elasticsearch.node.name"

#endif

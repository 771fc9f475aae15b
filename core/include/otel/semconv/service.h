/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/service.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_SERVICE_H
#define OTEL_SEMCONV_SERVICE_H

/* string, alpha */
#define OTEL_SERVICE_CRITICALITY "service.criticality"
#define OTEL_SERVICE_CRITICALITY_CRITICAL "critical"
#define OTEL_SERVICE_CRITICALITY_HIGH "high"
#define OTEL_SERVICE_CRITICALITY_MEDIUM "medium"
#define OTEL_SERVICE_CRITICALITY_LOW "low"

/* string, stable */
#define OTEL_SERVICE_INSTANCE_ID "service.instance.id"

/* string, stable */
#define OTEL_SERVICE_NAME "service.name"

/* string, stable */
#define OTEL_SERVICE_NAMESPACE "service.namespace"

/* string, development */
#define OTEL_SERVICE_PEER_NAME "service.peer.name"

/* string, development */
#define OTEL_SERVICE_PEER_NAMESPACE "service.peer.namespace"

/* string, stable */
#define OTEL_SERVICE_VERSION "service.version"

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/azure.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_AZURE_H
#define OTEL_SEMCONV_AZURE_H

/* string, development */
#define OTEL_AZURE_CLIENT_ID "azure.client.id"

/* string, development */
#define OTEL_AZURE_COSMOSDB_CONNECTION_MODE "azure.cosmosdb.connection.mode"
#define OTEL_AZURE_COSMOSDB_CONNECTION_MODE_GATEWAY "gateway"
#define OTEL_AZURE_COSMOSDB_CONNECTION_MODE_DIRECT "direct"

/* string, development */
#define OTEL_AZURE_COSMOSDB_CONSISTENCY_LEVEL "azure.cosmosdb.consistency.level"
#define OTEL_AZURE_COSMOSDB_CONSISTENCY_LEVEL_STRONG "Strong"
#define OTEL_AZURE_COSMOSDB_CONSISTENCY_LEVEL_BOUNDED_STALENESS "BoundedStaleness"
#define OTEL_AZURE_COSMOSDB_CONSISTENCY_LEVEL_SESSION "Session"
#define OTEL_AZURE_COSMOSDB_CONSISTENCY_LEVEL_EVENTUAL "Eventual"
#define OTEL_AZURE_COSMOSDB_CONSISTENCY_LEVEL_CONSISTENT_PREFIX "ConsistentPrefix"

/* string[], development */
#define OTEL_AZURE_COSMOSDB_OPERATION_CONTACTED_REGIONS "azure.cosmosdb.operation.contacted_regions"

/* double, development */
#define OTEL_AZURE_COSMOSDB_OPERATION_REQUEST_CHARGE "azure.cosmosdb.operation.request_charge"

/* int, development */
#define OTEL_AZURE_COSMOSDB_REQUEST_BODY_SIZE "azure.cosmosdb.request.body.size"

/* int, development */
#define OTEL_AZURE_COSMOSDB_RESPONSE_SUB_STATUS_CODE "azure.cosmosdb.response.sub_status_code"

/* string, development */
#define OTEL_AZURE_RESOURCE_GROUP_NAME "azure.resource_group.name"

/* string, development */
#define OTEL_AZURE_RESOURCE_PROVIDER_NAMESPACE "azure.resource_provider.namespace"

/* string, development */
#define OTEL_AZURE_SERVICE_REQUEST_ID "azure.service.request.id"

#endif

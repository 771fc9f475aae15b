/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/faas.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_FAAS_H
#define OTEL_SEMCONV_FAAS_H

/* boolean, development */
#define OTEL_FAAS_COLDSTART "faas.coldstart"

/* string, development */
#define OTEL_FAAS_CRON "faas.cron"

/* string, development */
#define OTEL_FAAS_DOCUMENT_COLLECTION "faas.document.collection"

/* string, development */
#define OTEL_FAAS_DOCUMENT_NAME "faas.document.name"

/* string, development */
#define OTEL_FAAS_DOCUMENT_OPERATION "faas.document.operation"
#define OTEL_FAAS_DOCUMENT_OPERATION_INSERT "insert"
#define OTEL_FAAS_DOCUMENT_OPERATION_EDIT "edit"
#define OTEL_FAAS_DOCUMENT_OPERATION_DELETE "delete"

/* string, development */
#define OTEL_FAAS_DOCUMENT_TIME "faas.document.time"

/* string, development */
#define OTEL_FAAS_INSTANCE "faas.instance"

/* string, development */
#define OTEL_FAAS_INVOCATION_ID "faas.invocation_id"

/* string, development */
#define OTEL_FAAS_INVOKED_NAME "faas.invoked_name"

/* string, development */
#define OTEL_FAAS_INVOKED_PROVIDER "faas.invoked_provider"
#define OTEL_FAAS_INVOKED_PROVIDER_ALIBABA_CLOUD "alibaba_cloud"
#define OTEL_FAAS_INVOKED_PROVIDER_AWS "aws"
#define OTEL_FAAS_INVOKED_PROVIDER_AZURE "azure"
#define OTEL_FAAS_INVOKED_PROVIDER_GCP "gcp"
#define OTEL_FAAS_INVOKED_PROVIDER_TENCENT_CLOUD "tencent_cloud"

/* string, development */
#define OTEL_FAAS_INVOKED_REGION "faas.invoked_region"

/* int, development */
#define OTEL_FAAS_MAX_MEMORY "faas.max_memory"

/* string, development */
#define OTEL_FAAS_NAME "faas.name"

/* string, development */
#define OTEL_FAAS_TIME "faas.time"

/* string, development */
#define OTEL_FAAS_TRIGGER "faas.trigger"
#define OTEL_FAAS_TRIGGER_DATASOURCE "datasource"
#define OTEL_FAAS_TRIGGER_HTTP "http"
#define OTEL_FAAS_TRIGGER_PUBSUB "pubsub"
#define OTEL_FAAS_TRIGGER_TIMER "timer"
#define OTEL_FAAS_TRIGGER_OTHER "other"

/* string, development */
#define OTEL_FAAS_VERSION "faas.version"

#endif

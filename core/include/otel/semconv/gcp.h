/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/gcp.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_GCP_H
#define OTEL_SEMCONV_GCP_H

/* string, development */
#define OTEL_GCP_APPHUB_APPLICATION_CONTAINER "gcp.apphub.application.container"

/* string, development */
#define OTEL_GCP_APPHUB_APPLICATION_ID "gcp.apphub.application.id"

/* string, development */
#define OTEL_GCP_APPHUB_APPLICATION_LOCATION "gcp.apphub.application.location"

/* string, development */
#define OTEL_GCP_APPHUB_SERVICE_CRITICALITY_TYPE "gcp.apphub.service.criticality_type"
#define OTEL_GCP_APPHUB_SERVICE_CRITICALITY_TYPE_MISSION_CRITICAL "MISSION_CRITICAL"
#define OTEL_GCP_APPHUB_SERVICE_CRITICALITY_TYPE_HIGH "HIGH"
#define OTEL_GCP_APPHUB_SERVICE_CRITICALITY_TYPE_MEDIUM "MEDIUM"
#define OTEL_GCP_APPHUB_SERVICE_CRITICALITY_TYPE_LOW "LOW"

/* string, development */
#define OTEL_GCP_APPHUB_SERVICE_ENVIRONMENT_TYPE "gcp.apphub.service.environment_type"
#define OTEL_GCP_APPHUB_SERVICE_ENVIRONMENT_TYPE_PRODUCTION "PRODUCTION"
#define OTEL_GCP_APPHUB_SERVICE_ENVIRONMENT_TYPE_STAGING "STAGING"
#define OTEL_GCP_APPHUB_SERVICE_ENVIRONMENT_TYPE_TEST "TEST"
#define OTEL_GCP_APPHUB_SERVICE_ENVIRONMENT_TYPE_DEVELOPMENT "DEVELOPMENT"

/* string, development */
#define OTEL_GCP_APPHUB_SERVICE_ID "gcp.apphub.service.id"

/* string, development */
#define OTEL_GCP_APPHUB_WORKLOAD_CRITICALITY_TYPE "gcp.apphub.workload.criticality_type"
#define OTEL_GCP_APPHUB_WORKLOAD_CRITICALITY_TYPE_MISSION_CRITICAL "MISSION_CRITICAL"
#define OTEL_GCP_APPHUB_WORKLOAD_CRITICALITY_TYPE_HIGH "HIGH"
#define OTEL_GCP_APPHUB_WORKLOAD_CRITICALITY_TYPE_MEDIUM "MEDIUM"
#define OTEL_GCP_APPHUB_WORKLOAD_CRITICALITY_TYPE_LOW "LOW"

/* string, development */
#define OTEL_GCP_APPHUB_WORKLOAD_ENVIRONMENT_TYPE "gcp.apphub.workload.environment_type"
#define OTEL_GCP_APPHUB_WORKLOAD_ENVIRONMENT_TYPE_PRODUCTION "PRODUCTION"
#define OTEL_GCP_APPHUB_WORKLOAD_ENVIRONMENT_TYPE_STAGING "STAGING"
#define OTEL_GCP_APPHUB_WORKLOAD_ENVIRONMENT_TYPE_TEST "TEST"
#define OTEL_GCP_APPHUB_WORKLOAD_ENVIRONMENT_TYPE_DEVELOPMENT "DEVELOPMENT"

/* string, development */
#define OTEL_GCP_APPHUB_WORKLOAD_ID "gcp.apphub.workload.id"

/* string, development */
#define OTEL_GCP_APPHUB_DESTINATION_APPLICATION_CONTAINER "gcp.apphub_destination.application.container"

/* string, development */
#define OTEL_GCP_APPHUB_DESTINATION_APPLICATION_ID "gcp.apphub_destination.application.id"

/* string, development */
#define OTEL_GCP_APPHUB_DESTINATION_APPLICATION_LOCATION "gcp.apphub_destination.application.location"

/* string, development */
#define OTEL_GCP_APPHUB_DESTINATION_SERVICE_CRITICALITY_TYPE "gcp.apphub_destination.service.criticality_type"
#define OTEL_GCP_APPHUB_DESTINATION_SERVICE_CRITICALITY_TYPE_MISSION_CRITICAL "MISSION_CRITICAL"
#define OTEL_GCP_APPHUB_DESTINATION_SERVICE_CRITICALITY_TYPE_HIGH "HIGH"
#define OTEL_GCP_APPHUB_DESTINATION_SERVICE_CRITICALITY_TYPE_MEDIUM "MEDIUM"
#define OTEL_GCP_APPHUB_DESTINATION_SERVICE_CRITICALITY_TYPE_LOW "LOW"

/* string, development */
#define OTEL_GCP_APPHUB_DESTINATION_SERVICE_ENVIRONMENT_TYPE "gcp.apphub_destination.service.environment_type"
#define OTEL_GCP_APPHUB_DESTINATION_SERVICE_ENVIRONMENT_TYPE_PRODUCTION "PRODUCTION"
#define OTEL_GCP_APPHUB_DESTINATION_SERVICE_ENVIRONMENT_TYPE_STAGING "STAGING"
#define OTEL_GCP_APPHUB_DESTINATION_SERVICE_ENVIRONMENT_TYPE_TEST "TEST"
#define OTEL_GCP_APPHUB_DESTINATION_SERVICE_ENVIRONMENT_TYPE_DEVELOPMENT "DEVELOPMENT"

/* string, development */
#define OTEL_GCP_APPHUB_DESTINATION_SERVICE_ID "gcp.apphub_destination.service.id"

/* string, development */
#define OTEL_GCP_APPHUB_DESTINATION_WORKLOAD_CRITICALITY_TYPE "gcp.apphub_destination.workload.criticality_type"
#define OTEL_GCP_APPHUB_DESTINATION_WORKLOAD_CRITICALITY_TYPE_MISSION_CRITICAL "MISSION_CRITICAL"
#define OTEL_GCP_APPHUB_DESTINATION_WORKLOAD_CRITICALITY_TYPE_HIGH "HIGH"
#define OTEL_GCP_APPHUB_DESTINATION_WORKLOAD_CRITICALITY_TYPE_MEDIUM "MEDIUM"
#define OTEL_GCP_APPHUB_DESTINATION_WORKLOAD_CRITICALITY_TYPE_LOW "LOW"

/* string, development */
#define OTEL_GCP_APPHUB_DESTINATION_WORKLOAD_ENVIRONMENT_TYPE "gcp.apphub_destination.workload.environment_type"
#define OTEL_GCP_APPHUB_DESTINATION_WORKLOAD_ENVIRONMENT_TYPE_PRODUCTION "PRODUCTION"
#define OTEL_GCP_APPHUB_DESTINATION_WORKLOAD_ENVIRONMENT_TYPE_STAGING "STAGING"
#define OTEL_GCP_APPHUB_DESTINATION_WORKLOAD_ENVIRONMENT_TYPE_TEST "TEST"
#define OTEL_GCP_APPHUB_DESTINATION_WORKLOAD_ENVIRONMENT_TYPE_DEVELOPMENT "DEVELOPMENT"

/* string, development */
#define OTEL_GCP_APPHUB_DESTINATION_WORKLOAD_ID "gcp.apphub_destination.workload.id"

/* string, development */
#define OTEL_GCP_CLIENT_SERVICE "gcp.client.service"

/* string, development */
#define OTEL_GCP_CLOUD_RUN_JOB_EXECUTION "gcp.cloud_run.job.execution"

/* int, development */
#define OTEL_GCP_CLOUD_RUN_JOB_TASK_INDEX "gcp.cloud_run.job.task_index"

/* string, development */
#define OTEL_GCP_GCE_INSTANCE_HOSTNAME "gcp.gce.instance.hostname"

/* string template, development */
#define OTEL_GCP_GCE_INSTANCE_LABELS "gcp.gce.instance.labels"

/* string, development */
#define OTEL_GCP_GCE_INSTANCE_NAME "gcp.gce.instance.name"

/* string, development */
#define OTEL_GCP_GCE_INSTANCE_GROUP_MANAGER_NAME "gcp.gce.instance_group_manager.name"

/* string, development */
#define OTEL_GCP_GCE_INSTANCE_GROUP_MANAGER_REGION "gcp.gce.instance_group_manager.region"

/* string, development */
#define OTEL_GCP_GCE_INSTANCE_GROUP_MANAGER_ZONE "gcp.gce.instance_group_manager.zone"

#endif

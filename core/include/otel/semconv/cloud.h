/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/cloud.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_CLOUD_H
#define OTEL_SEMCONV_CLOUD_H

/* string, development */
#define OTEL_CLOUD_ACCOUNT_ID "cloud.account.id"

/* string, development */
#define OTEL_CLOUD_AVAILABILITY_ZONE "cloud.availability_zone"

/* string, development */
#define OTEL_CLOUD_PLATFORM "cloud.platform"
#define OTEL_CLOUD_PLATFORM_AKAMAI_CLOUD_COMPUTE "akamai_cloud.compute"
#define OTEL_CLOUD_PLATFORM_ALIBABA_CLOUD_ECS "alibaba_cloud_ecs"
#define OTEL_CLOUD_PLATFORM_ALIBABA_CLOUD_FC "alibaba_cloud_fc"
#define OTEL_CLOUD_PLATFORM_ALIBABA_CLOUD_OPENSHIFT "alibaba_cloud_openshift"
#define OTEL_CLOUD_PLATFORM_AWS_EC2 "aws_ec2"
#define OTEL_CLOUD_PLATFORM_AWS_ECS "aws_ecs"
#define OTEL_CLOUD_PLATFORM_AWS_EKS "aws_eks"
#define OTEL_CLOUD_PLATFORM_AWS_LAMBDA "aws_lambda"
#define OTEL_CLOUD_PLATFORM_AWS_ELASTIC_BEANSTALK "aws_elastic_beanstalk"
#define OTEL_CLOUD_PLATFORM_AWS_APP_RUNNER "aws_app_runner"
#define OTEL_CLOUD_PLATFORM_AWS_OPENSHIFT "aws_openshift"
#define OTEL_CLOUD_PLATFORM_AZURE_VM "azure.vm"
#define OTEL_CLOUD_PLATFORM_AZURE_CONTAINER_APPS "azure.container_apps"
#define OTEL_CLOUD_PLATFORM_AZURE_CONTAINER_INSTANCES "azure.container_instances"
#define OTEL_CLOUD_PLATFORM_AZURE_AKS "azure.aks"
#define OTEL_CLOUD_PLATFORM_AZURE_FUNCTIONS "azure.functions"
#define OTEL_CLOUD_PLATFORM_AZURE_APP_SERVICE "azure.app_service"
#define OTEL_CLOUD_PLATFORM_AZURE_OPENSHIFT "azure.openshift"
#define OTEL_CLOUD_PLATFORM_GCP_AGENT_ENGINE "gcp.agent_engine"
#define OTEL_CLOUD_PLATFORM_GCP_BARE_METAL_SOLUTION "gcp_bare_metal_solution"
#define OTEL_CLOUD_PLATFORM_GCP_COMPUTE_ENGINE "gcp_compute_engine"
#define OTEL_CLOUD_PLATFORM_GCP_CLOUD_RUN "gcp_cloud_run"
#define OTEL_CLOUD_PLATFORM_GCP_KUBERNETES_ENGINE "gcp_kubernetes_engine"
#define OTEL_CLOUD_PLATFORM_GCP_CLOUD_FUNCTIONS "gcp_cloud_functions"
#define OTEL_CLOUD_PLATFORM_GCP_APP_ENGINE "gcp_app_engine"
#define OTEL_CLOUD_PLATFORM_GCP_OPENSHIFT "gcp_openshift"
#define OTEL_CLOUD_PLATFORM_HETZNER_CLOUD_SERVER "hetzner.cloud_server"
#define OTEL_CLOUD_PLATFORM_IBM_CLOUD_OPENSHIFT "ibm_cloud_openshift"
#define OTEL_CLOUD_PLATFORM_ORACLE_CLOUD_COMPUTE "oracle_cloud_compute"
#define OTEL_CLOUD_PLATFORM_ORACLE_CLOUD_OKE "oracle_cloud_oke"
#define OTEL_CLOUD_PLATFORM_SCALEWAY_CLOUD_COMPUTE "scaleway_cloud_compute"
#define OTEL_CLOUD_PLATFORM_TENCENT_CLOUD_CVM "tencent_cloud_cvm"
#define OTEL_CLOUD_PLATFORM_TENCENT_CLOUD_EKS "tencent_cloud_eks"
#define OTEL_CLOUD_PLATFORM_TENCENT_CLOUD_SCF "tencent_cloud_scf"
#define OTEL_CLOUD_PLATFORM_VULTR_CLOUD_COMPUTE "vultr.cloud_compute"

/* string, development */
#define OTEL_CLOUD_PROVIDER "cloud.provider"
#define OTEL_CLOUD_PROVIDER_AKAMAI_CLOUD "akamai_cloud"
#define OTEL_CLOUD_PROVIDER_ALIBABA_CLOUD "alibaba_cloud"
#define OTEL_CLOUD_PROVIDER_AWS "aws"
#define OTEL_CLOUD_PROVIDER_AZURE "azure"
#define OTEL_CLOUD_PROVIDER_GCP "gcp"
#define OTEL_CLOUD_PROVIDER_HEROKU "heroku"
#define OTEL_CLOUD_PROVIDER_HETZNER "hetzner"
#define OTEL_CLOUD_PROVIDER_IBM_CLOUD "ibm_cloud"
#define OTEL_CLOUD_PROVIDER_ORACLE_CLOUD "oracle_cloud"
#define OTEL_CLOUD_PROVIDER_SCALEWAY_CLOUD "scaleway_cloud"
#define OTEL_CLOUD_PROVIDER_TENCENT_CLOUD "tencent_cloud"
#define OTEL_CLOUD_PROVIDER_VULTR "vultr"

/* string, development */
#define OTEL_CLOUD_REGION "cloud.region"

/* string, development */
#define OTEL_CLOUD_RESOURCE_ID "cloud.resource_id"

#endif

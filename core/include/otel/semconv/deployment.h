/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/deployment.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_DEPLOYMENT_H
#define OTEL_SEMCONV_DEPLOYMENT_H

/* string, stable */
#define OTEL_DEPLOYMENT_ENVIRONMENT_NAME "deployment.environment.name"
#define OTEL_DEPLOYMENT_ENVIRONMENT_NAME_PRODUCTION "production"
#define OTEL_DEPLOYMENT_ENVIRONMENT_NAME_STAGING "staging"
#define OTEL_DEPLOYMENT_ENVIRONMENT_NAME_TEST "test"
#define OTEL_DEPLOYMENT_ENVIRONMENT_NAME_DEVELOPMENT "development"

/* string, development */
#define OTEL_DEPLOYMENT_ID "deployment.id"

/* string, development */
#define OTEL_DEPLOYMENT_NAME "deployment.name"

/* string, development */
#define OTEL_DEPLOYMENT_STATUS "deployment.status"
#define OTEL_DEPLOYMENT_STATUS_FAILED "failed"
#define OTEL_DEPLOYMENT_STATUS_SUCCEEDED "succeeded"

#endif

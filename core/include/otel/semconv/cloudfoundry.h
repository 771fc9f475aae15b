/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/cloudfoundry.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_CLOUDFOUNDRY_H
#define OTEL_SEMCONV_CLOUDFOUNDRY_H

/* string, development */
#define OTEL_CLOUDFOUNDRY_APP_ID "cloudfoundry.app.id"

/* string, development */
#define OTEL_CLOUDFOUNDRY_APP_INSTANCE_ID "cloudfoundry.app.instance.id"

/* string, development */
#define OTEL_CLOUDFOUNDRY_APP_NAME "cloudfoundry.app.name"

/* string, development */
#define OTEL_CLOUDFOUNDRY_ORG_ID "cloudfoundry.org.id"

/* string, development */
#define OTEL_CLOUDFOUNDRY_ORG_NAME "cloudfoundry.org.name"

/* string, development */
#define OTEL_CLOUDFOUNDRY_PROCESS_ID "cloudfoundry.process.id"

/* string, development */
#define OTEL_CLOUDFOUNDRY_PROCESS_TYPE "cloudfoundry.process.type"

/* string, development */
#define OTEL_CLOUDFOUNDRY_SPACE_ID "cloudfoundry.space.id"

/* string, development */
#define OTEL_CLOUDFOUNDRY_SPACE_NAME "cloudfoundry.space.name"

/* string, development */
#define OTEL_CLOUDFOUNDRY_SYSTEM_ID "cloudfoundry.system.id"

/* string, development */
#define OTEL_CLOUDFOUNDRY_SYSTEM_INSTANCE_ID "cloudfoundry.system.instance.id"

#endif

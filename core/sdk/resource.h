/* SPDX-License-Identifier: Apache-2.0
 *
 * resource.h - who is speaking: the OTLP Resource of this process (specification/resource/sdk.md).
 *
 * Priority, high to low: code, OTEL_SERVICE_NAME / OTEL_SERVICE_VERSION / DEPLOYMENT_ENVIRONMENT,
 * OTEL_RESOURCE_ATTRIBUTES, detectors, defaults. Sealed by the pipeline before the first export.
 */
#ifndef OTEL_SDK_RESOURCE_H
#define OTEL_SDK_RESOURCE_H

#include <otel/sdk.h>

#include "config/config.h"

/* Builds the attributes that need no waiting: code, environment, telemetry.*, service, process, host, os. Start
 * thread. Says (info) when service.name had to be derived. distro and its version may be NULL. */
otel_status resource_setup(const struct config *config, const otel_sdk_options *options, const char *distro,
			   const char *distro_version);

/* Frees everything; nobody reads it any more. */
void resource_release(void);

/* ResourceSpans field 1 (tag, length, Resource). Pipeline thread. Valid until resource_renew(), resource_release() or
 * the next resource_setup(). */
const uint8_t *resource_encoded(size_t *len);

/* In the child of a fork, before its first export: new process.pid and service.instance.id. */
void resource_renew(void);

/* The effective service.name. */
const char *resource_service_name(void);

#endif

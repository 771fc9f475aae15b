/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_detect.h - attributes that this process and this machine give away for a few reads of small files: no
 * waiting, no name service (NSS would dlopen in the host's thread).
 */
#ifndef OTEL_SDK_RESOURCE_DETECT_H
#define OTEL_SDK_RESOURCE_DETECT_H

#include "sdk/resource_set.h"

/* process.*, host.*, os.*, container.id */
void resource_detect(struct resource_set *set);

/* A random UUID, version 4 (RFC 9562). */
void resource_uuid(char out[37]);

#endif

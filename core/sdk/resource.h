/* SPDX-License-Identifier: Apache-2.0
 *
 * resource.h - who is speaking: the OTLP Resource of this process (specification/resource/sdk.md).
 *
 * Priority, high to low: code; what people have set (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES and the like); the
 * other detectors, a later one before an earlier; telemetry.* and a service.name made of the program's. Sealed by the
 * pipeline when all detectors are through, which exports wait for.
 */
#ifndef OTEL_SDK_RESOURCE_H
#define OTEL_SDK_RESOURCE_H

#include <otel/sdk.h>

#include "config/config.h"

/* Opens the detectors; what people and the code have set is there from now on, the rest comes later. Where the program
 * will chroot ([http] load = start) or others read the resource ([sdk] share_context), the core's own detectors run
 * here and now. Start thread. distro and its version may be NULL. */
otel_status resource_setup(const struct config *config, const otel_sdk_options *options, const char *distro,
			   const char *distro_version);

/* Closes the detectors and frees everything; nobody reads it any more. */
void resource_release(void);

/* ---- pipeline thread, or before there is one ---- */

/* Moves the detectors on. True: exports are to wait. */
bool resource_is_awaited(uint64_t now_ms);

/* When to look again: when the detectors' time is up, or a flush's; `otherwise` if nothing is awaited. */
uint64_t resource_due(uint64_t otherwise);

/* Nothing is awaited any more: what is under way is cancelled. */
void resource_end(void);

/* ResourceSpans fields 1 and 3 (the Resource, its schema URL), of what there is by now. Valid until the next call that
 * changes something. */
const uint8_t *resource_encoded(size_t *len);

/* Field 1 alone. */
const uint8_t *resource_message(size_t *len);

/* ---- from outside ---- */

/* Any thread. A flush or an exit wants what there is exported by then, whatever is still awaited. */
void resource_hurry(uint64_t by_ms);

/* In the child of a fork: what tells processes apart is found anew before it is encoded again. */
void resource_renew(void);

#endif

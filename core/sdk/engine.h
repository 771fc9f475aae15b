/* SPDX-License-Identifier: Apache-2.0
 *
 * engine.h - building the SDK from its configuration: what start.c does once it may.
 */
#ifndef OTEL_SDK_ENGINE_H
#define OTEL_SDK_ENGINE_H

#include <otel/sdk.h>

#include "api/slot.h"

/* Reads the configuration, loads the distro, opens the components, sets pipeline and provider up. Start thread; no
 * network, waits for nobody. Not OTEL_OK: nothing is in force; otel_last_error() tells. */
otel_status engine_build(struct otel_slot *slot, const struct otel_boot *boot, const otel_sdk_options *options);

/* Flushes and ends recording; see otel_sdk_stop(). */
otel_status engine_stop(uint32_t timeout_ms);

#endif

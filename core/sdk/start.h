/* SPDX-License-Identifier: Apache-2.0
 *
 * start.h - the one start of the SDK, whoever asks for it.
 */
#ifndef OTEL_SDK_START_H
#define OTEL_SDK_START_H

#include <otel/sdk.h>

#include "api/slot.h"

/* IDLE -> STARTING -> RUNNING -> STOPPING -> STOPPED -> STARTING …; a start that fails goes back where it came from. */
enum start_state {
	START_IDLE,
	START_STARTING,
	START_RUNNING,
	START_STOPPING,
	START_STOPPED,
	START_BROKEN, /* a child of a fork, that cannot go on with what another thread of its parent began */
};

enum start_state start_state(void);

/* Starts the SDK and serves the slot, unless another thread does or did. options is never NULL.
 * OTEL_OK: it runs. OTEL_ALREADY: it did before; the slot has its provider. OTEL_TIMEOUT: another thread is at it; the
 * slot will have its provider when that thread is through. Anything else: the failure; otel_last_error() tells. */
otel_status start_run(struct otel_slot *slot, const struct otel_boot *boot, const otel_sdk_options *options);

/* In the child of a fork. */
void start_fork_child(void);

#endif

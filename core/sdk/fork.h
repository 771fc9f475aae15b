/* SPDX-License-Identifier: Apache-2.0
 *
 * fork.h - what a fork of the host does to the SDK: the table for the slot.
 */
#ifndef OTEL_SDK_FORK_H
#define OTEL_SDK_FORK_H

#include "api/slot.h"

extern const struct otel_fork_hooks fork_hooks;

/* In a child that no atfork handler was told of: as in any child, but nobody prepared it. */
void fork_recover(void);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * snapshot.h - the environment and fd 2 as they are when a program starts the SDK in code.
 */
#ifndef OTEL_SDK_SNAPSHOT_H
#define OTEL_SDK_SNAPSHOT_H

#include "util/boot.h"

/* On the caller's thread, which must not race setenv(). NULL when out of memory. It stays valid for ever; calls that
 * find nothing changed return the same one. */
const struct otel_boot *snapshot_take(void);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * armed.h - whether this process asked to be traced, settled once by our constructor.
 */
#ifndef OTEL_PRELOAD_ARMED_H
#define OTEL_PRELOAD_ARMED_H

#include <stdbool.h>

#include "util/boot.h"

/* False before our constructor ran, and for ever in a process that did not ask: thunks then only pass calls on. */
bool preload_armed(void);

/* Directory of libotel_preload.so with links resolved, without a slash at the end; "" when not armed or unknown. */
const char *preload_dir(void);

/* For libotel_api: the snapshot taken before the program ran, NULL when the process did not ask. */
__attribute__((visibility("default"))) const struct otel_boot *otel_preload_boot_v1(void);

/* One line to the operator, "otel-c: " before it and a newline after it, while fd 2 is what it was at load. */
void preload_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif

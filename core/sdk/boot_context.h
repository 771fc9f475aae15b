/* SPDX-License-Identifier: Apache-2.0
 *
 * boot_context.h - [otel] context_from_environment: the trace this process was started in goes on in its main thread.
 */
#ifndef OTEL_SDK_BOOT_CONTEXT_H
#define OTEL_SDK_BOOT_CONTEXT_H

#include "config/config.h"
#include "util/boot.h"

/* If asked for and told, what TRACEPARENT and the like say becomes current, for ever, below whatever the program
 * attaches. On another thread than the main one, or where something is attached, nothing happens. The provider is set
 * up. */
void boot_context_attach(const struct config *config, const struct otel_boot *boot);

#endif

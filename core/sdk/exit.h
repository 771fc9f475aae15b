/* SPDX-License-Identifier: Apache-2.0
 *
 * exit.h - the last flush of a process that does not stop the SDK itself.
 */
#ifndef OTEL_SDK_EXIT_H
#define OTEL_SDK_EXIT_H

#include <stdint.h>

/* [exit] timeout; makes this process the one whose exit flushes, and registers the handler the first time. */
void exit_setup(uint32_t timeout_ms);

/* Registers the exit handler, again each time: handlers run last in, first out, and ours must run before the TLS
 * library's, which may be registered long after the SDK's start. Only the first one that runs does anything. */
void exit_arm(void);

/* In the child of a fork: its own exit flushes its own spans. */
void exit_fork_child(void);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * fork.h - this copy's atfork handlers.
 */
#ifndef OTEL_API_FORK_H
#define OTEL_API_FORK_H

/* Registers them, once. A process that wakes no SDK has none. */
void fork_arm(void);

#endif

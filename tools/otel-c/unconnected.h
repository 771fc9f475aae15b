/* SPDX-License-Identifier: Apache-2.0
 *
 * unconnected.h - tries for which there was no connection: nothing was sent, so the next one sends nothing anew.
 */
#ifndef OTEL_TOOLS_UNCONNECTED_H
#define OTEL_TOOLS_UNCONNECTED_H

#include <stdint.h>

/* Counts from here on. Before there is a pipeline. */
void unconnected_watch(void);

/* How many since the last time that was asked. */
uint64_t unconnected_take(void);

#endif

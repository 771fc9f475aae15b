/* SPDX-License-Identifier: Apache-2.0
 *
 * memory.h - the exporter "memory" behind otel/memory.h.
 */
#ifndef OTEL_SDK_MEMORY_H
#define OTEL_SDK_MEMORY_H

#include <otel/plugin.h>

extern const otel_exporter memory_exporter;

/* The child starts with nothing. Its lock is taken after the pipeline's. */
void memory_fork_prepare(void);
void memory_fork_parent(void);
void memory_fork_child(void);

#endif

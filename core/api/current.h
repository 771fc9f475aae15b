/* SPDX-License-Identifier: Apache-2.0
 *
 * current.h - the calling thread's current context as a block that can be read, without allocating one.
 */
#ifndef OTEL_API_CURRENT_H
#define OTEL_API_CURRENT_H

#include "api/context_block.h"
#include "api/thread.h"

/* The current context, borrowed: the thread's own block, NULL for the root, or *room filled from the attached span.
 * To be given back with current_leave() before room goes. */
const otel_context *current_look(struct otel_thread *th, struct otel_context *room) HIDDEN;
void current_leave(const otel_context *current, struct otel_context *room) HIDDEN;

#endif

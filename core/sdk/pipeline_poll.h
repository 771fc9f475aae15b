/* SPDX-License-Identifier: Apache-2.0
 *
 * pipeline_poll.h - the pipeline without a thread of its own: rounds on the threads of those who ask.
 */
#ifndef OTEL_SDK_PIPELINE_POLL_H
#define OTEL_SDK_PIPELINE_POLL_H

#include "sdk/pipeline_state.h"

/* Rounds until is_done(arg), the deadline, or the end of the pipeline (then true). False: somebody else is at it, or this
 * is one of its callbacks. */
bool poll_until(uint64_t deadline_ms, bool (*is_done)(void *arg), void *arg);

void poll_fork_child(void);

#endif

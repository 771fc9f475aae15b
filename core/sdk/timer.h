/* SPDX-License-Identifier: Apache-2.0
 *
 * timer.h - what plugins want to be called for later (otel_host.timer). Bounded; each fires once.
 */
#ifndef OTEL_SDK_TIMER_H
#define OTEL_SDK_TIMER_H

#include <otel/plugin.h>

#define TIMERS_MAX 64

/* Any thread. OTEL_UNSUPPORTED: there are TIMERS_MAX already. */
otel_status timer_add(uint64_t due_ms, void (*fire)(void *arg), void *arg);

/* When the next is due, UINT64_MAX if there is none. */
uint64_t timer_due(void);

/* Calls what is due, with nothing locked here. Pipeline thread. */
void timer_fire(uint64_t now_ms);

/* At stop: nothing that was asked for before is called any more. */
void timer_clear(void);

/* atfork. The child keeps what its parent was waiting for. */
void timer_fork_prepare(void);
void timer_fork_parent(void);
void timer_fork_child(void);

#endif

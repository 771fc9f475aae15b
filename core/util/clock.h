/* SPDX-License-Identifier: Apache-2.0
 *
 * clock.h - the two clocks, through the vDSO where the process may use it.
 */
#ifndef OTEL_UTIL_CLOCK_H
#define OTEL_UTIL_CLOCK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* The vDSO kills threads that may not read the time stamp counter (PR_TSC_SIGSEGV); the system call does not. */
extern _Atomic bool clock_by_call;

void clock_call(clockid_t id, struct timespec *t);

/* Looks whether it is so for the calling thread, and so for those that it makes. Start thread. */
void clock_setup(void);

bool clock_counter_is_forbidden(void);

/* For a thread of our own, on which libraries read clocks as they please. */
void clock_own_thread(void);

static inline uint64_t clock_read(clockid_t id)
{
	struct timespec t;

	if (__builtin_expect(atomic_load_explicit(&clock_by_call, memory_order_relaxed), 0))
		clock_call(id, &t);
	else
		clock_gettime(id, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* Nanoseconds since the Unix epoch: what spans carry. */
static inline uint64_t clock_unix_ns(void)
{
	return clock_read(CLOCK_REALTIME);
}

/* Milliseconds that never step: what deadlines are made of. */
static inline uint64_t clock_mono_ms(void)
{
	return clock_read(CLOCK_MONOTONIC) / 1000000u;
}

/* What time is left until the deadline; 0 after it. */
static inline uint32_t clock_ms_until(uint64_t deadline_ms)
{
	const uint64_t now = clock_mono_ms();

	return now < deadline_ms ? (uint32_t)(deadline_ms - now) : 0;
}

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * clock_tsc.h - CLOCK_REALTIME with the help of the processor's time stamp counter, for threads that read it often: the
 * system's reading is good for a millisecond, within which the counter says how much later it is.
 *
 * So a time is wrong by no more than a millisecond's slew (500 ns), and for no more than a millisecond when the clock is
 * set. What the kernel does in its vDSO is the same, with a fence that costs more than the counter.
 */
#ifndef OTEL_UTIL_CLOCK_TSC_H
#define OTEL_UTIL_CLOCK_TSC_H

#include <stdatomic.h>

#include "util/clock.h"

/* A thread's last reading of the system's clock. All zero: none. Not for signal handlers beside their thread. */
struct clock_anchor {
	uint64_t ticks;
	uint64_t real_ns; /* then */
};

/* For clock_span_ns(): how many ticks an anchor is good for, 0 = the counter is not used; nanoseconds per tick, times
 * 2^32, which is there before the other. */
extern _Atomic uint64_t clock_tsc_reach;
extern _Atomic uint64_t clock_tsc_scale;

/* NULL, or why this process cannot use the counter. Keeps errno. */
const char *clock_tsc_obstacle(void);

/* Asks for it. It begins once the pipeline thread has seen that nothing stands against it, and has measured it. */
void clock_tsc_begin(void);

/* Off, as it is at first. */
void clock_tsc_end(void);

/* Measures it if that is due (now_ms by clock_mono_ms()); pipeline thread, in each of its rounds. */
void clock_tsc_measure(uint64_t now_ms);

/* When a round is wanted for that alone, UINT64_MAX: not at all. Pipeline thread. */
uint64_t clock_tsc_due(void);

/* Asks the system, and notes the answer. */
uint64_t clock_tsc_renew(struct clock_anchor *anchor);

/* Nanoseconds since the Unix epoch: the time of a span. */
static inline uint64_t clock_span_ns(struct clock_anchor *anchor)
{
#if defined(__x86_64__)
	const uint64_t reach = atomic_load_explicit(&clock_tsc_reach, memory_order_acquire);

	if (__builtin_expect(reach != 0, 1)) {
		const uint64_t ticks = __builtin_ia32_rdtsc() - anchor->ticks;
		if (__builtin_expect(ticks >= reach, 0))
			return clock_tsc_renew(anchor);
		return anchor->real_ns + (ticks * atomic_load_explicit(&clock_tsc_scale, memory_order_relaxed) >> 32);
	}
#else
	(void)anchor;
#endif
	return clock_unix_ns();
}

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * neighbour.h - whether this thread has its core to itself.
 *
 * On a virtual machine the other hyperthread of the core may be somebody else's. While it works, a span takes up to
 * twice as long, and reading the clock, which waits more than it computes, hardly longer: a round that was measured
 * beside it says more about the neighbour than about the span. A fixed piece of pure computation shows it.
 */
#ifndef BENCH_NEIGHBOUR_H
#define BENCH_NEIGHBOUR_H

#include "measure.h"

/* Disturbed: what took so much longer than the fastest piece of this run. */
#define NEIGHBOUR_TOLERANCE 1.15

/* ns of the piece, about 2000: additions that need not wait for each other. */
__attribute__((noinline)) static double neighbour_time(void)
{
	uint64_t a = 1, b = 2, c = 3, d = 4, e = 5, f = 6;
	const uint64_t begin = now_ns(CLOCK_MONOTONIC);
	for (uint64_t i = 0; i < 4000; i++) {
		a += i, b += i, c += i, d += i, e += i, f += i;
		__asm__ volatile("" : "+r"(a), "+r"(b), "+r"(c), "+r"(d), "+r"(e), "+r"(f));
	}
	return (double)(now_ns(CLOCK_MONOTONIC) - begin);
}

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * clock_pace.h - how fast a counter runs beside the system's clock. Pure arithmetic; clock_tsc.h has the counter.
 */
#ifndef OTEL_UTIL_CLOCK_PACE_H
#define OTEL_UTIL_CLOCK_PACE_H

#include <stdbool.h>
#include <stdint.h>

/* The counter and a clock at one moment. */
struct clock_sample {
	uint64_t ticks;
	uint64_t ns;
};

/* Nanoseconds of so many ticks at a pace of `scale`: nanoseconds per tick, times 2^32. */
static inline uint64_t clock_pace_ns(uint64_t ticks, uint64_t scale)
{
	__extension__ typedef unsigned __int128 wide;

	return (uint64_t)((wide)ticks * scale >> 32);
}

/* The pace between two samples; 0: no counter runs so. */
uint64_t clock_pace(const struct clock_sample *before, const struct clock_sample *now);

/* Are they the same but for what a clock is slewed by? A counter that runs otherwise than it did is another one: that of
 * another machine, or one that stood still. */
bool clock_pace_holds(uint64_t scale, uint64_t measured);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * clock_line.h - the system's clock as a straight line over a counter: where it is, how steep, how far it may be
 * followed. Pure arithmetic; clock_tsc.h has the counter.
 */
#ifndef OTEL_UTIL_CLOCK_LINE_H
#define OTEL_UTIL_CLOCK_LINE_H

#include <stdbool.h>
#include <stdint.h>

#define CLOCK_LINE_VALID_NS UINT64_C(2000000000) /* a line is followed no longer: then the system is asked again */
#define CLOCK_LINE_STEP_NS  1000000 /* what is further off was set, and is followed at once; else little by little */

/* The counter and the clocks at one moment. */
struct clock_sample {
	uint64_t ticks;
	uint64_t real_ns;
	uint64_t mono_ns; /* slewed like the other, but never set */
};

/* All zero: none. */
struct clock_line {
	uint64_t ticks;
	uint64_t real_ns; /* then */
	uint64_t scale; /* nanoseconds per tick, times 2^32 */
	uint64_t max_ticks; /* how far it may be followed */
};

__extension__ typedef unsigned __int128 clock_wide;

/* False: ticks is before the line or too far behind it. */
static inline bool clock_line_read(const struct clock_line *line, uint64_t ticks, uint64_t *ns)
{
	const uint64_t passed = ticks - line->ticks;

	*ns = line->real_ns + (uint64_t)((clock_wide)passed * line->scale >> 32);
	return passed < line->max_ticks;
}

/* Redraws the line from now on, so that it has no edge where the clock had none; `before` is an earlier sample, from
 * which it learns how fast the counter is. False: the counter cannot be trusted over that time, there is no line. */
bool clock_line_draw(struct clock_line *line, const struct clock_sample *before, const struct clock_sample *now);

#endif

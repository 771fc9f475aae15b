/* SPDX-License-Identifier: Apache-2.0
 *
 * clock_line.c - drawing the line anew: on from where it is, a little steeper or flatter, so that it meets the clock a
 * second later.
 */
#include "util/clock_line.h"

#include <stdlib.h>

#define SECOND_NS 1000000000
#define MAX_DRIFT 1024 /* a counter that runs off by a 1024th is not the one it was */
#define MIN_SCALE (UINT64_C(1) << 28) /* of a counter of 16 GHz */
#define MAX_SCALE (UINT64_C(1) << 42) /* and of one of 1 MHz */

/* Nanoseconds per tick, times 2^32; 0: not to be had from these. */
static uint64_t measure(const struct clock_sample *before, const struct clock_sample *now)
{
	const uint64_t ticks = now->ticks - before->ticks;
	clock_wide scale;

	if (now->ticks <= before->ticks || now->mono_ns <= before->mono_ns)
		return 0;
	scale = ((clock_wide)(now->mono_ns - before->mono_ns) << 32) / ticks;
	return scale >= MIN_SCALE && scale <= MAX_SCALE ? (uint64_t)scale : 0;
}

static bool keeps_pace(const struct clock_line *line, uint64_t scale)
{
	const uint64_t apart = scale > line->scale ? scale - line->scale : line->scale - scale;

	return !line->scale || apart < line->scale / MAX_DRIFT;
}

bool clock_line_draw(struct clock_line *line, const struct clock_sample *before, const struct clock_sample *now)
{
	uint64_t scale = measure(before, now);
	uint64_t real_ns;
	int64_t off = 0;

	if (!scale || !keeps_pace(line, scale)) {
		*line = (struct clock_line){0};
		return false;
	}
	const bool followed = line->scale && clock_line_read(line, now->ticks, &real_ns);
	if (followed)
		off = (int64_t)(now->real_ns - real_ns);
	if (!followed || llabs(off) > CLOCK_LINE_STEP_NS) {
		real_ns = now->real_ns;
		off = 0;
	}
	*line = (struct clock_line){
		.ticks = now->ticks,
		.real_ns = real_ns,
		.max_ticks = (uint64_t)(((clock_wide)CLOCK_LINE_VALID_NS << 32) / scale),
		.scale = scale + (uint64_t)((int64_t)scale / 1024 * off / (SECOND_NS / 1024)),
	};
	return true;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * clock_pace.c - see the header.
 */
#include "util/clock_pace.h"

#define MIN_SCALE (UINT64_C(1) << 28) /* of a counter of 16 GHz */
#define MAX_SCALE (UINT64_C(1) << 42) /* and of one of 1 MHz */
#define MAX_DRIFT 128 /* NTP slews by at most a 2000th; the rest is for samples that lie close together */

uint64_t clock_pace(const struct clock_sample *before, const struct clock_sample *now)
{
	__extension__ typedef unsigned __int128 wide;

	if (now->ticks <= before->ticks || now->ns <= before->ns)
		return 0;
	const wide scale = ((wide)(now->ns - before->ns) << 32) / (now->ticks - before->ticks);
	return scale >= MIN_SCALE && scale <= MAX_SCALE ? (uint64_t)scale : 0;
}

bool clock_pace_holds(uint64_t scale, uint64_t measured)
{
	const uint64_t apart = measured > scale ? measured - scale : scale - measured;

	return apart < scale / MAX_DRIFT;
}

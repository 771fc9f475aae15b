/* SPDX-License-Identifier: Apache-2.0
 *
 * kept.c - see the header.
 */
#include "http/kept.h"

#include <limits.h>

#include "http/sock.h"
#include "util/clock.h"

#define NAP_MS 100u /* less than this is the distance of two readings */

/* Pipeline thread. */
static struct {
	uint64_t asleep_ms; /* time that CLOCK_MONOTONIC did not count, so far */
	uint64_t doubt_ms;
	bool has_looked;
	bool has_doubt;
} kept;

static bool was_asleep(void)
{
	const uint64_t awake = clock_mono_ms();
	const uint64_t all = clock_read(CLOCK_BOOTTIME) / 1000000u;
	const uint64_t asleep = all > awake ? all - awake : 0;
	const bool is_more = kept.has_looked && asleep > kept.asleep_ms + NAP_MS;

	kept.asleep_ms = asleep;
	kept.has_looked = true;
	return is_more;
}

void kept_look(void)
{
	if (was_asleep() || sock_any_leaves())
		kept_doubt();
}

void kept_doubt(void)
{
	kept.doubt_ms = clock_mono_ms();
	kept.has_doubt = true;
}

long kept_max_age(void)
{
	if (!kept.has_doubt)
		return -1;
	/* libcurl counts whole seconds, and reuses what is as old as that. */
	const uint64_t seconds = (clock_mono_ms() - kept.doubt_ms) / 1000u;
	if (seconds < 2)
		return 0;
	return seconds > INT_MAX ? -1 : (long)seconds - 1;
}

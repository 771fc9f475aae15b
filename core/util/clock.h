/* SPDX-License-Identifier: Apache-2.0
 *
 * clock.h - the two clocks, through the vDSO.
 */
#ifndef OTEL_UTIL_CLOCK_H
#define OTEL_UTIL_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline uint64_t clock_read(clockid_t id)
{
	struct timespec t;
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

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * clock_tsc.h - CLOCK_REALTIME by the processor's time stamp counter, for who reads it often. Whenever there is a doubt
 * (not calibrated, not aligned for seconds, being aligned, on a processor whose counter is behind) the system is asked.
 */
#ifndef OTEL_UTIL_CLOCK_TSC_H
#define OTEL_UTIL_CLOCK_TSC_H

#include <stdatomic.h>

#include "util/clock.h"

/* Odd: there is no line to be read; the rest of the time its version. */
extern _Atomic uint32_t clock_tsc_version;

/* Asks for it; it is calibrated as it is aligned. NULL, or why the counter cannot be used; then it is off. */
const char *clock_tsc_begin(void);

/* Off, as it is at first: a line that is just being drawn may be followed a little longer. */
void clock_tsc_end(void);

/* Aligns it to the system's clock (now_ms by clock_mono_ms()) if that is due; pipeline thread. */
void clock_tsc_align(uint64_t now_ms);

/* When it is due next, UINT64_MAX: never. Pipeline thread. */
uint64_t clock_tsc_due(void);

uint64_t clock_tsc_unix_ns(void);

/* Nanoseconds since the Unix epoch: the time of a span. */
static inline uint64_t clock_span_ns(void)
{
	if (__builtin_expect(atomic_load_explicit(&clock_tsc_version, memory_order_relaxed) & 1, 1))
		return clock_unix_ns();
	return clock_tsc_unix_ns();
}

#endif

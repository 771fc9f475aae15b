/* SPDX-License-Identifier: Apache-2.0
 *
 * backoff.h - how long an exporter waits for its next try: twice as long after each failure up to a maximum, with
 * jitter, so that many processes do not come back at the same time.
 */
#ifndef OTEL_SDK_BACKOFF_H
#define OTEL_SDK_BACKOFF_H

#include <stdint.h>

/* [export] retry_... The specification asks for exponential backoff with jitter, and gives no numbers. */
struct backoff {
	uint32_t initial_ms; /* until the second try */
	uint32_t max_ms; /* between two tries */
	uint32_t elapsed_ms; /* a batch whose try fails so long after its first is given up; 0 = never */
};

/* The whole wait after a failure that followed on so many; never 0. Pure. */
uint32_t backoff_full_ms(const struct backoff *backoff, uint32_t failures);

/* Half of that or more, by chance. Keeps no state that a fork could double. */
uint32_t backoff_wait_ms(const struct backoff *backoff, uint32_t failures);

#endif

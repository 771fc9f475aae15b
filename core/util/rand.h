/* SPDX-License-Identifier: Apache-2.0
 *
 * rand.h - xoshiro256++ 1.0 (Blackman, Vigna), seeded by getrandom(2). Not for secrets.
 */
#ifndef OTEL_UTIL_RAND_H
#define OTEL_UTIL_RAND_H

#include <stdint.h>

struct rand_state {
	uint64_t s[4];
};

void rand_seed(struct rand_state *r); /* never blocks: falls back to clocks and addresses before the pool is ready */
uint64_t rand_next(struct rand_state *r);

#endif

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

static inline uint64_t rand_rotate(uint64_t v, unsigned bits)
{
	return v << bits | v >> (64 - bits);
}

static inline uint64_t rand_next(struct rand_state *r)
{
	uint64_t *s = r->s;
	const uint64_t result = rand_rotate(s[0] + s[3], 23) + s[0];
	const uint64_t t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rand_rotate(s[3], 45);
	return result;
}

#endif

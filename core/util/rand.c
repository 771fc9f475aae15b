/* SPDX-License-Identifier: Apache-2.0
 *
 * rand.c - the seed of xoshiro256++.
 */
#include "util/rand.h"

#include <errno.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "util/clock.h"

/* splitmix64: spreads a few weak bits over the state. */
static uint64_t spread_(uint64_t *weak)
{
	uint64_t z = *weak += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static void seed_weak_(struct rand_state *r)
{
	uint64_t weak = clock_unix_ns() ^ rand_rotate(clock_read(CLOCK_MONOTONIC), 32);

	weak ^= rand_rotate((uint64_t)getpid() << 32 | (uint64_t)gettid(), 7) ^ (uint64_t)(uintptr_t)r;
	weak ^= rand_rotate((uint64_t)(uintptr_t)&weak, 17);
	for (int i = 0; i < 4; i++)
		r->s[i] = spread_(&weak);
}

void rand_seed(struct rand_state *r)
{
	int saved = errno;
	ssize_t got = getrandom(r->s, sizeof(r->s), GRND_NONBLOCK);

	errno = saved;
	/* The generator never leaves the all-zero state. */
	if (got != (ssize_t)sizeof(r->s) || !(r->s[0] | r->s[1] | r->s[2] | r->s[3]))
		seed_weak_(r);
}

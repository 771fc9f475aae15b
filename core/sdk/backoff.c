/* SPDX-License-Identifier: Apache-2.0
 *
 * backoff.c - see the header.
 */
#include "sdk/backoff.h"

#include "util/rand.h"

enum { DOUBLINGS_MAX = 31 }; /* with these any wait is past any maximum */

uint32_t backoff_full_ms(const struct backoff *backoff, uint32_t failures)
{
	const uint32_t doublings = failures < DOUBLINGS_MAX ? failures : DOUBLINGS_MAX;
	const uint64_t grown = (uint64_t)backoff->initial_ms << doublings;
	const uint32_t full = grown < backoff->max_ms ? (uint32_t)grown : backoff->max_ms;

	return full ? full : 1;
}

uint32_t backoff_wait_ms(const struct backoff *backoff, uint32_t failures)
{
	const uint32_t full = backoff_full_ms(backoff, failures);
	const uint32_t least = full - full / 2;
	struct rand_state state;

	rand_seed(&state);
	return least + (uint32_t)(rand_next(&state) % (full - least + 1));
}

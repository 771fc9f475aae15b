/* SPDX-License-Identifier: Apache-2.0
 *
 * bucket.h - so many a second, without a lock: the time at which the bucket will be full again stands for its content.
 */
#ifndef PLUGINS_JAEGER_REMOTE_BUCKET_H
#define PLUGINS_JAEGER_REMOTE_BUCKET_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define BUCKET_UNITS (UINT64_C(1) << 20) /* in a millisecond */

struct bucket_rate {
	uint64_t interval; /* between two; 0: none at all */
	uint64_t slack; /* how far ahead the bucket may be when one more is taken */
};

/* All zero: full. */
struct bucket {
	_Atomic uint64_t full_at;
};

/* A second's worth may be taken at once, and at least one. */
static inline struct bucket_rate bucket_rate(double per_second)
{
	const double interval = per_second > 0 ? 1000.0 / per_second * (double)BUCKET_UNITS : 0;
	const double most = (double)(UINT64_MAX >> 2);
	struct bucket_rate rate = {0, 0};

	if (!(interval > 0))
		return rate;
	rate.interval = interval < 1 ? 1 : interval > most ? (uint64_t)most : (uint64_t)interval;
	if (per_second > 1)
		rate.slack = (uint64_t)((double)rate.interval * (per_second - 1));
	return rate;
}

static inline bool bucket_take(struct bucket *bucket, const struct bucket_rate *rate, uint64_t now_ms)
{
	const uint64_t now = now_ms * BUCKET_UNITS;
	uint64_t full_at = atomic_load_explicit(&bucket->full_at, memory_order_relaxed);
	uint64_t from;

	if (!rate->interval)
		return false;
	do {
		from = full_at > now ? full_at : now;
		if (from - now > rate->slack)
			return false;
	} while (!atomic_compare_exchange_weak_explicit(&bucket->full_at, &full_at, from + rate->interval,
							memory_order_relaxed, memory_order_relaxed));
	return true;
}

#endif

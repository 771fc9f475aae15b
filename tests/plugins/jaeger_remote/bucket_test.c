/* SPDX-License-Identifier: Apache-2.0
 *
 * bucket_test.c - so many a second, over seconds that the test tells.
 */
#include "plugins/jaeger_remote/bucket.h"

#include <check.h>
#include <pthread.h>

#include "support/suite.h"

static unsigned take(struct bucket *bucket, double per_second, unsigned tries, uint64_t now_ms)
{
	const struct bucket_rate rate = bucket_rate(per_second);
	unsigned taken = 0;

	while (tries--)
		taken += bucket_take(bucket, &rate, now_ms);
	return taken;
}

START_TEST(a_full_bucket_gives_what_a_second_brings)
{
	static const struct {
		double per_second;
		unsigned at_once, after_a_second, after_an_hour;
	} rows[] = {
		{0, 0, 0, 0},   {-1, 0, 0, 0},    {1, 1, 1, 1},     {100, 100, 100, 100},
		{0.5, 1, 0, 1}, {0.001, 1, 0, 1}, {1e-12, 1, 0, 0}, {1e9, 2000, 2000, 2000},
	};
	struct bucket bucket = {0};

	ck_assert_uint_eq(take(&bucket, rows[_i].per_second, 2000, 5000000), rows[_i].at_once);
	ck_assert_uint_eq(take(&bucket, rows[_i].per_second, 2000, 5001000), rows[_i].after_a_second);
	ck_assert_uint_eq(take(&bucket, rows[_i].per_second, 2000, 8601000), rows[_i].after_an_hour);
}
END_TEST

START_TEST(what_is_not_taken_is_not_saved_beyond_a_second)
{
	struct bucket bucket = {0};

	ck_assert_uint_eq(take(&bucket, 10, 4, 1000), 4);
	ck_assert_uint_eq(take(&bucket, 10, 100, 1300), 9);
	ck_assert_uint_eq(take(&bucket, 10, 100, 1350), 0);
	ck_assert_uint_eq(take(&bucket, 10, 100, 1400), 1);
}
END_TEST

START_TEST(a_clock_that_has_just_begun_is_no_matter)
{
	struct bucket bucket = {0};

	ck_assert_uint_eq(take(&bucket, 5, 100, 0), 5);
}
END_TEST

static struct bucket shared;
static _Atomic unsigned total;

static void *take_many(void *arg)
{
	(void)arg;
	atomic_fetch_add(&total, take(&shared, 1000, 2000, 77));
	return NULL;
}

START_TEST(threads_together_take_no_more_than_one)
{
	pthread_t threads[4];

	for (int i = 0; i < 4; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, take_many, NULL), 0);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	ck_assert_uint_eq(atomic_load(&total), 1000);
}
END_TEST

SUITE_MAIN("bucket", NULL, {a_full_bucket_gives_what_a_second_brings, 8},
	   {what_is_not_taken_is_not_saved_beyond_a_second, 0}, {a_clock_that_has_just_begun_is_no_matter, 0},
	   {threads_together_take_no_more_than_one, 0})

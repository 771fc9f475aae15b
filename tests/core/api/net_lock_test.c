/* SPDX-License-Identifier: Apache-2.0
 *
 * net_lock_test.c - re-entrance, deadlines, and who may unlock.
 */
#include "api/net_lock.h"

#include <pthread.h>

#include "api/slot.h"
#include "support/suite.h"

static void *try_lock(void *arg)
{
	int timeout_ms = *(int *)arg;
	bool had = net_lock(timeout_ms);

	if (had)
		net_unlock();
	return had ? arg : NULL;
}

static bool another_gets_it(int timeout_ms)
{
	pthread_t thread;
	void *had;

	ck_assert(!pthread_create(&thread, NULL, try_lock, &timeout_ms));
	pthread_join(thread, &had);
	return had != NULL;
}

START_TEST(others_get_it_only_after_the_last_unlock)
{
	ck_assert(net_lock(-1));
	ck_assert(net_lock(0));
	ck_assert(net_lock_is_mine());
	net_unlock();
	ck_assert(!another_gets_it(0));
	ck_assert(!another_gets_it(10));
	net_unlock();
	ck_assert(!net_lock_is_mine());
	ck_assert(another_gets_it(0));
	ck_assert(another_gets_it(1500));
	ck_assert(another_gets_it(-1));
}
END_TEST

START_TEST(unlocking_what_one_does_not_hold_is_counted)
{
	uint64_t before = otel_api_slot_v1()->misuse;

	net_unlock();
	ck_assert_uint_eq(otel_api_slot_v1()->misuse, before + 1);
	ck_assert(another_gets_it(0));
}
END_TEST

SUITE_MAIN("net_lock", NULL, {others_get_it_only_after_the_last_unlock, 0},
	   {unlocking_what_one_does_not_hold_is_counted, 0})

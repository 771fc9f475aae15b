/* SPDX-License-Identifier: Apache-2.0
 *
 * start_copy_test.c - a second copy of the API in a program whose SDK is running, or was.
 */
#include "api/slot.h"
#include "core/sdk/start_span_support.h"

extern otel_sdk_attach_fn otel_sdk_attach_v1;

static struct otel_thread other_thread;

static struct otel_thread *other_thread_block(void)
{
	return &other_thread;
}

static bool other_lock(int timeout_ms)
{
	(void)timeout_ms;
	return true;
}

static void other_nothing(void)
{
}

static struct otel_slot other = {.size = sizeof other,
				 .api_version = "0.1.0",
				 .thread = other_thread_block,
				 .net_lock = other_lock,
				 .net_unlock = other_nothing,
				 .arm_fork = other_nothing};

START_TEST(a_second_copy_of_the_api_gets_the_same_provider_and_the_firsts_current)
{
	start_ok(NULL);
	ck_assert_int_eq(otel_sdk_attach_v1(&other, NULL), OTEL_ALREADY);
	struct otel_slot *own = otel_api_slot_v1();
	ck_assert_ptr_nonnull(atomic_load(&other.provider));
	ck_assert_ptr_eq(atomic_load(&other.provider), atomic_load(&own->provider));
	ck_assert_ptr_eq(atomic_load(&other.shared_thread)(), own->thread());
	ck_assert_ptr_null(atomic_load(&own->shared_thread));
	ck_assert_ptr_null(atomic_load(&other.fork_hooks));
	ck_assert_ptr_nonnull(atomic_load(&own->fork_hooks));
}
END_TEST

START_TEST(a_stopped_sdk_is_not_woken_by_another_copy)
{
	static struct otel_slot late;
	start_ok(NULL);
	ck_assert_int_eq(otel_sdk_stop(5000), OTEL_OK);
	late = (struct otel_slot){.size = sizeof late,
				  .thread = other_thread_block,
				  .net_lock = other_lock,
				  .net_unlock = other_nothing,
				  .arm_fork = other_nothing};
	ck_assert_int_eq(otel_sdk_attach_v1(&late, NULL), OTEL_ALREADY);
	ck_assert_ptr_nonnull(atomic_load(&late.provider));
	make_span("not recorded");
	ck_assert_int_eq(otel_sdk_flush(100), OTEL_FAILED);
}
END_TEST

START_TEST(a_copy_of_an_unknown_make_is_refused)
{
	struct otel_slot tiny = {.size = 16};
	ck_assert_int_eq(otel_sdk_start_v1(&tiny, NULL), OTEL_MISMATCH);
	ck_assert_int_eq(otel_sdk_start_v1(NULL, NULL), OTEL_MISMATCH);
}
END_TEST

START_MAIN("start_copy", {a_second_copy_of_the_api_gets_the_same_provider_and_the_firsts_current, 0},
	   {a_stopped_sdk_is_not_woken_by_another_copy, 0}, {a_copy_of_an_unknown_make_is_refused, 0})

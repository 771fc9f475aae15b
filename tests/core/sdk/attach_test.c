/* SPDX-License-Identifier: Apache-2.0
 *
 * attach_test.c - copies of the API at the SDK's door: who wakes it, who joins, who is sent away for good.
 */
#include <otel/otel.h>
#include <otel/sdk.h>

#include <errno.h>

#include "core/plugin/support.h"
#include "sdk/slots.h"
#include "sdk/start.h"

extern otel_sdk_attach_fn otel_sdk_attach_v1;

static struct otel_thread *no_thread(void)
{
	static struct otel_thread thread;
	return &thread;
}

static bool lock(int timeout_ms)
{
	(void)timeout_ms;
	return true;
}

static void nothing(void)
{
}

#define COPY                                                                                                           \
	{                                                                                                              \
		.size = sizeof(struct otel_slot), .thread = no_thread, .net_lock = lock, .net_unlock = nothing,        \
		.arm_fork = nothing                                                                                    \
	}

static void setup(void)
{
	said();
}

/* In this order: a start that failed is remembered, and one that worked, too. */

START_TEST(without_an_environment_that_may_start_it_nothing_is_woken)
{
	static struct otel_slot copy = COPY;
	static const char *const env[] = {"OTEL_DISTRO=aws", NULL};
	const struct otel_boot secure = {.size = sizeof secure, .env = env, .secure = true};

	errno = 4711;
	ck_assert_int_eq(otel_sdk_attach_v1(&copy, NULL), OTEL_DENIED);
	ck_assert_int_eq(otel_sdk_attach_v1(&copy, &secure), OTEL_DENIED);
	ck_assert_int_eq(errno, 4711);
	ck_assert_str_eq(otel_last_error(), "the environment of this program may not start the SDK");
	ck_silent();
	ck_assert_ptr_null(atomic_load(&copy.provider));
	ck_assert_ptr_null(slots_first());
	ck_assert_int_eq(start_state(), START_IDLE);
}
END_TEST

START_TEST(what_failed_for_one_copy_is_not_tried_for_the_next)
{
	static struct otel_slot copy = COPY, next = COPY;
	static const char *const bad[] = {"OTEL_DISTRO=no such distro", NULL};
	static const char *const good[] = {"OTEL_TRACES_EXPORTER=none", NULL};
	const struct otel_boot bad_boot = {.size = sizeof bad_boot, .env = bad};
	const struct otel_boot good_boot = {.size = sizeof good_boot, .env = good};

	errno = 4711;
	ck_assert_int_eq(otel_sdk_attach_v1(&copy, &bad_boot), OTEL_INVALID);
	ck_assert_int_eq(errno, 4711);
	ck_assert_ptr_eq(strstr(otel_last_error(), "OTEL_DISTRO: \"no such distro\" is no name of a distro"),
			 otel_last_error());
	said();
	ck_assert_int_eq(otel_sdk_attach_v1(&next, &good_boot), OTEL_INVALID);
	ck_silent();
	ck_assert_ptr_null(atomic_load(&copy.provider));
	ck_assert_ptr_null(atomic_load(&next.provider));
	ck_assert_int_eq(start_state(), START_IDLE);
}
END_TEST

START_TEST(a_copy_joins_an_sdk_that_code_started)
{
	static struct otel_slot copy = COPY;
	const otel_setting none = {"traces.exporter", "none"};

	ck_assert_int_eq(otel_sdk_start(OTEL_SDK_OPTIONS(.settings = &none, .setting_count = 1)), OTEL_OK);
	ck_assert_int_eq(otel_sdk_attach_v1(&copy, NULL), OTEL_ALREADY);
	ck_assert_ptr_eq(atomic_load(&copy.provider), atomic_load(&otel_api_slot_v1()->provider));
}
END_TEST

START_TEST(a_copy_that_comes_after_the_stop_gets_a_provider_that_records_nothing)
{
	static struct otel_slot copy = COPY;

	ck_assert_int_eq(otel_sdk_stop(5000), OTEL_OK);
	ck_assert_int_eq(otel_sdk_attach_v1(&copy, NULL), OTEL_ALREADY);
	ck_assert_ptr_nonnull(atomic_load(&copy.provider));
	ck_assert_int_eq(start_state(), START_STOPPED);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("attach");
	TCase *tc = tcase_create("all");
	tcase_add_checked_fixture(tc, setup, NULL);
	tcase_add_test(tc, without_an_environment_that_may_start_it_nothing_is_woken);
	tcase_add_test(tc, what_failed_for_one_copy_is_not_tried_for_the_next);
	tcase_add_test(tc, a_copy_joins_an_sdk_that_code_started);
	tcase_add_test(tc, a_copy_that_comes_after_the_stop_gets_a_provider_that_records_nothing);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}

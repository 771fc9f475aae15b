/* SPDX-License-Identifier: Apache-2.0
 *
 * blocking_test.c - exporters that block have a thread of their own.
 */
#include "core/sdk/signals_support.h"

static const otel_exporter blocker = {.component = {.size = sizeof blocker, .close = own_close},
				      .signals = EVERY,
				      .flags = OTEL_EXPORTER_BLOCKING,
				      .export_batch = own_export};

START_TEST(a_blocking_exporter_holds_up_nobody)
{
	start_signals("blocker,own", NULL, 0);
	atomic_store(&hold, false);
	ck_assert_int_eq(submit(OTEL_SIGNAL_LOGS, REQUEST("one")), OTEL_OK);
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_str_eq(got, "logs 1: one; logs 1: one; ");
}
END_TEST

START_TEST(a_blocking_exporter_that_hangs_is_left_behind_at_stop)
{
	start_signals("blocker", NULL, 0);
	atomic_store(&hold, true);
	ck_assert_int_eq(submit(OTEL_SIGNAL_LOGS, REQUEST("one")), OTEL_OK);
	wait_until_held();
	start_stop(100);
	ck_assert_uint_eq(closed, 0); /* its thread is inside */
	ck_assert_uint_eq(start_counts().items_dropped, 1);
	atomic_store(&hold, false);
	wait_until_got("logs 1: one; ");
}
END_TEST

static const struct own_component components[] = {{OTEL_COMPONENT_EXPORTER, "blocker", &blocker}, {.name = NULL}};

SIGNALS_MAIN("blocking", components, {a_blocking_exporter_holds_up_nobody, 0},
	     {a_blocking_exporter_that_hangs_is_left_behind_at_stop, 0})

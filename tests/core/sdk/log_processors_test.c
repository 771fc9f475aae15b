/* SPDX-License-Identifier: Apache-2.0
 *
 * log_processors_test.c - a log processor that takes records out and changes others.
 */
#include "core/sdk/signals_support.h"

/* "secret" goes, "old" becomes "new". */
static otel_edit censor(void *self, otel_log_data *log)
{
	static const uint8_t renewed[] = {15 << 3 | 2, 3, 'n', 'e', 'w'};

	(void)self;
	ck_assert_uint_gt(log->scope_len, 0);
	if (memmem(log->data, log->len, "secret", 6))
		return OTEL_EDIT_REMOVE;
	if (!memmem(log->data, log->len, "old", 3))
		return OTEL_EDIT_KEEP;
	log->data = renewed;
	log->len = sizeof renewed;
	return OTEL_EDIT_REPLACE;
}

static atomic_uint flushed;

static otel_status censor_flush(void *self, uint32_t timeout_ms)
{
	(void)self;
	(void)timeout_ms;
	flushed++;
	return OTEL_OK;
}

static const otel_log_processor censor_processor = {
	.component = {.size = sizeof censor_processor}, .on_emit = censor, .flush = censor_flush};

START_TEST(log_processors_take_records_out_and_change_them)
{
	static const otel_setting settings[] = {{"logs.processors", "censor"}};

	start_signals("own", settings, 1);
	ck_assert_int_eq(submit(OTEL_SIGNAL_LOGS, REQUEST("plain", "secret", "old")), OTEL_OK);
	ck_assert_int_eq(submit(OTEL_SIGNAL_LOGS, REQUEST("secret")), OTEL_OK);
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_str_eq(got, "logs 2: plain new; ");
	start_stop(5000);
	ck_assert_uint_ge(flushed, 1);
}
END_TEST

static const struct own_component components[] = {{OTEL_COMPONENT_LOG_PROCESSOR, "censor", &censor_processor},
						  {.name = NULL}};

SIGNALS_MAIN("log_processors", components, {log_processors_take_records_out_and_change_them, 0})

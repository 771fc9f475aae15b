/* SPDX-License-Identifier: Apache-2.0
 *
 * summary_test.c - what lies in a spool, counted as people ask for it.
 */
#include "tools/otel-c/spool/summary.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/spool/spool_support.h"
#include "spool/spool_file.h"
#include "spool/spool_lease.h"
#include "support/suite.h"

static struct spool_summary summary;

static void store(const char *exporter, uint32_t signal, uint32_t number, enum spool_state state, uint64_t owner)
{
	struct spool_record record = spool_test_record(exporter, "request");
	uint8_t head[SPOOL_HEAD_MAX];
	const int dir = spool_test_open();

	record.signal = signal;
	const size_t head_len = spool_record_head(&record, head);
	struct spool_name name = spool_test_name(&record, number, number);
	ck_assert_int_eq(spool_file_write(dir, &name, 1, head, head_len, &record), 0);
	if (state != SPOOL_FREE)
		ck_assert(spool_file_move(dir, &name, state, owner));
	close(dir);
}

START_TEST(each_exporter_and_signal_has_a_row)
{
	store("otlp", 1, 5, SPOOL_FREE, 0);
	store("otlp", 1, 3, SPOOL_FREE, 0);
	store("otlp", 4, 1, SPOOL_FREE, 0);
	store("console", 1, 2, SPOOL_BAD, 0);
	ck_assert_ptr_null(spool_summarise(&summary, spool_test_dir, false));
	ck_assert_uint_eq(summary.row_count, 2);
	ck_assert_uint_eq(summary.spans, 6);
	ck_assert_uint_eq(summary.batches, 3);
	ck_assert_uint_eq(summary.quarantined, 1);
	ck_assert_uint_eq(summary.waiting_items, 9);
	for (size_t i = 0; i < 2; i++) {
		const struct spool_row *row = &summary.rows[i];
		ck_assert_str_eq(row->exporter, "otlp");
		ck_assert_uint_eq(row->oldest_ms, row->signal == 1 ? 3 : 1);
		ck_assert_uint_eq(row->batches, row->signal == 1 ? 2 : 1);
	}
}
END_TEST

START_TEST(what_the_living_hold_is_told_apart)
{
	struct spool_lease lease;
	const int dir = spool_test_open();

	ck_assert_ptr_null(spool_lease_take(&lease, dir));
	store("otlp", 1, 1, SPOOL_HELD, lease.owner);
	store("otlp", 1, 2, SPOOL_HELD, lease.owner + 1);
	store("otlp", 1, 3, SPOOL_PART, lease.owner);
	ck_assert_ptr_null(spool_summarise(&summary, spool_test_dir, false));
	ck_assert_uint_eq(summary.batches, 2);
	ck_assert_uint_eq(summary.taken_batches, 1);
	ck_assert_uint_eq(summary.rows[0].taken_items, 3);
	ck_assert_uint_eq(summary.waiting_items, 3);
	spool_lease_end(&lease, dir);
	close(dir);
}
END_TEST

START_TEST(one_that_is_not_there_may_be_meant)
{
	char path[PATH_MAX + 8];

	snprintf(path, sizeof path, "%s/d", spool_test_dir);
	ck_assert_str_eq(spool_summarise(&summary, path, false), "it does not exist");
	ck_assert_ptr_null(spool_summarise(&summary, path, true));
	ck_assert_uint_eq(summary.batches, 0);
	chmod(spool_test_dir, 0755);
	ck_assert_str_eq(spool_summarise(&summary, spool_test_dir, true), "others may enter it; allowed: mode 0700");
}
END_TEST

START_TEST(items_have_a_word)
{
	ck_assert_str_eq(spool_items_word(1, 1), "span");
	ck_assert_str_eq(spool_items_word(1, 0), "spans");
	ck_assert_str_eq(spool_items_word(2, 2), "data points");
	ck_assert_str_eq(spool_items_word(4, 1), "log record");
	ck_assert_str_eq(spool_items_word(99, 2), "spans");
}
END_TEST

SUITE_MAIN("spool_summary", spool_test_begin, {each_exporter_and_signal_has_a_row, 0},
	   {what_the_living_hold_is_told_apart, 0}, {one_that_is_not_there_may_be_meant, 0}, {items_have_a_word, 0})

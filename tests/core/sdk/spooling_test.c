/* SPDX-License-Identifier: Apache-2.0
 *
 * spooling_test.c - batches on their way from the queue of an exporter to the spool.
 */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/sdk/spooling_support.h"

static void finish(otel_export_result result)
{
	ck_assert(tell(result, 0));
	step(0);
}

/* Tries until the time for it is used up. */
static void use_up_the_time(void)
{
	for (int i = 0; i < 100 && queue.first; i++)
		step(1000);
}

START_TEST(what_is_given_up_is_spooled)
{
	set_up(answer_retry, false);
	add(3);
	step(0);
	ck_assert_uint_eq(waiting(), 0);
	use_up_the_time();
	ck_assert_uint_eq(stats.spooled, 3);
	ck_assert_uint_eq(stats.dropped_retry, 0);
	ck_assert_uint_eq(span_log_queued(), 0);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(what_the_backend_refuses_for_good_is_not_spooled)
{
	set_up(answer_drop, true);
	add(3);
	step(0);
	ck_assert_uint_eq(stats.dropped_rejected, 3);
	ck_assert_uint_eq(waiting() + spool_test_count(".held"), 0);
}
END_TEST

START_TEST(a_queue_that_fills_up_lets_the_oldest_go_to_disk)
{
	set_up(answer_retry, false);
	add(4);
	step(0);
	add(4);
	ck_assert_uint_eq(waiting(), 0);
	add(4);
	ck_assert_uint_eq(waiting(), 1);
	ck_assert_uint_eq(queue.spans, 8);
	ck_assert_uint_eq(stats.spooled, 4);
	ck_assert_uint_eq(span_log_queued(), 8);
	ck_assert(support_balanced());
	export_queue_drop(&queue);
	ck_assert_uint_eq(stats.spooled, 12);
}
END_TEST

/* One item with so many bytes. */
static void add_large(size_t len)
{
	uint8_t *request = calloc(1, len);
	struct batch *batch = batch_submitted(OTEL_SIGNAL_TRACES, request, len, 1);

	batch->owners = 1;
	batch->room = 0;
	export_queue_add(&queue, batch);
	batch_unref(batch);
	free(request);
}

START_TEST(so_does_one_with_many_bytes)
{
	set_up(answer_retry, false);
	spooling_setup(&(struct spooling_options){
		.spool = {.directory = spool_test_dir, .origin = "TEST", .quota = {.max_bytes = 100 << 20}}});
	add_large(5 << 20);
	ck_assert_uint_eq(waiting(), 0);
	add_large(5 << 20);
	ck_assert_uint_eq(waiting(), 1);
	ck_assert_uint_eq(stats.submitted_spooled, 1);
	export_queue_drop(&queue);
	ck_assert_uint_eq(waiting(), 2);
}
END_TEST

START_TEST(what_is_under_way_is_left_where_it_is)
{
	set_up(answer_pending, false);
	add(4);
	step(0);
	add(4);
	add(4);
	ck_assert_uint_eq(waiting(), 1);
	ck_assert_uint_eq(queue.spans, 8);
	ck_assert(export_queue_flying(&queue));
	finish(OTEL_EXPORT_DONE);
	ck_assert_uint_eq(stats.accepted, 4);
	export_queue_drop(&queue);
}
END_TEST

START_TEST(a_full_queue_spools_what_comes)
{
	set_up(answer_retry, false);
	queue.limit = 4;
	add(3);
	step(0);
	add(3);
	ck_assert_uint_eq(stats.spooled, 3);
	ck_assert_uint_eq(stats.dropped_queue_full, 0);
	export_queue_drop(&queue);
}
END_TEST

START_TEST(at_the_end_what_has_no_answer_is_spooled_and_ambiguous)
{
	set_up(answer_pending, false);
	add(3);
	step(0);
	add(2);
	export_queue_drop(&queue);
	ck_assert_uint_eq(stats.spooled, 5);
	ck_assert_uint_eq(stats.ambiguous, 3);
	ck_assert_uint_eq(stats.dropped_shutdown, 0);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(a_lost_answer_is_ambiguous_once_though_the_spool_has_the_batch_then)
{
	set_up(answer_pending, false);
	add(3);
	step(0);
	finish(OTEL_EXPORT_UNKNOWN);
	ck_assert_uint_eq(stats.ambiguous, 3);
	export_queue_drop(&queue);
	ck_assert_uint_eq(stats.spooled, 3);
	ck_assert_uint_eq(stats.ambiguous, 3);
}
END_TEST

START_TEST(what_cannot_be_stored_is_dropped_for_its_reason)
{
	set_up(answer_retry, false);
	chmod(spool_test_dir, 0755);
	add(8);
	add(4);
	ck_assert_uint_eq(queue.spans, 12); /* stays in memory */
	step(0);
	export_queue_drop(&queue);
	ck_assert_uint_eq(stats.dropped_shutdown, 12);
	ck_assert_uint_eq(stats.spooled, 0);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(always_stores_before_it_exports_and_removes_when_accepted)
{
	set_up(answer_pending, true);
	add(3);
	ck_assert_uint_eq(spool_test_count(".held"), 1);
	ck_assert_uint_eq(stats.spooled, 0);
	step(0);
	finish(OTEL_EXPORT_DONE);
	ck_assert_uint_eq(spool_test_count(".held") + waiting(), 0);
	ck_assert_uint_eq(stats.accepted, 3);
	add(2);
	export_queue_drop(&queue);
	ck_assert_uint_eq(waiting(), 1);
	ck_assert_uint_eq(stats.spooled, 2);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(of_a_batch_in_parts_the_rest_is_spooled)
{
	set_up(answer_two, _i == 1);
	fake.number = 1;
	add(6);
	step(0);
	export_queue_drop(&queue);
	ck_assert_uint_eq(waiting(), 1);
	ck_assert_uint_eq(spool_test_count(".held"), 0);
	ck_assert_uint_gt(stats.accepted, 0);
	ck_assert_uint_eq(stats.accepted + stats.spooled, 6);
	const uint64_t rest = stats.spooled;
	fake.number = 100;
	fake.spans = 0;
	fake.answer = answer_done;
	queue.replay.is_due = true;
	step(20000);
	ck_assert_uint_eq(fake.spans, rest);
	ck_assert_uint_eq(stats.accepted, 6);
	ck_assert_uint_eq(stats.spooled, 0);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(a_file_that_somebody_else_took_is_not_exported)
{
	set_up(answer_done, true);
	add(3);
	for (int fd = 64; fd < 256; fd++)
		close(fd); /* as a daemon does: the lease is lost */
	spool_test_in_killed_child(spooling_fork_child);
	struct spool_name file = queue.first->file;
	const int dir = spool_test_open();
	char from[SPOOL_FILE_NAME_MAX];
	spool_name_write(&file, from);
	ck_assert_int_eq(unlinkat(dir, from, 0), 0); /* they have delivered it */
	close(dir);
	step(0);
	ck_assert_int_eq(fake.calls, 0);
	ck_assert_uint_eq(stats.spooled, 3);
	ck_assert(support_balanced());
}
END_TEST

SUITE_MAIN("spooling", setup, {what_is_given_up_is_spooled, 0}, {what_the_backend_refuses_for_good_is_not_spooled, 0},
	   {a_queue_that_fills_up_lets_the_oldest_go_to_disk, 0}, {so_does_one_with_many_bytes, 0},
	   {what_is_under_way_is_left_where_it_is, 0}, {a_full_queue_spools_what_comes, 0},
	   {at_the_end_what_has_no_answer_is_spooled_and_ambiguous, 0},
	   {a_lost_answer_is_ambiguous_once_though_the_spool_has_the_batch_then, 0},
	   {what_cannot_be_stored_is_dropped_for_its_reason, 0},
	   {always_stores_before_it_exports_and_removes_when_accepted, 0}, {of_a_batch_in_parts_the_rest_is_spooled, 2},
	   {a_file_that_somebody_else_took_is_not_exported, 0})

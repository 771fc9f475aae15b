/* SPDX-License-Identifier: Apache-2.0
 *
 * spooling_test.c - batches between the queue of an exporter and the spool. No threads; the clock of the queue is ours.
 */
#include "sdk/spooling.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/sdk/pipeline_support.h"
#include "core/spool/spool_support.h"
#include "sdk/export_queue.h"
#include "sdk/spool_account.h"
#include "support/suite.h"
#include "util/diag.h"

static struct fake_exporter fake, other_fake;
static struct export_queue queue, other_queue;
static struct batcher batcher;
static struct export_round now;
static const struct backoff backoff = {.initial_ms = 100, .max_ms = 1000, .elapsed_ms = 5000};

static void on_failure(uint32_t index, uint64_t seq)
{
	(void)index, (void)seq;
}

static void hear(enum diag_level level, const char *line)
{
	(void)level, (void)line;
}

static void set_up_queue(struct export_queue *q, struct fake_exporter *exporter, uint32_t index)
{
	memset(q, 0, sizeof *q);
	export_queue_init(q, &exporter->component, index, 1000, &backoff, on_failure);
	q->signals = OTEL_SIGNAL_TRACES;
	q->spool_above = 10;
}

static void set_up_spool(bool always)
{
	spooling_setup(&(struct spooling_options){
		.spool = {.directory = spool_test_dir, .origin = "TEST", .quota = {.max_bytes = 1 << 20}},
		.always = always,
		.replay_pause_ms = 100});
}

static void set_up(otel_export_result (*answer)(struct fake_exporter *, const otel_batch *, otel_export_op *),
		   bool always)
{
	fake_exporter_fini(&fake);
	fake_exporter_init(&fake, "fake", answer);
	set_up_queue(&queue, &fake, 3);
	set_up_spool(always);
}

static void setup(void)
{
	diag_listen(hear);
	spool_end();
	spool_test_begin();
	batcher_forget(&batcher);
	stats_reset();
	span_log_setup(1000, 1 << 20);
	now = (struct export_round){.now = 1000};
}

static struct batch *make_batch(uint32_t spans, uint32_t owners)
{
	static const uint8_t span[] = {0x12, 3, 0x2a, 1, 's'}; /* ScopeSpans.spans with a name */
	bool lost = false;
	uint32_t queued;

	for (uint32_t i = 0; i < spans; i++)
		ck_assert(span_log_append(0, 0, span, sizeof span, &queued));
	batcher_add(&batcher, span_log_take());
	return batcher_next(&batcher, spans, BATCH_MAX_BYTES, owners, &lost);
}

static void add(uint32_t spans)
{
	struct batch *batch = make_batch(spans, 1);

	export_queue_add(&queue, batch);
	batch_unref(batch);
}

static void step(uint64_t later_ms)
{
	now.now += later_ms;
	export_queue_step(&queue, &now);
}

static void finish(otel_export_result result)
{
	const struct export_outcome outcome = {.result = result};

	ck_assert(export_queue_finish(&queue, fake.op, &outcome));
	step(0);
}

/* What is stored is another process's from now on. */
static void become_another(void)
{
	spool_account_reset();
	spooling_fork_child();
	stats_reset();
}

static unsigned waiting(void)
{
	return spool_test_count(".batch");
}

/* One try, as at exit; then things go on, as they do not there. */
static void fail_once(void)
{
	now.exiting = true;
	step(0);
	now.exiting = false;
	ck_assert(!queue.replay.is_due); /* nobody replays at exit */
	queue.replay.is_due = true;
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

START_TEST(it_comes_back_when_the_backend_answers)
{
	set_up(answer_retry, false);
	add(3);
	fail_once();
	ck_assert_uint_eq(stats.spooled, 3);
	ck_assert_uint_eq(waiting(), 1);
	fake.answer = answer_done;
	step(20000);
	ck_assert_uint_eq(stats.spooled, 0);
	ck_assert_uint_eq(stats.accepted, 3);
	ck_assert_uint_eq(stats.replayed, 0);
	ck_assert_uint_eq(waiting(), 0);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(so_does_what_another_process_left_and_it_is_counted_apart)
{
	set_up(answer_retry, false);
	add(3);
	fail_once();
	become_another();
	set_up(answer_done, false);
	step(20000);
	ck_assert_int_eq(fake.calls, 0); /* nobody knows that there is a backend */
	add(2);
	step(0);
	step(0);
	ck_assert_int_eq(fake.calls, 2);
	ck_assert_uint_eq(stats.accepted, 2);
	ck_assert_uint_eq(stats.replayed, 3);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(the_oldest_comes_first_and_not_too_fast)
{
	set_up(answer_retry, false);
	for (uint32_t i = 1; i <= 3; i++)
		add(i);
	fail_once();
	ck_assert_uint_eq(waiting(), 3);
	fake.answer = answer_done;
	fake.calls = 0;
	fake.spans = 0;
	step(20000);
	ck_assert_int_eq(fake.calls, 1);
	ck_assert_uint_eq(fake.spans, 1);
	ck_assert_uint_eq(export_queue_due(&queue), now.now + 100);
	step(99);
	ck_assert_int_eq(fake.calls, 1);
	step(1);
	ck_assert_uint_eq(fake.spans, 3);
	step(100);
	ck_assert_uint_eq(fake.spans, 6);
	step(100);
	ck_assert_int_eq(fake.calls, 3);
	ck_assert_uint_eq(export_queue_due(&queue), UINT64_MAX);
	ck_assert_uint_eq(stats.spooled, 0);
	ck_assert_uint_eq(stats.accepted, 6);
}
END_TEST

START_TEST(what_fails_again_stays_in_the_spool)
{
	set_up(answer_retry, false);
	add(3);
	fail_once();
	for (int calls = 2; calls < 5; calls++) {
		step(20000);
		ck_assert_int_eq(fake.calls, calls);
		ck_assert_uint_eq(waiting(), 1);
		ck_assert(export_queue_due(&queue) >= now.now + 50);
	}
	ck_assert_uint_eq(stats.spooled, 3);
	ck_assert_uint_eq(stats.retried, 2);
	ck_assert(support_balanced());
}
END_TEST

/* Of three batches, the first of which this backend cannot digest. */
static otel_export_result answer_but_three(struct fake_exporter *exporter, const otel_batch *batch, otel_export_op *op)
{
	(void)exporter, (void)op;
	return batch->items == 3 ? OTEL_EXPORT_RETRY : OTEL_EXPORT_DONE;
}

START_TEST(one_that_always_fails_holds_up_neither_the_others_nor_what_is_new)
{
	set_up(answer_retry, false);
	add(3);
	add(2);
	add(1);
	fail_once();
	fake.answer = answer_but_three;
	step(20000);
	ck_assert_uint_eq(waiting(), 3);
	add(4);
	step(0);
	ck_assert_uint_eq(stats.accepted, 4);
	step(1000);
	step(1000);
	ck_assert_uint_eq(stats.accepted, 7);
	ck_assert_uint_eq(waiting() + spool_test_count(".held"), 1);
	ck_assert_uint_eq(stats.spooled, 3);
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

START_TEST(nor_is_it_kept_when_it_comes_back)
{
	set_up(answer_retry, false);
	add(3);
	fail_once();
	fake.answer = answer_drop;
	step(20000);
	ck_assert_uint_eq(waiting() + spool_test_count(".held"), 0);
	ck_assert_uint_eq(stats.spooled, 0);
	ck_assert_uint_eq(stats.dropped_rejected, 3);
	ck_assert(support_balanced());
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

/* As a backend that is asked for two at a time. */
static otel_export_result answer_two(struct fake_exporter *exporter, const otel_batch *batch, otel_export_op *op)
{
	(void)op;
	if (batch->items > 2)
		return OTEL_EXPORT_TOO_LARGE;
	return exporter->number-- > 0 ? OTEL_EXPORT_DONE : OTEL_EXPORT_RETRY;
}

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

START_TEST(so_it_is_with_a_part_of_what_came_back)
{
	set_up(answer_retry, false);
	add(6);
	export_queue_drop(&queue);
	if (_i == 1) { /* as if it were another process's */
		become_another();
		span_log_setup(1000, 1 << 20);
	}
	fake.answer = answer_two;
	fake.number = 1;
	queue.replay.is_due = true;
	step(20000);
	export_queue_drop(&queue);
	ck_assert_uint_eq(waiting(), 1);
	fake.answer = answer_done;
	queue.replay.is_due = true;
	step(20000);
	ck_assert_uint_eq(waiting(), 0);
	ck_assert_uint_eq(_i == 1 ? stats.replayed : stats.accepted, 6);
	ck_assert_uint_eq(stats.spooled, 0);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(each_exporter_has_its_own_copy)
{
	set_up(answer_retry, false);
	fake_exporter_init(&other_fake, "other", answer_retry);
	set_up_queue(&other_queue, &other_fake, 4);
	struct batch *batch = make_batch(3, 2);
	export_queue_add(&queue, batch);
	export_queue_add(&other_queue, batch);
	batch_unref(batch);
	export_queue_drop(&queue);
	ck_assert_uint_eq(span_log_queued(), 3);
	export_queue_drop(&other_queue);
	ck_assert_uint_eq(waiting(), 2);
	ck_assert_uint_eq(stats.spooled, 3);
	fake.answer = answer_done;
	queue.replay.is_due = true;
	step(20000);
	ck_assert_uint_eq(waiting(), 1);
	ck_assert_uint_eq(stats.spooled, 3); /* the other one has not had it */
	other_fake.answer = answer_done;
	other_queue.replay.is_due = true;
	export_queue_step(&other_queue, &now);
	ck_assert_uint_eq(stats.spooled, 0);
	ck_assert_uint_eq(stats.accepted, 3);
	ck_assert(support_balanced());
	fake_exporter_fini(&other_fake);
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

START_TEST(what_is_no_request_is_left_aside)
{
	set_up(answer_done, false);
	spool_test_store("request", 1, 1);
	struct spool_name file;
	struct spool_record record = spool_test_record("fake", "no request at all");
	ck_assert(spool_store(&record, false, &file));
	queue.replay.is_due = true;
	step(20000);
	ck_assert_int_eq(fake.calls, 0);
	ck_assert_uint_eq(spool_test_count(".bad"), 1);
	ck_assert_uint_eq(waiting(), 1); /* of another exporter */
}
END_TEST

SUITE_MAIN("spooling", setup, {what_is_given_up_is_spooled, 0}, {it_comes_back_when_the_backend_answers, 0},
	   {so_does_what_another_process_left_and_it_is_counted_apart, 0}, {the_oldest_comes_first_and_not_too_fast, 0},
	   {what_fails_again_stays_in_the_spool, 0},
	   {one_that_always_fails_holds_up_neither_the_others_nor_what_is_new, 0},
	   {what_the_backend_refuses_for_good_is_not_spooled, 0}, {nor_is_it_kept_when_it_comes_back, 0},
	   {a_queue_that_fills_up_lets_the_oldest_go_to_disk, 0}, {so_does_one_with_many_bytes, 0},
	   {what_is_under_way_is_left_where_it_is, 0}, {a_full_queue_spools_what_comes, 0},
	   {at_the_end_what_has_no_answer_is_spooled_and_ambiguous, 0},
	   {a_lost_answer_is_ambiguous_once_though_the_spool_has_the_batch_then, 0},
	   {what_cannot_be_stored_is_dropped_for_its_reason, 0},
	   {always_stores_before_it_exports_and_removes_when_accepted, 0}, {of_a_batch_in_parts_the_rest_is_spooled, 2},
	   {so_it_is_with_a_part_of_what_came_back, 2}, {each_exporter_has_its_own_copy, 0},
	   {a_file_that_somebody_else_took_is_not_exported, 0}, {what_is_no_request_is_left_aside, 0})

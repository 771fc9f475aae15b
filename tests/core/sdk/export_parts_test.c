/* SPDX-License-Identifier: Apache-2.0
 *
 * export_parts_test.c - batches that are too large for a backend: how they go out in parts, and what is counted.
 */
#include "sdk/export_parts.h"

#include "core/sdk/export_queue_support.h"
#include "sdk/request_items.h"

enum { SPAN_BYTES = 100, HOUR_MS = 3600000 };

/* What the backend takes in one request, and what came. */
static size_t most_bytes;
static uint32_t taken_spans;
static size_t largest;

static otel_export_result take_small_ones(struct fake_exporter *f, const otel_batch *batch, otel_export_op *op)
{
	otel_item item = {.size = sizeof item};
	uint32_t items = 0;

	(void)f, (void)op;
	if (batch->len > most_bytes)
		return OTEL_EXPORT_TOO_LARGE;
	for (size_t cursor = 0; request_next(batch, &cursor, &item); items++)
		ck_assert_uint_gt(item.resource_len, 0);
	ck_assert_uint_eq(items, batch->items);
	taken_spans += items;
	if (batch->len > largest)
		largest = batch->len;
	return OTEL_EXPORT_DONE;
}

static otel_export_result too_large(struct fake_exporter *f, const otel_batch *batch, otel_export_op *op)
{
	(void)f, (void)batch, (void)op;
	return OTEL_EXPORT_TOO_LARGE;
}

static void set_up(queue_answer *answer)
{
	queue_renew(answer);
	queue_reset();
	taken_spans = 0;
	largest = 0;
	most_bytes = 1000;
}

static void add_batch(uint32_t spans)
{
	queue_put(make_batch(spans, SPAN_BYTES, 1));
}

static void finish(otel_export_result result, uint32_t rejected)
{
	const struct export_outcome outcome = {.result = result, .rejected = rejected};
	ck_assert(export_queue_finish(&queue, fake.op, &outcome));
	step(0);
}

START_TEST(a_batch_that_is_too_large_goes_out_in_parts_that_fit)
{
	set_up(take_small_ones);
	add_batch(100);
	step(0);
	ck_assert_uint_eq(taken_spans, 100);
	ck_assert_uint_eq(stats.accepted, 100);
	ck_assert_uint_eq(stats.dropped_rejected, 0);
	ck_assert_uint_eq(failed_seq, 0);
	ck_assert_uint_gt(largest, most_bytes / 4);
	ck_assert_ptr_null(queue.first);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(what_was_refused_is_remembered_so_that_the_next_batch_fits_at_once)
{
	set_up(take_small_ones);
	add_batch(100);
	step(0);
	const uint64_t failures = stats.export_failures;
	ck_assert_uint_gt(failures, 0);
	add_batch(100);
	step(10);
	ck_assert_uint_eq(stats.export_failures, failures);
	ck_assert_uint_eq(taken_spans, 200);
}
END_TEST

START_TEST(a_limit_that_was_raised_is_found_after_an_hour)
{
	set_up(take_small_ones);
	add_batch(100);
	step(0);
	most_bytes = 1 << 20;
	const int calls = fake.calls;
	add_batch(100);
	step(HOUR_MS);
	ck_assert_int_eq(fake.calls, calls + 1);
	ck_assert_uint_eq(taken_spans, 200);
}
END_TEST

START_TEST(one_span_alone_that_is_too_large_is_dropped_and_the_others_arrive)
{
	set_up(take_small_ones);
	support_spans(5, 0, SPAN_BYTES);
	support_spans(1, 0, 5000);
	add_batch(5);
	step(0);
	ck_assert_uint_eq(taken_spans, 10);
	ck_assert_uint_eq(stats.accepted, 10);
	ck_assert_uint_eq(stats.dropped_rejected, 1);
	ck_assert_uint_eq(failed_seq, 1);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(a_backend_that_finds_everything_too_large_gets_each_span_once_alone)
{
	set_up(too_large);
	add_batch(16);
	step(0);
	ck_assert_uint_eq(stats.dropped_rejected, 16);
	ck_assert_uint_eq(stats.accepted, 0);
	ck_assert_int_le(fake.calls, 16 + 8);
	ck_assert_ptr_null(queue.first);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(with_a_limit_in_the_configuration_nothing_larger_is_ever_sent)
{
	set_up(take_small_ones);
	export_sizes_init(&queue.sizes, 1000);
	add_batch(100);
	queue_put(make_batch(1, 3000, 1));
	step(0);
	ck_assert_uint_eq(stats.export_failures, 0);
	ck_assert_uint_eq(taken_spans, 100);
	ck_assert_uint_eq(stats.dropped_rejected, 1);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(a_part_that_has_to_wait_holds_the_rest_back_and_nothing_is_sent_twice)
{
	set_up(answer_pending);
	export_sizes_init(&queue.sizes, 1000);
	add_batch(16);
	step(0);
	const uint32_t first = fake.spans;
	finish(OTEL_EXPORT_DONE, 0);
	const uint32_t second = fake.spans - first;
	ck_assert_int_eq(fake.calls, 2);
	finish(OTEL_EXPORT_RETRY, 0);
	ck_assert_int_eq(fake.calls, 2);
	ck_assert_uint_eq(stats.retried, 0);
	step(wait_ms());
	ck_assert_int_eq(fake.calls, 3);
	ck_assert_uint_eq(fake.spans, first + 2 * second);
	ck_assert_uint_eq(stats.retried, 1);
	while (queue.first)
		finish(OTEL_EXPORT_DONE, 0);
	ck_assert_uint_eq(fake.spans, 16 + second);
	ck_assert_uint_eq(stats.accepted, 16);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(each_part_is_counted_by_what_became_of_it)
{
	set_up(answer_pending);
	export_sizes_init(&queue.sizes, 600);
	add_batch(20);
	step(0);
	const uint32_t one = fake.spans;
	finish(OTEL_EXPORT_DONE, 0);
	const uint32_t two = fake.spans - one;
	finish(OTEL_EXPORT_DONE, 2);
	const uint32_t three = fake.spans - one - two;
	finish(OTEL_EXPORT_DROP, 0);
	const uint32_t four = fake.spans - one - two - three;
	finish(OTEL_EXPORT_UNKNOWN, 0);
	ck_assert_uint_eq(stats.ambiguous, four);
	export_queue_drop(&queue);
	ck_assert_uint_eq(stats.accepted, one + two - 2);
	ck_assert_uint_eq(stats.dropped_rejected, 2 + three);
	ck_assert_uint_eq(stats.dropped_shutdown, 20 - one - two - three);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(a_part_that_is_given_up_leaves_its_time_to_the_others)
{
	set_up(answer_retry);
	export_sizes_init(&queue.sizes, 600);
	add_batch(6);
	step(0);
	const uint32_t first = fake.spans;
	for (int i = 0; i < 100 && queue.first->parts->done == 0; i++)
		step(wait_ms());
	ck_assert_uint_gt(first, 0);
	ck_assert_uint_lt(first, 6);
	fake.answer = take_small_ones;
	step(wait_ms());
	ck_assert_uint_eq(stats.dropped_retry, first);
	ck_assert_uint_eq(stats.accepted, 6 - first);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(a_flush_is_through_when_all_parts_were_tried)
{
	set_up(answer_pending);
	export_sizes_init(&queue.sizes, 600);
	add_batch(10);
	now.flush = 1;
	queue.owed_seq = queue.last_seq;
	step(0);
	while (queue.first) {
		ck_assert(export_queue_owes(&queue, queue.last_seq, 1));
		finish(OTEL_EXPORT_DONE, 0);
	}
	ck_assert(!export_queue_owes(&queue, queue.last_seq, 1));
	ck_assert_uint_eq(failed_seq, 0);
}
END_TEST

START_TEST(at_exit_parts_go_on_until_one_fails)
{
	set_up(answer_pending);
	export_sizes_init(&queue.sizes, 600);
	add_batch(10);
	now.exiting = true;
	step(0);
	const uint32_t first = fake.spans;
	finish(OTEL_EXPORT_TOO_LARGE, 0);
	const uint32_t smaller = fake.spans - first;
	ck_assert_uint_lt(smaller, first);
	finish(OTEL_EXPORT_DONE, 0);
	finish(OTEL_EXPORT_RETRY, 0);
	ck_assert_uint_eq(stats.accepted, smaller);
	ck_assert_uint_eq(stats.dropped_shutdown, 10 - smaller);
	ck_assert_ptr_null(queue.first);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(only_the_exporter_that_refused_gets_parts)
{
	static struct fake_exporter other;
	static struct export_queue beside;

	set_up(take_small_ones);
	queue_beside(&beside, &other, answer_done);
	support_spans(1, 0, 4000);
	struct batch *batch = make_batch(99, SPAN_BYTES, 2);
	export_queue_add(&beside, batch);
	queue_put(batch);
	step(0);
	ck_assert_uint_eq(stats.accepted, 0);
	export_queue_step(&beside, &now);
	ck_assert_int_eq(other.calls, 1);
	ck_assert_uint_eq(other.spans, 100);
	ck_assert_uint_eq(stats.accepted, 99);
	ck_assert_uint_eq(stats.dropped_rejected, 1);
	ck_assert(support_balanced());
	fake_exporter_fini(&other);
}
END_TEST

START_TEST(the_bytes_of_a_part_under_way_stay_readable_after_a_drop)
{
	set_up(answer_pending);
	export_sizes_init(&queue.sizes, 600);
	add_batch(10);
	step(0);
	const struct batch *part = export_parts_now(queue.flying);
	ck_assert_uint_lt(part->wire.items, 10);
	export_queue_drop(&queue);
	ck_assert_mem_eq(part->wire.data, fake.last.data, part->wire.len);
	ck_assert_uint_eq(stats.dropped_shutdown, 10);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(the_child_of_a_fork_forgets_parts_too)
{
	set_up(answer_retry);
	export_sizes_init(&queue.sizes, 600);
	add_batch(10);
	step(0);
	struct batch *batch = batch_ref(queue.first->batch);
	export_queue_forget(&queue);
	ck_assert_ptr_null(queue.first);
	ck_assert_uint_eq(stats.dropped_shutdown, 0);
	batch_drop(batch, BATCH_SHUTDOWN);
}
END_TEST

SUITE_MAIN("export_parts", NULL, {a_batch_that_is_too_large_goes_out_in_parts_that_fit, 0},
	   {what_was_refused_is_remembered_so_that_the_next_batch_fits_at_once, 0},
	   {a_limit_that_was_raised_is_found_after_an_hour, 0},
	   {one_span_alone_that_is_too_large_is_dropped_and_the_others_arrive, 0},
	   {a_backend_that_finds_everything_too_large_gets_each_span_once_alone, 0},
	   {with_a_limit_in_the_configuration_nothing_larger_is_ever_sent, 0},
	   {a_part_that_has_to_wait_holds_the_rest_back_and_nothing_is_sent_twice, 0},
	   {each_part_is_counted_by_what_became_of_it, 0}, {a_part_that_is_given_up_leaves_its_time_to_the_others, 0},
	   {a_flush_is_through_when_all_parts_were_tried, 0}, {at_exit_parts_go_on_until_one_fails, 0},
	   {only_the_exporter_that_refused_gets_parts, 0},
	   {the_bytes_of_a_part_under_way_stay_readable_after_a_drop, 0}, {the_child_of_a_fork_forgets_parts_too, 0})

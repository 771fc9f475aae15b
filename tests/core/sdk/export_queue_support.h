/* SPDX-License-Identifier: Apache-2.0
 *
 * export_queue_support.h - the queue of one exporter that answers as a test wants. No threads, and the clock is ours.
 */
#ifndef TESTS_CORE_SDK_EXPORT_QUEUE_SUPPORT_H
#define TESTS_CORE_SDK_EXPORT_QUEUE_SUPPORT_H

#include <string.h>

#include "core/sdk/pipeline_support.h"
#include "sdk/export_queue.h"
#include "support/suite.h"

enum { QUEUE_INDEX = 3, QUEUE_TIMEOUT_MS = 1000 };

typedef otel_export_result queue_answer(struct fake_exporter *fake, const otel_batch *batch, otel_export_op *op);

static struct fake_exporter fake;
static struct export_queue queue;
static struct batcher batcher;
static struct export_round now;
static uint64_t failed_seq;
static const struct backoff backoff = {.initial_ms = 100, .max_ms = 1000, .elapsed_ms = 5000};

static inline void on_failure(uint32_t index, uint64_t seq)
{
	ck_assert_uint_eq(index, QUEUE_INDEX);
	failed_seq = seq;
}

/* For a queue beside that one. */
static inline void ignore_failure(uint32_t index, uint64_t seq)
{
	(void)index, (void)seq;
}

static inline void queue_renew(queue_answer *answer)
{
	fake_exporter_fini(&fake);
	fake_exporter_init(&fake, "fake", answer);
	memset(&queue, 0, sizeof queue);
	export_queue_init(&queue, &fake.component, QUEUE_INDEX, QUEUE_TIMEOUT_MS, &backoff, on_failure);
	failed_seq = 0;
}

static inline void queue_beside(struct export_queue *beside, struct fake_exporter *exporter, queue_answer *answer)
{
	fake_exporter_init(exporter, "other", answer);
	memset(beside, 0, sizeof *beside);
	export_queue_init(beside, &exporter->component, QUEUE_INDEX + 1, QUEUE_TIMEOUT_MS, &backoff, ignore_failure);
}

/* Counters, span log and clock anew. */
static inline void queue_reset(void)
{
	now = (struct export_round){.now = 1000};
	stats_reset();
	span_log_setup(10000, 64 << 20);
	batcher_forget(&batcher);
}

static inline struct batch *make_batch(uint32_t spans, size_t span_bytes, uint32_t owners)
{
	bool lost = false;

	support_spans(spans, 0, span_bytes);
	batcher_add(&batcher, span_log_take());
	struct batch *batch = batcher_next(&batcher, UINT32_MAX, BATCH_MAX_BYTES, owners, &lost);
	ck_assert_ptr_nonnull(batch);
	return batch;
}

/* Gives the reference away. */
static inline void queue_put(struct batch *batch)
{
	export_queue_add(&queue, batch);
	batch_unref(batch);
}

static inline void step(uint64_t later_ms)
{
	now.now += later_ms;
	export_queue_step(&queue, &now);
}

/* What the exporter says of the export under way. */
static inline bool tell(otel_export_result result, uint32_t retry_after_ms)
{
	const struct export_outcome outcome = {.result = result, .retry_after_ms = retry_after_ms};

	return export_queue_finish(&queue, fake.op, &outcome);
}

static inline uint64_t wait_ms(void)
{
	return export_queue_due(&queue) - now.now;
}

static inline bool wait_within(uint64_t least, uint64_t most)
{
	return wait_ms() >= least && wait_ms() <= most;
}

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * spooling_support.h - the queue of an exporter with a spool behind it.
 */
#ifndef TESTS_CORE_SDK_SPOOLING_SUPPORT_H
#define TESTS_CORE_SDK_SPOOLING_SUPPORT_H

#include "core/sdk/export_queue_support.h"
#include "core/spool/spool_support.h"
#include "sdk/spool_account.h"
#include "sdk/spooling.h"
#include "util/diag.h"

static inline void hear(enum diag_level level, const char *line)
{
	(void)level, (void)line;
}

static inline void set_up_queue(struct export_queue *q)
{
	q->signals = OTEL_SIGNAL_TRACES;
	q->spool_above = 10;
}

static inline void set_up_spool(bool always)
{
	spooling_setup(&(struct spooling_options){
		.spool = {.directory = spool_test_dir, .origin = "TEST", .quota = {.max_bytes = 1 << 20}},
		.always = always,
		.replay_pause_ms = 100});
}

/* The queue and its spool anew; what was stored, and what was counted, stays. */
static inline void set_up(queue_answer *answer, bool always)
{
	queue_renew(answer);
	set_up_queue(&queue);
	set_up_spool(always);
}

/* Before each test. */
static inline void setup(void)
{
	diag_listen(hear);
	spool_end();
	spool_test_begin();
	queue_reset();
}

static inline void add(uint32_t spans)
{
	queue_put(make_batch(spans, 8, 1));
}

static inline unsigned waiting(void)
{
	return spool_test_count(".batch");
}

/* As a backend that is asked for two at a time. */
static inline otel_export_result answer_two(struct fake_exporter *exporter, const otel_batch *batch, otel_export_op *op)
{
	(void)op;
	if (batch->items > 2)
		return OTEL_EXPORT_TOO_LARGE;
	return exporter->number-- > 0 ? OTEL_EXPORT_DONE : OTEL_EXPORT_RETRY;
}

#endif

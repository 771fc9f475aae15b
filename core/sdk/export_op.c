/* SPDX-License-Identifier: Apache-2.0
 *
 * export_op.c - the handle of a running export, which plugins hold: made, finished once, or given up.
 */
#include "sdk/export_op.h"

#include <stdatomic.h>

#include "sdk/export_queue.h"

enum { OP_QUEUE_BITS = 3 }; /* an op is a number, never an address: a late or second finish can do no harm */
_Static_assert(BATCH_MAX_OWNERS <= 1 << OP_QUEUE_BITS, "a queue's number must fit into an op");

static _Atomic uint64_t last_op;
static _Atomic uint64_t given_up_op; /* everything up to here was given up by us, not finished twice by its exporter */

static uint64_t op_number(const otel_export_op *op)
{
	return (uint64_t)(uintptr_t)op;
}

uint32_t export_op_queue(const otel_export_op *op)
{
	return (uint32_t)(op_number(op) & ((1u << OP_QUEUE_BITS) - 1));
}

bool export_op_given_up(const otel_export_op *op)
{
	return op_number(op) >> OP_QUEUE_BITS <= atomic_load_explicit(&given_up_op, memory_order_relaxed);
}

void export_op_give_up(struct export_queue *q)
{
	atomic_store_explicit(&given_up_op, atomic_load_explicit(&last_op, memory_order_relaxed), memory_order_relaxed);
	atomic_store(&q->op, 0);
}

uint64_t export_op_begin(struct export_queue *q)
{
	uint64_t n = atomic_fetch_add_explicit(&last_op, 1, memory_order_relaxed) + 1;
	uint64_t op = (uint64_t)(uintptr_t)(n << OP_QUEUE_BITS | q->index);
	atomic_store_explicit(&q->landed, false, memory_order_relaxed);
	atomic_store_explicit(&q->op, op, memory_order_release);
	return op;
}

bool export_queue_runs(const struct export_queue *q, const otel_export_op *op)
{
	return op && atomic_load_explicit(&q->op, memory_order_acquire) == op_number(op);
}

bool export_queue_finish(struct export_queue *q, const otel_export_op *op, const struct export_outcome *outcome)
{
	uint64_t running = op_number(op);
	if (!running || !atomic_compare_exchange_strong(&q->op, &running, 0))
		return false;
	q->outcome = *outcome;
	atomic_store_explicit(&q->landed, true, memory_order_release);
	return true;
}

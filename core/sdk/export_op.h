/* SPDX-License-Identifier: Apache-2.0
 *
 * export_op.h - the handle of a running export. It is a number: a late or second finish can do no harm.
 */
#ifndef OTEL_SDK_EXPORT_OP_H
#define OTEL_SDK_EXPORT_OP_H

#include <otel/plugin.h>

struct export_queue;

/* How an export ended. */
struct export_outcome {
	otel_export_result result;
	uint32_t retry_after_ms;
	uint32_t rejected;
};

/* The queue number within an op, for whoever holds the queues. */
uint32_t export_op_queue(const otel_export_op *op);

/* Was the op given up at stop or lost in a fork? Its end is of no interest then. */
bool export_op_given_up(const otel_export_op *op);

/* Any thread. Is this the op under way? Until it is finished the queue stays as it is. */
bool export_queue_runs(const struct export_queue *q, const otel_export_op *op);

/* Any thread. false: this op was finished before, or is not of this queue. */
bool export_queue_finish(struct export_queue *q, const otel_export_op *op, const struct export_outcome *outcome);

/* ---- for export_queue.c ---- */

uint64_t export_op_begin(struct export_queue *q); /* the number of a new one */
void export_op_give_up(struct export_queue *q); /* nobody waits for the one under way any more */

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * thread_record.c - the record follows what is current.
 *
 * The thread writes, and is stopped while it is read: the order of the stores in its own code is all that counts, and a
 * compiler fence is enough for that. A signal handler that attaches and detaches in between leaves the record as the
 * interrupted code is about to write it.
 */
#include "api/thread_record.h"

#include "api/context_block.h"
#include "api/span_handle.h"

__thread void *otel_thread_ctx_v1;

void **thread_record_place(void)
{
	return &otel_thread_ctx_v1;
}

/* As otel_span_current() sees it: the attached span, else that of the context. */
static bool find_current(struct otel_thread *th, otel_span_context *found)
{
	if (!span_describe(th, (otel_span){th->span}, found, NULL)) {
		if (!th->context)
			return false;
		*found = th->context->span_context;
	}
	return span_context_is_valid(found);
}

static void set_valid(struct otel_thread_record *record, uint8_t valid)
{
	atomic_signal_fence(memory_order_seq_cst);
	*(volatile uint8_t *)&record->valid = valid;
	atomic_signal_fence(memory_order_seq_cst);
}

/* Once in the life of a thread. The record is in order, and not valid yet or whole. */
static void NOINLINE show(struct otel_thread *th)
{
	void **(*place)(void) = atomic_load_explicit(&own_slot.shared_place, memory_order_acquire);

	*place() = &th->record;
	th->shown = 1;
}

void thread_record_write(struct otel_thread *th)
{
	struct otel_thread_record *record = &th->record;
	otel_span_context current;

	/* The block may belong to an older copy of the API. */
	if (th->size < offsetof(struct otel_thread, shown) + sizeof(th->shown))
		return;
	const bool there = find_current(th, &current);
	set_valid(record, 0);
	if (there) {
		memcpy(record->trace_id, current.trace_id, sizeof(record->trace_id));
		memcpy(record->span_id, current.span_id, sizeof(record->span_id));
		record->trace_flags = current.trace_flags;
		set_valid(record, 1);
	}
	if (UNLIKELY(!th->shown))
		show(th);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * span.c - the calls on a span: lock its slot, change its record; and its end. Attributes: span_attr.c, span_key.c.
 */
#include "sdk/span.h"

#include <stdlib.h>

#include "sdk/discard.h"
#include "sdk/log_writer.h"
#include "sdk/pipeline.h"
#include "sdk/processors.h"
#include "sdk/provider_config.h"
#include "sdk/record_life.h"
#include "sdk/span_calls.h"
#include "sdk/span_data.h"
#include "sdk/span_lock.h"
#include "sdk/span_log.h"
#include "sdk/span_thread.h"
#include "sdk/stack.h"
#include "sdk/stats.h"

/* ---- end ---- */

/* A span in its thread's first turns, or when there is no room in a log of its own. */
static __attribute__((noinline)) void log_slowly(struct span_thread *t, struct record *r, const struct span_slot *slot,
						 size_t len, uint64_t end_ns)
{
	const uint32_t flags = atomic_load_explicit(&slot->flags, memory_order_relaxed) & 0xff;
	uint32_t queued = 0;
	uint8_t *p = t ? log_writer_begin_slowly(&t->log, t->number, r->scope, len, &queued) : NULL;

	if (p) {
		record_write(p, r, &slot->ids, flags, end_ns);
		log_writer_commit(&t->log, len);
		pipeline_notify(queued);
		return;
	}
	if (t)
		span_thread_settle(t);
	const struct record_bytes bytes = record_finish(r, &slot->ids, flags, end_ns);
	if (span_log_append(t ? t->number : 0, r->scope, bytes.data, bytes.len, &queued))
		pipeline_notify(queued);
}

static inline __attribute__((always_inline)) void log_span(struct span_thread *t, struct record *r,
							   const struct span_slot *slot, uint64_t end_ns)
{
	const struct otel_tracestate *tracestate = atomic_load_explicit(&slot->tracestate, memory_order_relaxed);
	const uint32_t flags = atomic_load_explicit(&slot->flags, memory_order_relaxed) & 0xff;
	const size_t len = record_seal(t ? &t->pool : NULL, r, tracestate);
	uint8_t *p = t ? log_writer_begin(&t->log, r->scope, len) : NULL;

	if (__builtin_expect(!p, 0)) {
		log_slowly(t, r, slot, len, end_ns);
		return;
	}
	record_write(p, r, &slot->ids, flags, end_ns);
	log_writer_commit(&t->log, len);
}

/* Without a state of its own the thread cannot be told from others: then nobody may write any more. */
static __attribute__((noinline)) void run_processors(const struct provider_config *config, struct span_thread *t,
						     struct span_slot *slot, otel_span span, uint64_t end_ns)
{
	otel_span_data data;

	if (t) {
		span_thread_leave(t);
		const uint64_t before = span_slot_reopen(t, slot, span), before_ns = t->ending_ns;
		t->ending_ns = end_ns;
		processors_ending(config, span);
		span_slot_close(t, slot, span, before);
		t->ending_ns = before_ns;
	}
	span_data_fill(&data, span_thread_pool(t), slot, span, slot->record, end_ns);
	processors_end(config, &data);
	if (t)
		span_thread_enter(t);
}

static __attribute__((noinline, cold)) void lost_to_stop(void)
{
	stats_add(&stats.created, 1);
	stats_add(&stats.dropped_shutdown, 1);
}

/* Where somebody looks at the span, or it is not sampled, or the provider has changed since it began. */
static __attribute__((noinline)) void end_otherwise(struct span_thread *t, struct span_slot *slot, otel_span span,
						    struct record *r, uint64_t end_ns)
{
	const struct provider_config *config = provider_config();
	const uint32_t flags = atomic_load_explicit(&slot->flags, memory_order_relaxed) & 0xff;

	if (config && processors_exist(config))
		run_processors(config, t, slot, span, end_ns);
	if (discard_happened(r))
		discard_say(r);
	if (!(flags & OTEL_TRACE_FLAG_SAMPLED))
		;
	else if (config)
		log_span(t, r, slot, end_ns);
	else
		lost_to_stop();
}

/* The slot was ended by this thread and is not yet given back: nothing in it changes. */
static inline __attribute__((always_inline)) void end_record(struct span_thread *t, struct span_slot *slot,
							     otel_span span, struct record *r, uint64_t end)
{
	if (__builtin_expect(r->straight == provider_config() && record_is_plain(r), 1))
		log_span(t, r, slot, end);
	else
		end_otherwise(t, slot, span, r, end);
	record_put(t ? &t->pool : NULL, r);
}

/* A span that is not, or not only, this thread's. */
static __attribute__((noinline)) void end_slowly(struct span_thread *t, otel_span span, uint64_t end_time_ns)
{
	struct record *r;
	struct span_slot *slot = span_slot_end(t, span, &r);

	if (!slot)
		return;
	if (t)
		span_thread_enter(t);
	if (r)
		end_record(t, slot, span, r, end_time_ns ? end_time_ns : record_time(r, clock_unix_ns()));
	slot_give(t ? &t->slots : NULL, slot);
	if (t)
		span_thread_leave(t);
}

void span_end(struct otel_thread *th, otel_span span, uint64_t end_time_ns)
{
	end_slowly(span_thread_of(th), span, end_time_ns);
}

/* Not in the process that the thread's state was seeded in, or somebody else's span. */
static __attribute__((noinline)) void end_other(otel_span span, uint64_t end_time_ns, struct span_thread *t)
{
	if (span_is_ours(span))
		span_end(t->owner, span, end_time_ns);
}

void span_call_end(otel_span span, uint64_t end_time_ns, void *sdk)
{
	struct span_thread *t = sdk;
	struct span_slot *slot = t->epoch == fork_epoch() ? span_end_own(t, span) : NULL;

	if (__builtin_expect(!slot, 0)) {
		end_other(span, end_time_ns, t);
		return;
	}
	if (!(span.id & OTEL_HANDLE_PASSIVE)) {
		struct record *r = slot->record;
		const uint64_t end = end_time_ns ? end_time_ns : record_time(r, clock_span_ns(&t->clock));
		end_record(t, slot, span, r, end);
	}
	slot_give(&t->slots, slot);
	span_thread_leave(t);
}

/* ---- changes ---- */

/* The time of what happens to a locked span. The thread's anchor is its own while it is inside, and not a signal
 * handler's. */
static inline uint64_t time_of_change(struct span_thread *t, const struct span_slot *slot)
{
	const bool is_own = t && atomic_load_explicit(&t->inside, memory_order_relaxed) == slot;

	return record_time(slot->record, is_own ? clock_span_ns(&t->clock) : clock_unix_ns());
}

static __attribute__((noinline)) void add_any_event(struct span_thread *t, otel_span span, const char *name,
						    uint64_t time_ns, const otel_attr *attrs, size_t count)
{
	struct span_slot *slot = span_lock(t, span);
	struct record_pool *pool = span_thread_pool(t);
	struct attr_list list;

	if (!slot)
		return;
	struct record *r = slot->record;
	const uint64_t time = time_ns ? time_ns : time_of_change(t, slot);
	if (!name)
		name = "";
	if (record_open_event(pool, r, &list, name, strlen(name), time)) {
		record_set_all(pool, r, &list, attrs, count);
		record_close(pool, r, &list);
	}
	span_unlock(t, slot);
}

void span_add_event(struct otel_thread *th, otel_span span, const char *name, uint64_t time_ns, const otel_attr *attrs,
		    size_t count)
{
	add_any_event(span_thread_peek(th), span, name, time_ns, attrs, count);
}

void span_call_add_event(otel_span span, const char *name, uint64_t time_ns, const otel_attr *attrs, size_t count,
			 void *sdk)
{
	struct span_thread *t = sdk;
	struct span_slot *slot = name && !count ? span_lock_latest(t, span) : NULL;
	bool done = false;

	if (slot) {
		struct record *r = slot->record;
		if (!time_ns)
			time_ns = record_time(r, clock_span_ns(&t->clock));
		done = record_short_event(r, name, strlen(name), time_ns);
		inside_leave(t);
	}
	if (!done && span_may_record(span))
		add_any_event(t, span, name, time_ns, attrs, count);
}

void span_add_link(struct otel_thread *th, otel_span span, const otel_link *link)
{
	struct span_thread *t = span_thread_peek(th);
	struct span_slot *slot = span_lock(t, span);

	if (!slot)
		return;
	if (link)
		record_link(span_thread_pool(t), slot->record, link);
	else
		stats_add(&stats.misuse, 1);
	span_unlock(t, slot);
}

void span_set_status(struct otel_thread *th, otel_span span, otel_status_code code, const char *description)
{
	struct span_thread *t = span_thread_peek(th);
	struct span_slot *slot = span_lock(t, span);

	if (!slot)
		return;
	record_status(span_thread_pool(t), slot->record, code, description);
	span_unlock(t, slot);
}

void span_update_name(struct otel_thread *th, otel_span span, const char *name)
{
	struct span_thread *t = span_thread_peek(th);
	struct span_slot *slot = span_lock(t, span);

	if (!slot)
		return;
	if (name)
		record_name(span_thread_pool(t), slot->record, name, strlen(name));
	else
		stats_add(&stats.misuse, 1);
	span_unlock(t, slot);
}

/* What was not given is not there; what the caller adds comes later, and so wins. */
static void set_if_given(struct record_pool *pool, struct record *r, struct attr_list *list, const char *key,
			 const char *value)
{
	if (value)
		record_set_str(pool, r, list, key, strlen(key), value, strlen(value));
}

void span_record_exception(struct otel_thread *th, otel_span span, const char *type, const char *message,
			   const char *stacktrace, const otel_attr *attrs, size_t count)
{
	struct span_thread *t = span_thread_peek(th);
	struct record_pool *pool = span_thread_pool(t);
	static const char name[] = "exception";
	char *captured = NULL;
	struct attr_list list;

	if (stacktrace == OTEL_STACK_HERE)
		stacktrace = captured =
			span_slot_is_recording(t, span) ? stack_capture(__builtin_return_address(0)) : NULL;

	struct span_slot *slot = span_lock(t, span);
	if (!slot)
		goto out;
	struct record *r = slot->record;
	if (record_open_event(pool, r, &list, name, sizeof(name) - 1, time_of_change(t, slot))) {
		set_if_given(pool, r, &list, "exception.type", type);
		set_if_given(pool, r, &list, "exception.message", message);
		set_if_given(pool, r, &list, "exception.stacktrace", stacktrace);
		record_set_all(pool, r, &list, attrs, count);
		record_close(pool, r, &list);
	}
	span_unlock(t, slot);
out:
	free(captured);
}

bool span_is_recording(struct otel_thread *th, otel_span span)
{
	return span_slot_is_recording(span_thread_peek(th), span);
}

bool span_context(struct otel_thread *th, otel_span span, otel_span_context *out, struct otel_tracestate **tracestate)
{
	return span_slot_context(span_thread_peek(th), span, out, tracestate);
}

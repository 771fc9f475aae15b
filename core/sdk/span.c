/* SPDX-License-Identifier: Apache-2.0
 *
 * span.c - the calls on a span: lock its slot, change its record; and its end.
 */
#include "sdk/span.h"

#include <errno.h>
#include <stdlib.h>

#include "sdk/pipeline.h"
#include "sdk/provider_config.h"
#include "sdk/record.h"
#include "sdk/span_log.h"
#include "sdk/span_thread.h"
#include "sdk/stack.h"
#include "sdk/stats.h"
#include "util/clock.h"

/* ---- end ---- */

static void hand_over(const struct span_thread *t, const struct record *r, struct record_bytes bytes)
{
	uint32_t queued;

	if (!provider_config()) {
		stats_add(&stats.created, 1);
		stats_add(&stats.dropped_shutdown, 1);
		return;
	}
	if (span_log_append(t ? t->number : 0, r->scope, bytes.data, bytes.len, &queued))
		pipeline_notify(queued);
}

/* The slot was ended by this thread and is not yet given back: nothing in it changes. */
static void end_record(struct span_thread *t, const struct span_slot *slot, otel_span span, struct record *r,
		       uint64_t end_time_ns)
{
	struct record_pool *pool = t ? &t->pool : NULL;
	const struct otel_tracestate *tracestate = atomic_load_explicit(&slot->tracestate, memory_order_relaxed);
	otel_span_context context;

	if (span_slot_context(span, &context, NULL) && context.trace_flags & OTEL_TRACE_FLAG_SAMPLED) {
		const uint64_t end = end_time_ns ? end_time_ns : record_time(r, clock_unix_ns());
		const char *text = tracestate ? tracestate->text : "";
		hand_over(t, r, record_finish(pool, r, &context, text, tracestate ? tracestate->len : 0, end));
	}
	record_pool_put(pool, r);
}

void span_end(struct otel_thread *th, otel_span span, uint64_t end_time_ns)
{
	struct record *r;
	struct span_slot *slot = span_slot_end(span, &r);

	if (!slot)
		return;

	struct span_thread *t = span_thread_of(th);
	if (r)
		end_record(t, slot, span, r, end_time_ns);
	span_slot_release(t ? &t->slots : NULL, span);
}

/* ---- attributes ---- */

void span_set_str(struct otel_thread *th, otel_span span, const char *key, size_t key_len, const char *value,
		  size_t value_len)
{
	struct span_slot *slot = span_slot_lock(span);

	if (!slot)
		return;
	record_set_str(span_thread_pool(th), slot->record, &slot->record->attrs, key, key_len, value, value_len);
	span_slot_unlock(slot);
}

void span_set_bool(struct otel_thread *th, otel_span span, const char *key, size_t key_len, bool value)
{
	struct span_slot *slot = span_slot_lock(span);

	if (!slot)
		return;
	record_set_bool(span_thread_pool(th), slot->record, &slot->record->attrs, key, key_len, value);
	span_slot_unlock(slot);
}

void span_set_int(struct otel_thread *th, otel_span span, const char *key, size_t key_len, int64_t value)
{
	struct span_slot *slot = span_slot_lock(span);

	if (!slot)
		return;
	record_set_int(span_thread_pool(th), slot->record, &slot->record->attrs, key, key_len, value);
	span_slot_unlock(slot);
}

void span_set_double(struct otel_thread *th, otel_span span, const char *key, size_t key_len, double value)
{
	struct span_slot *slot = span_slot_lock(span);

	if (!slot)
		return;
	record_set_double(span_thread_pool(th), slot->record, &slot->record->attrs, key, key_len, value);
	span_slot_unlock(slot);
}

void span_set_attrs(struct otel_thread *th, otel_span span, const otel_attr *attrs, size_t count)
{
	struct span_slot *slot = span_slot_lock(span);

	if (!slot)
		return;
	record_set_all(span_thread_pool(th), slot->record, &slot->record->attrs, attrs, count);
	span_slot_unlock(slot);
}

/* ---- the rest ---- */

void span_add_event(struct otel_thread *th, otel_span span, const char *name, uint64_t time_ns, const otel_attr *attrs,
		    size_t count)
{
	struct record_pool *pool = span_thread_pool(th);
	struct span_slot *slot = span_slot_lock(span);
	struct attr_list list;

	if (!slot)
		return;
	struct record *r = slot->record;
	const uint64_t time = time_ns ? time_ns : record_time(r, clock_unix_ns());
	if (record_open_event(pool, r, &list, name ? name : "", otel_strlen(name), time)) {
		record_set_all(pool, r, &list, attrs, count);
		record_close(pool, r, &list);
	}
	span_slot_unlock(slot);
}

void span_add_link(struct otel_thread *th, otel_span span, const otel_link *link)
{
	struct span_slot *slot = span_slot_lock(span);

	if (!slot)
		return;
	if (link)
		record_link(span_thread_pool(th), slot->record, link);
	else
		stats_add(&stats.misuse, 1);
	span_slot_unlock(slot);
}

void span_set_status(struct otel_thread *th, otel_span span, otel_status_code code, const char *description)
{
	struct span_slot *slot = span_slot_lock(span);

	if (!slot)
		return;
	record_status(span_thread_pool(th), slot->record, code, description);
	span_slot_unlock(slot);
}

void span_update_name(struct otel_thread *th, otel_span span, const char *name)
{
	struct span_slot *slot = span_slot_lock(span);

	if (!slot)
		return;
	if (name)
		record_name(span_thread_pool(th), slot->record, name, strlen(name));
	else
		stats_add(&stats.misuse, 1);
	span_slot_unlock(slot);
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
	struct record_pool *pool = span_thread_pool(th);
	static const char name[] = "exception";
	char *captured = NULL;
	struct attr_list list;

	if (stacktrace == OTEL_STACK_HERE)
		stacktrace = captured =
			span_slot_is_recording(span) ? stack_capture(__builtin_return_address(0)) : NULL;

	struct span_slot *slot = span_slot_lock(span);
	if (!slot)
		goto out;
	struct record *r = slot->record;
	if (record_open_event(pool, r, &list, name, sizeof(name) - 1, record_time(r, clock_unix_ns()))) {
		set_if_given(pool, r, &list, "exception.type", type);
		set_if_given(pool, r, &list, "exception.message", message);
		set_if_given(pool, r, &list, "exception.stacktrace", stacktrace);
		record_set_all(pool, r, &list, attrs, count);
		record_close(pool, r, &list);
	}
	span_slot_unlock(slot);
out:
	free(captured);
}

bool span_is_recording(struct otel_thread *th, otel_span span)
{
	(void)th;
	return span_slot_is_recording(span);
}

bool span_context(struct otel_thread *th, otel_span span, otel_span_context *out, struct otel_tracestate **tracestate)
{
	(void)th;
	return span_slot_context(span, out, tracestate);
}

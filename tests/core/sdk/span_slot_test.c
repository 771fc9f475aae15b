/* SPDX-License-Identifier: Apache-2.0
 *
 * span_slot_test.c - handles: what they answer while the span is open, after its end, and when they are stale or
 * forged.
 */
#include "sdk/span_slot.h"

#include <pthread.h>

#include "sdk/span_lock.h"
#include "sdk/stats.h"
#include "support/suite.h"
#include "util/fence.h"

static struct span_thread thread = {.latest.id = SPAN_NONE, .bias = SPAN_NO_BIAS, .epoch = 1};
static const otel_span_context context = {.trace_id = {1, 2, 3}, .span_id = {4, 5}, .trace_flags = 3, .is_remote = 1};
static struct record record; /* never looked into here */

static otel_span test_open(const otel_span_context *c, struct otel_tracestate *tracestate, struct record *r)
{
	struct span_words words = {.flags = c->trace_flags | (uint32_t)c->is_remote << 8};

	memcpy(words.trace, c->trace_id, 16);
	memcpy(&words.span, c->span_id, 8);
	return span_slot_open(&thread, &words, tracestate, r);
}

/* The short way first, as span_end() goes. */
static struct span_slot *end_by(struct span_thread *t, otel_span span, struct record **r)
{
	struct span_slot *slot = t ? span_end_own(t, span) : NULL;

	if (!slot)
		return span_slot_end(t, span, r);
	*r = span.id & OTEL_HANDLE_PASSIVE ? NULL : slot->record;
	span_thread_leave(t);
	return slot;
}

static void setup(void)
{
	span_thread_set_words(&thread);
	stats_reset();
}

static otel_span open_span(struct record *r)
{
	const otel_span span = test_open(&context, NULL, r);
	ck_assert_uint_ne(span.id, 0);
	return span;
}

static void end_span(otel_span span)
{
	struct record *r;

	struct span_slot *slot = end_by(&thread, span, &r);
	ck_assert_ptr_nonnull(slot);
	slot_give(&thread.slots, slot);
}

static bool answers(otel_span span)
{
	otel_span_context got = {.trace_flags = 99};

	if (!span_slot_context(&thread, span, &got, NULL))
		return false;
	ck_assert_mem_eq(&got, &context, sizeof got);
	return true;
}

static uint64_t misuse(void)
{
	return atomic_load(&stats.misuse);
}

START_TEST(a_handle_holds_issuer_generation_and_slot)
{
	const otel_span span = open_span(NULL);

	ck_assert_uint_eq(span.id >> 56, SPAN_ISSUER);
	ck_assert_uint_ne(span.id >> 32 & 0xffffff, 0);
	ck_assert(answers(span));
	end_span(span);
}
END_TEST

START_TEST(a_recording_span_can_be_locked_and_a_passive_one_not)
{
	const otel_span recording = open_span(&record), passive = open_span(NULL);
	struct span_slot *slot = span_slot_lock(&thread, recording);

	ck_assert_ptr_nonnull(slot);
	ck_assert_ptr_eq(slot->record, &record);
	ck_assert(span_slot_is_recording(&thread, recording));
	span_slot_unlock(&thread, slot);
	ck_assert_ptr_null(span_slot_lock(&thread, passive));
	ck_assert(!span_slot_is_recording(&thread, passive));
	ck_assert_uint_eq(misuse(), 0);
	end_span(recording);
	end_span(passive);
}
END_TEST

START_TEST(after_its_end_a_span_answers_for_256_more)
{
	const otel_span span = open_span(&record);

	end_span(span);
	ck_assert(!span_slot_is_recording(&thread, span));
	for (int i = 0; i < 256; i++)
		end_span(open_span(NULL));
	ck_assert(answers(span));
	ck_assert_ptr_null(span_slot_lock(&thread, span));
	ck_assert_uint_eq(misuse(), 1);
}
END_TEST

START_TEST(a_recycled_handle_does_nothing_and_is_counted)
{
	const otel_span span = open_span(&record);
	struct record *r;

	end_span(span);
	for (int i = 0; i < 5000; i++)
		end_span(open_span(NULL));
	ck_assert(!answers(span));
	ck_assert_ptr_null(span_slot_lock(&thread, span));
	ck_assert_ptr_null(end_by(&thread, span, &r));
	ck_assert_ptr_null(r);
	ck_assert(!span_slot_is_recording(&thread, span));
	ck_assert_uint_eq(misuse(), 3);
}
END_TEST

START_TEST(a_second_end_is_counted)
{
	const otel_span span = open_span(&record);
	struct record *r;

	end_span(span);
	ck_assert_ptr_null(end_by(&thread, span, &r));
	ck_assert_uint_eq(misuse(), 1);
}
END_TEST

START_TEST(forged_handles_lead_nowhere)
{
	static const uint64_t forged[] = {
		1,
		UINT64_C(1) << 56,
		(UINT64_C(1) << 56) | 1023, /* perhaps never used */
		(UINT64_C(1) << 56) | 0xffffffff,
		(UINT64_C(1) << 56) | UINT64_C(0xffffff) << 32,
		(UINT64_C(1) << 56) | UINT64_C(1) << 32 | (SPAN_SLOTS_MAX - 1),
		UINT64_MAX,
	};
	const otel_span span = {forged[_i]};
	struct record *r;

	ck_assert(!answers(span));
	ck_assert_ptr_null(span_slot_lock(&thread, span));
	ck_assert_ptr_null(end_by(&thread, span, &r));
	ck_assert(!span_slot_is_recording(&thread, span));
	ck_assert_uint_eq(misuse(), 3);
}
END_TEST

START_TEST(ten_thousand_open_spans_have_ten_thousand_slots)
{
	static otel_span spans[10000];

	for (int i = 0; i < 10000; i++)
		spans[i] = open_span(NULL);
	for (int i = 0; i < 10000; i++)
		ck_assert(answers(spans[i]));
	for (int i = 0; i < 10000; i++)
		end_span(spans[i]);
	ck_assert_uint_eq(misuse(), 0);
}
END_TEST

START_TEST(the_tracestate_lives_as_long_as_the_slot_answers)
{
	struct otel_tracestate *tracestate = otel_tracestate_make_v1("a=1", 3), *got;
	const otel_span span = test_open(&context, tracestate, NULL);
	otel_span_context out;

	end_span(span);
	ck_assert(span_slot_context(&thread, span, &out, &got));
	ck_assert_ptr_nonnull(got);
	ck_assert_str_eq(got->text, "a=1");
	for (int i = 0; i < 20000; i++)
		end_span(open_span(NULL));
	ck_assert_str_eq(got->text, "a=1");
	ck_assert_uint_eq(atomic_load(&got->refs), 1);
	otel_tracestate_unref_v1(got);
}
END_TEST

START_TEST(when_all_slots_are_in_use_there_is_no_span)
{
	otel_span *spans = malloc(sizeof *spans * SPAN_SLOTS_MAX);
	size_t n = 0;

	while (n < SPAN_SLOTS_MAX && (spans[n] = test_open(&context, NULL, NULL)).id)
		n++;
	ck_assert_uint_eq(n, SPAN_SLOTS_MAX);
	ck_assert_uint_eq(test_open(&context, NULL, NULL).id, 0);
	end_span(spans[5]);
	ck_assert_uint_ne((spans[5] = test_open(&context, NULL, NULL)).id, 0);
	for (size_t i = 0; i < n; i++)
		end_span(spans[i]);
	free(spans);
}
END_TEST

/* ---- threads ---- */

static _Atomic uint64_t published;
static _Atomic bool stop;

static void *read_contexts(void *arg)
{
	otel_span_context out;
	struct otel_tracestate *tracestate;
	uint64_t id[3];

	(void)arg;
	while (!atomic_load(&stop)) {
		const otel_span span = {atomic_load(&published)};
		if (!span_slot_context(NULL, span, &out, &tracestate))
			continue;
		/* All parts are of one span. */
		memcpy(id, out.trace_id, 16);
		memcpy(id + 2, out.span_id, 8);
		ck_assert(id[0] == id[1] && id[1] == id[2]);
		if (tracestate) {
			ck_assert_int_eq(tracestate->text[0], 'a');
			otel_tracestate_unref_v1(tracestate);
		}
	}
	return NULL;
}

START_TEST(readers_see_whole_contexts_while_slots_are_reused)
{
	pthread_t readers[3];

	atomic_store(&stop, false);
	for (int i = 0; i < 3; i++)
		pthread_create(&readers[i], NULL, read_contexts, NULL);
	for (uint64_t n = 1; n < 20000; n++) {
		otel_span_context mine = {.trace_flags = 1};
		const uint64_t id[2] = {n, n};
		memcpy(mine.trace_id, id, 16);
		memcpy(mine.span_id, &n, 8);
		const otel_span span = test_open(&mine, otel_tracestate_make_v1("a=1", 3), NULL);
		atomic_store(&published, span.id);
		end_span(span);
	}
	atomic_store(&stop, true);
	for (int i = 0; i < 3; i++)
		pthread_join(readers[i], NULL);
}
END_TEST

/* ---- owners: with fences a slot is its thread's own until another wants it ---- */

static struct record shared_record;
static otel_span shared;
static _Atomic uint64_t inside_at_once;
static _Atomic uint32_t refused; /* after a long wait, on a machine that is busy elsewhere */

static void own_slots(struct span_thread *t)
{
	ck_assert_uint_eq(t->bias, SPAN_NO_BIAS);
	span_thread_settle(t);
}

static void *lock_often(void *arg)
{
	struct span_thread *t = arg;

	for (int i = 0; i < 20000; i++) {
		struct span_slot *slot = span_slot_lock(t, shared);
		if (!slot) {
			atomic_fetch_add(&refused, 1);
			continue;
		}
		ck_assert_uint_eq(atomic_fetch_add(&inside_at_once, 1), 0);
		slot->record->len++;
		atomic_fetch_sub(&inside_at_once, 1);
		span_slot_unlock(t, slot);
	}
	return NULL;
}

START_TEST(owner_and_others_are_never_inside_at_once)
{
	static struct span_thread owner = {.latest.id = SPAN_NONE, .bias = SPAN_NO_BIAS, .epoch = 1, .number = 10};
	pthread_t others[2], own;

	fence_register();
	own_slots(&owner);
	span_thread_set_words(&owner);
	for (int round = 0; round < 20; round++) {
		struct span_words words = {.trace = {1, 2}, .span = 3};
		struct record *r;
		shared_record.len = 0;
		atomic_store(&refused, 0);
		shared = span_slot_open(&owner, &words, NULL, &shared_record);
		pthread_create(&own, NULL, lock_often, &owner);
		for (int i = 0; i < 2; i++)
			pthread_create(&others[i], NULL, lock_often, NULL);
		for (int i = 0; i < 2; i++)
			pthread_join(others[i], NULL);
		pthread_join(own, NULL);
		ck_assert_uint_eq(shared_record.len + atomic_load(&refused), 60000);
		ck_assert_ptr_nonnull(end_by(round % 2 ? &owner : NULL, shared, &r));
		ck_assert_ptr_eq(r, &shared_record);
		slot_give(&owner.slots, slot_at((uint32_t)shared.id));
	}
}
END_TEST

static _Atomic int ended;

static void *end_once(void *arg)
{
	struct record *r;

	if (end_by(arg, shared, &r))
		atomic_fetch_add(&ended, 1);
	return NULL;
}

START_TEST(only_one_thread_ends_a_span)
{
	static struct span_thread owner = {.latest.id = SPAN_NONE, .bias = SPAN_NO_BIAS, .epoch = 1, .number = 11};

	fence_register();
	own_slots(&owner);
	span_thread_set_words(&owner);
	for (int round = 0; round < 500; round++) {
		struct span_words words = {.trace = {1, 2}, .span = 3};
		pthread_t other;
		shared = span_slot_open(&owner, &words, NULL, round % 2 ? &shared_record : NULL);
		atomic_store(&ended, 0);
		pthread_create(&other, NULL, end_once, NULL);
		end_once(&owner);
		pthread_join(other, NULL);
		ck_assert_int_eq(atomic_load(&ended), 1);
		slot_give(&owner.slots, slot_at((uint32_t)(shared.id & ~OTEL_HANDLE_PASSIVE)));
	}
}
END_TEST

START_TEST(what_a_signal_handler_wants_of_a_busy_thread_is_refused)
{
	struct record *r;
	const otel_span span = open_span(&record), other = open_span(&record);
	struct span_slot *slot;

	ck_assert(span_thread_enter(&thread));
	ck_assert_ptr_null(span_slot_lock(&thread, span));
	ck_assert_ptr_null(end_by(&thread, other, &r));
	span_thread_leave(&thread);
	ck_assert_uint_eq(misuse(), 2);
	slot = span_slot_lock(&thread, span);
	ck_assert_ptr_nonnull(slot);
	span_slot_unlock(&thread, slot);
	end_span(span);
	end_span(other);
}
END_TEST

SUITE_MAIN("span_slot", setup, {a_handle_holds_issuer_generation_and_slot, 0}, {forged_handles_lead_nowhere, 7},
	   {a_recording_span_can_be_locked_and_a_passive_one_not, 0}, {after_its_end_a_span_answers_for_256_more, 0},
	   {a_recycled_handle_does_nothing_and_is_counted, 0}, {a_second_end_is_counted, 0},
	   {ten_thousand_open_spans_have_ten_thousand_slots, 0}, {the_tracestate_lives_as_long_as_the_slot_answers, 0},
	   {readers_see_whole_contexts_while_slots_are_reused, 0}, {when_all_slots_are_in_use_there_is_no_span, 0},
	   {owner_and_others_are_never_inside_at_once, 0}, {only_one_thread_ends_a_span, 0},
	   {what_a_signal_handler_wants_of_a_busy_thread_is_refused, 0})

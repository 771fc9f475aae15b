/* SPDX-License-Identifier: Apache-2.0
 *
 * thread_record_test.c - what a profiler finds on a thread after each change of what is current. That it finds the
 * place is tested from outside (tests/e2e/share_context.sh).
 */
#include <otel/otel.h>
#include <pthread.h>

#include "api/thread_record.h"
#include "fake_provider.h"
#include "support/suite.h"

static void setup(void)
{
	struct otel_slot *slot = otel_api_slot_v1();

	slot->provider = &fake_provider;
	slot->shared_place = slot->record_place;
}

static void teardown(void)
{
	ck_assert_uint_eq(otel_span_current().id, 0);
}

/* As a reader does it: through the variable, and only what is valid. */
static const struct otel_thread_record *seen(void)
{
	const struct otel_thread_record *record = otel_thread_ctx_v1;

	return record && record->valid == 1 ? record : NULL;
}

static bool is_seen(const otel_span_context *sc)
{
	const struct otel_thread_record *record = seen();

	return record && !memcmp(record->trace_id, sc->trace_id, 16) && !memcmp(record->span_id, sc->span_id, 8) &&
	       record->trace_flags == sc->trace_flags && record->attrs_size == 0;
}

static bool span_is_seen(otel_span span)
{
	const otel_span_context sc = fake_context_of(span);

	return is_seen(&sc);
}

static otel_span started(void)
{
	return otel_span_start(otel_tracer("t", NULL), "s");
}

START_TEST(the_record_follows_attach_and_detach)
{
	const otel_span a = started(), b = started();
	const otel_token outer = otel_span_attach(a);

	ck_assert(span_is_seen(a));
	const otel_token inner = otel_span_attach(b);
	ck_assert(span_is_seen(b));
	otel_detach(inner);
	ck_assert(span_is_seen(a));
	otel_detach(outer);
	ck_assert_ptr_null(seen());
}
END_TEST

START_TEST(attaching_no_span_leaves_the_record_as_it_is)
{
	const otel_span a = started();
	const otel_token outer = otel_span_attach(a), inner = otel_span_attach((otel_span){0});

	ck_assert(span_is_seen(a));
	otel_detach(inner);
	otel_detach(outer);
}
END_TEST

START_TEST(a_context_shows_its_span_or_that_of_somebody_elses)
{
	const otel_span_context remote = {.trace_id = {1}, .span_id = {2}, .trace_flags = 3, .is_remote = 1};
	otel_context *context = otel_context_with_span_context(NULL, &remote, NULL);
	const otel_token token = otel_context_attach(context);

	ck_assert(is_seen(&remote));
	const otel_token root = otel_context_attach(NULL);
	ck_assert_ptr_null(seen());
	otel_detach(root);
	ck_assert(is_seen(&remote));
	otel_detach(token);
	otel_context_unref(context);
}
END_TEST

START_TEST(an_execution_shows_its_own)
{
	const otel_span a = started(), b = started();
	const otel_token of_thread = otel_span_attach(a);
	otel_execution *execution = otel_execution_create(NULL);

	otel_execution_switch(execution);
	ck_assert_ptr_null(seen());
	const otel_token of_execution = otel_span_attach(b);
	otel_execution_switch(NULL);
	ck_assert(span_is_seen(a));
	otel_execution_switch(execution);
	ck_assert(span_is_seen(b));
	otel_detach(of_execution);
	otel_execution_switch(NULL);
	otel_execution_destroy(execution);
	otel_detach(of_thread);
}
END_TEST

START_TEST(a_handle_that_stands_for_nothing_shows_nothing)
{
	const otel_span a = started();

	fake_recycle();
	const otel_token token = otel_span_attach(a);
	ck_assert_ptr_null(seen());
	otel_detach(token);
}
END_TEST

START_TEST(nothing_is_written_while_nothing_is_shared)
{
	struct otel_slot *slot = otel_api_slot_v1();
	const otel_span a = started();

	otel_detach(otel_span_attach(a));
	slot->shared_place = NULL;
	const otel_token token = otel_span_attach(a);
	ck_assert_ptr_null(seen());
	otel_detach(token);
}
END_TEST

/* ---- threads ---- */

static pthread_key_t last_key;
static bool seen_at_the_end;

/* Runs when the thread's contexts have been given back, or again after that. */
static void at_the_end(void *again)
{
	if (again == &last_key)
		pthread_setspecific(last_key, &seen_at_the_end);
	else
		seen_at_the_end = seen() != NULL;
}

static void *attach_and_leave(void *arg)
{
	otel_context *context = otel_context_with_span(NULL, *(otel_span *)arg);

	ck_assert_ptr_null(otel_thread_ctx_v1);
	pthread_setspecific(last_key, &last_key);
	otel_context_attach(context);
	otel_context_unref(context);
	ck_assert(span_is_seen(*(otel_span *)arg));
	return NULL;
}

START_TEST(a_thread_that_ends_shows_nothing_any_more)
{
	otel_span a = started();
	pthread_t thread;

	seen_at_the_end = true;
	pthread_key_create(&last_key, at_the_end);
	pthread_create(&thread, NULL, attach_and_leave, &a);
	pthread_join(thread, NULL);
	pthread_key_delete(last_key);
	ck_assert(!seen_at_the_end);
	ck_assert_ptr_null(seen());
}
END_TEST

/* ---- other copies ---- */

static struct otel_thread old_block;

static struct otel_thread *old_thread(void)
{
	return &old_block;
}

START_TEST(the_block_of_an_older_copy_stays_untouched)
{
	struct otel_slot *slot = otel_api_slot_v1();

	old_block = (struct otel_thread){.size = offsetof(struct otel_thread, record)};
	slot->shared_thread = old_thread;
	const otel_token token = otel_span_attach(started());
	otel_detach(token);
	slot->shared_thread = NULL;
	ck_assert_uint_eq(old_block.shown, 0);
	ck_assert_uint_eq(old_block.record.valid, 0);
	ck_assert_uint_eq(old_block.record.trace_id[0], 0);
}
END_TEST

SUITE_MAIN_WITH("thread_record", setup, teardown, {the_record_follows_attach_and_detach, 0},
		{attaching_no_span_leaves_the_record_as_it_is, 0},
		{a_context_shows_its_span_or_that_of_somebody_elses, 0}, {an_execution_shows_its_own, 0},
		{a_handle_that_stands_for_nothing_shows_nothing, 0}, {nothing_is_written_while_nothing_is_shared, 0},
		{a_thread_that_ends_shows_nothing_any_more, 0}, {the_block_of_an_older_copy_stays_untouched, 0})

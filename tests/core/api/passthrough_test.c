/* SPDX-License-Identifier: Apache-2.0
 *
 * passthrough_test.c - without an SDK, spans carry their parent's context on.
 */
#include "api/passthrough.h"

#include <pthread.h>

#include "header_list.h"
#include "support/suite.h"

static const otel_span_context remote = {
	.trace_id = {1, 2, 3}, .span_id = {4, 5}, .trace_flags = OTEL_TRACE_FLAG_SAMPLED, .is_remote = 1};

static otel_context *context_of_remote(void)
{
	return otel_context_with_span_context(NULL, &remote, "x=1");
}

START_TEST(without_a_parent_there_is_no_span)
{
	ck_assert_uint_eq(otel_span_start(otel_tracer("t", NULL), "s").id, 0);
	ck_assert_uint_eq(otel_span_start_with(NULL, "s", OTEL_SPAN_OPTIONS(.kind = OTEL_KIND_CLIENT)).id, 0);
}
END_TEST

START_TEST(a_span_is_its_parents_context)
{
	otel_context *context = context_of_remote();
	otel_span span = otel_span_start_with(NULL, "s", OTEL_SPAN_OPTIONS(.parent = context));
	otel_span_context sc = otel_span_context_get(span);

	otel_context_unref(context);
	ck_assert_uint_ne(span.id, 0);
	ck_assert_uint_eq(span.id >> 56, 0);
	ck_assert_mem_eq(&sc, &remote, sizeof(sc));
	ck_assert(!otel_span_is_recording(span));
	otel_span_set_int(span, "k", 1);
	otel_span_end(span);
	otel_span_end(span);
	sc = otel_span_context_get(span);
	ck_assert_mem_eq(&sc, &remote, sizeof(sc));
}
END_TEST

START_TEST(children_of_a_current_span_are_the_same_context_and_headers_go_on)
{
	otel_context *context = context_of_remote();
	otel_token token = otel_context_attach(context);
	otel_span outer = otel_span_start(NULL, "outer");
	struct header_list list = {0};
	otel_carrier carrier = header_list_carrier(&list);

	otel_propagate_w3c();
	otel_scope scope = otel_scope_enter(outer);
	ck_assert_uint_eq(otel_span_start(NULL, "inner").id, outer.id);
	ck_assert_uint_eq(otel_span_start_with(NULL, "root", OTEL_SPAN_OPTIONS(.root = true)).id, 0);
	otel_inject(NULL, &carrier);
	ck_assert_str_eq(header_list_get(&list, "traceparent", 0),
			 "00-01020300000000000000000000000000-0405000000000000-01");
	ck_assert_str_eq(header_list_get(&list, "tracestate", 0), "x=1");
	otel_scope_leave(&scope);
	otel_detach(token);
	otel_context_unref(context);
	header_list_clear(&list);
}
END_TEST

START_TEST(old_handles_go_stale_and_harm_nothing)
{
	otel_span first = passthrough_take(&remote, otel_tracestate_make_v1("x=1", 3));
	struct otel_tracestate *tracestate = NULL;
	otel_span_context sc;

	ck_assert(passthrough_context(first, &sc, &tracestate));
	ck_assert_str_eq(tracestate->text, "x=1");
	for (int i = 0; i < 5000; i++)
		ck_assert_uint_ne(passthrough_take(&remote, otel_tracestate_ref_v1(tracestate)).id, first.id);
	ck_assert(!passthrough_context(first, &sc, NULL));
	otel_tracestate_unref_v1(tracestate);
}
END_TEST

START_TEST(a_stale_current_span_gives_way_to_the_context_below_it)
{
	otel_context *context = context_of_remote();
	otel_token outer = otel_context_attach(context);
	otel_token inner = otel_span_attach(otel_span_start(NULL, "s"));
	otel_span span;

	for (int i = 0; i < 1024; i++)
		passthrough_take(&remote, NULL);
	span = otel_span_start(NULL, "child");
	ck_assert_uint_ne(span.id, otel_span_current().id);
	ck_assert_uint_eq(otel_span_context_get(span).trace_id[1], 2);
	otel_detach(inner);
	otel_detach(outer);
	otel_context_unref(context);
}
END_TEST

START_TEST(made_up_handles_are_no_spans)
{
	otel_span_context sc;

	ck_assert(!passthrough_context((otel_span){0}, &sc, NULL));
	ck_assert(!passthrough_context((otel_span){5000}, &sc, NULL));
	ck_assert(!passthrough_context((otel_span){0xffffffffffffu}, &sc, NULL));
	ck_assert_uint_eq(otel_span_context_get((otel_span){0xffffffffffffffffu}).trace_id[0], 0);
}
END_TEST

static void *start_many(void *arg)
{
	otel_span_context mine = remote;
	otel_span_context sc;

	memset(mine.trace_id, (int)(intptr_t)arg, sizeof(mine.trace_id));
	memset(mine.span_id, (int)(intptr_t)arg, sizeof(mine.span_id));
	for (int i = 0; i < 20000; i++) {
		struct otel_tracestate *tracestate = NULL;
		otel_span span = passthrough_take(&mine, otel_tracestate_make_v1("x=1", 3));
		/* Stale by now, perhaps, but never another's. */
		if (!passthrough_context(span, &sc, &tracestate))
			continue;
		ck_assert_mem_eq(&sc, &mine, sizeof(sc));
		otel_tracestate_unref_v1(tracestate);
	}
	return NULL;
}

START_TEST(threads_never_see_each_others_entries_half_written)
{
	pthread_t threads[4];

	for (intptr_t i = 0; i < 4; i++)
		ck_assert(!pthread_create(&threads[i], NULL, start_many, (void *)(i + 1)));
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
}
END_TEST

/* So that the leak checker has nothing to say about the last round of tracestates. */
static void empty_table(void)
{
	for (int i = 0; i < 1024; i++)
		passthrough_take(&remote, NULL);
}

SUITE_MAIN_WITH("passthrough", NULL, empty_table, {without_a_parent_there_is_no_span, 0},
		{a_span_is_its_parents_context, 0},
		{children_of_a_current_span_are_the_same_context_and_headers_go_on, 0},
		{old_handles_go_stale_and_harm_nothing, 0}, {a_stale_current_span_gives_way_to_the_context_below_it, 0},
		{made_up_handles_are_no_spans, 0}, {threads_never_see_each_others_entries_half_written, 0})

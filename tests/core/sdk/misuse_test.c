/* SPDX-License-Identifier: Apache-2.0
 *
 * misuse_test.c - programs that use the API wrongly, with a real SDK behind it: nothing crashes, what is exported is
 * right, and the misuse is counted.
 */
#include <otel/memory.h>
#include <otel/otel.h>
#include <otel/sdk.h>
#include <pthread.h>

#include "start_support.h"
#include "support/null_arguments.h"

enum { MADE_UP = 20000 };

static struct otel_tracer *tracer;
static uint64_t misuse_before;

static uint64_t misuse(void)
{
	otel_sdk_stats stats = {.size = sizeof stats};

	otel_sdk_get_stats(&stats);
	return stats.misuse;
}

static void set_up(void)
{
	const otel_status ignored = otel_sdk_stop(2000); /* the first time there is nothing to stop */

	(void)ignored;
	start_set_up();
	ck_assert_int_eq(otel_sdk_start(NULL), OTEL_OK);
	tracer = otel_tracer("misuse_test", NULL);
	misuse_before = misuse();
}

static uint64_t counted(void)
{
	return misuse() - misuse_before;
}

static uint64_t xorshift(void)
{
	static uint64_t x = 88172645463325252u;

	x ^= x << 13;
	x ^= x >> 7;
	return x ^= x << 17;
}

/* Every call that takes a handle. */
static void use(otel_span span)
{
	const otel_link link = {.span_context = {.trace_id = {1}, .span_id = {1}}};
	otel_context *context = otel_context_with_span(NULL, span);

	otel_span_set_str(span, "stray", "x");
	otel_span_set_bool(span, "stray", true);
	otel_span_set_int(span, "stray", 1);
	otel_span_set_double(span, "stray", 1);
	otel_span_set_attr(span, otel_attr_int("stray", 1));
	otel_span_add_event(span, "stray");
	otel_span_add_link(span, &link);
	otel_span_update_name(span, "stray");
	otel_span_set_status(span, OTEL_STATUS_ERROR, "stray");
	otel_span_record_exception(span, "stray", NULL, NULL, NULL, 0);
	ck_assert(!otel_span_is_recording(span));
	otel_detach(otel_span_attach(span));
	otel_span_end(span);
	otel_span_end(otel_span_start_with(tracer, "of a stray", OTEL_SPAN_OPTIONS(.parent = context)));
	otel_context_unref(context);
}

/* The last exported span, and how many there were of a name. */
static struct {
	char name[32];
	size_t attrs, events, links, untouched;
} seen;

static void look(void *arg, const Otlp__Resource *resource, const Otlp__Span *span)
{
	(void)arg;
	(void)resource;
	snprintf(seen.name, sizeof seen.name, "%.*s", (int)span->name.len, (const char *)span->name.data);
	seen.attrs = span->n_attributes;
	seen.events = span->n_events;
	seen.links = span->n_links;
	if (!strcmp(seen.name, "untouched") && seen.attrs + seen.events + seen.links == 0)
		seen.untouched++;
}

static size_t exported(void)
{
	memset(&seen, 0, sizeof seen);
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	return start_received(look, NULL);
}

START_TEST(null_arguments_do_nothing)
{
	const otel_span live = otel_span_start(tracer, "live"), ended = otel_span_start(tracer, "ended");

	otel_span_end(ended);
	null_arguments((otel_span){0});
	null_arguments(live);
	null_arguments(ended);
	null_arguments((otel_span){UINT64_MAX});
	otel_span_end(live);
	NULL_CASE(otel_sdk_start, ck_assert_int_eq(otel_sdk_start(NULL), OTEL_ALREADY));
	NULL_CASE(otel_sdk_start_v1, ck_assert_int_ne(otel_sdk_start_v1(NULL, NULL), OTEL_OK));
	NULL_CASE(otel_api_slot_v1, ck_assert_ptr_nonnull(otel_api_slot_v1()));
	NULL_CASE(otel_sdk_get_stats, otel_sdk_get_stats(NULL));
	NULL_CASE(otel_sdk_poll, ck_assert_uint_eq(otel_sdk_poll(0), UINT32_MAX));
	NULL_CASE(otel_sdk_flush, ck_assert_int_ne(otel_sdk_flush(0), OTEL_INVALID));
	NULL_CASE(otel_memory_find, ck_assert_ptr_null(otel_memory_find(NULL)));
	NULL_CASE(otel_memory_at, ck_assert_ptr_null(otel_memory_at(0)));
	NULL_CASE(otel_memory_count, ck_assert_uint_eq(otel_memory_count(), 0));
	NULL_CASE(otel_memory_dropped, ck_assert_uint_eq(otel_memory_dropped(), 0));
	NULL_CASE(otel_memory_clear, otel_memory_clear());
	NULL_CASE(otel_memory_attr, ck_assert_ptr_null(otel_memory_attr((otel_memory_attrs){.items = NULL}, NULL)));
	NULL_CASE(otel_last_error, ck_assert_ptr_nonnull(otel_last_error()));
	NULL_CASE(otel_sdk_stop, ck_assert_int_eq(otel_sdk_stop(5000), OTEL_OK));
	ck_assert_uint_gt(counted(), 0);
}
END_TEST

START_TEST(a_span_ended_twice_is_exported_once_and_counted)
{
	const otel_span span = otel_span_start(tracer, "once");

	otel_span_end(span);
	otel_span_end(span);
	otel_span_end_at(span, 5);
	ck_assert_uint_eq(counted(), 2);
	ck_assert_uint_eq(exported(), 1);
}
END_TEST

START_TEST(an_ended_span_keeps_what_it_had)
{
	const otel_span span = otel_span_start(tracer, "untouched");

	otel_span_end(span);
	use(span);
	ck_assert_uint_ge(counted(), 11);
	ck_assert_uint_eq(exported(), 2); /* and a child, for an ended span is still a parent */
	ck_assert_uint_eq(seen.untouched, 1);
}
END_TEST

START_TEST(no_span_is_no_misuse)
{
	use((otel_span){0});
	ck_assert_uint_eq(counted(), 0);
	ck_assert_uint_eq(exported(), 1);
}
END_TEST

START_TEST(made_up_handles_are_harmless)
{
	const otel_span span = otel_span_start(tracer, "untouched");

	for (int i = 0; i < MADE_UP; i++) {
		const otel_span made_up = {xorshift()};
		otel_span_set_int(made_up, "stray", 1);
		otel_span_end(made_up);
		otel_context_unref(otel_context_with_span(NULL, made_up));
		(void)otel_span_context_get(made_up);
	}
	for (int i = 0; i < 200; i++)
		use((otel_span){xorshift()});
	ck_assert_uint_ge(counted(), MADE_UP);
	ck_assert(otel_span_is_recording(span));
	otel_span_end(span);
	ck_assert_uint_eq(exported(), 201);
	ck_assert_uint_eq(seen.untouched, 1);
}
END_TEST

START_TEST(a_handle_with_one_bit_turned_is_another_handle)
{
	const otel_span span = otel_span_start(tracer, "untouched");

	for (int bit = 0; bit < 64; bit++)
		use((otel_span){span.id ^ UINT64_C(1) << bit});
	ck_assert(otel_span_is_recording(span));
	otel_span_end(span);
	ck_assert_uint_eq(exported(), 65);
	ck_assert_uint_eq(seen.untouched, 1);
}
END_TEST

START_TEST(detaching_out_of_order_or_twice_ends_where_it_began)
{
	const otel_span a = otel_span_start(tracer, "a"), b = otel_span_start(tracer, "b");
	const otel_token outer = otel_span_attach(a), inner = otel_span_attach(b);

	otel_detach(outer);
	ck_assert_uint_eq(otel_span_current().id, 0);
	otel_detach(inner);
	otel_detach(outer);
	ck_assert_uint_eq(otel_span_current().id, 0);
	ck_assert_uint_eq(counted(), 3);
	otel_span_end(a);
	otel_span_end(b);
}
END_TEST

START_TEST(made_up_tokens_are_harmless)
{
	const otel_span span = otel_span_start(tracer, "current");
	const otel_token token = otel_span_attach(span);
	otel_token made_up;

	for (int i = 0; i < 1000; i++) {
		for (size_t at = 0; at < sizeof made_up; at += 8) {
			const uint64_t bits = xorshift();
			memcpy((char *)&made_up + at, &bits, sizeof bits);
		}
		otel_detach(made_up);
	}
	ck_assert_uint_eq(otel_span_current().id, span.id);
	ck_assert_uint_eq(counted(), 1000);
	otel_detach(token);
	otel_span_end(span);
}
END_TEST

START_TEST(a_scope_left_twice_ends_its_span_once)
{
	const otel_span outer = otel_span_start(tracer, "outer");
	const otel_token token = otel_span_attach(outer);
	otel_scope scope = otel_scope_enter(otel_span_start(tracer, "inner"));

	otel_scope_leave(&scope);
	otel_scope_leave(&scope);
	ck_assert_uint_eq(otel_span_current().id, outer.id);
	ck_assert_uint_eq(counted(), 2);
	otel_detach(token);
	otel_span_end(outer);
	ck_assert_uint_eq(exported(), 2);
}
END_TEST

static void *detach_token(void *arg)
{
	otel_detach(*(otel_token *)arg);
	return NULL;
}

START_TEST(a_token_of_another_thread_changes_neither)
{
	const otel_span span = otel_span_start(tracer, "current");
	otel_token token = otel_span_attach(span);
	pthread_t thread;

	ck_assert_int_eq(pthread_create(&thread, NULL, detach_token, &token), 0);
	pthread_join(thread, NULL);
	ck_assert_uint_eq(otel_span_current().id, span.id);
	ck_assert_uint_eq(counted(), 1);
	otel_detach(token);
	otel_span_end(span);
}
END_TEST

START_TEST(options_of_any_size_are_read_as_far_as_they_are_known)
{
	static const size_t sizes[] = {0, 1, 7, 8, 9, 12, 16, 40, SIZE_MAX};

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		const otel_span_options options = {.size = sizes[i], .kind = (otel_span_kind)9999};
		otel_span_end(otel_span_start_with(tracer, "s", &options));
	}
	ck_assert_uint_eq(exported(), sizeof sizes / sizeof *sizes);
}
END_TEST

SUITE_MAIN("misuse", set_up, {null_arguments_do_nothing, 0}, {a_span_ended_twice_is_exported_once_and_counted, 0},
	   {an_ended_span_keeps_what_it_had, 0}, {no_span_is_no_misuse, 0}, {made_up_handles_are_harmless, 0},
	   {a_handle_with_one_bit_turned_is_another_handle, 0},
	   {detaching_out_of_order_or_twice_ends_where_it_began, 0}, {made_up_tokens_are_harmless, 0},
	   {a_scope_left_twice_ends_its_span_once, 0}, {a_token_of_another_thread_changes_neither, 0},
	   {options_of_any_size_are_read_as_far_as_they_are_known, 0})

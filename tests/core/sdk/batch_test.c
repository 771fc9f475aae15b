/* SPDX-License-Identifier: Apache-2.0
 *
 * batch_test.c - logged spans become OTLP requests, and are counted when all exporters are done with them.
 */
#include "sdk/batch.h"

#include <stdio.h>
#include <string.h>

#include "core/sdk/pipeline_support.h"
#include "sdk/scope.h"
#include "support/suite.h"
#include "util/wire.h"

static struct batcher batcher;

/* A tiny span: ScopeSpans.spans holding field 5 (name). */
static void log_span(uint32_t scope, const char *name)
{
	uint8_t bytes[64], *p = bytes;
	size_t len = strlen(name);
	uint32_t queued;
	p = wire_put_varint(wire_put_varint(p, WIRE_TAG(2, WIRE_LEN)), len + 2);
	p = wire_put_varint(wire_put_varint(p, WIRE_TAG(5, WIRE_LEN)), len);
	p = wire_put_bytes(p, name, len);
	ck_assert(span_log_append(0, scope, bytes, (size_t)(p - bytes), &queued));
}

static uint32_t scope_named(struct otel_tracer *tracer, const char *name)
{
	*tracer = (struct otel_tracer){
		.size = sizeof(*tracer), .name = name, .version = "1", .schema_url = "http://schema/"};
	return scope_of(tracer);
}

static struct batch *next(uint32_t max, uint32_t owners)
{
	bool lost = false;
	batcher_add(&batcher, span_log_take());
	struct batch *batch = batcher_next(&batcher, max, BATCH_MAX_BYTES, owners, &lost);
	ck_assert(!lost);
	return batch;
}

static void start(void)
{
	stats_reset();
	span_log_setup(1000, 64 << 20);
	batcher_forget(&batcher);
}

/* ---- reading a request back ---- */

static struct wire_field field(struct wire_reader *r, uint32_t number)
{
	struct wire_field f;
	bool ok = false;
	ck_assert(wire_next(r, &f, &ok));
	ck_assert(ok);
	ck_assert_uint_eq(f.number, number);
	ck_assert_uint_eq(f.type, WIRE_LEN);
	return f;
}

static struct wire_reader inside(struct wire_field f)
{
	return (struct wire_reader){f.data, f.data + f.len};
}

static bool at_end(struct wire_reader *r)
{
	return r->p == r->end;
}

static void expect_text(struct wire_field f, const char *text)
{
	ck_assert_uint_eq(f.len, strlen(text));
	ck_assert_mem_eq(f.data, text, f.len);
}

/* The names of a ScopeSpans in order, "a b c". */
static const char *names_of(struct wire_field scope_spans, const char *scope)
{
	static char names[256];
	struct wire_reader r = inside(scope_spans);
	struct wire_reader in_scope = inside(field(&r, 1));
	names[0] = '\0';
	expect_text(field(&in_scope, 1), scope);
	while (r.p < r.end && *r.p == WIRE_TAG(2, WIRE_LEN)) {
		struct wire_reader span = inside(field(&r, 2));
		struct wire_field name = field(&span, 5);
		size_t len = strlen(names);
		snprintf(names + len, sizeof(names) - len, "%s%.*s", len ? " " : "", (int)name.len,
			 (const char *)name.data);
	}
	expect_text(field(&r, 3), "http://schema/");
	ck_assert(at_end(&r));
	return names;
}

START_TEST(spans_are_grouped_by_scope_in_the_order_they_ended)
{
	struct otel_tracer red, blue;
	uint32_t r = scope_named(&red, "red"), b = scope_named(&blue, "blue");

	start();
	log_span(r, "1");
	log_span(b, "2");
	log_span(r, "3");
	log_span(b, "4");
	struct batch *batch = next(10, 1);
	ck_assert_uint_eq(batch->wire.items, 4);
	ck_assert_uint_eq(batch->wire.signal, OTEL_SIGNAL_TRACES);

	struct wire_reader request = {batch->wire.data, batch->wire.data + batch->wire.len};
	struct wire_reader rs = inside(field(&request, 1));
	ck_assert(at_end(&request));
	struct wire_reader resource = inside(field(&rs, 1));
	struct wire_reader attribute = inside(field(&resource, 1));
	expect_text(field(&attribute, 1), "a");
	ck_assert_str_eq(names_of(field(&rs, 2), "red"), "1 3");
	ck_assert_str_eq(names_of(field(&rs, 2), "blue"), "2 4");
	ck_assert(at_end(&rs));
	batch_settle(batch, BATCH_TAKEN, 0);
	batch_unref(batch);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(a_batch_holds_no_more_spans_than_allowed_and_the_rest_waits)
{
	start();
	for (int i = 0; i < 25; i++)
		log_span(0, "x");
	for (uint32_t expected = 10; expected; expected = expected == 10 ? 5 : 0) {
		uint32_t rounds = expected == 10 ? 2 : 1;
		while (rounds--) {
			struct batch *batch = next(10, 1);
			ck_assert_uint_eq(batch->wire.items, expected);
			batch_settle(batch, BATCH_TAKEN, 0);
			batch_unref(batch);
		}
	}
	ck_assert_ptr_null(next(10, 1));
	ck_assert_uint_eq(stats.accepted, 25);
	ck_assert_uint_eq(span_log_queued(), 0);
}
END_TEST

START_TEST(a_batch_stays_below_its_bytes_but_takes_one_span_of_any_size)
{
	bool lost = false;
	start();
	for (int i = 0; i < 4; i++)
		log_span(0, "twelve bytes");
	batcher_add(&batcher, span_log_take());
	struct batch *batch = batcher_next(&batcher, 100, 40, 1, &lost);
	ck_assert_uint_eq(batch->wire.items, 2);
	batch_settle(batch, BATCH_TAKEN, 0);
	batch_unref(batch);
	batch = batcher_next(&batcher, 100, 1, 1, &lost);
	ck_assert_uint_eq(batch->wire.items, 1);
	batch_settle(batch, BATCH_TAKEN, 0);
	batch_unref(batch);
	batcher_drop(&batcher);
	ck_assert_uint_eq(stats.dropped_shutdown, 1);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(spans_of_many_scopes_and_chunks_all_arrive)
{
	static struct otel_tracer tracers[300];
	static char names[300][8];
	uint32_t spans = 0;

	start();
	for (int i = 0; i < 300; i++) {
		snprintf(names[i], sizeof(names[i]), "m%d", i);
		uint32_t scope = scope_named(&tracers[i], names[i]);
		for (int n = 0; n < 3; n++)
			log_span(scope, names[i]);
	}
	struct batch *batch = next(2000, 1);
	struct wire_reader request = {batch->wire.data, batch->wire.data + batch->wire.len};
	struct wire_reader rs = inside(field(&request, 1));
	field(&rs, 1);
	for (int i = 0; i < 300; i++) {
		char expected[64];
		snprintf(expected, sizeof(expected), "m%d m%d m%d", i, i, i);
		ck_assert_str_eq(names_of(field(&rs, 2), names[i]), expected);
		spans += 3;
	}
	ck_assert(at_end(&rs));
	ck_assert_uint_eq(batch->wire.items, spans);
	batch_settle(batch, BATCH_TAKEN, 0);
	batch_unref(batch);
}
END_TEST

START_TEST(spans_count_as_accepted_when_every_exporter_took_them)
{
	start();
	log_span(0, "x");
	struct batch *batch = next(10, 2);
	batch_settle(batch, BATCH_TAKEN, 0);
	ck_assert_uint_eq(stats.accepted, 0);
	ck_assert_uint_eq(span_log_queued(), 1);
	ck_assert_uint_eq(batch_held(), 1);
	batch_settle(batch, BATCH_TAKEN, 0);
	batch_unref(batch);
	ck_assert_uint_eq(stats.accepted, 1);
	ck_assert_uint_eq(span_log_queued(), 0);
	ck_assert_uint_eq(batch_held(), 0);
}
END_TEST

START_TEST(the_first_loss_names_the_reason)
{
	start();
	log_span(0, "x");
	struct batch *batch = next(10, 3);
	batch_settle(batch, BATCH_TAKEN, 0);
	batch_settle(batch, BATCH_QUEUE_FULL, 0);
	batch_settle(batch, BATCH_SHUTDOWN, 0);
	batch_unref(batch);
	ck_assert_uint_eq(stats.dropped_queue_full, 1);
	ck_assert_uint_eq(stats.accepted + stats.dropped_shutdown, 0);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(a_partial_success_counts_both_parts)
{
	start();
	for (int i = 0; i < 5; i++)
		log_span(0, "x");
	struct batch *batch = next(10, 1);
	batch_settle(batch, BATCH_TAKEN, 2);
	batch_unref(batch);
	ck_assert_uint_eq(stats.accepted, 3);
	ck_assert_uint_eq(stats.dropped_rejected, 2);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(a_backend_cannot_reject_more_than_it_got)
{
	start();
	log_span(0, "x");
	struct batch *batch = next(10, 1);
	batch_settle(batch, BATCH_TAKEN, 4000000);
	batch_unref(batch);
	ck_assert_uint_eq(stats.dropped_rejected, 1);
	ck_assert(support_balanced());
}
END_TEST

/* The bytes of a batch of one scope, with `count` spans of this name. */
static size_t batch_bytes(const char *name, uint32_t count, uint8_t *out)
{
	for (uint32_t i = 0; i < count; i++)
		log_span(0, name);
	struct batch *batch = next(100, 1);
	const size_t len = batch->wire.len;
	ck_assert_uint_eq(batch->wire.items, count);
	memcpy(out, batch->wire.data, len);
	batch_settle(batch, BATCH_TAKEN, 0);
	batch_unref(batch);
	return len;
}

START_TEST(a_batch_is_the_same_whatever_was_in_its_memory_before)
{
	static uint8_t fresh[4096], used[4096];
	start();
	batch_trim();
	const size_t len = batch_bytes("short", 17, fresh);
	batch_trim();
	batch_bytes("as long as four", 20, used);
	ck_assert_uint_eq(batch_bytes("short", 17, used), len);
	ck_assert_mem_eq(used, fresh, len);
	batch_bytes("as long as four", 60, used); /* more than there is room for */
	ck_assert_uint_eq(batch_bytes("short", 17, used), len);
	ck_assert_mem_eq(used, fresh, len);
	batch_trim();
	ck_assert(support_balanced());
}
END_TEST

SUITE_MAIN("batch", NULL, {spans_are_grouped_by_scope_in_the_order_they_ended, 0},
	   {a_batch_holds_no_more_spans_than_allowed_and_the_rest_waits, 0},
	   {a_batch_stays_below_its_bytes_but_takes_one_span_of_any_size, 0},
	   {spans_of_many_scopes_and_chunks_all_arrive, 0}, {spans_count_as_accepted_when_every_exporter_took_them, 0},
	   {the_first_loss_names_the_reason, 0}, {a_partial_success_counts_both_parts, 0},
	   {a_backend_cannot_reject_more_than_it_got, 0}, {a_batch_is_the_same_whatever_was_in_its_memory_before, 0})

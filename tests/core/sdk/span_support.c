/* SPDX-License-Identifier: Apache-2.0
 *
 * span_support.c - reading back what the span side wrote.
 */
#include "core/sdk/span_support.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "sdk/sampler.h"
#include "sdk/pipeline.h"
#include "sdk/record_life.h"
#include "sdk/span_calls.h"
#include "sdk/span_log.h"
#include "sdk/span_thread.h"
#include "sdk/stats.h"

/* ---- messages ---- */

static void check_whole(struct msg m)
{
	struct wire_reader r = {m.p, m.p + m.len};
	struct wire_field f;
	bool ok = true;

	while (wire_next(&r, &f, &ok))
		ck_assert_msg(f.number != 8 || f.type != WIRE_LEN, "filler left in a span");
	ck_assert(ok);
}

struct msg span_of(const void *entry, size_t len)
{
	struct wire_reader r = {entry, (const uint8_t *)entry + len};
	struct wire_field f;
	bool ok = true;

	ck_assert(wire_next(&r, &f, &ok) && ok);
	ck_assert_uint_eq(f.number, 2);
	ck_assert_uint_eq(f.type, WIRE_LEN);
	ck_assert_ptr_eq(r.p, r.end);
	struct msg m = {f.data, f.len};
	check_whole(m);
	return m;
}

static bool find(struct msg m, uint32_t number, unsigned nth, struct wire_field *f)
{
	struct wire_reader r = {m.p, m.p + m.len};
	bool ok = true;

	while (wire_next(&r, f, &ok))
		if (f->number == number && !nth--)
			return true;
	ck_assert(ok);
	return false;
}

unsigned msg_count(struct msg m, uint32_t number)
{
	struct wire_field f;
	unsigned n = 0;

	while (find(m, number, n, &f))
		n++;
	return n;
}

struct wire_field msg_field(struct msg m, uint32_t number, unsigned nth)
{
	struct wire_field f;

	ck_assert_msg(find(m, number, nth, &f), "field %u (%u) is missing", number, nth);
	return f;
}

struct msg msg_sub(struct msg m, uint32_t number, unsigned nth)
{
	const struct wire_field f = msg_field(m, number, nth);

	ck_assert_uint_eq(f.type, WIRE_LEN);
	struct msg sub = {f.data, f.len};
	check_whole(sub);
	return sub;
}

uint64_t msg_number(struct msg m, uint32_t number)
{
	struct wire_field f;

	return find(m, number, 0, &f) ? f.value : 0;
}

static char *buffer(void)
{
	static char buffers[8][4096];
	static unsigned next;

	char *b = buffers[next++ % 8];
	*b = 0;
	return b;
}

const char *msg_text(struct msg m, uint32_t number)
{
	char *out = buffer();
	struct wire_field f;

	ck_assert_uint_le(msg_count(m, number), 1);
	if (find(m, number, 0, &f))
		snprintf(out, 4096, "%.*s", (int)f.len, (const char *)f.data);
	return out;
}

static size_t print_any(char *out, size_t room, struct msg any);

static size_t print_array(char *out, size_t room, struct msg array)
{
	size_t n = (size_t)snprintf(out, room, "[");

	for (unsigned i = 0; i < msg_count(array, 1); i++) {
		n += (size_t)snprintf(out + n, room - n, "%s", i ? ", " : "");
		const struct wire_field f = msg_field(array, 1, i);
		n += print_any(out + n, room - n, (struct msg){f.data, f.len});
	}
	return n + (size_t)snprintf(out + n, room - n, "]");
}

static size_t print_map(char *out, size_t room, struct msg map)
{
	size_t n = (size_t)snprintf(out, room, "{");

	for (unsigned i = 0; i < msg_count(map, 1); i++) {
		const struct msg entry = msg_sub(map, 1, i);
		const struct wire_field key = msg_field(entry, 1, 0), value = msg_field(entry, 2, 0);
		n += (size_t)snprintf(out + n, room - n, "%s%.*s: ", i ? ", " : "", (int)key.len,
				      (const char *)key.data);
		n += print_any(out + n, room - n, (struct msg){value.data, value.len});
	}
	return n + (size_t)snprintf(out + n, room - n, "}");
}

static size_t print_any(char *out, size_t room, struct msg any)
{
	struct wire_reader r = {any.p, any.p + any.len};
	struct wire_field f;
	bool ok = true;
	double d;
	size_t n;

	if (!wire_next(&r, &f, &ok)) {
		ck_assert(ok);
		return (size_t)snprintf(out, room, "null");
	}
	ck_assert_ptr_eq(r.p, r.end);
	switch (f.number) {
	case 1:
		return (size_t)snprintf(out, room, "\"%.*s\"", (int)f.len, (const char *)f.data);
	case 2:
		return (size_t)snprintf(out, room, "%s", f.value ? "true" : "false");
	case 3:
		return (size_t)snprintf(out, room, "%lld", (long long)f.value);
	case 4:
		memcpy(&d, &f.value, sizeof d);
		return (size_t)snprintf(out, room, "%g", d);
	case 5:
		return print_array(out, room, (struct msg){f.data, f.len});
	case 6:
		return print_map(out, room, (struct msg){f.data, f.len});
	case 7:
		n = (size_t)snprintf(out, room, "x'");
		for (size_t i = 0; i < f.len; i++)
			n += (size_t)snprintf(out + n, room - n, "%02x", f.data[i]);
		return n + (size_t)snprintf(out + n, room - n, "'");
	default:
		ck_abort_msg("no such AnyValue: %u", f.number);
	}
}

const char *attr_text(struct msg m, uint32_t number, const char *key)
{
	struct wire_reader r = {m.p, m.p + m.len};
	const size_t key_len = strlen(key);
	struct msg value = {NULL, 0};
	char *out = buffer();
	struct wire_field f;
	bool ok = true;

	while (wire_next(&r, &f, &ok)) {
		if (f.number != number)
			continue;
		struct msg pair = {f.data, f.len};
		const struct wire_field k = msg_field(pair, 1, 0);
		if (k.len != key_len || memcmp(k.data, key, key_len) != 0)
			continue;
		ck_assert_msg(!value.p, "%s is there twice", key);
		const struct wire_field v = msg_field(pair, 2, 0);
		value = (struct msg){v.data, v.len};
	}
	ck_assert(ok);
	if (!value.p)
		return "absent";
	print_any(out, 4096, value);
	return out;
}

struct record_bytes test_finish(struct record_pool *pool, struct record *r, const otel_span_context *context,
				const char *tracestate, uint64_t end_ns)
{
	struct otel_tracestate *t = otel_tracestate_make_v1(tracestate, otel_strlen(tracestate));
	const size_t len = record_seal(pool, r, t);
	struct span_ids ids;
	memcpy(&ids.trace, context->trace_id, 16);
	memcpy(&ids.span, context->span_id, 8);
	const struct record_bytes bytes = record_finish(r, &ids, context->trace_flags, end_ns);

	ck_assert_uint_eq(bytes.len, len);
	otel_tracestate_unref_v1(t);
	return bytes;
}

/* ---- a provider ---- */

static const struct otel_thread_calls nothing; /* the SDK's are there before the first call */
struct otel_thread test_thread = {.size = sizeof test_thread, .calls = &nothing};
struct otel_tracer test_tracer = {.size = sizeof test_tracer, .name = "test", .version = "1.0", .schema_url = ""};
_Atomic unsigned test_notified;

void pipeline_notify(uint32_t queued)
{
	(void)queued;
	atomic_fetch_add(&test_notified, 1);
}

struct provider_options test_options(const char *sampler)
{
	static struct component component;
	struct provider_options options = {
		.limits = {.attr_count = 128,
			   .attr_depth = 64,
			   .attr_value_len = UINT32_MAX,
			   .event_count = 128,
			   .link_count = 128,
			   .event_attr_count = 128,
			   .link_attr_count = 128},
		.sampler = &component,
	};

	component.vtable = NULL;
	for (size_t i = 0; i < sampler_count; i++)
		if (!strcmp(samplers[i].name, sampler))
			component.vtable = samplers[i].sampler;
	ck_assert_ptr_nonnull(component.vtable);
	return options;
}

void test_provider_with(const struct provider_options *options)
{
	test_take();
	span_log_setup(20000, 64u << 20);
	stats_reset();
	atomic_store(&test_notified, 0);
	provider_setup(options);
	ck_assert_ptr_nonnull(span_thread_of(T));
	ck_assert_ptr_eq(test_thread.calls, &span_calls);
}

void test_provider(const char *sampler)
{
	const struct provider_options options = test_options(sampler);
	test_provider_with(&options);
}

otel_span test_start(const char *name)
{
	const struct otel_parent none = {.context = NULL};

	if (test_thread.suppressed)
		return P->span_start(T, &test_tracer, name, strlen(name), &none, NULL);
	return CALL(start_root, &test_tracer, name, strlen(name));
}

otel_span test_child(const char *name, otel_span parent)
{
	const struct otel_parent of = {.span = parent};
	return P->span_start(T, &test_tracer, name, strlen(name), &of, NULL);
}

otel_span test_under(const char *name, const otel_context *context)
{
	const struct otel_parent of = {.context = context};
	return P->span_start(T, &test_tracer, name, strlen(name), &of, NULL);
}

void test_end(otel_span span)
{
	CALL(end, span, 0);
}

static struct {
	uint32_t scope;
	uint8_t *data;
	size_t len;
} * taken;
static size_t taken_count;

static void keep(const struct span_log_entry *entry)
{
	taken = realloc(taken, (taken_count + 1) * sizeof *taken);
	ck_assert_ptr_nonnull(taken);
	taken[taken_count].scope = entry->scope;
	taken[taken_count].len = entry->len;
	taken[taken_count].data = malloc(entry->len);
	memcpy(taken[taken_count++].data, entry + 1, entry->len);
}

size_t test_take(void)
{
	struct span_log_chunk *chunk = span_log_take();

	while (taken_count)
		free(taken[--taken_count].data);
	free(taken);
	taken = NULL;
	while (chunk) {
		struct span_log_chunk *next = chunk->next;
		uint32_t spans = 0;
		for (size_t at = 0; at < chunk->used; spans++) {
			const struct span_log_entry *entry = (const void *)(chunk->data + at);
			keep(entry);
			at += (sizeof *entry + entry->len + 7) & ~(size_t)7;
		}
		ck_assert_uint_eq(spans, chunk->spans);
		span_log_release(chunk->spans, chunk->used);
		span_log_chunk_free(chunk);
		chunk = next;
	}
	return taken_count;
}

struct msg test_span(size_t i)
{
	ck_assert_uint_lt(i, taken_count);
	return span_of(taken[i].data, taken[i].len);
}

uint32_t test_scope(size_t i)
{
	ck_assert_uint_lt(i, taken_count);
	return taken[i].scope;
}

struct msg test_only(void)
{
	ck_assert_uint_eq(test_take(), 1);
	return test_span(0);
}

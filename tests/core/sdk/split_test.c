/* SPDX-License-Identifier: Apache-2.0
 *
 * split_test.c - parts of requests: no item is lost or doubled, and each keeps what it belongs to.
 */
#include "sdk/split.h"

#include <stdlib.h>
#include <string.h>

#include "sdk/request_items.h"
#include "support/suite.h"
#include "util/buf.h"
#include "util/wire.h"

enum { GAUGE = 5, SUM = 7, SCHEMA_URL = 3, UNKNOWN = 15 };

/* ---- writing requests ---- */

static void put(struct buf *out, uint32_t number, const struct buf *content)
{
	wire_append_len(out, (uint8_t)WIRE_TAG(number, WIRE_LEN), content->data, content->len);
}

static void put_text(struct buf *out, uint32_t number, const char *text)
{
	wire_append_len(out, (uint8_t)WIRE_TAG(number, WIRE_LEN), text, strlen(text));
}

static struct buf make(void)
{
	struct buf b;
	buf_init(&b, 16 << 20);
	return b;
}

static void put_and_fini(struct buf *out, uint32_t number, struct buf *content)
{
	put(out, number, content);
	buf_fini(content);
}

/* Spans of these sizes, "a…" and then "b…" and so on. */
static struct buf scope(const char *name, const size_t *sizes, size_t count)
{
	struct buf b = make();
	put_text(&b, SCOPE_SCOPE, name);
	for (size_t i = 0; i < count; i++) {
		struct buf item = make();
		char text[1000];
		memset(text, 'a' + (int)i, sizes[i]);
		text[sizes[i]] = '\0';
		put_text(&item, 1, text);
		put_and_fini(&b, SCOPE_ITEMS, &item);
	}
	put_text(&b, SCHEMA_URL, "https://schema");
	return b;
}

static struct buf resource(const char *name)
{
	struct buf b = make();
	put_text(&b, RESOURCE_RESOURCE, name);
	return b;
}

static otel_batch batch_of(otel_signal signal, const struct buf *request)
{
	otel_batch batch = {.size = sizeof batch, .signal = signal, .data = request->data, .len = request->len};
	ck_assert(request_count(signal, request->data, request->len, &batch.items));
	return batch;
}

/* Two resources; the first with two scopes of three spans each, and one without any; the other with four spans. */
static struct buf spans(void)
{
	static const size_t some[] = {10, 20, 30}, more[] = {40, 5, 5, 5};
	struct buf request = make(), first = resource("one"), second = resource("two");
	struct buf s = scope("a", some, 3);

	put_and_fini(&first, RESOURCE_SCOPES, &s);
	s = scope("empty", NULL, 0);
	put_and_fini(&first, RESOURCE_SCOPES, &s);
	s = scope("b", some, 3);
	put_and_fini(&first, RESOURCE_SCOPES, &s);
	put_text(&first, UNKNOWN, "of a newer version");
	s = scope("c", more, 4);
	put_and_fini(&second, RESOURCE_SCOPES, &s);
	put_and_fini(&request, REQUEST_RESOURCES, &first);
	put_and_fini(&request, REQUEST_RESOURCES, &second);
	return request;
}

static struct buf metric(const char *name, uint32_t kind, int points)
{
	struct buf m = make(), data = make();

	put_text(&m, 1, name);
	for (int i = 0; i < points; i++) {
		const char point[] = {'p', (char)('0' + i), '\0'};
		struct buf p = make();
		put_text(&p, 7, point);
		put_and_fini(&data, DATA_POINTS, &p);
	}
	buf_append(&data, (const uint8_t[]){WIRE_TAG(2, WIRE_VARINT), 2}, 2); /* temporality */
	put_and_fini(&m, kind, &data);
	put_text(&m, 3, "By");
	return m;
}

static struct buf metrics(void)
{
	struct buf request = make(), r = resource("one"), s = make();
	struct buf m = metric("gauge", GAUGE, 3);

	put_text(&s, SCOPE_SCOPE, "a");
	put_and_fini(&s, SCOPE_ITEMS, &m);
	m = metric("none", SUM, 0);
	put_and_fini(&s, SCOPE_ITEMS, &m);
	m = metric("sum", SUM, 5);
	put_and_fini(&s, SCOPE_ITEMS, &m);
	put_text(&s, SCHEMA_URL, "https://metrics");
	put_and_fini(&r, RESOURCE_SCOPES, &s);
	put_text(&r, SCHEMA_URL, "https://resource");
	put_and_fini(&request, REQUEST_RESOURCES, &r);
	return request;
}

/* ---- reading them ---- */

/* Every item with what it belongs to, one after another. */
static void list_items(const otel_batch *batch, struct buf *out)
{
	otel_item item = {.size = sizeof item};
	size_t cursor = 0;

	while (request_next(batch, &cursor, &item)) {
		buf_append(out, item.resource, item.resource_len);
		buf_append(out, item.scope, item.scope_len);
		buf_append(out, item.data, item.len);
		buf_append(out, "\n", 1);
	}
}

static struct buf part(const otel_batch *batch, uint32_t from, uint32_t to, otel_batch *out)
{
	const struct split_range range = {from, to};
	struct buf b = make();
	const size_t size = split_size(batch, range);
	uint8_t *bytes = malloc(size + 1);

	bytes[size] = 0xee;
	split_write(batch, range, bytes);
	ck_assert_uint_eq(bytes[size], 0xee);
	buf_append(&b, bytes, size);
	free(bytes);
	*out = batch_of((otel_signal)batch->signal, &b);
	ck_assert_uint_eq(out->items, to - from);
	return b;
}

static bool holds(const struct buf *b, const char *text)
{
	return memmem(b->data, b->len, text, strlen(text)) != NULL;
}

/* ---- tests ---- */

START_TEST(all_of_a_request_is_the_request)
{
	struct buf request = spans();
	const otel_batch batch = batch_of(OTEL_SIGNAL_TRACES, &request);
	otel_batch same;
	struct buf b = part(&batch, 0, batch.items, &same);

	ck_assert_uint_eq(batch.items, 10);
	ck_assert_uint_eq(b.len, request.len);
	ck_assert_mem_eq(b.data, request.data, b.len);
	buf_fini(&b);
	buf_fini(&request);
}
END_TEST

START_TEST(wherever_it_is_cut_every_span_is_in_one_part_with_its_resource_and_scope)
{
	struct buf request = spans(), whole = make();
	const otel_batch batch = batch_of(OTEL_SIGNAL_TRACES, &request);

	list_items(&batch, &whole);
	for (uint32_t i = 0; i <= batch.items; i++)
		for (uint32_t j = i; j <= batch.items; j++) {
			const uint32_t cuts[] = {0, i, j, batch.items};
			struct buf together = make();
			for (size_t k = 0; k < 3; k++) {
				otel_batch one;
				struct buf b = part(&batch, cuts[k], cuts[k + 1], &one);
				list_items(&one, &together);
				buf_fini(&b);
			}
			ck_assert_uint_eq(together.len, whole.len);
			ck_assert_mem_eq(together.data, whole.data, whole.len);
			buf_fini(&together);
		}
	buf_fini(&whole);
	buf_fini(&request);
}
END_TEST

START_TEST(a_part_holds_the_schema_and_unknown_fields_but_nothing_of_other_resources)
{
	struct buf request = spans();
	const otel_batch batch = batch_of(OTEL_SIGNAL_TRACES, &request);
	otel_batch one;
	struct buf b = part(&batch, 1, 2, &one);

	ck_assert(holds(&b, "one") && holds(&b, "https://schema") && holds(&b, "of a newer version"));
	ck_assert(!holds(&b, "two") && !holds(&b, "aaaa") && !holds(&b, "cccc"));
	buf_fini(&b);
	buf_fini(&request);
}
END_TEST

START_TEST(log_records_are_items_like_spans)
{
	struct buf request = spans();
	const otel_batch batch = batch_of(OTEL_SIGNAL_LOGS, &request);
	otel_batch one;
	struct buf b = part(&batch, 3, 7, &one);

	ck_assert(holds(&b, "b") && holds(&b, "two") && holds(&b, "https://schema"));
	buf_fini(&b);
	buf_fini(&request);
}
END_TEST

START_TEST(metrics_are_cut_between_data_points_and_keep_name_unit_and_temporality)
{
	struct buf request = metrics();
	const otel_batch batch = batch_of(OTEL_SIGNAL_METRICS, &request);
	static const uint8_t temporality[] = {WIRE_TAG(2, WIRE_VARINT), 2};
	otel_batch one;

	ck_assert_uint_eq(batch.items, 8);
	struct buf b = part(&batch, 5, 7, &one);
	ck_assert(holds(&b, "sum") && holds(&b, "By") && holds(&b, "p2") && holds(&b, "p3"));
	ck_assert(holds(&b, "https://metrics") && holds(&b, "https://resource"));
	ck_assert(!holds(&b, "gauge") && !holds(&b, "p1") && !holds(&b, "p4"));
	ck_assert_ptr_nonnull(memmem(b.data, b.len, temporality, sizeof temporality));
	buf_fini(&b);
	b = part(&batch, 2, 4, &one);
	ck_assert(holds(&b, "gauge") && holds(&b, "sum") && holds(&b, "p2") && holds(&b, "p0") && !holds(&b, "p1"));
	buf_fini(&b);
	buf_fini(&request);
}
END_TEST

START_TEST(what_holds_no_item_is_in_one_part_only)
{
	struct buf request = metrics();
	const otel_batch batch = batch_of(OTEL_SIGNAL_METRICS, &request);
	int found = 0;

	for (uint32_t i = 0; i < batch.items; i++) {
		otel_batch one;
		struct buf b = part(&batch, i, i + 1, &one);
		found += holds(&b, "none");
		buf_fini(&b);
	}
	ck_assert_int_eq(found, 1);
	buf_fini(&request);
}
END_TEST

static void all_parts_fit(otel_signal signal, struct buf (*write)(void))
{
	struct buf request = write();
	const otel_batch batch = batch_of(signal, &request);

	for (size_t max = 1; max < request.len + 10; max++) {
		uint32_t from = 0;
		while (from < batch.items) {
			size_t size;
			const struct split_range range = split_next(&batch, from, max, &size);
			ck_assert_uint_eq(range.from, from);
			ck_assert_uint_gt(range.to, from);
			ck_assert(size <= max || range.to == from + 1);
			ck_assert_uint_eq(size, split_size(&batch, range));
			from = range.to;
		}
		ck_assert_uint_eq(from, batch.items);
	}
	buf_fini(&request);
}

START_TEST(parts_fit_unless_one_item_alone_does_not)
{
	all_parts_fit(OTEL_SIGNAL_TRACES, spans);
	all_parts_fit(OTEL_SIGNAL_METRICS, metrics);
}
END_TEST

START_TEST(like_items_are_shared_out_evenly)
{
	size_t sizes[100], size;
	struct buf request = make(), r = resource("r"), s;

	for (size_t i = 0; i < 100; i++)
		sizes[i] = 100;
	s = scope("s", sizes, 100);
	put_and_fini(&r, RESOURCE_SCOPES, &s);
	put_and_fini(&request, REQUEST_RESOURCES, &r);
	const otel_batch batch = batch_of(OTEL_SIGNAL_TRACES, &request);
	ck_assert_uint_ge(split_next(&batch, 0, request.len / 2 + 100, &size).to, 45);
	ck_assert_uint_ge(split_next(&batch, 50, request.len / 4 + 100, &size).to, 70);
	buf_fini(&request);
}
END_TEST

SUITE_MAIN("split", NULL, {all_of_a_request_is_the_request, 0},
	   {wherever_it_is_cut_every_span_is_in_one_part_with_its_resource_and_scope, 0},
	   {a_part_holds_the_schema_and_unknown_fields_but_nothing_of_other_resources, 0},
	   {log_records_are_items_like_spans, 0},
	   {metrics_are_cut_between_data_points_and_keep_name_unit_and_temporality, 0},
	   {what_holds_no_item_is_in_one_part_only, 0}, {parts_fit_unless_one_item_alone_does_not, 0},
	   {like_items_are_shared_out_evenly, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * memory_read_test.c - spans are read from bytes of any kind: those of plugins are not ours. What spans of the SDK read
 * like is told by memory_spans_test.c.
 */
#include "sdk/memory_read.h"

#include "sdk/any_value.h"
#include "support/suite.h"
#include "util/buf.h"
#include "util/rand.h"

static struct memory_room room;
static struct buf span;

static void append_attr(struct buf *out, uint8_t tag)
{
	static const uint8_t pair[] = {0x0a, 1, 'k', 0x12, 12, 0x2a, 10, 0x0a, 3, 0x0a, 1, 'x', 0x0a, 3, 0x1a, 1, 'y'};

	wire_append_len(out, tag, pair, sizeof pair);
}

/* Something of everything. */
static void set_up(void)
{
	static const uint8_t event[] = {0x09, 1, 2, 3, 4, 5, 6, 7, 8, 0x12, 1, 'e', 0x20, 5};
	static const uint8_t link[] = {0x12, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0x1a, 3, 'a', '=', 'b', 0x28, 1};
	static const uint8_t status[] = {0x12, 2, 'n', 'o', 0x18, 2};
	static const uint8_t flags[] = {0x85, 0x01, 1, 3, 0, 0};

	buf_init(&span, 1 << 16);
	wire_append_len(&span, WIRE_TAG(1, WIRE_LEN), "0123456789abcdef", 16);
	wire_append_len(&span, WIRE_TAG(4, WIRE_LEN), "01234567", 8);
	wire_append_len(&span, WIRE_TAG(5, WIRE_LEN), "name", 4);
	append_attr(&span, WIRE_TAG(9, WIRE_LEN));
	wire_append_len(&span, WIRE_TAG(11, WIRE_LEN), event, sizeof event);
	append_attr(&span, WIRE_TAG(11, WIRE_LEN));
	wire_append_len(&span, WIRE_TAG(13, WIRE_LEN), link, sizeof link);
	wire_append_len(&span, WIRE_TAG(15, WIRE_LEN), status, sizeof status);
	buf_append(&span, flags, sizeof flags);
	ck_assert(!span.failed);
}

static void tear_down(void)
{
	buf_fini(&span);
	memory_room_clear(&room);
}

static otel_memory_span read_span(void)
{
	otel_memory_span read = {.size = sizeof read};

	memory_read_span(&room, (struct wire_field){.data = span.data, .len = span.len}, &read);
	return read;
}

static size_t weigh_attrs(otel_memory_attrs attrs)
{
	size_t weight = 0;

	for (size_t i = 0; i < attrs.count; i++)
		weight += strlen(attrs.items[i].key) + attrs.items[i].count;
	return weight;
}

/* Looks at all of it. */
static size_t weigh(const otel_memory_span *read)
{
	size_t weight = strlen(read->name) + strlen(read->tracestate) + strlen(read->status_description);

	weight += weigh_attrs(read->attrs);
	for (size_t i = 0; i < read->event_count; i++)
		weight += strlen(read->events[i].name) + weigh_attrs(read->events[i].attrs);
	for (size_t i = 0; i < read->link_count; i++)
		weight += strlen(read->links[i].tracestate) + weigh_attrs(read->links[i].attrs);
	return weight;
}

START_TEST(fields_may_come_in_any_order)
{
	static const uint8_t late[] = {0x50, 9, 0x30, 3};

	buf_append(&span, late, sizeof late);
	append_attr(&span, WIRE_TAG(9, WIRE_LEN));
	const otel_memory_span read = read_span();
	ck_assert(!room.failed);
	ck_assert_uint_eq(read.attrs.count, 2);
	ck_assert_uint_eq(read.attrs.dropped, 9);
	ck_assert_int_eq(read.kind, OTEL_KIND_CLIENT);
	ck_assert_uint_eq(read.event_count, 2);
	ck_assert_uint_eq(read.events[0].attrs.dropped, 5);
	ck_assert_str_eq(read.links[0].tracestate, "a=b");
	ck_assert_str_eq(read.status_description, "no");
	ck_assert_int_eq(read.status, OTEL_STATUS_ERROR);
	ck_assert_uint_eq(read.parent.is_remote, 1);
	ck_assert_mem_eq(read.parent.trace_id, "0123456789abcdef", 16);
}
END_TEST

START_TEST(bytes_cut_anywhere_are_read_up_to_there)
{
	const size_t whole = span.len;

	for (span.len = 0; span.len <= whole; span.len++) {
		uint8_t *exact = malloc(span.len ? span.len : 1); /* so that reading past it is noticed */
		otel_memory_span read = {.size = sizeof read};
		memcpy(exact, span.data, span.len);
		memory_read_span(&room, (struct wire_field){.data = exact, .len = span.len}, &read);
		free(exact);
		ck_assert_uint_le(weigh(&read), 100);
		ck_assert_str_eq(read.name, span.len >= 34 ? "name" : "");
	}
	span.len = whole;
}
END_TEST

START_TEST(bytes_changed_anywhere_do_no_harm)
{
	struct rand_state random;
	uint8_t good[512];
	const size_t len = span.len;

	ck_assert_uint_le(len, sizeof good);
	memcpy(good, span.data, len);
	rand_seed(&random);
	for (int i = 0; i < 20000; i++) {
		const uint64_t dice = rand_next(&random);
		memcpy(span.data, good, len);
		for (unsigned n = 0; n <= dice % 4; n++) {
			const uint64_t change = rand_next(&random);
			span.data[change % len] = (uint8_t)(change >> 32);
		}
		const otel_memory_span read = read_span();
		ck_assert_uint_le(weigh(&read), 2 * len);
		ck_assert_uint_le(read.kind, OTEL_KIND_CONSUMER);
		ck_assert_uint_le(read.status, OTEL_STATUS_ERROR);
		memory_room_clear(&room);
	}
}
END_TEST

START_TEST(no_scope_and_no_resource_read_as_empty_ones)
{
	otel_memory_span read = {.size = sizeof read};

	memory_read_scope(&room, (struct wire_field){.data = NULL}, &read);
	memory_read_resource(&room, (struct wire_field){.data = NULL}, &read);
	ck_assert_str_eq(read.scope_name, "");
	ck_assert_str_eq(read.scope_version, "");
	ck_assert_str_eq(read.schema_url, "");
	ck_assert_uint_eq(read.scope_attrs.count, 0);
	ck_assert_uint_eq(read.resource.count, 0);
}
END_TEST

SUITE_MAIN_WITH("sdk/memory_read", set_up, tear_down, {fields_may_come_in_any_order, 0},
		{bytes_cut_anywhere_are_read_up_to_there, 0}, {bytes_changed_anywhere_do_no_harm, 0},
		{no_scope_and_no_resource_read_as_empty_ones, 0})

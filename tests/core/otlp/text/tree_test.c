/* SPDX-License-Identifier: Apache-2.0
 *
 * tree_test.c - traces as trees of text, whole and broken ones.
 */
#include "otlp/text/tree.h"

#include "otlp/text/gather.h"
#include "sample.h"
#include "support/suite.h"

static void write_to_buf(void *arg, const char *text, size_t len)
{
	buf_append(arg, text, len);
}

/* What is printed for these spans, which it ends; valid until the next call. */
static const char *print(struct buf *spans, bool colour)
{
	static struct buf out;
	struct otlp_request *request = sample_decode(spans);
	struct gather *gather;

	buf_fini(&out);
	buf_init(&out, 64 * 1024 * 1024);
	gather = gather_create(&(struct tree_style){.colour = colour, .write = write_to_buf, .arg = &out});
	ck_assert(gather_add(gather, request, 0));
	otlp_request_unref(request);
	gather_print_all(gather);
	gather_destroy(gather);
	return buf_str(&out);
}

#define ASSERT_HAS(text, words) ck_assert_msg(strstr(text, words), "no \"%s\" in:\n%s", words, text)

START_TEST(a_trace_is_drawn_with_everything_that_matters)
{
	struct buf spans;

	buf_init(&spans, 65536);
	sample_order(&spans);
	ck_assert_str_eq(
		print(&spans, false),
		"trace 67400a1b5759eac8f2f1d4c3b2a19080  shop 1.4.0 (aws)  4 spans  12.3 ms\n"
		"└─ create_order                       INTERNAL  Ok     12.3 ms  0000000000000001\n"
		"   │  scope shop.checkout 1.4.0\n"
		"   │  order.id = 1001, order.note = no sugar\\nplease, order.gift = true, order.total = 12.5,\n"
		"   │  order.digest = 0x00ff, order.items = [\"tea\", \"milk\"]\n"
		"   ├─ validate_order                  INTERNAL  Error   800 µs  0000000000000002\n"
		"   │     status: no customer id\n"
		"   │     +50.0 µs  exception ShopError: no customer id\n"
		"   │           at a()\n"
		"   │           at b()\n"
		"   │           at c()\n"
		"   │           at d()\n"
		"   │           at e()\n"
		"   │           at f()\n"
		"   │           … 2 more lines\n"
		"   └─ check_inventory                 CLIENT    Unset  3.00 ms  0000000000000003\n"
		"      │  +500 µs  event stock_counted  stock.left = 7\n"
		"      │  link to trace 11111111111111111111111111111111 span 2222222222222222\n"
		"      └─ GET /stock                   SERVER    Unset  1.90 ms  0000000000000004\n");
}
END_TEST

START_TEST(there_is_colour_only_when_asked_for)
{
	struct buf spans;

	buf_init(&spans, 65536);
	sample_order(&spans);
	ASSERT_HAS(print(&spans, true), "\033[31mError\033[0m");
	sample_order(&spans);
	ck_assert_ptr_null(strchr(print(&spans, false), '\033'));
}
END_TEST

START_TEST(a_parent_that_is_not_there_is_named)
{
	struct buf spans;

	buf_init(&spans, 4096);
	sample_span(&spans, &(struct sample_span){.id = 1, .parent = 0xabcdef, .name = "orphan", .end = 1});
	ASSERT_HAS(print(&spans, false), "(parent 0000000000abcdef elsewhere)");
}
END_TEST

START_TEST(children_stand_in_order_of_their_start)
{
	struct buf spans;
	const char *text;

	buf_init(&spans, 4096);
	sample_span(&spans, &(struct sample_span){.id = 3, .parent = 1, .name = "late", .start = 9, .end = 9});
	sample_span(&spans, &(struct sample_span){.id = 2, .parent = 1, .name = "early", .start = 5, .end = 9});
	sample_span(&spans, &(struct sample_span){.id = 1, .name = "root", .end = 9});
	text = print(&spans, false);
	ck_assert(strstr(text, "root") < strstr(text, "early"));
	ck_assert(strstr(text, "early") < strstr(text, "late"));
	ASSERT_HAS(text, "├─ early");
	ASSERT_HAS(text, "└─ late");
}
END_TEST

START_TEST(parents_in_a_circle_are_all_shown_once)
{
	struct buf spans;
	const char *text;

	buf_init(&spans, 4096);
	sample_span(&spans, &(struct sample_span){.id = 1, .parent = 3, .name = "span-a", .end = 1});
	sample_span(&spans, &(struct sample_span){.id = 2, .parent = 1, .name = "span-b", .end = 1});
	sample_span(&spans, &(struct sample_span){.id = 3, .parent = 2, .name = "span-c", .end = 1});
	sample_span(&spans, &(struct sample_span){.id = 4, .parent = 4, .name = "span-d", .end = 1});
	text = print(&spans, false);
	ASSERT_HAS(text, "span-a");
	ASSERT_HAS(text, "span-b");
	ASSERT_HAS(text, "span-c");
	ASSERT_HAS(text, "span-d");
	ASSERT_HAS(text, "is also its descendant");
	ck_assert_ptr_null(strstr(strstr(text, "span-a") + 1, "span-a"));
}
END_TEST

START_TEST(a_span_sent_twice_is_shown_twice)
{
	struct buf spans;
	const char *text;

	buf_init(&spans, 4096);
	sample_span(&spans, &(struct sample_span){.id = 1, .name = "twin", .end = 1});
	sample_span(&spans, &(struct sample_span){.id = 1, .name = "twin", .end = 1});
	sample_span(&spans, &(struct sample_span){.id = 2, .parent = 1, .name = "child", .end = 1});
	text = print(&spans, false);
	ASSERT_HAS(text, "3 spans");
	ASSERT_HAS(strstr(text, "twin") + 1, "twin");
	ck_assert_ptr_null(strstr(strstr(text, "child") + 1, "child"));
}
END_TEST

START_TEST(a_chain_of_many_thousand_spans_keeps_a_bearable_indentation)
{
	struct buf spans;
	const char *text;
	size_t longest = 0;

	buf_init(&spans, 8 * 1024 * 1024);
	for (uint64_t i = 1; i <= 20000; i++)
		sample_span(&spans,
			    &(struct sample_span){.id = i, .parent = i - 1, .name = "link", .start = i, .end = i});
	text = print(&spans, false);
	ASSERT_HAS(text, "(19975 levels deeper)");
	for (const char *line = text; *line;) {
		size_t len = strcspn(line, "\n");
		longest = len > longest ? len : longest;
		line += len + 1;
	}
	ck_assert_uint_lt(longest, 300);
}
END_TEST

START_TEST(what_was_dropped_is_said)
{
	struct buf spans, more;

	buf_init(&spans, 4096);
	buf_init(&more, 64);
	sample_varint(&more, 10, 3);
	sample_varint(&more, 14, 1);
	sample_span(&spans, &(struct sample_span){.id = 1, .name = "x", .end = 1, .more = &more});
	ASSERT_HAS(print(&spans, false), "dropped: 3 attributes, 0 events, 1 links");
}
END_TEST

START_TEST(odd_spans_are_shown_as_they_are)
{
	struct buf spans, more;

	buf_init(&spans, 4096);
	buf_init(&more, 64);
	sample_fixed64(&more, 8, SAMPLE_EPOCH_NS - 2000);
	sample_varint(&more, 6, 42);
	sample_span(&spans, &(struct sample_span){.id = 1, .end = 1, .status = 77, .more = &more});
	ASSERT_HAS(print(&spans, false), "(no name)");
	sample_fixed64(&more, 8, SAMPLE_EPOCH_NS - 2000);
	sample_varint(&more, 6, 42);
	sample_span(&spans, &(struct sample_span){.id = 1, .end = 1, .status = 77, .more = &more});
	ASSERT_HAS(print(&spans, false), "kind 42  status 77  -2.00 µs");
}
END_TEST

SUITE_MAIN("tree", NULL, {a_trace_is_drawn_with_everything_that_matters, 0}, {there_is_colour_only_when_asked_for, 0},
	   {a_parent_that_is_not_there_is_named, 0}, {children_stand_in_order_of_their_start, 0},
	   {parents_in_a_circle_are_all_shown_once, 0}, {a_span_sent_twice_is_shown_twice, 0},
	   {a_chain_of_many_thousand_spans_keeps_a_bearable_indentation, 0}, {what_was_dropped_is_said, 0},
	   {odd_spans_are_shown_as_they_are, 0})

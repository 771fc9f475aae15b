/* SPDX-License-Identifier: Apache-2.0
 *
 * check_test.c - what a strict backend refuses, and how it says so.
 */
#include "otlp/text/check.h"

#include <stdio.h>

#include "sample.h"
#include "support/suite.h"

static char fault_text[sizeof(((struct otlp_fault *)0)->text)];

/* The verdict on a request with these spans, which it ends. */
static enum otlp_verdict check(struct buf *spans)
{
	struct otlp_request *request = sample_decode(spans);
	struct otlp_fault fault = {""};
	enum otlp_verdict verdict = otlp_request_check(request, &fault);

	memcpy(fault_text, fault.text, sizeof(fault_text));
	otlp_request_unref(request);
	return verdict;
}

/* The verdict on one span with further fields, which come last and so win. */
static enum otlp_verdict check_with(struct buf *more)
{
	struct buf spans;

	buf_init(&spans, 65536);
	sample_span(&spans, &(struct sample_span){.id = 1, .name = "pay", .end = 10, .more = more});
	return check(&spans);
}

static enum otlp_verdict check_bytes(unsigned field, const void *data, size_t len)
{
	struct buf more;

	buf_init(&more, 4096);
	sample_bytes(&more, field, data, len);
	return check_with(&more);
}

#define ASSERT_FAULT(verdict, words)                                                                                   \
	do {                                                                                                           \
		ck_assert_int_eq(verdict, OTLP_INVALID);                                                               \
		ck_assert_msg(strstr(fault_text, words), "\"%s\" lacks \"%s\"", fault_text, words);                    \
	} while (0)

START_TEST(a_good_request_passes)
{
	struct buf spans;

	buf_init(&spans, 65536);
	sample_order(&spans);
	ck_assert_int_eq(check(&spans), OTLP_GOOD);
}
END_TEST

START_TEST(ids_have_their_length_and_are_not_zero)
{
	ASSERT_FAULT(check_bytes(1, "short", 5), "traceId is 5 bytes long, not 16");
	ASSERT_FAULT(check_bytes(1, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16), "traceId is all zero");
	ASSERT_FAULT(check_bytes(2, "123456789", 9), "spanId is 9 bytes long, not 8");
	ASSERT_FAULT(check_bytes(2, "\0\0\0\0\0\0\0\0", 8), "spanId is all zero");
	ASSERT_FAULT(check_bytes(4, "1234", 4), "parentSpanId is 4 bytes long");
	ASSERT_FAULT(check_bytes(4, "\0\0\0\0\0\0\0\0", 8), "parentSpanId is all zero");
}
END_TEST

START_TEST(the_fault_says_where_it_is)
{
	struct buf spans, more;

	buf_init(&spans, 65536);
	buf_init(&more, 64);
	sample_span(&spans, &(struct sample_span){.id = 1, .name = "first", .end = 10});
	sample_bytes(&more, 2, "x", 1);
	sample_span(&spans, &(struct sample_span){.id = 2, .name = "se\033cond", .end = 10, .more = &more});
	ck_assert_int_eq(check(&spans), OTLP_INVALID);
	ck_assert_str_eq(fault_text, "resourceSpans[0].scopeSpans[0].spans[1] \"se\\x1bcond\": "
				     "spanId is 1 bytes long, not 8");
}
END_TEST

START_TEST(a_span_is_not_its_own_parent)
{
	ASSERT_FAULT(check_bytes(4, "\0\0\0\0\0\0\0\x01", 8), "its own parent");
}
END_TEST

START_TEST(a_span_ends_after_it_starts)
{
	struct buf more;

	buf_init(&more, 64);
	sample_fixed64(&more, 8, SAMPLE_EPOCH_NS - 5);
	ASSERT_FAULT(check_with(&more), "ends 5 ns before it starts");
	sample_fixed64(&more, 7, 0);
	ASSERT_FAULT(check_with(&more), "startTimeUnixNano is missing");
	sample_fixed64(&more, 8, 0);
	ASSERT_FAULT(check_with(&more), "endTimeUnixNano is missing");
	sample_fixed64(&more, 8, SAMPLE_EPOCH_NS);
	ck_assert_int_eq(check_with(&more), OTLP_GOOD);
}
END_TEST

START_TEST(texts_are_utf8)
{
	struct buf more;

	ASSERT_FAULT(check_bytes(5, "caf\xe9", 4), "name is not UTF-8");
	ASSERT_FAULT(check_bytes(3, "\xff", 1), "traceState is not UTF-8");
	ck_assert_int_eq(check_bytes(5, "café", 5), OTLP_GOOD);
	buf_init(&more, 64);
	sample_text_attribute(&more, 9, "city", "K\xf6ln");
	ASSERT_FAULT(check_with(&more), "attribute \"city\" has a text that is not UTF-8");
	sample_text_attribute(&more, 9, "\xff", "x");
	ASSERT_FAULT(check_with(&more), "attribute \"\\xff\" has a key that is not UTF-8");
}
END_TEST

/* The verdict on a resource with one entity, whose field of that number holds this. */
static enum otlp_verdict check_entity(uint8_t field, const char *text)
{
	const uint8_t len = (uint8_t)strlen(text);
	uint8_t bytes[64] = {
		0x0a, (uint8_t)(len + 6), 0x0a, (uint8_t)(len + 4), 0x1a, (uint8_t)(len + 2), (uint8_t)(field << 3 | 2),
		len};
	struct otlp_request *request;
	struct otlp_fault fault = {""};

	memcpy(bytes + 8, text, len);
	ck_assert_int_eq(otlp_request_decode(bytes, 8u + len, &request, &fault), OTLP_GOOD);
	enum otlp_verdict verdict = otlp_request_check(request, &fault);
	memcpy(fault_text, fault.text, sizeof(fault_text));
	otlp_request_unref(request);
	return verdict;
}

START_TEST(texts_of_a_resources_entities_are_utf8_too)
{
	static const char *const names[] = {NULL, "schemaUrl", "type", "idKeys", "descriptionKeys"};
	char words[64];

	for (uint8_t field = 1; field <= 4; field++) {
		snprintf(words, sizeof(words), "entity.%s is not UTF-8", names[field]);
		ck_assert_int_eq(check_entity(field, "café"), OTLP_GOOD);
		ASSERT_FAULT(check_entity(field, "caf\xe9"), words);
	}
}
END_TEST

START_TEST(keys_come_once_and_are_not_empty)
{
	struct buf more;

	buf_init(&more, 256);
	sample_text_attribute(&more, 9, "a", "1");
	sample_text_attribute(&more, 9, "b", "1");
	sample_text_attribute(&more, 9, "a", "2");
	ASSERT_FAULT(check_with(&more), "attribute \"a\" comes twice");
	sample_text_attribute(&more, 9, "", "1");
	ASSERT_FAULT(check_with(&more), "attribute 0 has an empty key");
	sample_text_attribute(&more, 9, "a", "1");
	sample_text_attribute(&more, 9, "aa", "1");
	ck_assert_int_eq(check_with(&more), OTLP_GOOD);
}
END_TEST

START_TEST(events_and_links_are_checked_too)
{
	struct buf more, part;

	buf_init(&more, 256);
	buf_init(&part, 256);
	sample_text_attribute(&part, 3, "k", "1");
	sample_text_attribute(&part, 3, "k", "2");
	sample_message(&more, 11, &part);
	ASSERT_FAULT(check_with(&more), "events[0]: attribute \"k\" comes twice");
	sample_bytes(&part, 1, SAMPLE_TRACE_ID, 16);
	sample_bytes(&part, 2, "1234567", 7);
	sample_message(&more, 13, &part);
	ASSERT_FAULT(check_with(&more), "links[0]: spanId is 7 bytes long");
}
END_TEST

START_TEST(nested_values_are_checked_too)
{
	struct buf more, value, map;

	buf_init(&more, 256);
	buf_init(&value, 256);
	buf_init(&map, 256);
	sample_text_attribute(&map, 1, "in", "1");
	sample_text_attribute(&map, 1, "in", "2");
	sample_message(&value, 6, &map);
	sample_attribute(&more, 9, "out", &value);
	ASSERT_FAULT(check_with(&more), "attribute \"in\" comes twice");
}
END_TEST

START_TEST(enums_and_flags_hold_what_otlp_defines)
{
	struct buf more;

	buf_init(&more, 64);
	sample_varint(&more, 6, 9);
	ASSERT_FAULT(check_with(&more), "kind is 9");
	sample_fixed32(&more, 16, 0x1001);
	ASSERT_FAULT(check_with(&more), "flags 0x1001");
	sample_fixed32(&more, 16, 0x301);
	ck_assert_int_eq(check_with(&more), OTLP_GOOD);
}
END_TEST

START_TEST(a_status_code_beyond_error_is_refused)
{
	struct buf spans;

	buf_init(&spans, 4096);
	sample_span(&spans, &(struct sample_span){.id = 1, .name = "x", .end = 1, .status = 3});
	ASSERT_FAULT(check(&spans), "status.code is 3");
}
END_TEST

START_TEST(negative_enums_are_refused)
{
	struct buf more;

	buf_init(&more, 64);
	sample_varint(&more, 6, UINT64_MAX);
	ASSERT_FAULT(check_with(&more), "kind is -1");
}
END_TEST

SUITE_MAIN("check", NULL, {a_good_request_passes, 0}, {ids_have_their_length_and_are_not_zero, 0},
	   {the_fault_says_where_it_is, 0}, {a_span_is_not_its_own_parent, 0}, {a_span_ends_after_it_starts, 0},
	   {texts_are_utf8, 0}, {texts_of_a_resources_entities_are_utf8_too, 0}, {keys_come_once_and_are_not_empty, 0},
	   {events_and_links_are_checked_too, 0}, {nested_values_are_checked_too, 0},
	   {enums_and_flags_hold_what_otlp_defines, 0}, {a_status_code_beyond_error_is_refused, 0},
	   {negative_enums_are_refused, 0})

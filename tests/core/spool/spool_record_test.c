/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_record_test.c - what was written is read; what was damaged is found out.
 */
#include "spool/spool_record.h"

#include <stdlib.h>
#include <string.h>

#include "core/spool/spool_support.h"
#include "support/suite.h"

static uint8_t file[400];

static size_t make(const char *exporter, const char *request)
{
	const struct spool_record record = spool_test_record(exporter, request);
	const size_t head_len = spool_record_head(&record, file);

	ck_assert_uint_gt(head_len, 0);
	memcpy(file + head_len, request, strlen(request));
	return head_len + strlen(request);
}

/* In memory of just that size, so that a sanitizer sees what is read behind it. */
static const char *parse(size_t len, struct spool_record *record)
{
	uint8_t *copy = malloc(len ? len : 1);

	memcpy(copy, file, len);
	const char *why = spool_record_parse(copy, len, record);
	free(copy);
	return why;
}

START_TEST(what_was_written_is_read)
{
	struct spool_record record;
	const size_t len = make("otlp/stdout", "request");

	ck_assert_ptr_null(spool_record_parse(file, len, &record));
	ck_assert_str_eq(record.exporter, "otlp/stdout");
	ck_assert_uint_eq(record.signal, 1);
	ck_assert_uint_eq(record.items, 3);
	ck_assert_uint_eq(record.stored_ms, 1);
	ck_assert_uint_eq(record.len, 7);
	ck_assert_mem_eq(record.data, "request", 7);
}
END_TEST

START_TEST(an_empty_request_is_one)
{
	struct spool_record record;

	ck_assert_ptr_null(parse(make("x", ""), &record));
	ck_assert_uint_eq(record.len, 0);
}
END_TEST

START_TEST(each_changed_bit_is_found_out)
{
	const size_t len = make("otlp", "a request of some length");
	struct spool_record record;

	for (size_t bit = 0; bit < 8 * len; bit++) {
		file[bit / 8] ^= (uint8_t)(1u << bit % 8);
		ck_assert_msg(parse(len, &record) != NULL, "bit %zu", bit);
		file[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
}
END_TEST

START_TEST(so_is_each_missing_or_added_byte)
{
	const size_t len = make("otlp", "a request of some length");
	struct spool_record record;

	for (size_t n = 0; n < len; n++)
		ck_assert_ptr_nonnull(parse(n, &record));
	ck_assert_ptr_nonnull(parse(len + 1, &record));
	ck_assert_ptr_null(parse(len, &record));
}
END_TEST

START_TEST(the_sentence_says_what_is_wrong)
{
	struct spool_record record;
	const size_t len = make("otlp", "request");

	ck_assert_str_eq(parse(20, &record), "it is cut off");
	ck_assert_str_eq(parse(len - 1, &record), "it is cut off, or longer than it says");
	file[len - 1] ^= 1;
	ck_assert_str_eq(parse(len, &record), "its checksum is wrong");
	file[7] = 2;
	ck_assert_str_eq(parse(len, &record), "it is no spool file of this version");
}
END_TEST

START_TEST(what_cannot_be_named_is_not_stored)
{
	uint8_t head[SPOOL_HEAD_MAX];
	struct spool_record record = spool_test_record("", "x");

	ck_assert_uint_eq(spool_record_head(&record, head), 0);
	record = spool_test_record("two words", "x");
	ck_assert_uint_eq(spool_record_head(&record, head), 0);
	record = spool_test_record("otlp", "x");
	record.signal = 3;
	ck_assert_uint_eq(spool_record_head(&record, head), 0);
	record.signal = 1;
	record.len = SPOOL_REQUEST_MAX + 1;
	ck_assert_uint_eq(spool_record_head(&record, head), 0);
}
END_TEST

SUITE_MAIN("spool_record", NULL, {what_was_written_is_read, 0}, {an_empty_request_is_one, 0},
	   {each_changed_bit_is_found_out, 0}, {so_is_each_missing_or_added_byte, 0},
	   {the_sentence_says_what_is_wrong, 0}, {what_cannot_be_named_is_not_stored, 0})

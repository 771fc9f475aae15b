/* SPDX-License-Identifier: Apache-2.0
 *
 * wire_test.c - the protobuf wire format.
 */
#include "util/wire.h"

#include "support/suite.h"
#include "util/buf.h"

START_TEST(a_varint_takes_as_many_bytes_as_foretold)
{
	static const struct {
		uint64_t value;
		size_t size;
	} rows[] = {{0, 1},          {127, 1},        {128, 2},         {16383, 2},      {16384, 3},
		    {UINT32_MAX, 5}, {1ull << 62, 9}, {1ull << 63, 10}, {UINT64_MAX, 10}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint8_t bytes[16];
		uint8_t *end = wire_put_varint(bytes, rows[i].value);
		ck_assert_uint_eq((size_t)(end - bytes), rows[i].size);
		ck_assert_uint_eq(wire_varint_size(rows[i].value), rows[i].size);
	}
}
END_TEST

START_TEST(what_was_written_is_read_back)
{
	uint8_t bytes[64];
	uint8_t *p = bytes;
	struct wire_reader r;
	struct wire_field f;
	bool ok;

	p = wire_put_varint(p, WIRE_TAG(1, WIRE_VARINT));
	p = wire_put_varint(p, UINT64_MAX);
	p = wire_put_len(p, WIRE_TAG(2, WIRE_LEN), "abc", 3);
	p = wire_put_varint(p, WIRE_TAG(3, WIRE_FIXED32));
	p = wire_put_fixed32(p, 0x01020304);
	p = wire_put_varint(p, WIRE_TAG(536870911, WIRE_FIXED64));
	p = wire_put_fixed64(p, 0x0102030405060708);
	r = wire_read(bytes, (size_t)(p - bytes));
	ck_assert(wire_next(&r, &f, &ok) && ok && f.number == 1 && f.value == UINT64_MAX);
	ck_assert(wire_next(&r, &f, &ok) && ok && f.number == 2 && f.len == 3);
	ck_assert_mem_eq(f.data, "abc", 3);
	ck_assert(wire_next(&r, &f, &ok) && ok && f.number == 3 && f.value == 0x01020304);
	ck_assert(wire_next(&r, &f, &ok) && ok && f.number == 536870911 && f.value == 0x0102030405060708);
	ck_assert(!wire_next(&r, &f, &ok));
	ck_assert(ok);
}
END_TEST

START_TEST(a_length_need_not_be_as_short_as_it_can_be)
{
	static const uint8_t bytes[] = {WIRE_TAG(2, WIRE_LEN), 0x83, 0x80, 0x80, 0x00, 'a', 'b', 'c'};
	struct wire_reader r = wire_read(bytes, sizeof(bytes));
	struct wire_field f;
	bool ok;

	ck_assert(wire_next(&r, &f, &ok) && ok && f.number == 2 && f.len == 3);
	ck_assert_mem_eq(f.data, "abc", 3);
	ck_assert(!wire_next(&r, &f, &ok) && ok);
}
END_TEST

START_TEST(a_field_is_appended_as_it_is_written_and_as_long_as_foretold)
{
	static const size_t lens[] = {0, 1, 127, 128, 16384};
	static uint8_t content[16384], written[sizeof(content) + 1 + WIRE_MAX_VARINT];

	for (size_t i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
		uint8_t *end = wire_put_len(written, WIRE_TAG(15, WIRE_LEN), content, lens[i]);
		struct buf out;

		buf_init(&out, sizeof(written));
		wire_append_len(&out, WIRE_TAG(15, WIRE_LEN), content, lens[i]);
		ck_assert_uint_eq((size_t)(end - written), wire_len_size(lens[i]));
		ck_assert_uint_eq(out.len, wire_len_size(lens[i]));
		ck_assert_mem_eq(out.data, written, out.len);
		buf_fini(&out);
	}
}
END_TEST

START_TEST(malformed_bytes_are_told_from_the_end)
{
	static const struct {
		uint8_t bytes[16];
		size_t len;
	} rows[] = {
		{{0x08}, 1}, /* no value */
		{{0x80}, 1}, /* tag cut */
		{{0x00, 0x01}, 2}, /* field 0 */
		{{0x0a, 0x05, 'a'}, 3}, /* longer than the message */
		{{0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}, 11}, /* huge length */
		{{0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02}, 11}, /* over 64 bits */
		{{0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01}, 12}, /* eleven bytes */
		{{0x0d, 1, 2, 3}, 4}, /* fixed32 cut */
		{{0x09, 1, 2, 3, 4, 5, 6, 7}, 8}, /* fixed64 cut */
		{{0x0b, 0x0c}, 2}, /* group */
		{{0x0e}, 1}, /* type 6 */
		{{0xf8, 0xff, 0xff, 0xff, 0xff, 0x01, 0x00}, 7}, /* tag over 32 bits */
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct wire_reader r = wire_read(rows[i].bytes, rows[i].len);
		struct wire_field f;
		bool ok = true;
		ck_assert_msg(!wire_next(&r, &f, &ok) && !ok, "row %zu", i);
	}
}
END_TEST

START_TEST(an_empty_message_ends_cleanly)
{
	struct wire_reader r = wire_read(NULL, 0);
	struct wire_field f;
	bool ok = false;

	ck_assert(!wire_next(&r, &f, &ok));
	ck_assert(ok);
}
END_TEST

START_TEST(numbers_in_one_field_are_read_one_by_one)
{
	static const uint8_t varints[] = {0x01, 0xac, 0x02, 0x80}, fixed[] = {1, 0, 0, 0, 2, 0, 0, 0, 3};
	struct wire_reader r = wire_read(varints, 3);
	uint64_t value;
	bool ok;

	ck_assert(wire_next_packed(&r, WIRE_VARINT, &value, &ok) && value == 1);
	ck_assert(wire_next_packed(&r, WIRE_VARINT, &value, &ok) && value == 300);
	ck_assert(!wire_next_packed(&r, WIRE_VARINT, &value, &ok) && ok);
	r = wire_read(varints + 3, 1);
	ck_assert(!wire_next_packed(&r, WIRE_VARINT, &value, &ok) && !ok);
	r = wire_read(fixed, sizeof fixed);
	ck_assert(wire_next_packed(&r, WIRE_FIXED32, &value, &ok) && value == 1);
	ck_assert(wire_next_packed(&r, WIRE_FIXED32, &value, &ok) && value == 2);
	ck_assert(!wire_next_packed(&r, WIRE_FIXED32, &value, &ok) && !ok);
	r = wire_read(fixed, 8);
	ck_assert(wire_next_packed(&r, WIRE_FIXED64, &value, &ok) && value == 0x200000001);
	ck_assert(!wire_next_packed(&r, WIRE_FIXED64, &value, &ok) && ok);
}
END_TEST

SUITE_MAIN("wire", NULL, {a_varint_takes_as_many_bytes_as_foretold, 0}, {what_was_written_is_read_back, 0},
	   {a_length_need_not_be_as_short_as_it_can_be, 0},
	   {a_field_is_appended_as_it_is_written_and_as_long_as_foretold, 0},
	   {malformed_bytes_are_told_from_the_end, 0}, {an_empty_message_ends_cleanly, 0},
	   {numbers_in_one_field_are_read_one_by_one, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * json_number.c - see the header.
 */
#include "otlp/text/json_number.h"

#include <math.h>
#include <string.h>

#include "otlp/text/json_schema.h"

#define EXACT_MAX 9007199254740992.0 /* up to here doubles are all integers */

/* ---- numbers ---- */

static bool from_double(struct view word, bool is_text, uint64_t *bits)
{
	static const struct {
		const char *name;
		double number;
	} rows[] = {{"NaN", NAN}, {"Infinity", INFINITY}, {"-Infinity", -INFINITY}};
	double number = 0;
	bool ok = str_to_double(word, &number);

	for (size_t i = 0; is_text && !ok && i < sizeof rows / sizeof *rows; i++) {
		ok = view_equals(word, rows[i].name);
		number = rows[i].number;
	}
	memcpy(bits, &number, sizeof *bits);
	return ok;
}

/* Digits, or any way to write a whole number: 1e3, 2.0. */
static bool read_magnitude(struct view word, uint64_t max, uint64_t *magnitude)
{
	double number;

	if (str_to_u64(word, 0, max, magnitude))
		return true;
	if (!word.len || !char_is_digit(*word.ptr) || !str_to_double(word, &number) || number < 0 ||
	    number > EXACT_MAX || number > (double)max)
		return false;
	*magnitude = (uint64_t)number;
	return memcmp(&number, &(double){(double)*magnitude}, sizeof number) == 0;
}

static bool from_integer(struct view word, bool is_signed, uint64_t max, uint64_t *number)
{
	const bool minus = is_signed && word.len && *word.ptr == '-';

	if (!minus)
		return read_magnitude(word, max, number);
	if (!read_magnitude((struct view){word.ptr + 1, word.len - 1}, max + 1, number))
		return false;
	*number = 0 - *number;
	return true;
}

static const struct range {
	uint64_t max;
	bool is_signed;
	const char *wanted;
} ranges[] = {
	[JSON_BOOL] = {1, false, "is neither true nor false"},
	[JSON_DOUBLE] = {0, true, "is not a number"},
	[JSON_INT32] = {INT32_MAX, true, "is not an integer of 32 bits"},
	[JSON_ENUM] = {INT32_MAX, true, "is not the number of an enum"},
	[JSON_UINT32] = {UINT32_MAX, false, "is not an integer of 32 bits without a sign"},
	[JSON_SINT32] = {INT32_MAX, true, "is not an integer of 32 bits"},
	[JSON_FIXED32] = {UINT32_MAX, false, "is not an integer of 32 bits without a sign"},
	[JSON_INT64] = {INT64_MAX, true, "is not an integer of 64 bits"},
	[JSON_UINT64] = {UINT64_MAX, false, "is not an integer of 64 bits without a sign"},
	[JSON_FIXED64] = {UINT64_MAX, false, "is not an integer of 64 bits without a sign"},
	[JSON_SFIXED64] = {INT64_MAX, true, "is not an integer of 64 bits"},
};

const char *json_number_wanted(uint8_t kind)
{
	return ranges[kind].wanted;
}

bool json_number_read(uint8_t kind, struct view word, bool is_text, uint64_t *bits)
{
	switch (kind) {
	case JSON_BOOL:
		*bits = view_equals(word, "true");
		return !is_text && (*bits || view_equals(word, "false"));
	case JSON_DOUBLE:
		return from_double(word, is_text, bits);
	case JSON_ENUM:
		return !is_text && from_integer(word, true, INT32_MAX, bits);
	case JSON_SINT32:
		if (!from_integer(word, true, INT32_MAX, bits))
			return false;
		*bits = (uint32_t)(*bits << 1 ^ (*bits >> 63 ? UINT64_MAX : 0));
		return true;
	default:
		return from_integer(word, ranges[kind].is_signed, ranges[kind].max, bits);
	}
}

/* ---- bytes ---- */

bool json_number_from_hex(struct buf *out, struct view text)
{
	const size_t len = text.len / 2;

	if (text.len % 2)
		return false;
	if (!buf_reserve(out, len))
		return true; /* told by the buffer */
	if (!str_from_hex(out->data + out->len, text.ptr, len))
		return false;
	out->len += len;
	return true;
}

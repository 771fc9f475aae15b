/* SPDX-License-Identifier: Apache-2.0
 *
 * traceparent.c - `vv-<32 hex>-<16 hex>-<2 hex>` and back, by table.
 */
#include "api/traceparent.h"

#include <string.h>

#include "util/str.h"

#define DIGIT       0x80u
#define KNOWN_FLAGS (OTEL_TRACE_FLAG_SAMPLED | OTEL_TRACE_FLAG_RANDOM)

enum { AT_TRACE_ID = 3, AT_SPAN_ID = 36, AT_FLAGS = 53 };

/* Lower-case digits only, as the header demands: value | DIGIT, else 0. */
static const uint8_t digits[256] = {
	['0'] = DIGIT | 0,  ['1'] = DIGIT | 1,  ['2'] = DIGIT | 2,  ['3'] = DIGIT | 3,
	['4'] = DIGIT | 4,  ['5'] = DIGIT | 5,  ['6'] = DIGIT | 6,  ['7'] = DIGIT | 7,
	['8'] = DIGIT | 8,  ['9'] = DIGIT | 9,  ['a'] = DIGIT | 10, ['b'] = DIGIT | 11,
	['c'] = DIGIT | 12, ['d'] = DIGIT | 13, ['e'] = DIGIT | 14, ['f'] = DIGIT | 15,
};

/* Reads 2 * len digits; *any gets DIGIT-free OR of the bytes. false when one is no digit. */
static bool read_hex(uint8_t *out, const char *hex, size_t len, uint8_t *any)
{
	uint8_t all = DIGIT;
	uint8_t sum = 0;

	for (size_t i = 0; i < len; i++) {
		uint8_t high = digits[(uint8_t)hex[2 * i]];
		uint8_t low = digits[(uint8_t)hex[2 * i + 1]];
		all &= high & low;
		out[i] = (uint8_t)(high << 4 | (low & 0x0f));
		sum |= out[i];
	}
	*any = sum;
	return all == DIGIT;
}

static bool has_shape(struct view v)
{
	return v.len >= TRACEPARENT_LEN && v.ptr[AT_TRACE_ID - 1] == '-' && v.ptr[AT_SPAN_ID - 1] == '-' &&
	       v.ptr[AT_FLAGS - 1] == '-';
}

bool traceparent_parse(const char *text, size_t len, otel_span_context *out)
{
	struct view v = view_trim((struct view){text, len});
	otel_span_context sc = {.is_remote = 1};
	uint8_t version;
	uint8_t any;

	if (!has_shape(v) || !read_hex(&version, v.ptr, 1, &any) || version == 0xff)
		return false;
	/* Later versions may append fields, set off by a dash; this one may not. */
	if (v.len > TRACEPARENT_LEN && (!version || v.ptr[TRACEPARENT_LEN] != '-'))
		return false;
	if (!read_hex(sc.trace_id, v.ptr + AT_TRACE_ID, sizeof(sc.trace_id), &any) || !any)
		return false;
	if (!read_hex(sc.span_id, v.ptr + AT_SPAN_ID, sizeof(sc.span_id), &any) || !any)
		return false;
	if (!read_hex(&sc.trace_flags, v.ptr + AT_FLAGS, 1, &any))
		return false;
	sc.trace_flags &= KNOWN_FLAGS;
	*out = sc;
	return true;
}

void traceparent_format(char out[TRACEPARENT_LEN + 1], const otel_span_context *span_context)
{
	const uint8_t flags = span_context->trace_flags & KNOWN_FLAGS;

	memcpy(out, "00-", AT_TRACE_ID);
	str_to_hex(out + AT_TRACE_ID, span_context->trace_id, sizeof(span_context->trace_id));
	out[AT_SPAN_ID - 1] = '-';
	str_to_hex(out + AT_SPAN_ID, span_context->span_id, sizeof(span_context->span_id));
	out[AT_FLAGS - 1] = '-';
	str_to_hex(out + AT_FLAGS, &flags, 1);
	out[TRACEPARENT_LEN] = '\0';
}

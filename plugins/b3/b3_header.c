/* SPDX-License-Identifier: Apache-2.0
 *
 * b3_header.c - see the header.
 */
#include "plugins/b3/b3_header.h"

#include <string.h>

/* Exactly these digits, in lower case as B3 has them. */
static bool read_hex(struct view text, uint8_t *out, size_t len)
{
	if (text.len != 2 * len)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] >= 'A' && text.ptr[i] <= 'F')
			return false;
	}
	return str_from_hex(out, text.ptr, len);
}

static bool is_zero(const uint8_t *bytes, size_t len)
{
	static const uint8_t zeros[16];

	return memcmp(bytes, zeros, len) == 0;
}

/* Two lengths of trace id are in use. */
static bool read_ids(struct view trace_id, struct view span_id, struct b3 *out)
{
	bool is_short = trace_id.len == 16;
	size_t pad = is_short ? 8 : 0;

	memset(out->trace_id, 0, sizeof out->trace_id);
	return read_hex(trace_id, out->trace_id + pad, sizeof out->trace_id - pad) &&
	       read_hex(span_id, out->span_id, sizeof out->span_id) && !is_zero(out->trace_id, sizeof out->trace_id) &&
	       !is_zero(out->span_id, sizeof out->span_id);
}

static bool read_state(struct view text, enum b3_sampling *out)
{
	static const char letters[] = {[B3_DENIED] = '0', [B3_ACCEPTED] = '1', [B3_DEBUG] = 'd'};

	for (size_t i = B3_DENIED; i <= B3_DEBUG; i++) {
		if (text.len == 1 && text.ptr[0] == letters[i]) {
			*out = (enum b3_sampling)i;
			return true;
		}
	}
	return false;
}

bool b3_parse_single(struct view text, struct b3 *out)
{
	struct view trace_id;
	struct view span_id;
	struct view state;
	struct view parent;
	uint8_t parent_id[8];

	if (!view_split(&text, '-', &trace_id) || !view_split(&text, '-', &span_id) ||
	    !read_ids(trace_id, span_id, out))
		return false;
	out->sampling = B3_DEFERRED;
	if (!view_split(&text, '-', &state))
		return true;
	if (!read_state(state, &out->sampling))
		return false;
	if (!view_split(&text, '-', &parent))
		return true;
	return read_hex(parent, parent_id, sizeof parent_id) && !text.ptr;
}

/* "true" and "false" are what early writers sent. */
static bool read_sampled(struct view text, enum b3_sampling *out)
{
	static const struct {
		const char *word;
		enum b3_sampling sampling;
	} words[] = {
		{"", B3_DEFERRED}, {"0", B3_DENIED}, {"1", B3_ACCEPTED}, {"false", B3_DENIED}, {"true", B3_ACCEPTED}};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (view_equals_nocase(text, words[i].word)) {
			*out = words[i].sampling;
			return true;
		}
	}
	return false;
}

bool b3_parse_multi(const struct b3_fields *fields, struct b3 *out)
{
	bool is_debug = view_equals(fields->flags, "1");

	if (!read_ids(fields->trace_id, fields->span_id, out))
		return false;
	out->sampling = B3_DEBUG;
	return is_debug || read_sampled(fields->sampled, &out->sampling);
}

void b3_format_single(const struct b3 *b3, char out[B3_SINGLE_SIZE])
{
	static const char *const endings[] = {
		[B3_DEFERRED] = "", [B3_DENIED] = "-0", [B3_ACCEPTED] = "-1", [B3_DEBUG] = "-d"};

	str_to_hex(out, b3->trace_id, sizeof b3->trace_id);
	out[32] = '-';
	str_to_hex(out + 33, b3->span_id, sizeof b3->span_id);
	strcpy(out + 49, endings[b3->sampling]);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * ot_tracestate.c - see the header.
 */
#include "util/ot_tracestate.h"

#include <math.h>
#include <string.h>

#include "util/str.h"

#define MAX_MEMBERS 32

/* ---- reading ---- */

/* *value gets what stands behind "ot=". */
static bool is_ot(struct view member, struct view *value)
{
	if (member.len < 3 || memcmp(member.ptr, "ot=", 3) != 0)
		return false;
	*value = (struct view){member.ptr + 3, member.len - 3};
	return true;
}

/* The next member that is not empty; false when there are no more. */
static bool next_member(struct view *rest, struct view *member)
{
	while (view_split(rest, ',', member)) {
		*member = view_trim(*member);
		if (member->len)
			return true;
	}
	return false;
}

/* The first one counts. */
static struct view ot_value(struct view tracestate)
{
	struct view member, value;

	while (next_member(&tracestate, &member)) {
		if (is_ot(member, &value))
			return value;
	}
	return (struct view){NULL, 0};
}

static bool has_key(struct view entry, const char *key)
{
	const size_t len = strlen(key);

	return entry.len > len && entry.ptr[len] == ':' && !memcmp(entry.ptr, key, len);
}

/* Digits as a fraction: what is missing at the end is zeros. */
static bool read_digits(struct view digits, size_t min, uint64_t *out)
{
	uint64_t value = 0;

	if (digits.len < min || digits.len > OT_DIGITS)
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		const char c = digits.ptr[i];
		if (c >= '0' && c <= '9')
			value = value << 4 | (uint64_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			value = value << 4 | (uint64_t)(c - 'a' + 10);
		else
			return false;
	}
	*out = value << 4 * (OT_DIGITS - digits.len);
	return true;
}

/* The value of the one entry with this key. */
static bool find_entry(struct view value, const char *key, size_t min, uint64_t *out)
{
	struct view entry, found = {NULL, 0};
	const size_t skip = strlen(key) + 1;

	while (view_split(&value, ';', &entry)) {
		if (!has_key(entry, key))
			continue;
		if (found.ptr)
			return false;
		found = (struct view){entry.ptr + skip, entry.len - skip};
	}
	return found.ptr && read_digits(found, min, out);
}

struct ot_state ot_value_read(const char *value, size_t len)
{
	const struct view v = {value, len};
	struct ot_state state = {.has_threshold = false};

	if (!len || len > OT_MAX)
		return state;
	state.has_threshold = find_entry(v, "th", 1, &state.threshold);
	state.has_random = find_entry(v, "rv", OT_DIGITS, &state.random);
	return state;
}

struct ot_state ot_read(const char *tracestate, size_t len)
{
	const struct view value = ot_value((struct view){tracestate, len});

	return ot_value_read(value.ptr, value.len);
}

/* ---- numbers ---- */

uint64_t ot_random_of_trace(const uint8_t trace_id[16])
{
	uint64_t random = 0;

	for (int i = 9; i < 16; i++)
		random = random << 8 | trace_id[i];
	return random;
}

void ot_random_text(uint64_t random, char out[OT_DIGITS + 1])
{
	for (int i = 0; i < OT_DIGITS; i++)
		out[i] = "0123456789abcdef"[random >> (4 * (OT_DIGITS - 1 - i)) & 15];
	out[OT_DIGITS] = '\0';
}

void ot_threshold_text(uint64_t threshold, char out[OT_DIGITS + 1])
{
	size_t len = OT_DIGITS;

	ot_random_text(threshold, out);
	while (len > 1 && out[len - 1] == '0')
		len--;
	out[len] = '\0';
}

uint64_t ot_threshold_precise(double probability, unsigned digits)
{
	int exponent = 0;
	uint64_t kept, threshold, unit;

	if (probability >= 1.0)
		return 0;
	kept = probability > 0 ? (uint64_t)(probability * (double)OT_RANGE + 0.5) : 0;
	threshold = OT_RANGE - (kept ? kept : 1);
	frexp(probability, &exponent);
	if (exponent < 0)
		digits += (unsigned)-exponent / 4;
	if (digits >= OT_DIGITS)
		return threshold;
	unit = UINT64_C(1) << 4 * (OT_DIGITS - digits);
	return (threshold + unit / 2) & ~(unit - 1);
}

uint64_t ot_threshold(double probability)
{
	return ot_threshold_precise(probability, 4);
}

/* ---- editing ---- */

struct text {
	char *p;
	size_t len;
	size_t room;
};

static bool put(struct text *text, const char *s, size_t len)
{
	if (len > text->room - text->len)
		return false;
	memcpy(text->p + text->len, s, len);
	text->len += len;
	return true;
}

static bool is_changed(struct view entry, const struct ot_change *changes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (has_key(entry, changes[i].key))
			return true;
	}
	return false;
}

/* The member's new value: what stays, then what was set. */
static bool write_value(struct text *text, struct view value, const struct ot_change *changes, size_t count)
{
	struct view entry;
	bool ok = true;

	while (view_split(&value, ';', &entry)) {
		if (entry.len && !is_changed(entry, changes, count))
			ok = ok && put(text, ";", text->len > 0) && put(text, entry.ptr, entry.len);
	}
	for (size_t i = 0; i < count; i++) {
		if (!changes[i].value)
			continue;
		ok = ok && put(text, ";", text->len > 0) && put(text, changes[i].key, strlen(changes[i].key)) &&
		     put(text, ":", 1) && put(text, changes[i].value, strlen(changes[i].value));
	}
	return ok;
}

static bool says_already(struct view value, const struct ot_change *change)
{
	const size_t key_len = strlen(change->key);
	struct view entry;
	size_t seen = 0;

	while (view_split(&value, ';', &entry)) {
		if (!has_key(entry, change->key))
			continue;
		if (!change->value || seen++)
			return false;
		if (!view_equals((struct view){entry.ptr + key_len + 1, entry.len - key_len - 1}, change->value))
			return false;
	}
	return !change->value || seen;
}

static bool says_all(struct view value, const struct ot_change *changes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!says_already(value, &changes[i]))
			return false;
	}
	return true;
}

static void put_others(struct text *text, struct view tracestate, size_t members)
{
	struct view member, value;

	while (members < MAX_MEMBERS && next_member(&tracestate, &member)) {
		if (is_ot(member, &value))
			continue;
		put(text, ",", text->len > 0);
		put(text, member.ptr, member.len);
		members++;
	}
}

enum ot_edit ot_edit(const char *tracestate, size_t len, const struct ot_change *changes, size_t count, char *out,
		     size_t *out_len)
{
	const struct view whole = {tracestate, len};
	const struct view old = ot_value(whole);
	char room[OT_MAX];
	struct text value = {room, 0, sizeof room};
	struct text text = {out, 0, len + OT_EDIT_EXTRA};

	if (says_all(old, changes, count))
		return OT_SAME;
	if (!write_value(&value, old, changes, count))
		return OT_TOO_LONG;
	if (value.len) {
		put(&text, "ot=", 3);
		put(&text, value.p, value.len);
	}
	put_others(&text, whole, value.len > 0);
	*out_len = text.len;
	return OT_CHANGED;
}

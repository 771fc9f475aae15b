/* SPDX-License-Identifier: Apache-2.0
 *
 * tracestate.c - the W3C tracestate list (Trace Context Level 2, 3.3): checked whole, kept as text without the blanks
 * and empty members that mean nothing.
 */
#include "api/tracestate.h"

#include "api/carrier.h"
#include "api/mem.h"
#include "util/str.h"

#define MAX_MEMBERS 32
#define MAX_PART    256 /* of key and of value */

/* Reads members one after the other, across fields. Without `out` it only measures. */
struct scan {
	unsigned members;
	size_t len;
	size_t room; /* of out */
	char *out;
};

static bool is_key_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_key(struct view key)
{
	if (!key.len || key.len > MAX_PART || !is_key_start(key.ptr[0]))
		return false;
	for (size_t i = 1; i < key.len; i++) {
		if (!is_key_start(key.ptr[i]) && (!key.ptr[i] || !strchr("_-*/@", key.ptr[i])))
			return false;
	}
	return true;
}

/* A trailing blank was trimmed as one around the member. */
static bool is_value(struct view value)
{
	if (!value.len || value.len > MAX_PART)
		return false;
	for (size_t i = 0; i < value.len; i++) {
		if (value.ptr[i] < 0x20 || value.ptr[i] > 0x7e || value.ptr[i] == ',' || value.ptr[i] == '=')
			return false;
	}
	return true;
}

static bool is_member(struct view member)
{
	const char *equals = memchr(member.ptr, '=', member.len);
	size_t key_len = equals ? (size_t)(equals - member.ptr) : 0;

	return equals && is_key((struct view){member.ptr, key_len}) &&
	       is_value((struct view){equals + 1, member.len - key_len - 1});
}

static bool scan_put(struct scan *scan, const char *text, size_t len)
{
	if (scan->out) {
		if (len > scan->room - scan->len)
			return false;
		memcpy(scan->out + scan->len, text, len);
	}
	scan->len += len;
	return true;
}

/* false: a bad member, or too many, which spoils the whole list. */
static bool scan_field(struct scan *scan, struct view rest)
{
	struct view piece;

	while (view_split(&rest, ',', &piece)) {
		struct view member = view_trim(piece);
		if (!member.len)
			continue;
		if (!is_member(member) || scan->members == MAX_MEMBERS)
			return false;
		if (scan->members++ && !scan_put(scan, ",", 1))
			return false;
		if (!scan_put(scan, member.ptr, member.len))
			return false;
	}
	return true;
}

static struct otel_tracestate *allocate(const struct scan *measured, struct scan *scan)
{
	struct otel_tracestate *tracestate;

	if (!measured->members)
		return NULL;
	tracestate = mem_alloc(sizeof(*tracestate) + measured->len + 1);
	if (!tracestate)
		return NULL;
	atomic_init(&tracestate->refs, 1);
	*scan = (struct scan){.room = measured->len, .out = tracestate->text};
	return tracestate;
}

/* Terminates what was written, or gives it up. */
static struct otel_tracestate *finish(struct otel_tracestate *tracestate, const struct scan *scan, bool ok)
{
	if (!ok || !scan->members) {
		free(tracestate);
		return NULL;
	}
	tracestate->len = (uint32_t)scan->len;
	tracestate->text[scan->len] = '\0';
	return tracestate;
}

struct otel_tracestate *otel_tracestate_make_v1(const char *text, size_t len)
{
	const struct view v = {text, len};
	struct scan measured = {0};
	struct scan scan;
	struct otel_tracestate *tracestate;

	if (!text || !len || !scan_field(&measured, v))
		return NULL;
	tracestate = allocate(&measured, &scan);
	if (!tracestate)
		return NULL;
	return finish(tracestate, &scan, scan_field(&scan, v));
}

static bool scan_carrier(struct scan *scan, const otel_carrier *carrier)
{
	carrier_get_fn *get = carrier_getter(carrier);
	const char *field;

	for (size_t i = 0; i < CARRIER_MAX_FIELDS && (field = get(carrier->self, "tracestate", i)); i++) {
		if (!scan_field(scan, view_of(field)))
			return false;
	}
	return true;
}

struct otel_tracestate *tracestate_read(const otel_carrier *carrier)
{
	struct scan measured = {0};
	struct scan scan;
	struct otel_tracestate *tracestate;

	if (!scan_carrier(&measured, carrier))
		return NULL;
	tracestate = allocate(&measured, &scan);
	if (!tracestate)
		return NULL;
	return finish(tracestate, &scan, scan_carrier(&scan, carrier));
}

/* ---- what is sent ---- */

/* Takes out the member that is least wanted: the rightmost of the long ones, or the rightmost. */
static size_t take_out_one(struct view *members, size_t count)
{
	size_t out = count - 1;

	for (size_t i = count; i-- > 0;) {
		if (members[i].len > TRACESTATE_LONG_MEMBER) {
			out = i;
			break;
		}
	}
	memmove(&members[out], &members[out + 1], (count - out - 1) * sizeof(*members));
	return count - 1;
}

static size_t joined_len(const struct view *members, size_t count)
{
	size_t len = count ? count - 1 : 0;

	for (size_t i = 0; i < count; i++)
		len += members[i].len;
	return len;
}

const char *tracestate_sent(const struct otel_tracestate *tracestate, char cut[TRACESTATE_SENT_MAX + 1])
{
	struct view rest = {tracestate->text, tracestate->len};
	struct view members[MAX_MEMBERS];
	size_t count = 0;
	char *p = cut;

	if (tracestate->len <= TRACESTATE_SENT_MAX)
		return tracestate->text;
	while (count < MAX_MEMBERS && view_split(&rest, ',', &members[count]))
		count++;
	while (joined_len(members, count) > TRACESTATE_SENT_MAX)
		count = take_out_one(members, count);
	for (size_t i = 0; i < count; i++) {
		if (i)
			*p++ = ',';
		p = mempcpy(p, members[i].ptr, members[i].len);
	}
	*p = '\0';
	return cut;
}

/* ---- sharing ---- */

struct otel_tracestate *otel_tracestate_ref_v1(struct otel_tracestate *tracestate)
{
	if (tracestate)
		atomic_fetch_add_explicit(&tracestate->refs, 1, memory_order_relaxed);
	return tracestate;
}

void otel_tracestate_unref_v1(struct otel_tracestate *tracestate)
{
	if (tracestate && atomic_fetch_sub_explicit(&tracestate->refs, 1, memory_order_acq_rel) == 1)
		free(tracestate);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * fail.c - elements are a name and suffixes in any order: xTIMES, :NUMBER, and @SECONDS in place of it.
 */
#include "tools/otel-c/sink/fail.h"

#include <stdio.h>

#include "util/str.h"

#define TIMES_MAX  1000000u
#define STATUS_MIN 300u
#define STATUS_MAX 599u
#define SHOWN_MAX  60

enum protocols { BOTH, GRPC };

struct range {
	uint64_t min, max, unless_given;
};

static const struct row {
	const char *name;
	enum sink_fail_kind kind;
	enum sink_fail_moment moment;
	enum protocols protocols;
	unsigned needs, may_have;
	struct range first, second;
} rows[] = {
#define ROW(name, kind, moment, protocols, needs, may_have, min1, max1, default1, min2, max2, default2, usage, does)   \
	{name,  SINK_FAIL_##kind, SINK_FAIL_##moment,     protocols,                                                   \
	 needs, may_have,         {min1, max1, default1}, {min2, max2, default2}},
	SINK_FAIL_ROWS(ROW)
#undef ROW
};

/* ", " stands before each. */
static const char allowed[] =
#define ROW(name, kind, moment, protocols, needs, may_have, min1, max1, default1, min2, max2, default2, usage, does)   \
	", " name
	SINK_FAIL_ROWS(ROW)
#undef ROW
	;

static const struct row *find(struct view name, struct sink_fail *fail)
{
	uint64_t status;

	for (size_t i = SINK_FAIL_STATUS + 1; i < SINK_FAIL_KINDS; i++)
		if (view_equals(name, rows[i].name))
			return &rows[i];
	if (!str_to_u64(name, STATUS_MIN, STATUS_MAX, &status))
		return NULL;
	fail->status = (unsigned)status;
	return &rows[SINK_FAIL_STATUS];
}

static size_t until_mark(struct view text)
{
	size_t len = 0;

	while (len < text.len && text.ptr[len] != 'x' && text.ptr[len] != ':' && text.ptr[len] != '@')
		len++;
	return len;
}

static struct view skip(struct view text, size_t len)
{
	return (struct view){text.ptr + len, text.len - len};
}

static bool read_times(struct sink_fail *fail, struct view digits)
{
	return !fail->times && str_to_u64(digits, 1, TIMES_MAX, &fail->times);
}

static bool read_number(struct sink_fail *fail, const struct row *row, struct view digits)
{
	const unsigned have = (unsigned)fail->has_number + fail->has_second;
	const struct range *range = have ? &row->second : &row->first;

	if (have >= row->may_have)
		return false;
	if (have)
		fail->has_second = true;
	fail->has_number = true;
	return str_to_u64(digits, range->min, range->max, have ? &fail->second : &fail->number);
}

static bool read_date(struct sink_fail *fail, const struct row *row, struct view digits)
{
	fail->is_date = true;
	return row->kind == SINK_FAIL_STATUS && read_number(fail, row, digits);
}

/* What stands behind the name. */
static bool read_suffixes(struct sink_fail *fail, const struct row *row, struct view rest)
{
	while (rest.len) {
		const char mark = *rest.ptr;
		const struct view digits = {rest.ptr + 1, until_mark(skip(rest, 1))};
		bool ok;

		if (mark == 'x')
			ok = read_times(fail, digits);
		else if (mark == ':')
			ok = read_number(fail, row, digits);
		else
			ok = read_date(fail, row, digits);
		if (!ok)
			return false;
		rest = skip(rest, 1 + digits.len);
	}
	return (unsigned)fail->has_number + fail->has_second >= row->needs;
}

static bool read_element(struct sink_fail *fail, struct view text)
{
	const struct view name = {text.ptr, until_mark(text)};
	const struct row *row;

	*fail = (struct sink_fail){0};
	row = find(name, fail);
	if (!row)
		return false;
	fail->kind = row->kind;
	fail->number = row->first.unless_given;
	fail->second = row->second.unless_given;
	if (!read_suffixes(fail, row, skip(text, name.len)))
		return false;
	if (!fail->times)
		fail->times = 1;
	return true;
}

bool sink_fail_parse(struct sink_fail_plan *plan, const char *spec, char *why, size_t why_cap)
{
	struct view rest = view_of(spec);
	struct view piece;

	*plan = (struct sink_fail_plan){.count = 0};
	while (view_split(&rest, ',', &piece)) {
		if (plan->count == SINK_FAIL_MAX) {
			snprintf(why, why_cap, "it has more than %d elements", SINK_FAIL_MAX);
			return false;
		}
		piece = view_trim(piece);
		if (!read_element(&plan->list[plan->count], piece)) {
			snprintf(why, why_cap, "\"%.*s\" is none of: %s; see otel-c help sink",
				 (int)(piece.len < SHOWN_MAX ? piece.len : SHOWN_MAX), piece.ptr, allowed + 2);
			return false;
		}
		plan->count++;
	}
	return true;
}

static size_t find_next(const struct sink_fail_plan *plan, bool is_grpc)
{
	size_t at = 0;

	while (at < plan->count && (!plan->list[at].times || (rows[plan->list[at].kind].protocols == GRPC && !is_grpc)))
		at++;
	return at;
}

const struct sink_fail *sink_fail_next(struct sink_fail_plan *plan, enum sink_fail_moment moment, bool is_grpc)
{
	const size_t at = find_next(plan, is_grpc);

	if (at == plan->count || rows[plan->list[at].kind].moment != moment)
		return NULL;
	plan->list[at].times--;
	return &plan->list[at];
}

bool sink_fail_wants_connection(const struct sink_fail_plan *plan, bool is_grpc)
{
	const size_t at = find_next(plan, is_grpc);

	return at < plan->count && rows[plan->list[at].kind].moment == SINK_FAIL_CONNECTING;
}

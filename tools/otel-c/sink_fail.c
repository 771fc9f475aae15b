/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_fail.c - elements are NAME[xTIMES][:NUMBER], the two suffixes in any order.
 */
#include "sink_fail.h"

#include <stdio.h>

#include "util/str.h"

#define TIMES_MAX       1000000u
#define STATUS_MIN      400u
#define STATUS_MAX      599u
#define RETRY_AFTER_MAX 86400u
#define SLOW_MAX        600u
#define SHOWN_MAX       60

#define ALLOWED                                                                                                        \
	"400 to 599 (:SECONDS for Retry-After), reset, drop-reply, hang, slow (:SECONDS), partial:ITEMS; xTIMES "      \
	"behind "                                                                                                      \
	"any of them"

enum need { NO_NUMBER, MAY_HAVE_NUMBER, NEEDS_NUMBER };

static const struct row {
	const char *name;
	enum sink_fail_kind kind;
	enum need need;
	uint64_t min, max;
	uint64_t unless_given;
} rows[] = {
	{"partial", SINK_FAIL_PARTIAL, NEEDS_NUMBER, 1, UINT32_MAX, 0}, {"reset", SINK_FAIL_RESET, NO_NUMBER, 0, 0, 0},
	{"drop-reply", SINK_FAIL_DROP_REPLY, NO_NUMBER, 0, 0, 0},       {"hang", SINK_FAIL_HANG, NO_NUMBER, 0, 0, 0},
	{"slow", SINK_FAIL_SLOW, MAY_HAVE_NUMBER, 1, SLOW_MAX, 1},
};

static const struct row status_row = {"", SINK_FAIL_STATUS, MAY_HAVE_NUMBER, 0, RETRY_AFTER_MAX, 0};

static const struct row *find(struct view name, struct sink_fail *fail)
{
	uint64_t status;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (view_equals(name, rows[i].name))
			return &rows[i];
	if (!str_to_u64(name, STATUS_MIN, STATUS_MAX, &status))
		return NULL;
	fail->status = (unsigned)status;
	return &status_row;
}

static size_t until_mark(struct view text)
{
	size_t len = 0;

	while (len < text.len && text.ptr[len] != 'x' && text.ptr[len] != ':')
		len++;
	return len;
}

static struct view skip(struct view text, size_t len)
{
	return (struct view){text.ptr + len, text.len - len};
}

/* What stands behind the name; each mark once. */
static bool read_suffixes(struct sink_fail *fail, const struct row *row, struct view rest)
{
	bool has_times = false;

	while (rest.len) {
		const char mark = *rest.ptr;
		const struct view digits = {rest.ptr + 1, until_mark(skip(rest, 1))};
		bool *seen = mark == 'x' ? &has_times : &fail->has_number;

		if (*seen || (mark == ':' && row->need == NO_NUMBER))
			return false;
		*seen = true;
		if (mark == 'x' ? !str_to_u64(digits, 1, TIMES_MAX, &fail->times)
				: !str_to_u64(digits, row->min, row->max, &fail->number))
			return false;
		rest = skip(rest, 1 + digits.len);
	}
	return fail->has_number || row->need != NEEDS_NUMBER;
}

static bool read_element(struct sink_fail *fail, struct view text)
{
	const struct view name = {text.ptr, until_mark(text)};
	const struct row *row;

	*fail = (struct sink_fail){.times = 1};
	row = find(name, fail);
	if (!row)
		return false;
	fail->kind = row->kind;
	fail->number = row->unless_given;
	return read_suffixes(fail, row, skip(text, name.len));
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
			snprintf(why, why_cap, "\"%.*s\" is none of: " ALLOWED,
				 (int)(piece.len < SHOWN_MAX ? piece.len : SHOWN_MAX), piece.ptr);
			return false;
		}
		plan->count++;
	}
	return true;
}

const struct sink_fail *sink_fail_next(struct sink_fail_plan *plan)
{
	while (plan->at < plan->count && !plan->list[plan->at].times)
		plan->at++;
	if (plan->at == plan->count)
		return NULL;
	plan->list[plan->at].times--;
	return &plan->list[plan->at];
}

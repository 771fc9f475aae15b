/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_proc.c - see the header.
 */
#include "sdk/resource_proc.h"

#include <stdio.h>
#include <string.h>

#include "util/str.h"

#define START_FIELD 22 /* of /proc/PID/stat, proc(5) */
#define DAY_MS      86400000u
#define LAST_MS     253402300799999u /* of the year 9999 */

bool proc_start_ticks(const char *text, size_t len, uint64_t *ticks)
{
	/* The second field is the program's name in parentheses, and may itself hold blanks and parentheses. */
	const char *name_end = len ? memrchr(text, ')', len) : NULL;
	struct view piece;

	if (!name_end)
		return false;
	struct view rest = {name_end + 1, len - (size_t)(name_end + 1 - text)};
	rest = view_trim(rest);
	for (int field = 3; view_split(&rest, ' ', &piece); field++)
		if (field == START_FIELD)
			return str_to_u64(piece, 0, UINT64_MAX, ticks);
	return false;
}

bool proc_boot_seconds(const char *text, size_t len, uint64_t *seconds)
{
	struct view rest = {text, len};
	struct view line, word;

	while (view_split(&rest, '\n', &line))
		if (view_split(&line, ' ', &word) && view_equals(word, "btime"))
			return str_to_u64(view_trim(line), 0, UINT32_MAX, seconds);
	return false;
}

static bool copy(struct view v, char *out, size_t cap)
{
	const size_t len = v.len ? strnlen(v.ptr, v.len < cap - 1 ? v.len : cap - 1) : 0;

	if (!len)
		return false;
	memcpy(out, v.ptr, len);
	out[len] = '\0';
	return true;
}

bool proc_cpuinfo_value(const char *text, size_t len, const char *key, char *out, size_t cap)
{
	struct view rest = {text, len};
	struct view line, name;

	while (view_split(&rest, '\n', &line))
		if (view_split(&line, ':', &name) && line.ptr && view_equals(view_trim(name), key))
			return copy(view_trim(line), out, cap);
	return false;
}

bool proc_cache_kib(const char *text, size_t len, uint64_t *kib)
{
	char value[32];
	struct view number, rest;

	if (!proc_cpuinfo_value(text, len, "cache size", value, sizeof value))
		return false;
	rest = view_of(value);
	return view_split(&rest, ' ', &number) && view_equals(view_trim(rest), "KB") &&
	       str_to_u64(number, 1, UINT32_MAX, kib);
}

bool proc_user_name(const char *text, size_t len, uint32_t uid, char *out, size_t cap)
{
	struct view rest = {text, len};
	struct view line, name, piece;
	uint64_t number;

	while (view_split(&rest, '\n', &line)) {
		if (!view_split(&line, ':', &name) || !view_split(&line, ':', &piece) ||
		    !view_split(&line, ':', &piece))
			continue;
		if (!str_to_u64(piece, 0, UINT32_MAX, &number) || number != uid)
			continue;
		return name.len < cap && copy(name, out, cap);
	}
	return false;
}

size_t proc_arguments(const char *text, size_t len, const char **out, size_t max)
{
	size_t count = 0;

	for (size_t at = 0; at < len && count < max; at += strlen(text + at) + 1)
		out[count++] = text + at;
	return count;
}

/* gmtime_r() may look for the time zone in the environment. The calendar repeats every 400 years, and years that begin
 * in March have their leap day last. */
void proc_time_text(uint64_t ms, char out[PROC_TIME_SIZE])
{
	if (ms > LAST_MS)
		ms = LAST_MS;
	const uint32_t days = (uint32_t)(ms / DAY_MS) + 719468; /* since March 1 of the year 0 */
	const uint32_t in_day = (uint32_t)(ms % DAY_MS);
	const uint32_t era_day = days % 146097;
	const uint32_t era_year = (era_day - era_day / 1460 + era_day / 36524 - era_day / 146096) / 365;
	const uint32_t year_day = era_day - (365 * era_year + era_year / 4 - era_year / 100);
	const uint32_t march = (5 * year_day + 2) / 153; /* months since March */
	const uint32_t day = year_day - (153 * march + 2) / 5 + 1;
	const uint32_t month = march < 10 ? march + 3 : march - 9;
	const uint32_t year = days / 146097 * 400 + era_year + (month <= 2);
	char text[64];

	snprintf(text, sizeof text, "%04u-%02u-%02uT%02u:%02u:%02u.%03uZ", year, month, day, in_day / 3600000,
		 in_day / 60000 % 60, in_day / 1000 % 60, in_day % 1000);
	memcpy(out, text, PROC_TIME_SIZE);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * retry_after.c - reading Retry-After. No strptime() (it follows the locale) and no timegm() (it reads TZ).
 */
#include "otlp/retry_after.h"

#include <stdbool.h>
#include <string.h>

#include "util/str.h"

#define LONGEST_S 86400u

struct date {
	uint64_t day;
	uint64_t month;
	uint64_t year;
	uint64_t seconds; /* of the day */
	unsigned numbers; /* how many of day and year were seen */
	bool has_time;
};

static uint64_t month_of(struct view word)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	for (uint64_t i = 0; i < 12 && word.len == 3; i++)
		if (!memcmp(names + 3 * i, word.ptr, 3))
			return i + 1;
	return 0;
}

static bool read_time(struct view word, uint64_t *seconds)
{
	static const uint64_t most[] = {23, 59, 60};
	uint64_t total = 0;
	struct view piece;
	for (int i = 0; i < 3; i++) {
		uint64_t n;
		if (!view_split(&word, ':', &piece) || !str_to_u64(piece, 0, most[i], &n))
			return false;
		total = total * 60 + n;
	}
	*seconds = total;
	return !word.ptr;
}

/* In all three forms the day comes before the year, and only the time has colons. Names of days say nothing new. */
static bool read_word(struct view word, struct date *date)
{
	uint64_t number;
	if (memchr(word.ptr, ':', word.len)) {
		date->has_time = read_time(word, &date->seconds);
		return date->has_time;
	}
	if (str_to_u64(word, 0, 9999, &number)) {
		*(date->numbers++ ? &date->year : &date->day) = number;
		return date->numbers <= 2;
	}
	if (!date->month)
		date->month = month_of(word);
	return true;
}

/* Days from 1970-01-01, by counting from 1 March so that the leap day is the last of its year. */
static uint64_t days_from_civil(uint64_t year, uint64_t month, uint64_t day)
{
	uint64_t y = month > 2 ? year : year - 1;
	uint64_t m = (month + 9) % 12;
	return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day - 1 - 719468;
}

/* RFC 9110, 5.6.7: a two-digit year that seems more than 50 years ahead is one of the century before. */
static uint64_t full_year(uint64_t short_year, uint64_t now)
{
	uint64_t this_year = 1970 + now / 31556952u; /* seconds of a mean year */
	uint64_t year = this_year / 100 * 100 + short_year;
	return year > this_year + 50 ? year - 100 : year;
}

static bool read_date(struct view text, uint64_t now, uint64_t *unix_s)
{
	struct date date = {0};
	while (text.len) {
		size_t n = 0;
		while (n < text.len && !strchr(" ,-\t", text.ptr[n]))
			n++;
		if (n && !read_word((struct view){text.ptr, n}, &date))
			return false;
		n += n < text.len;
		text.ptr += n;
		text.len -= n;
	}
	if (date.numbers != 2 || !date.month || !date.has_time || date.day < 1 || date.day > 31)
		return false;
	if (date.year < 100)
		date.year = full_year(date.year, now);
	if (date.year < 1970)
		return false;
	*unix_s = days_from_civil(date.year, date.month, date.day) * 86400u + date.seconds;
	return true;
}

uint32_t retry_after_ms(const char *text, size_t len, uint64_t now_unix_s)
{
	struct view v = view_trim((struct view){text, len});
	uint64_t wait = 0;
	bool digits = v.len > 0;
	for (size_t i = 0; i < v.len; i++)
		digits = digits && v.ptr[i] >= '0' && v.ptr[i] <= '9';

	uint64_t when;
	if (digits && !str_to_u64(v, 0, LONGEST_S, &wait))
		wait = LONGEST_S;
	else if (!digits && v.len && read_date(v, now_unix_s, &when) && when > now_unix_s)
		wait = when - now_unix_s;
	return (uint32_t)(wait > LONGEST_S ? LONGEST_S : wait) * 1000u;
}

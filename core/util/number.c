/* SPDX-License-Identifier: Apache-2.0
 *
 * number.c - numbers as text, whatever the locale.
 */
#include "util/str.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit_(char c)
{
	return c >= '0' && c <= '9';
}

bool str_to_u64(struct view v, uint64_t min, uint64_t max, uint64_t *out)
{
	uint64_t value = 0;

	if (!v.len)
		return false;
	for (size_t i = 0; i < v.len; i++) {
		if (!is_digit_(v.ptr[i]))
			return false;
		if (__builtin_mul_overflow(value, 10u, &value) ||
		    __builtin_add_overflow(value, (uint64_t)(v.ptr[i] - '0'), &value))
			return false;
	}
	if (value < min || value > max)
		return false;
	*out = value;
	return true;
}

static size_t digits_(const char *s, size_t *count)
{
	size_t n = 0;

	while (is_digit_(s[n]))
		n++;
	*count += n;
	return n;
}

/* Sign, digits with at most one point, exponent: what strtod() takes beyond that (hex, inf, nan, blanks) is refused. */
static bool is_decimal_(const char *s)
{
	size_t mantissa = 0;
	size_t exponent = 0;

	s += *s == '+' || *s == '-';
	s += digits_(s, &mantissa);
	if (*s == '.') {
		s++;
		s += digits_(s, &mantissa);
	}
	if (*s == 'e' || *s == 'E') {
		s++;
		s += *s == '+' || *s == '-';
		s += digits_(s, &exponent);
		if (!exponent)
			return false;
	}
	return mantissa && !*s;
}

bool str_to_double(struct view v, double *out)
{
	char text[128];
	int saved = errno;
	double value;

	if (!v.len || v.len >= sizeof(text))
		return false;
	memcpy(text, v.ptr, v.len);
	text[v.len] = 0;
	if (!is_decimal_(text))
		return false;
	/* glibc hands out its constant "C" locale here: nothing is allocated, nothing to free. */
	value = strtod_l(text, NULL, newlocale(LC_ALL_MASK, "C", NULL));
	errno = saved;
	if (!isfinite(value))
		return false;
	*out = value;
	return true;
}

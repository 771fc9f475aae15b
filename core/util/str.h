/* SPDX-License-Identifier: Apache-2.0
 *
 * str.h - text helpers that do not depend on the locale: characters, views, trimming, numbers, hex, percent-encoding,
 * what may stand in an HTTP header, UTF-8.
 */
#ifndef OTEL_UTIL_STR_H
#define OTEL_UTIL_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline bool char_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool char_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline char char_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The value of a hex digit of either case; -1: it is none. */
int char_hex(char c);

/* A borrowed piece of text, not terminated. */
struct view {
	const char *ptr;
	size_t len;
};

struct view view_of(const char *s); /* NULL gives an empty view */
struct view view_trim(struct view v); /* blanks and tabs on both ends */
bool view_equals(struct view v, const char *s);
bool view_equals_nocase(struct view v, const char *s); /* ASCII */

/* Cuts the text before the next `separator` off the front of *rest. false when *rest was exhausted (ptr NULL). */
bool view_split(struct view *rest, char separator, struct view *piece);

char *view_dup(struct view v); /* terminated copy, malloc; NULL when out of memory */

bool str_equals_nocase(const char *a, const char *b); /* ASCII */

/* Whole-string numbers; false and *out untouched when malformed or out of range. Decimal point whatever the locale. */
bool str_to_u64(struct view v, uint64_t min, uint64_t max, uint64_t *out);
bool str_to_double(struct view v, double *out);

/* Lower-case hex. str_from_hex: false unless exactly 2 * len digits of either case. */
void str_to_hex(char *out, const uint8_t *bytes, size_t len); /* writes 2 * len chars, no terminator */
bool str_from_hex(uint8_t *out, const char *hex, size_t len);

/* Percent-decoding (RFC 3986) into a malloc'ed terminated string; NULL when malformed. '+' stays. */
char *str_percent_decode(struct view v);

/* token of RFC 9110: what the name of a header is, and never empty. */
bool view_is_token(struct view v);

/* May it be the value of a header? No line end, and no other control character but a tab. */
bool view_is_header_value(struct view v);

/* Valid UTF-8 without surrogates or overlongs? */
bool str_is_utf8(const char *s, size_t len);

/* Copies at most cap - 1 bytes and terminates; invalid UTF-8 becomes U+FFFD, never cut inside a sequence. Returns the
 * bytes written. out must hold 3 * len + 1 to be sure of everything. */
size_t str_scrub_utf8(char *out, size_t cap, const char *s, size_t len);

/* The same on one line: control characters become blanks. */
size_t str_scrub_line(char *out, size_t cap, const char *s, size_t len);

/* Levenshtein distance, capped at `cap`; ASCII case ignored. For "did you mean". */
unsigned str_distance(const char *a, const char *b, unsigned cap);

#endif

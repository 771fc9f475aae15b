/* SPDX-License-Identifier: Apache-2.0
 *
 * text_fuzz.c - any bytes through the small readers of text: UTF-8 scrubbing, percent-decoding, hex, numbers, lists.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "util/glob.h"
#include "util/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_scrub(const char *text, size_t size)
{
	size_t cap = size / 2 + 4; /* sometimes too small */
	char *out = malloc(cap);

	if (!out)
		abort();
	size_t len = str_scrub_utf8(out, cap, text, size);
	size_t kept = strnlen(out, cap);
	if (kept == cap || !str_is_utf8(out, kept))
		abort();
	if (str_is_utf8(text, size) && size < cap && (len != size || memcmp(out, text, size) != 0))
		abort();
	free(out);
}

static void check_numbers(struct view v)
{
	uint64_t number;
	double real;

	if (str_to_u64(v, 5, 1000, &number) && (number < 5 || number > 1000))
		abort();
	if (str_to_double(v, &real) && isnan(real))
		abort();
}

static void check_hex(const char *text, size_t size)
{
	uint8_t bytes[16];
	char again[32];
	size_t len = size / 2 < sizeof bytes ? size / 2 : sizeof bytes;

	if (!str_from_hex(bytes, text, len))
		return;
	str_to_hex(again, bytes, len);
	for (size_t i = 0; i < 2 * len; i++)
		if (again[i] != text[i] && again[i] != (text[i] | 0x20))
			abort();
}

static void check_pieces(struct view v)
{
	struct view rest = v, piece;
	size_t total = 0, pieces = 0;

	while (view_split(&rest, ',', &piece)) {
		total += piece.len;
		pieces++;
		struct view trimmed = view_trim(piece);
		if (trimmed.len > piece.len)
			abort();
	}
	if (v.ptr && total + pieces - 1 != v.len)
		abort();
}

/* Against the plainest matcher there is. */
static int matches(const char *p, size_t p_len, const char *t, size_t t_len)
{
	if (!p_len)
		return !t_len;
	if (*p == '*')
		return matches(p + 1, p_len - 1, t, t_len) || (t_len && matches(p, p_len, t + 1, t_len - 1));
	return t_len && (*p == '?' || *p == *t) && matches(p + 1, p_len - 1, t + 1, t_len - 1);
}

static void check_glob(const char *text, size_t size)
{
	const size_t pattern_len = size / 2;

	if (size <= 24 && glob_match(text, pattern_len, text + pattern_len, size - pattern_len) !=
				  matches(text, pattern_len, text + pattern_len, size - pattern_len))
		abort();
	glob_match(text, pattern_len, text + pattern_len, size - pattern_len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size ? size : 1); /* of the exact size: reading past the end is seen */
	struct view v = {text, size};

	if (!text)
		abort();
	memcpy(text, data, size);
	check_scrub(text, size);
	check_numbers(v);
	check_hex(text, size);
	check_pieces(v);
	check_glob(text, size);
	char *decoded = str_percent_decode(v);
	if (decoded && strlen(decoded) > size)
		abort();
	free(decoded);
	free(text);
	return 0;
}

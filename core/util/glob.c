/* SPDX-License-Identifier: Apache-2.0
 *
 * glob.c - matching without recursion: only the last star can have to take more, for what an earlier one would take the
 * later one can take as well.
 */
#include "util/glob.h"

#include "util/str.h"

bool glob_match(const char *pattern, size_t pattern_len, const char *text, size_t text_len)
{
	size_t p = 0, t = 0, after_star = 0, taken = 0;
	bool star = false;

	while (t < text_len) {
		if (p < pattern_len && pattern[p] == '*') {
			star = true;
			after_star = ++p;
			taken = t;
		} else if (p < pattern_len && (pattern[p] == '?' || pattern[p] == text[t])) {
			p++;
			t++;
		} else if (star) {
			p = after_star;
			t = ++taken;
		} else {
			return false;
		}
	}
	while (p < pattern_len && pattern[p] == '*')
		p++;
	return p == pattern_len;
}

bool glob_list_match(const char *patterns, const char *text, size_t text_len)
{
	struct view rest = view_of(patterns);
	struct view piece;

	while (view_split(&rest, ',', &piece)) {
		piece = view_trim(piece);
		if (piece.len && glob_match(piece.ptr, piece.len, text, text_len))
			return true;
	}
	return false;
}

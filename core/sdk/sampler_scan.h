/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler_scan.h - the words and signs of a sampler expression, and where it went wrong.
 */
#ifndef OTEL_SDK_SAMPLER_SCAN_H
#define OTEL_SDK_SAMPLER_SCAN_H

#include "sdk/sampler_expression.h"
#include "util/str.h"

struct sampler_scan {
	struct sampler_tree *tree; /* its text takes the words */
	const char *text;
	size_t len;
	size_t at;
	unsigned depth;
	struct sampler_error *error;
};

/* Notes what should stand at this place. Always false. */
bool scan_fail(struct sampler_scan *scan, size_t at, const char *expected);

/* Blanks do not count. */
bool scan_is(struct sampler_scan *scan, char sign);
bool scan_accept(struct sampler_scan *scan, char sign);
bool scan_expect(struct sampler_scan *scan, char sign, const char *expected);
bool scan_is_end(struct sampler_scan *scan);

/* Where the next word or sign begins. */
size_t scan_at(struct sampler_scan *scan);

struct scan_word {
	struct sampler_word word;
	size_t at; /* in the expression */
	bool is_quoted;
};

/* expected: what the word is for. */
bool scan_word(struct sampler_scan *scan, struct scan_word *word, const char *expected);

/* A word's text, not terminated. */
static inline struct view scan_view(const struct sampler_scan *scan, const struct scan_word *word)
{
	return (struct view){scan->tree->text + word->word.at, word->word.len};
}

#endif

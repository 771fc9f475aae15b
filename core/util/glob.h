/* SPDX-License-Identifier: Apache-2.0
 *
 * glob.h - names by pattern: `*` for any characters, none included; `?` for one byte. Case counts.
 */
#ifndef OTEL_UTIL_GLOB_H
#define OTEL_UTIL_GLOB_H

#include <stdbool.h>
#include <stddef.h>

/* Steps: at most pattern_len * text_len. */
bool glob_match(const char *pattern, size_t pattern_len, const char *text, size_t text_len);

/* Whether one of the patterns matches, in a list with commas between and blanks around them. NULL: there are none. */
bool glob_list_match(const char *patterns, const char *text, size_t text_len);

#endif

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

#endif

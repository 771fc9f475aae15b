/* SPDX-License-Identifier: Apache-2.0
 *
 * line.h - the logical lines of an INI file: what inih is given instead of the file.
 *
 * Indentation means nothing. A line that begins with ; or # is a comment, and so is what follows a blank and a ";". A
 * "\" at the end continues a line: it goes, with the indentation of the next line. Everything that inih would read
 * otherwise than it looks is refused.
 */
#ifndef OTEL_CONFIG_LINE_H
#define OTEL_CONFIG_LINE_H

#include "config/store.h"

struct line_source {
	const char *p;
	const char *end;
	unsigned number; /* of the physical line read last, from 1 */
	unsigned started; /* of the first physical line of the logical line */
	struct buf joined; /* the logical line that was put together */
	char error[192]; /* a sentence, "" if none */
};

/* Pieces are borrowed until the next call. A section line has key.ptr NULL. */
struct line {
	struct view section;
	struct view key;
	struct view value;
	unsigned number;
};

void line_open(struct line_source *source, const char *text, size_t len);
void line_close(struct line_source *source);

/* The next section or pair; false at the end or at an error (source->error, in line source->number). */
bool line_next(struct line_source *source, struct line *line);

#endif

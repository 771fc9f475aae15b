/* SPDX-License-Identifier: Apache-2.0
 *
 * json_scan.h - JSON text (RFC 8259) piece by piece, as json_read.c wants it. After a fault, which says line and
 * column, everything answers false.
 */
#ifndef OTEL_OTLP_JSON_SCAN_H
#define OTEL_OTLP_JSON_SCAN_H

#include "otlp/text/fault.h"
#include "util/buf.h"
#include "util/str.h"

struct json_scan {
	const char *start, *at, *end;
	struct buf text; /* the last text that had escapes */
	bool failed;
	struct otlp_fault *fault;
};

void json_scan_init(struct json_scan *s, const char *text, size_t len, struct otlp_fault *fault);
void json_scan_fini(struct json_scan *s);

/* Writes the fault, unless there is one; always false. */
bool json_scan_fail(struct json_scan *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The character that comes after blanks, '\0' at the end of the text. */
char json_scan_peek(struct json_scan *s);

/* That character, if it is this one. */
bool json_scan_take(struct json_scan *s, char wanted);

/* Whether another element comes before the end of a list or object; takes the comma. *is_first is true at first. */
bool json_scan_more(struct json_scan *s, char end, bool *is_first);

/* A text without its quotes and escapes, valid UTF-8; borrowed until the next one. */
bool json_scan_text(struct json_scan *s, struct view *text);

/* A key and its colon. */
bool json_scan_key(struct json_scan *s, struct view *key);

/* A number, true, false or null, as it stands there. */
bool json_scan_word(struct json_scan *s, struct view *word);

/* Passes over a value of any kind. */
bool json_scan_skip(struct json_scan *s, unsigned depth);

/* Nothing but blanks is left. */
bool json_scan_end(struct json_scan *s);

#endif

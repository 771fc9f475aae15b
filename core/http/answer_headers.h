/* SPDX-License-Identifier: Apache-2.0
 *
 * answer_headers.h - headers and trailers of an answer, kept as they come in.
 */
#ifndef OTEL_HTTP_ANSWER_HEADERS_H
#define OTEL_HTTP_ANSWER_HEADERS_H

#include <otel/types.h>

#include "util/buf.h"

struct answer_headers {
	struct buf text; /* "name\0value\0…" */
	size_t count;
	size_t bytes; /* of all lines so far, also of those not kept */
	bool is_whole; /* the empty line that ends a head has come */
	otel_header *list; /* made at the end */
};

void answer_headers_init(struct answer_headers *headers);
void answer_headers_fini(struct answer_headers *headers);
void answer_headers_clear(struct answer_headers *headers); /* another answer begins */

/* One line as libcurl gives it: a status line, a field, or the empty one. false: it is too much. */
bool answer_headers_add(struct answer_headers *headers, const char *line, size_t len);

/* Fields in the order they came; NULL when there are none, or no memory. */
const otel_header *answer_headers_list(struct answer_headers *headers);

/* The value of the first field of that name, in any case of letters; "" if there is none. After the list is made. */
const char *answer_headers_find(const struct answer_headers *headers, const char *name);

#endif

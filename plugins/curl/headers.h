/* SPDX-License-Identifier: Apache-2.0
 *
 * headers.h - the headers we add to a request.
 *
 * They form a list of our own whose last element points to the program's list, which is neither copied nor touched:
 * libcurl only reads it. Given back before the program can look.
 */
#ifndef OTEL_CURL_HEADERS_H
#define OTEL_CURL_HEADERS_H

#include <curl/curl.h>
#include <stdbool.h>

enum { HEADERS_MAX = 16 };

struct headers {
	struct curl_slist nodes[HEADERS_MAX];
	unsigned count;
	const struct curl_slist *rest; /* the program's list */
};

/* Did the program set this header itself, or ask libcurl to leave it out? */
bool headers_has(const struct curl_slist *list, const char *name);

/* Fills *headers with what the current context has to say, followed by `rest`. A header that the
 * program has set is not added again. Returns the head of the whole. */
struct curl_slist *headers_inject(struct headers *headers, struct curl_slist *rest);

/* Frees our part. */
void headers_fini(struct headers *headers);

#endif

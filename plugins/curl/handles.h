/* SPDX-License-Identifier: Apache-2.0
 *
 * handles.h - what we know about the easy handles of the program: the options that say which request will be made.
 *
 * A handle is known from its birth (init, duplicate) or reset; one that we did not see from there is left alone, since
 * its header list could not be put back. Libcurl's rule that one thread at a time uses a handle holds for ours too.
 */
#ifndef OTEL_CURL_HANDLES_H
#define OTEL_CURL_HANDLES_H

#include <stdbool.h>

#include "plugins/curl/headers.h"

enum { HANDLES_MAX = 4096, METHOD_MAX = 64, SCHEME_MAX = 16 };

enum verb { VERB_GET, VERB_HEAD, VERB_POST, VERB_PUT }; /* GET is 0: what a new handle does */

struct handle {
	void *easy;
	struct handle *next;
	struct curl_slist *headers; /* the program's CURLOPT_HTTPHEADER, borrowed as libcurl borrows it */
	char *url; /* copy of CURLOPT_URL, or NULL */
	const void *parsed_url; /* CURLOPT_CURLU, which wins over url; borrowed */
	long port; /* CURLOPT_PORT; 0 = as the URL says */
	enum verb verb;
	bool no_body;
	bool upload;
	char custom[METHOD_MAX]; /* CURLOPT_CUSTOMREQUEST, cut if longer; "" = none */
	char scheme[SCHEME_MAX]; /* CURLOPT_DEFAULT_PROTOCOL; "" = guess */
	struct headers added; /* ours, before the program's; left in force by a request that was left by longjmp() */
};

/* Once, before the first handle: keeps the table usable in the child of a fork. */
void handles_setup(void);

/* A new handle with nothing set; one known under this address is forgotten first. NULL: the table is full or memory
 * is short, the handle stays unknown. */
struct handle *handle_add(void *easy);

/* NULL if unknown. Valid until handle_drop(). */
struct handle *handle_find(void *easy);

/* Everything as libcurl's defaults. */
void handle_clear(struct handle *handle);

/* The options of one handle for another. */
void handle_copy(struct handle *to, const struct handle *from);

void handle_drop(void *easy);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_curl.h - a libcurl of one handle, that answers what a test wants.
 */
#ifndef TESTS_CURL_FAKE_CURL_H
#define TESTS_CURL_FAKE_CURL_H

#include <curl/curl.h>
#include <stdbool.h>

#include "plugins/curl/calls.h"

struct fake_curl {
	/* what it answers */
	int code;
	long status, redirects, version, port;
	const char *effective_url, *ip, *scheme;
	int errno_after;
	int setopt_code; /* result of easy_setopt */
	void (*during)(void *easy); /* called within perform */
	/* what it saw */
	int performs, setopts, resets, cleanups;
	struct curl_slist *headers; /* CURLOPT_HTTPHEADER now */
	char sent[512]; /* the header lines during perform, a newline after each */
	bool span_was_current;
};

extern struct fake_curl fake_curl;
extern const struct curl_real fake_real;

void fake_curl_reset(void);

/* The table that the module registers. */
const struct curl_calls *fake_calls(void);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * calls.h - between the thunks of libcurl's easy interface (in the preload) and the instrumentation (curl.so).
 *
 * Both sides come from one build; the sizes tell a mixed installation. Plain types instead of <curl/curl.h>'s, so that
 * the preload needs no header of libcurl: its handles are pointers, its codes and options ints.
 */
#ifndef OTEL_CURL_CALLS_H
#define OTEL_CURL_CALLS_H

#include <stddef.h>

#define CURL_CALLS_LIBRARY "libcurl"

/* The functions of the copy of libcurl that the caller is bound to. Borrowed for the call it is passed to. */
struct curl_real {
	void *(*easy_init)(void); /* never NULL */
	int (*easy_perform)(void *easy);
	int (*easy_setopt)(void *easy, int option, ...);
	int (*easy_getinfo)(void *easy, int info, ...);
	void (*easy_reset)(void *easy);
	void *(*easy_duphandle)(void *easy);
	void (*easy_cleanup)(void *easy);
	const char *(*easy_strerror)(int code);
	/* Since libcurl 7.62; NULL in older ones. */
	int (*url_get)(const void *url, int part, char **out, unsigned flags);
	void (*free)(void *memory);
};

/* What the instrumentation does in place of each call. It makes the real call itself, exactly once, and returns its
 * result; errno is the real call's. Any thread. */
struct curl_calls {
	size_t size;
	size_t real_size; /* sizeof(struct curl_real) */
	void *(*init)(const struct curl_real *real);
	int (*perform)(const struct curl_real *real, void *easy);
	int (*setopt)(const struct curl_real *real, void *easy, int option, void *value);
	void (*reset)(const struct curl_real *real, void *easy);
	void *(*duphandle)(const struct curl_real *real, void *easy);
	void (*cleanup)(const struct curl_real *real, void *easy);
};

#endif

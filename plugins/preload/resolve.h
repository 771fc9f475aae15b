/* SPDX-License-Identifier: Apache-2.0
 *
 * resolve.h - the real functions behind our thunks: those that the calling code would have got without us.
 *
 * One process may hold several copies of a library (two flavours of libcurl; a copy bundled with a Python wheel), so
 * the answer depends on the caller. All functions of an answer come from the same copy.
 */
#ifndef OTEL_PRELOAD_RESOLVE_H
#define OTEL_PRELOAD_RESOLVE_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

enum { REAL_SITES = 512, REAL_COPIES = 8, REAL_SLOTS = 16 };

/* Where the pointer to a function goes in the struct to be filled. */
struct real_name {
	const char *name;
	size_t offset;
};

/* What was found before. Read without locks; entries are never removed, and the copies they name stay mapped. */
struct real_cache {
	struct {
		_Atomic(uintptr_t) caller; /* a return address; 0 = free */
		_Atomic(uint32_t) found; /* 2 * (index of the copy + 1), + 1 if the caller is not to be traced */
	} sites[REAL_SITES];
	struct {
		void *functions[REAL_SLOTS];
		_Atomic(uint32_t) ready;
	} copies[REAL_COPIES];
	_Atomic(uint32_t) claimed;
};

struct real_library {
	const char *file; /* file names of its copies begin with this: "libcurl" */
	const char *version; /* of its symbols: "CURL_OPENSSL_4" */
	const struct real_name *names; /* the first must exist, the others may be missing: NULL */
	size_t name_count;
	size_t size; /* of the struct to be filled, at most REAL_SLOTS pointers */
	struct real_cache *cache;
};

enum real_caller {
	REAL_MISSING, /* no copy of the library was found: *out is untouched */
	REAL_PROGRAM, /* a caller to be traced */
	REAL_INNER /* the library itself, or a part of otel-c: pass the call on */
};

/* Fills *out (library->size bytes) for the code at `caller`, a return address. Keeps errno. */
enum real_caller real_find(const struct real_library *library, const void *caller, void *out);

#endif

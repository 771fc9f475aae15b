/* SPDX-License-Identifier: Apache-2.0
 *
 * gzip.h - compressing a request body (RFC 1952).
 */
#ifndef OTEL_OTLP_GZIP_H
#define OTEL_OTLP_GZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Loads a library, the fastest that is there; once, and before anything is packed. On the start thread, where the host
 * holds net_lock. false: none is installed that can be used. */
bool gzip_open(void);

/* The name of the library; NULL before any was opened. */
const char *gzip_library(void);

/* malloc'ed, the caller frees; NULL when out of memory or when it would not get smaller. */
uint8_t *gzip_pack(const uint8_t *data, size_t len, size_t *packed_len);

/* One library. They are opened by those who compress: linked, they would lengthen every start, also of the many that do
 * not. */
struct gzip_codec {
	const char *name;
	const char *library;
	/* What it calls of itself: a program that defines one of these would be called in its place. */
	const char *const *own;
	int level; /* the usual one: telemetry is repetitive, little effort gets most of what there is */
	int levels[4]; /* what else may be measured; ended by -1 */
	bool (*bind)(void *library);
	/* The whole of it as one gzip member, at most cap bytes; 0: it does not fit, or out of memory. */
	size_t (*pack)(int level, const uint8_t *data, size_t len, uint8_t *out, size_t cap);
};

/* Those that this build knows, the fastest first, NULL behind them. */
extern const struct gzip_codec *const gzip_codecs[];
extern const struct gzip_codec gzip_isal, gzip_libdeflate, gzip_zlib;

/* This one and no other from now on; false: it cannot be used. For tests and measurements. */
bool gzip_use(const struct gzip_codec *codec, int level);

#endif

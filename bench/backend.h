/* SPDX-License-Identifier: Apache-2.0
 *
 * backend.h - the discarding server (discard.c), or the one of the soak (flap.c), as benchmarks see it: a raw socket to
 * it, what it counted, holding it up.
 */
#ifndef BENCH_BACKEND_H
#define BENCH_BACKEND_H

#include <stdbool.h>
#include <stddef.h>

struct backend_counts {
	unsigned long long spans, requests, bytes;
	unsigned long long different; /* spans; known to flap.c only */
};

/* Connects to the server of BENCH_BACKEND_PORT; the benchmark ends with a message when that cannot be done. */
void backend_connect(void);

struct backend_counts backend_counts(void);
void backend_hold(void);
void backend_release(void);

/* The largest request the server got, headers and all; the caller frees it. */
char *backend_largest(size_t *len);

/* Sends a request and takes its answer: the least that sending telemetry can cost. */
bool backend_post(const char *request, size_t len);

#endif

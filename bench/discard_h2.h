/* SPDX-License-Identifier: Apache-2.0
 *
 * discard_h2.h - OTLP/gRPC for the backends of benchmarks: a connection that begins as HTTP/2 with prior knowledge
 * does.
 */
#ifndef BENCH_DISCARD_H2_H
#define BENCH_DISCARD_H2_H

#include <stddef.h>

enum { DISCARD_PART = -1, DISCARD_END = -2 };

/* Serves the connection until it ends. Each message is given to `take`, which may wait; it says which grpc-status is
 * answered, or DISCARD_PART: 0, but one span is rejected, or DISCARD_END: nothing, the connection ends. */
void discard_h2_serve(int fd, const char *begun, size_t len, int (*take)(int fd, const char *message, size_t len));

#endif

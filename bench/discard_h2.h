/* SPDX-License-Identifier: Apache-2.0
 *
 * discard_h2.h - OTLP/gRPC for the discarding server: a connection that begins as HTTP/2 with prior knowledge does.
 */
#ifndef BENCH_DISCARD_H2_H
#define BENCH_DISCARD_H2_H

#include <stdbool.h>
#include <stddef.h>

/* Serves the connection until it ends. Each message is given to `take`, which may wait. */
void discard_h2_serve(int fd, const char *begun, size_t len, void (*take)(const char *message, size_t len));

#endif

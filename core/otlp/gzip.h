/* SPDX-License-Identifier: Apache-2.0
 *
 * gzip.h - compressing a request body (RFC 1952).
 */
#ifndef OTEL_OTLP_GZIP_H
#define OTEL_OTLP_GZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Loads zlib; once, and before anything is packed. On the start thread, where the host holds net_lock. false: it is not
 * installed. */
bool gzip_open(void);

/* malloc'ed, the caller frees; NULL when out of memory or when it would not get smaller. */
uint8_t *gzip_pack(const uint8_t *data, size_t len, size_t *packed_len);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * gzip.h - compressing a request body (RFC 1952).
 */
#ifndef OTEL_OTLP_GZIP_H
#define OTEL_OTLP_GZIP_H

#include <stddef.h>
#include <stdint.h>

/* malloc'ed, the caller frees; NULL when out of memory or when it would not get smaller. */
uint8_t *gzip_pack(const uint8_t *data, size_t len, size_t *packed_len);

#endif

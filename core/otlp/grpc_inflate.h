/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_inflate.h - unpacking the answers of those who were told that gzip is welcome.
 */
#ifndef OTEL_OTLP_GRPC_INFLATE_H
#define OTEL_OTLP_GRPC_INFLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util/buf.h"

/* Loads zlib; once, before anything is unpacked. Start thread, where the host holds net_lock. false: it is not
 * installed. */
bool grpc_inflate_open(void);

/* Appends what `data` (RFC 1952) holds. false: it was never opened, the data is damaged, or it is more than out may
 * hold. */
bool grpc_inflate(struct buf *out, const uint8_t *data, size_t len);

#endif

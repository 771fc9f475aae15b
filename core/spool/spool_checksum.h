/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_checksum.h - tells whether the bytes of a spool file are those that were written. Against accidents, not
 * against people.
 */
#ifndef OTEL_SPOOL_CHECKSUM_H
#define OTEL_SPOOL_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

#define SPOOL_CHECKSUM_BEGIN 0x6f74656c2d632073u

/* Of the bytes that follow on those that made `sum`. Pieces must be cut alike when it is computed again. */
uint64_t spool_checksum(uint64_t sum, const void *bytes, size_t len);

#endif

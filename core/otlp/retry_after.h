/* SPDX-License-Identifier: Apache-2.0
 *
 * retry_after.h - the Retry-After header (RFC 9110, 10.2.3): seconds, or one of the three HTTP dates. Pure.
 */
#ifndef OTEL_OTLP_RETRY_AFTER_H
#define OTEL_OTLP_RETRY_AFTER_H

#include <stddef.h>
#include <stdint.h>

/* Milliseconds to wait from now_unix_s on; at most a day. 0: absent, malformed, or in the past. */
uint32_t retry_after_ms(const char *text, size_t len, uint64_t now_unix_s);

#endif

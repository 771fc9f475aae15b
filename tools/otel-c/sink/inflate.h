/* SPDX-License-Identifier: Apache-2.0
 *
 * inflate.h - gzip, undone with a bound.
 */
#ifndef OTEL_TOOLS_SINK_INFLATE_H
#define OTEL_TOOLS_SINK_INFLATE_H

#include "util/buf.h"

enum sink_inflate_result { SINK_INFLATED, SINK_INFLATE_BROKEN, SINK_INFLATE_TOO_LARGE, SINK_INFLATE_NO_MEMORY };

/* Appends what `data` unpacks to; `out` is never let grow past its own maximum. *why is a static text when BROKEN. */
enum sink_inflate_result sink_inflate(const uint8_t *data, size_t len, struct buf *out, const char **why);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * stats_line.h - what became of everything, in one line for the operator who asked for it (OTEL_LOG_LEVEL=info).
 */
#ifndef OTEL_SDK_STATS_LINE_H
#define OTEL_SDK_STATS_LINE_H

#include <otel/sdk.h>

/* "7 spans: 7 accepted, 0 dropped; 1 request, 0 retried": reasons and other items only if there are any. Cut if it does
 * not fit. Pure. */
void stats_line(char *out, size_t cap, const otel_sdk_stats *stats);

/* At exit. */
void stats_line_say(void);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * status.h - what lies in spools, for people and for programs.
 */
#ifndef OTEL_TOOLS_SPOOL_STATUS_H
#define OTEL_TOOLS_SPOOL_STATUS_H

#include "tools/otel-c/spool/summary.h"

void spool_status_print(const struct spool_summary *summaries, size_t count, uint64_t now_ms);

/* false: out of memory. */
bool spool_status_print_json(const struct spool_summary *summaries, size_t count, uint64_t now_ms);

#endif

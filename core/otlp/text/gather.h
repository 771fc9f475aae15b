/* SPDX-License-Identifier: Apache-2.0
 *
 * gather.h - spans of any number of requests, brought together by trace and printed as trees when asked. Bounded: past
 * its limits everything gathered so far is printed early, never lost. One thread.
 */
#ifndef OTEL_OTLP_GATHER_H
#define OTEL_OTLP_GATHER_H

#include "otlp/text/request.h"
#include "otlp/text/tree.h"

struct gather;

/* The style is copied. NULL when out of memory. */
struct gather *gather_create(const struct tree_style *style);
void gather_destroy(struct gather *gather); /* prints nothing; NULL is fine */

/* Takes in the spans of a request, of which it keeps references. now_ms: any clock that never steps. false when out of
 * memory: some of the spans will not be printed. */
bool gather_add(struct gather *gather, struct otlp_request *request, uint64_t now_ms);

/* Prints the traces to which nothing was added since idle_since_ms (inclusive), in the order of their last span. */
void gather_print_idle(struct gather *gather, uint64_t idle_since_ms);

/* Prints everything, in the same order. */
void gather_print_all(struct gather *gather);

/* When the trace longest without news got its last span; false when there are none. */
bool gather_oldest(const struct gather *gather, uint64_t *since_ms);

#endif

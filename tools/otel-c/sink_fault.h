/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_fault.h - what an element of --fail does to a request that was good.
 */
#ifndef OTEL_TOOLS_SINK_FAULT_H
#define OTEL_TOOLS_SINK_FAULT_H

#include "sink_exchange.h"
#include "sink_fail.h"

/* Makes another answer of the one that there is, takes out of the arrival what the client is to believe, or fear, lost
 * (items: 0 and no spans when all of it is), and writes into `said` what was done. */
void sink_fault_apply(const struct sink_fail *fail, struct sink_arrival *arrival, struct sink_answer *answer,
		      char *said, size_t said_cap);

#endif

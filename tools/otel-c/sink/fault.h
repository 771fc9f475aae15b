/* SPDX-License-Identifier: Apache-2.0
 *
 * fault.h - what an element of --fail does to a request that was good, or to a connection.
 */
#ifndef OTEL_TOOLS_SINK_FAULT_H
#define OTEL_TOOLS_SINK_FAULT_H

#include "tools/otel-c/sink/exchange.h"
#include "tools/otel-c/sink/fail.h"
#include "tools/otel-c/sink/welcome.h"

/* Makes another answer of the one that there is, takes out of the arrival what the client is to believe, or fear, lost
 * (items: 0 and no spans when all of it is), and writes into `said` what was done. */
void sink_fault_apply(const struct sink_fail *fail, struct sink_arrival *arrival, struct sink_answer *answer,
		      char *said, size_t said_cap);

/* The same for an element whose moment is SINK_FAIL_CONNECTING. */
struct sink_welcome sink_fault_welcome(const struct sink_fail *fail, char *said, size_t said_cap);

/* The connection is to end once the answer is sent, as far as the answer leaves a choice. */
void sink_fault_part(struct sink_answer *answer);

#endif

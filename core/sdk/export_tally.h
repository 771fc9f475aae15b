/* SPDX-License-Identifier: Apache-2.0
 *
 * export_tally.h - what became of the requests to one exporter, for the SDK's own metrics.
 */
#ifndef OTEL_SDK_EXPORT_TALLY_H
#define OTEL_SDK_EXPORT_TALLY_H

#include "sdk/batch.h"

/* Of one signal, those that ended in one way. */
struct export_tally {
	uint64_t items;
	uint64_t requests; /* a request and all its retries are one */
	uint64_t ms; /* that they took together, waits between tries included */
};

/* A request with so many items ended after so long; of those that were taken some may have been rejected. One tally for
 * each loss; that of BATCH_TAKEN: delivered. */
static inline void export_tally_add(struct export_tally tally[BATCH_LOSSES], uint32_t items, enum batch_loss loss,
				    uint32_t rejected, uint64_t ms)
{
	if (loss != BATCH_TAKEN)
		rejected = 0;
	tally[loss].items += items - rejected;
	tally[loss].requests++;
	tally[loss].ms += ms;
	tally[BATCH_REJECTED].items += rejected;
}

#endif

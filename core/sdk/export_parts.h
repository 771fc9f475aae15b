/* SPDX-License-Identifier: Apache-2.0
 *
 * export_parts.h - how large the requests to one backend may be, and the parts that a batch goes out in because of it.
 *
 * Pipeline thread only.
 */
#ifndef OTEL_SDK_EXPORT_PARTS_H
#define OTEL_SDK_EXPORT_PARTS_H

#include "sdk/batch.h"

enum { EXPORT_SIGNALS = 3 };

/* 0, 1, 2 */
static inline unsigned export_signal(const struct batch *batch)
{
	return batch->wire.signal >> 1;
}

/* What one backend takes in one request. All signals may go to different addresses. */
struct export_sizes {
	size_t allowed; /* [export] max_request_bytes */
	size_t learned[EXPORT_SIGNALS]; /* half of what it refused last */
	uint64_t until[EXPORT_SIGNALS]; /* milliseconds: then it is asked again */
};

void export_sizes_init(struct export_sizes *sizes, size_t allowed);

/* How large a request with more than one item may be now. */
size_t export_sizes_limit(struct export_sizes *sizes, unsigned signal, uint64_t now);

/* The backend refused so many bytes. True: it is the first time for this signal, as far as it is remembered. */
bool export_sizes_refused(struct export_sizes *sizes, unsigned signal, size_t size, uint64_t now);

/* What of the batch goes out next: all of it, or a part with as many items as fit, at least one. NULL: out of memory.
 */
struct batch *export_parts_next(struct batch_entry *entry, size_t limit);

/* What export_parts_next() gave: all of the batch before the first call. */
struct batch *export_parts_now(const struct batch_entry *entry);

/* That part is to be made anew, smaller. */
void export_parts_undo(struct batch_entry *entry);

/* That part is through with so many items lost. True: it was the last. Only if there are parts. */
bool export_parts_done(struct batch_entry *entry, enum batch_loss loss, uint32_t lost);

/* Items of the batch that are not through. */
uint32_t export_parts_left(const struct batch_entry *entry);

/* All parts are through, or the rest of them is lost: settles the batch. */
void export_parts_settle(struct batch_entry *entry, enum batch_loss loss);

/* The same in the child of a fork: nothing is settled. */
void export_parts_forget(struct batch_entry *entry);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * flush.h - flushes that are waited for: what each wants delivered, and how it went.
 *
 * The caller and the pipeline share an object; whoever leaves last frees it. All under the pipeline's lock, given by
 * the caller of these functions.
 */
#ifndef OTEL_SDK_FLUSH_H
#define OTEL_SDK_FLUSH_H

#include "sdk/export_queue.h"

struct flush {
	struct flush *next;
	uint64_t number; /* 0 = the pipeline has not seen it yet */
	uint64_t target[BATCH_MAX_OWNERS]; /* newest entry of each queue that it covers */
	bool done;
	bool failed;
	unsigned refs;
};

/* All zero is empty. */
struct flush_list {
	struct flush *first;
	uint64_t last_number;
};

struct flush *flush_create(struct flush_list *list); /* two references; NULL when out of memory */
/* The same in memory that is never freed. */
void flush_add_static(struct flush_list *list, struct flush *flush);
void flush_unref(struct flush *flush);

bool flush_list_fresh(const struct flush_list *list); /* one that has not begun? */

/* Numbers the fresh ones; until flush_list_aim() they cover every entry. */
void flush_list_begin(struct flush_list *list);
/* They cover what is in the queues now. */
void flush_list_aim(struct flush_list *list, struct export_queue *queues, size_t count);

/* An entry was lost or must be tried again. */
void flush_list_failure(struct flush_list *list, uint32_t queue, uint64_t seq);

/* Takes out those that are through; true if there were any. */
bool flush_list_settle(struct flush_list *list, const struct export_queue *queues, size_t count);

void flush_list_fail(struct flush_list *list); /* all done, failed: the pipeline ends */
void flush_list_forget(struct flush_list *list); /* in the child of a fork: nobody waits any more */

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * batch.h - spans on their way out: taken from the log, grouped by scope, one contiguous OTLP request each.
 *
 * A batch is immutable; exporters hold references. It is settled when the last of its exporters has taken it or lost
 * it: only then are its spans counted, and their room in the log given back. Pipeline thread only, except batch_held().
 */
#ifndef OTEL_SDK_BATCH_H
#define OTEL_SDK_BATCH_H

#include <otel/plugin.h>

#include "sdk/span_log.h"
#include "sdk/split.h"
#include "spool/spool_name.h"

/* Of spans: with resource and scopes a request stays below the 4 MiB that gRPC servers take unless told otherwise. */
#define BATCH_MAX_BYTES  ((4u << 20) - (128u << 10))
#define BATCH_MAX_OWNERS 8 /* exporters of one pipeline */

/* Why an exporter did not get the spans; the first reason counts. */
enum batch_loss {
	BATCH_TAKEN,
	BATCH_QUEUE_FULL,
	BATCH_REJECTED,
	BATCH_SHUTDOWN,
	BATCH_PROCESSED,
	BATCH_GIVEN_UP,
	BATCH_NO_MEMORY,
	BATCH_SPOOLED, /* not lost: somebody delivers it later */
	BATCH_LOSSES /* how many there are */
};

/* How many items an exporter did not get, by reason. */
struct batch_losses {
	uint32_t of[BATCH_LOSSES]; /* that of BATCH_TAKEN is 0 */
};

struct batch;

/* A batch in the queue of one exporter. */
struct batch_entry {
	struct batch *batch;
	struct batch_entry *next;
	uint64_t seq; /* place in the queue's life, from 1 */
	uint64_t tried; /* the flush that was current when its last attempt ended */
	uint64_t give_up_at; /* milliseconds; an attempt that fails later was the last; 0 = none began */
	uint64_t began_at; /* of what goes out now, its first try; 0: none began */
	bool again; /* the next attempt repeats one */
	struct batch_parts *parts; /* it goes out in parts; NULL: as it is */
	bool is_stored; /* in the spool as `file`, held by us */
	bool is_replay; /* it came from there */
	bool is_unknown; /* what became of the last attempt */
	struct spool_name file;
};

/* A batch of which one exporter gets a part at a time. */
struct batch_parts {
	struct batch *part; /* under way, or the next to be tried; NULL: not made yet */
	uint32_t done; /* items that were taken or lost, from the first on */
	struct batch_losses lost;
};

struct batch {
	otel_batch wire; /* what exporters see */
	uint32_t refs; /* who may still read it */
	uint32_t owners; /* exporters that have not settled it yet */
	struct batch_losses lost; /* of the exporter that lost most, the first of them */
	uint32_t spans; /* of the log that it stands for; 0: it was submitted */
	uint32_t submitted; /* items that it had then */
	size_t room; /* bytes to give back to the log, or to submit.h */
	size_t cap; /* of data */
	struct spool_account *account; /* of its files in the spool; NULL: none */
	struct batch *kept;
	struct batch *next; /* in submit.h */
	struct batch_entry entries[BATCH_MAX_OWNERS];
	uint8_t data[];
};

/* Spans taken from the log that are in no batch yet. All zero is empty. */
struct batcher {
	struct span_log_chunk *first;
	struct span_log_chunk *last;
	size_t offset; /* what is consumed of `first` */
	uint32_t waiting; /* spans */
};

void batcher_add(struct batcher *b, struct span_log_chunk *list);

/* The next batch with one reference, owned by `owners` exporters. NULL: nothing waits, or out of memory; then
 * *lost is set and the spans are counted as dropped. */
struct batch *batcher_next(struct batcher *b, uint32_t max_spans, size_t max_bytes, uint32_t owners, bool *lost);

void batcher_drop(struct batcher *b); /* counts everything as dropped at shutdown; returns room to the log */
void batcher_forget(struct batcher *b); /* frees without counting: in the child of a fork */

/* A copy of a request that was submitted, with one reference; nobody owns it yet. Any thread. NULL: out of memory. */
struct batch *batch_submitted(otel_signal signal, const uint8_t *request, size_t len, uint32_t items);

/* A copy of a request that stands for the same spans; the other one is then let go without being settled. */
struct batch *batch_replacing(const struct batch *other, const uint8_t *request, size_t len, uint32_t items);

/* A copy of some of the items of another one, for the exporter that gets it in parts: nobody settles it. NULL: out of
 * memory. */
struct batch *batch_part(const struct batch *whole, struct split_range range, size_t len);

/* Nobody gets it: settles it, and takes the caller's reference. */
void batch_drop(struct batch *batch, enum batch_loss loss);

struct batch *batch_ref(struct batch *batch);
void batch_unref(struct batch *batch);

/* Keeps the batch in memory for good: an exporter that did not finish with it may still read it. */
void batch_keep(struct batch *batch);

/* One exporter is done with the batch: all of it is lost, or, with BATCH_TAKEN, what was rejected. The last one makes
 * it count. */
void batch_settle(struct batch *batch, enum batch_loss loss, uint32_t rejected);
void batch_settle_losses(struct batch *batch, const struct batch_losses *lost); /* the same, item by item */

/* Gives memory back that was kept for the next batches. */
void batch_trim(void);

/* Spans in batches that are not settled. Any thread. */
uint32_t batch_held(void);
void batch_forget_held(void); /* in the child of a fork */

#endif

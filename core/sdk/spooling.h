/* SPDX-License-Identifier: Apache-2.0
 *
 * spooling.h - the way of batches from an exporter's queue into the spool, and back. Without a spool each of these does
 * nothing.
 *
 * Pipeline thread only, but for the set-up.
 */
#ifndef OTEL_SDK_SPOOLING_H
#define OTEL_SDK_SPOOLING_H

#include "sdk/batch.h"
#include "spool/spool.h"

struct spooling_options {
	struct spool_options spool;
	bool always; /* every batch is stored before it is exported */
	uint32_t replay_pause_ms; /* from one stored batch to the next */
};

/* Start thread, while there is no pipeline. NULL: no spool. */
void spooling_setup(const struct spooling_options *options);

/* For tools, before there is a pipeline: what is stored is delivered at once, one after the other. */
void spooling_hurry(void);

/* For tools, likewise: there is no spool, whatever is configured. */
void spooling_leave_alone(void);

/* Stored batches that were taken to be delivered. Any thread. */
uint32_t spooling_taken(void);

/* The batch is in the queue. */
void spooling_begin(const char *exporter, struct batch_entry *entry);

/* May it be exported? Not if the file that was stored for it is another process's by now. */
bool spooling_holds(struct batch_entry *entry);

/* Puts what is left of the batch into the spool. false: there is none, or it cannot take it now. */
bool spooling_keep(const char *exporter, struct batch_entry *entry);

/* The exporter is through with the batch. Where that means a loss of what could be delivered later, it is kept, and
 * this returns BATCH_SPOOLED; otherwise `loss`. */
enum batch_loss spooling_end(const char *exporter, struct batch_entry *entry, enum batch_loss loss, uint32_t rejected);

/* In the child of a fork: all of it is the parent's. */
void spooling_fork_child(void);

/* ---- replay ---- */

enum { SPOOL_FAILED_MAX = 64 };

/* When one exporter gets stored batches back. */
struct spool_replay {
	bool is_due; /* something may be there, and the backend may be asked */
	bool is_under_way; /* one of them is in the queue */
	uint64_t at; /* milliseconds; not before */
	uint64_t looked_at;
	uint32_t failures; /* in a row */
	uint64_t failed[SPOOL_FAILED_MAX]; /* files, the last ones */
	size_t failed_count; /* of all */
};

void spool_replay_init(struct spool_replay *replay);

/* The backend took something, which may have been stored. */
void spool_replay_answered(struct spool_replay *replay, bool is_replay, uint64_t now);

/* A stored batch could not be delivered: the next one is tried then. */
void spool_replay_failed(struct spool_replay *replay, const struct spool_name *file, uint64_t at);

/* Has this process tried it before? */
bool spool_replay_is_again(const struct spool_replay *replay, const struct spool_name *file);

/* The oldest stored batch, with one reference and one owner; *file goes into its entry. NULL: not now. */
struct batch *spool_replay_next(struct spool_replay *replay, const char *exporter, uint32_t signals, uint64_t now,
				struct spool_name *file);

#endif

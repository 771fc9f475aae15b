/* SPDX-License-Identifier: Apache-2.0
 *
 * pipeline_state.h - what the pipeline thread (pipeline_loop.c) and those who ask something of it (pipeline.c,
 * pipeline_end.c) share.
 *
 * Two locks. `work` is held by the pipeline thread while it is at work (batches, exporters' callbacks), so that a fork
 * finds everything between two steps. `lock` is short: flushes and the end. Order: net_lock, work, lock; but the
 * pipeline thread takes net_lock only inside door_drive(), without `work`.
 */
#ifndef OTEL_SDK_PIPELINE_STATE_H
#define OTEL_SDK_PIPELINE_STATE_H

#include <pthread.h>
#include <stdatomic.h>

#include "sdk/batch.h"
#include "sdk/export_queue.h"
#include "sdk/flush.h"
#include "sdk/pipeline.h"

enum pipeline_state {
	PIPELINE_OFF, /* not set up, or stopped */
	PIPELINE_READY, /* no thread yet */
	PIPELINE_NO_THREAD, /* could not be created: the next flush tries again */
	PIPELINE_STARTING,
	PIPELINE_RUNNING,
	PIPELINE_ENDING
};

struct pipeline {
	struct pipeline_options options;
	struct export_queue queues[BATCH_MAX_OWNERS];
	size_t queue_count;
	_Atomic int state;
	_Atomic bool exiting;
	_Atomic bool is_loading; /* http.so, at start */
	pthread_t thread;
	_Atomic pthread_t self; /* of the pipeline thread while it lives, else 0 */

	pthread_mutex_t work;
	struct batcher batcher;
	uint64_t next_take; /* when the schedule wants the log emptied */
	bool at_rest; /* fork: `work` was had */
	bool inherited; /* fork: what is in the queues belongs to the parent */

	pthread_mutex_t lock;
	/* A flush is done, or the thread ended: goes up. No condition: who waits may be interrupted by a signal handler
	 * that calls exit(), and a condition is stuck while one of its waiters does not go on. */
	_Atomic uint32_t changes;
	struct flush_list flushes;
	bool ending;
	bool ended;
	uint64_t end_by;
};

extern struct pipeline pl;

static inline void pipeline_lock(void)
{
	pthread_mutex_lock(&pl.lock);
}

static inline void pipeline_unlock(void)
{
	pthread_mutex_unlock(&pl.lock);
}

/* The same by a deadline, for those who may have interrupted the holder: false. */
bool pipeline_lock_until(uint64_t deadline_ms);

/* Under `lock`: until something changed, or without a cause; false at the deadline. */
bool pipeline_wait_until(uint64_t deadline_ms);
void pipeline_changed(void);

/* As pipeline_flush(), in memory of the caller that is never freed; NULL: in memory of its own. */
otel_status pipeline_flush_in(struct flush *room, uint32_t timeout_ms);

/* The thread. */
void *pipeline_run(void *unused);

/* One round on the thread that calls it; *rest_ms gets how long nothing is due. True when all is over. */
bool pipeline_round(uint32_t *rest_ms);

/* The end of the last round: what it cancelled has to be out of libcurl before anybody frees its exporter. */
void pipeline_settle(void);

/* What plugins submitted and nobody took: counted as dropped; no more is taken. Under `work`. */
void pipeline_drop_submitted(void);

/* What a queue calls when a batch is lost or must be tried again. */
void pipeline_on_failure(uint32_t index, uint64_t seq);

/* Of `queued` spans, those that are in no batch: in the log, or taken and too few. */
uint32_t pipeline_loose_spans(uint32_t queued);

/* After a fork: what was in the queues is the parent's to deliver. Under `work`. */
void pipeline_forget_inherited(void);

#endif

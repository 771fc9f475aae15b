/* SPDX-License-Identifier: Apache-2.0
 *
 * spool.h - the disk spool of this process: requests that could not be delivered, kept where this process or another
 * one finds them later.
 *
 * One thread at a time uses it, the pipeline's; but for spool_setup() and spool_fork_child(). Nothing here waits,
 * except for the file system: at most one request is written or read at a time.
 */
#ifndef OTEL_SPOOL_SPOOL_H
#define OTEL_SPOOL_SPOOL_H

#include "spool/spool_name.h"
#include "spool/spool_quota.h"
#include "spool/spool_record.h"

struct spool_options {
	const char *directory; /* relative: to where the process is now; NULL or "" = no spool */
	const char *origin; /* where that stands, for messages; lives as long as the spool */
	struct spool_quota quota;
	void (*on_expired)(const struct spool_name *name); /* a file was too old and is gone */
};

/* NULL: off. Nothing is made before it is needed. */
void spool_setup(const struct spool_options *options);
bool spool_is_on(void);
const char *spool_path(void);

/* Was it stored by this process (not by its parent)? */
bool spool_is_own(const struct spool_name *file);

/* Stores a request, for this process to deliver (hold) or for anybody; fills in record->stored_ms and *file. false: it
 * cannot, which is said once; asking again soon is cheap. */
bool spool_store(struct spool_record *record, bool hold, struct spool_name *file);

/* A file that is held: still so? false: somebody else has it, for this process lost its lease. */
bool spool_hold(struct spool_name *file);

void spool_release(struct spool_name *file); /* for anybody */
void spool_remove(const struct spool_name *file); /* it was delivered, or never will be */
void spool_quarantine(struct spool_name *file, const char *why);

/* Holds the oldest that waits for an exporter, in any of these signals; free *memory. false: none. */
bool spool_next(const char *exporter, uint32_t signals, struct spool_name *file, struct spool_record *record,
		uint8_t **memory);

/* Nothing is held any more. */
void spool_end(void);

/* What is held is the parent's. */
void spool_fork_child(void);

#endif

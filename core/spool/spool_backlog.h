/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_backlog.h - the oldest files that wait for one exporter, as the last look at the directory found them.
 */
#ifndef OTEL_SPOOL_BACKLOG_H
#define OTEL_SPOOL_BACKLOG_H

#include <stddef.h>

#include "spool/spool_name.h"

enum { SPOOL_BACKLOG_MAX = 64 };

struct spool_backlog {
	uint32_t exporter;
	uint32_t signals;
	struct spool_name names[SPOOL_BACKLOG_MAX]; /* oldest first, from `next` on */
	size_t next;
	size_t count;
};

/* Empty, and for others. */
void spool_backlog_init(struct spool_backlog *backlog, uint32_t exporter, uint32_t signals);

/* A file that waits, if it is for this exporter, and older than those that are there or there is room. */
void spool_backlog_offer(struct spool_backlog *backlog, const struct spool_name *name);

/* The oldest, once. NULL: none. */
struct spool_name *spool_backlog_pop(struct spool_backlog *backlog);

#endif

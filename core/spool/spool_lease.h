/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_lease.h - what keeps others from the files that a process holds: a locked file of its own, which names it. The
 * kernel lets the lock go with the process, so what a dead one held is free at once, whatever killed it.
 *
 * The lock is one of open file descriptions (F_OFD_SETLK). A child of fork() shares it; it must close its descriptor
 * without a word, which spool_lease_forget() does. On NFS it is a lock of the server, seen by all clients; on overlay
 * file systems it is seen by those who share the mount, as containers on one volume do.
 */
#ifndef OTEL_SPOOL_LEASE_H
#define OTEL_SPOOL_LEASE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct spool_lease {
	uint64_t owner; /* 0 = none */
	int fd;
	dev_t dev;
	ino_t ino;
};

/* A lease under a new name. NULL, or why there is none. */
const char *spool_lease_take(struct spool_lease *lease, int dir);

/* Is it still there? A program may have closed our descriptor, or somebody removed the file. */
bool spool_lease_holds(const struct spool_lease *lease);

void spool_lease_end(struct spool_lease *lease, int dir); /* removes it */
void spool_lease_forget(struct spool_lease *lease); /* in the child of a fork: it is the parent's */

/* Whoever had this name is gone. */
bool spool_lease_is_dead(int dir, uint64_t owner);

#endif

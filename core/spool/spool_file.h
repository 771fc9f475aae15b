/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_file.h - one stored request: written, claimed, read, let go, removed. Each step is one that others see whole or
 * not at all.
 */
#ifndef OTEL_SPOOL_FILE_H
#define OTEL_SPOOL_FILE_H

#include "spool/spool_name.h"
#include "spool/spool_record.h"

/* Writes it under this name, through a part of `owner`. 0, or the errno. Nothing is forced to the disk: what was
 * written outlives the process, but not a loss of power, after which a torn file is found out by its checksum. */
int spool_file_write(int dir, const struct spool_name *name, uint64_t owner, const uint8_t *head, size_t head_len,
		     const struct spool_record *record);

/* Gives it another state and owner; *name is what it is then. false: it is not there any more. */
bool spool_file_move(int dir, struct spool_name *name, enum spool_state state, uint64_t owner);

/* false: it was not there. */
bool spool_file_remove(int dir, const struct spool_name *name);

bool spool_file_exists(int dir, const struct spool_name *name);

enum spool_got {
	SPOOL_GOT, /* record, whose data lies in *memory */
	SPOOL_GONE,
	SPOOL_DAMAGED, /* or not to be trusted: *why tells */
	SPOOL_UNREADABLE /* now: *why tells */
};

enum spool_got spool_file_read(int dir, const struct spool_name *name, struct spool_record *record, uint8_t **memory,
			       const char **why);

#endif

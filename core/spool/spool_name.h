/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_name.h - the names of files in a spool. They say what a directory has to be asked for otherwise, and sort by
 * age:
 *
 *     TIME-ORIGIN-NUMBER-EXPORTER-SIGNAL-ITEMS-BYTES.batch         waits for anybody
 *     …                                       .OWNER.held          is being delivered by OWNER
 *     …                                       .OWNER.part          is being written by OWNER
 *     …                                       .bad                 could not be read: nobody touches it again
 *     OWNER.lease                                                  locked while OWNER lives
 *
 * A file changes hands by rename(2), which one of several succeeds in.
 */
#ifndef OTEL_SPOOL_NAME_H
#define OTEL_SPOOL_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SPOOL_FILE_NAME_MAX 160
#define SPOOL_MARKER        "otel-c.spool" /* tells that a directory is a spool */

enum spool_state { SPOOL_FREE, SPOOL_HELD, SPOOL_PART, SPOOL_BAD, SPOOL_LEASE };

struct spool_name {
	uint64_t stored_ms;
	uint64_t origin; /* the process that stored it */
	uint32_t number; /* of what that one stored */
	uint32_t exporter; /* spool_exporter_number() */
	uint32_t signal;
	uint32_t items;
	uint64_t bytes; /* of the file */
	enum spool_state state;
	uint64_t owner; /* of what is held, a part, or a lease */
};

/* What tells exporters apart before a file is opened. */
uint32_t spool_exporter_number(const char *exporter);

void spool_name_write(const struct spool_name *name, char out[SPOOL_FILE_NAME_MAX]);

/* The same name with another state. */
struct spool_name spool_name_as(const struct spool_name *name, enum spool_state state, uint64_t owner);

/* false: it is no name of ours. Pure. */
bool spool_name_parse(const char *text, struct spool_name *name);

/* Older first. */
int spool_name_compare(const struct spool_name *a, const struct spool_name *b);

#endif

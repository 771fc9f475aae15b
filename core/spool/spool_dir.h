/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_dir.h - the directory of a spool, and whether it and what lies in it may be trusted. Opened for each use:
 * programs close descriptors that they do not know.
 */
#ifndef OTEL_SPOOL_DIR_H
#define OTEL_SPOOL_DIR_H

#include <stdbool.h>
#include <sys/types.h>

/* The directory, open; -1 with *why, a static sentence; NULL there: it does not exist, and was not to be made. It
 * belongs to this user, nobody else may enter, and it is no link. */
int spool_dir_open(const char *path, bool create, const char **why);

/* A file in it for reading, alike: of this user alone, with one name, no link. -1 with *why; errno tells ENOENT. */
int spool_dir_open_file(int dir, const char *name, off_t *size, const char **why);

/* visit() for each name in it that is not hidden, until that says false. false: cannot be read. */
bool spool_dir_each(int dir, bool (*visit)(void *arg, const char *name), void *arg);

/* An empty file whose name says what the directory is for, to people and to otel-c spool. */
void spool_dir_mark(int dir);

#endif

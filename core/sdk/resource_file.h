/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_file.h - small files of the system: read without waiting, bounded, errno kept.
 */
#ifndef OTEL_SDK_RESOURCE_FILE_H
#define OTEL_SDK_RESOURCE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define RESOURCE_FILE_LARGE ((size_t)256 << 10) /* of tables whose length the machine decides */

/* The directory that stands for "/": recorded files of other machines. NULL: the real one. Not once another thread may
 * be reading. */
void resource_file_root(const char *directory);

/* The beginning of a file, terminated. -1: it cannot be read. */
ssize_t resource_file_read(const char *path, char *out, size_t cap);

/* The same in memory of its own, up to RESOURCE_FILE_LARGE; the caller frees. NULL: it cannot be read. */
char *resource_file_load(const char *path, size_t *len);

/* The first line without its end. false: there is none, or it is empty. */
bool resource_file_line(const char *path, char *out, size_t cap);

/* What a symbolic link says. false: it is none, or too long. */
bool resource_file_link(const char *path, char *out, size_t cap);

bool resource_file_exists(const char *path);

#endif

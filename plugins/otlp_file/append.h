/* SPDX-License-Identifier: Apache-2.0
 *
 * append.h - whole lines at the end of a file that other processes write, rotate and remove as well.
 *
 * Between two lines no descriptor is kept: each append opens the file by its name, so that a file that was moved away
 * or removed is begun anew, and neither fork() nor a daemon that closes everything gets in the way. While it is
 * written, the file is locked with flock(); who gets the lock looks whether the name still leads to that file.
 */
#ifndef OTEL_OTLP_FILE_APPEND_H
#define OTEL_OTLP_FILE_APPEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct append_limits {
	uint64_t max_bytes; /* of a file before it is rotated to PATH.1; 0 = no matter */
	uint64_t max_age_ms; /* likewise, since it was begun; 0, or a file system that does not know: no matter */
	uint32_t max_files; /* that are kept, the one at PATH counted in; not 0 */
};

/* Appends the line, which ends with '\n', in one piece or not at all; may block for seconds. NULL, or why it could not
 * be done. */
const char *append_line(const char *path, const struct append_limits *limits, const uint8_t *line, size_t len);

#endif

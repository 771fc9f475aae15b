/* SPDX-License-Identifier: Apache-2.0
 *
 * standard_output.h - whole lines on descriptor 1, past the program's own buffers.
 */
#ifndef OTEL_OTLP_FILE_STANDARD_OUTPUT_H
#define OTEL_OTLP_FILE_STANDARD_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* What descriptor 1 was at start. */
struct standard_output {
	bool is_open;
	dev_t dev;
	ino_t ino;
};

void standard_output_note(struct standard_output *output);

/* One line at a time, from any thread. May block while a pipe or terminal takes no more; gives up after seconds, and
 * then half a line may be out, behind which the next one begins anew. NULL, or why it could not be done. */
const char *standard_output_write(const struct standard_output *output, const uint8_t *line, size_t len);

#endif

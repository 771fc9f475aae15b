/* SPDX-License-Identifier: Apache-2.0
 *
 * file.h - otel-c sink --file: one request from a file.
 */
#ifndef OTEL_TOOLS_SINK_FILE_H
#define OTEL_TOOLS_SINK_FILE_H

#include "tools/otel-c/sink/output.h"

/* Reads, checks and prints it; "-" is standard input. Returns the exit code. */
int sink_file_print(struct sink_output *output, const char *path);

#endif

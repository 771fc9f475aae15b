/* SPDX-License-Identifier: Apache-2.0
 *
 * file.h - what a module's file tells without being loaded.
 */
#ifndef OTEL_TOOLS_CHECK_FILE_H
#define OTEL_TOOLS_CHECK_FILE_H

#include "tools/otel-c/check/image.h"

/* Opens and judges the file: trust, ELF, segments, flags, constructors, exported symbols. The caller munmaps
 * image->data. false: it is no module that could be loaded, which was noted. */
bool file_check(struct image *image, const char *path);

/* The libraries it needs and the functions it uses. A command may print. */
void imports_check(const struct image *image, bool has_command, bool has_instrumentation);

#endif

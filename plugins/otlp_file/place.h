/* SPDX-License-Identifier: Apache-2.0
 *
 * place.h - the names of files from one setting: %s becomes the signal (traces, metrics, logs), %p the process, %% a
 * percent sign. Pure.
 */
#ifndef OTEL_OTLP_FILE_PLACE_H
#define OTEL_OTLP_FILE_PLACE_H

#include <otel/plugin.h>

#include "util/buf.h"

/* What is wrong with the setting, NULL if nothing is. */
const char *place_check(const char *pattern);

/* Whether each signal gets a file of its own. */
bool place_tells_signal(const char *pattern);

/* Appends the path of the file; a pattern that place_check() has passed. */
void place_append(struct buf *out, const char *pattern, otel_signal signal, long pid);

#endif

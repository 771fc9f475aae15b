/* SPDX-License-Identifier: Apache-2.0
 *
 * functions.h - --functions: does it find anything in this program?
 */
#ifndef OTEL_TRACE_FUNCTIONS_H
#define OTEL_TRACE_FUNCTIONS_H

#include <stdbool.h>

/* Was the file compiled with -finstrument-functions? True also where that cannot be told: scripts, and files that
 * cannot be read. Of libraries that it loads nothing is known. */
bool functions_possible(const char *path);

#endif

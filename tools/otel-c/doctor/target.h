/* SPDX-License-Identifier: Apache-2.0
 *
 * target.h - could otel-c-trace trace this program, and what of it?
 */
#ifndef OTEL_TOOLS_DOCTOR_TARGET_H
#define OTEL_TOOLS_DOCTOR_TARGET_H

#include "tools/otel-c/doctor/report.h"

/* `name` as in a shell: looked for in PATH unless it has a slash. The program is not run. */
void target_check(struct report *report, const char *name);

#endif

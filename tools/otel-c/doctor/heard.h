/* SPDX-License-Identifier: Apache-2.0
 *
 * heard.h - what the SDK says to the operator while the doctor looks at it.
 */
#ifndef OTEL_TOOLS_DOCTOR_HEARD_H
#define OTEL_TOOLS_DOCTOR_HEARD_H

#include "tools/otel-c/doctor/report.h"

/* From here on lines are kept, in place of being printed. */
void heard_begin(void);

/* What is said from here on is of no interest: we are leaving. */
void heard_end(void);

/* Makes a problem of each line that was not looked at yet; how many there were. `check` is the check they belong to
 * unless they tell otherwise themselves. `except` (may be NULL): lines that begin with this are passed over, as said
 * elsewhere in better words. */
unsigned heard_report(struct report *report, const char *check, const char *except);

#endif

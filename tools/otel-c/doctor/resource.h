/* SPDX-License-Identifier: Apache-2.0
 *
 * resource.h - what each detector found, and how long it took.
 */
#ifndef OTEL_TOOLS_DOCTOR_RESOURCE_H
#define OTEL_TOOLS_DOCTOR_RESOURCE_H

#include "tools/otel-c/doctor/report.h"

/* Once the SDK has stopped. What a detector complained about comes from heard_report(). */
void resource_report(struct report *report);

#endif

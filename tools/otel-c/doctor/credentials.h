/* SPDX-License-Identifier: Apache-2.0
 *
 * credentials.h - did the authenticator get what it signs with?
 */
#ifndef OTEL_TOOLS_DOCTOR_CREDENTIALS_H
#define OTEL_TOOLS_DOCTOR_CREDENTIALS_H

#include "config/config.h"
#include "tools/otel-c/doctor/report.h"

/* Once the SDK has stopped. What went wrong comes from heard_report(). */
void credentials_report(struct report *report, const struct config *config);

#endif

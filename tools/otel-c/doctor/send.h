/* SPDX-License-Identifier: Apache-2.0
 *
 * send.h - one span, sent by the SDK itself with the settings that are in force here.
 */
#ifndef OTEL_TOOLS_DOCTOR_SEND_H
#define OTEL_TOOLS_DOCTOR_SEND_H

#include "tools/otel-c/doctor/settings.h"

/* Starts the SDK, sends the span, stops the SDK, and reports what the detectors found, the credentials and the answers.
 * Bounded by the timeouts that are configured. */
void send_check(struct report *report, const struct settings_found *found, const char *distro);

#endif

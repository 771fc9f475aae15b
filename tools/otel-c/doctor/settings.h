/* SPDX-License-Identifier: Apache-2.0
 *
 * settings.h - the checks that need no running SDK: the configuration, the distro, and what in them keeps spans
 * from being sent.
 */
#ifndef OTEL_TOOLS_DOCTOR_SETTINGS_H
#define OTEL_TOOLS_DOCTOR_SETTINGS_H

#include "config/config.h"
#include "tools/otel-c/doctor/report.h"

struct settings_found {
	struct config *config;
	char exporters[256]; /* those that send something somewhere, for [traces] exporter; "" = none */
	char endpoint[256]; /* which setting gave the address of the backend */
	bool is_disabled;
};

/* false: nothing more can be looked at; the report has it. */
bool settings_check(struct settings_found *found, struct report *report, const char *distro);

#endif

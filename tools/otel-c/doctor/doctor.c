/* SPDX-License-Identifier: Apache-2.0
 *
 * doctor.c - otel-c doctor: the checks, in the order in which telemetry passes them.
 */
#include <stdio.h>

#include "tools/otel-c/command.h"
#include "tools/otel-c/doctor/heard.h"
#include "tools/otel-c/doctor/options.h"
#include "tools/otel-c/doctor/report.h"
#include "tools/otel-c/doctor/send.h"
#include "tools/otel-c/doctor/settings.h"
#include "tools/otel-c/doctor/target.h"

static void check(struct report *report, const struct doctor_options *options)
{
	struct settings_found found;

	if (settings_check(&found, report, options->distro) && *found.exporters)
		send_check(report, &found, options->distro);
	if (options->program)
		target_check(report, options->program[0]);
	config_destroy(found.config);
}

static int run(int argc, char **argv)
{
	struct doctor_options options;
	struct report report;

	if (!doctor_options_parse(&options, argc, argv))
		return EXIT_USAGE;
	if (options.help) {
		fputs(doctor_help, stdout);
		return EXIT_DONE;
	}
	if (!report_init(&report, options.json)) {
		fputs("otel-c doctor: out of memory\n", stderr);
		return EXIT_FAILED;
	}
	heard_begin();
	check(&report, &options);
	report_end(&report);
	return report.problems ? EXIT_FAILED : EXIT_DONE;
}

const struct command doctor_command = {
	.name = "doctor",
	.summary = "finds out why telemetry does not arrive",
	.help = doctor_help,
	.run = run,
};

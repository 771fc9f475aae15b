/* SPDX-License-Identifier: Apache-2.0
 *
 * report.c - see report.h.
 */
#include "tools/otel-c/doctor/report.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#define MESSAGE_MAX 1200

struct finding {
	const char *check;
	bool ok;
	int64_t ms;
	const char *message;
	const char *cure;
};

bool report_init(struct report *report, bool as_json)
{
	*report = (struct report){.checks = as_json ? json_array() : NULL};
	return report->checks || !as_json;
}

static void print(const struct finding *finding)
{
	printf("%s: %s", finding->check, finding->message);
	if (!finding->ok && *finding->cure)
		printf(": %s", finding->cure);
	if (finding->ok && finding->ms >= 0)
		printf(" (%" PRId64 " ms)", finding->ms);
	putchar('\n');
	fflush(stdout);
}

static json_t *as_json(const struct finding *finding)
{
	json_t *ms = finding->ms < 0 ? json_null() : json_integer(finding->ms);
	json_t *cure = *finding->cure ? json_string(finding->cure) : json_null();

	return json_pack("{s:s, s:b, s:s, s:o, s:o}", "check", finding->check, "ok", finding->ok, "message",
			 finding->message, "cure", cure, "ms", ms);
}

static void add(struct report *report, const struct finding *finding)
{
	report->count++;
	report->problems += !finding->ok;
	if (!report->checks)
		print(finding);
	else
		json_array_append_new(report->checks, as_json(finding));
}

void report_ok(struct report *report, const char *check, int64_t ms, const char *format, ...)
{
	char message[MESSAGE_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	add(report, &(struct finding){check, true, ms, message, ""});
}

void report_problem(struct report *report, const char *check, int64_t ms, const char *cure, const char *format, ...)
{
	char message[MESSAGE_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	add(report, &(struct finding){check, false, ms, message, cure});
}

void report_end(struct report *report)
{
	if (report->checks) {
		json_dumpf(report->checks, stdout, JSON_INDENT(2));
		putchar('\n');
		json_decref(report->checks);
	} else if (report->problems) {
		printf("%u of %u checks found a problem\n", report->problems, report->count);
	} else {
		printf("all %u checks are fine\n", report->count);
	}
	fflush(stdout);
}

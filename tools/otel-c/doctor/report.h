/* SPDX-License-Identifier: Apache-2.0
 *
 * report.h - what otel-c doctor found: a line for each check as soon as it is done, or all of them as JSON.
 */
#ifndef OTEL_TOOLS_DOCTOR_REPORT_H
#define OTEL_TOOLS_DOCTOR_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#define REPORT_UNTIMED (-1)

struct report {
	json_t *checks; /* NULL: lines of text on stdout */
	unsigned count;
	unsigned problems;
};

/* false: out of memory. */
bool report_init(struct report *report, bool as_json);

/* ms: how long it took, or REPORT_UNTIMED. */
void report_ok(struct report *report, const char *check, int64_t ms, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* cure: what to do about it, a clause; "" if the message says it. */
void report_problem(struct report *report, const char *check, int64_t ms, const char *cure, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* Prints the summary, or the JSON; frees. */
void report_end(struct report *report);

#endif

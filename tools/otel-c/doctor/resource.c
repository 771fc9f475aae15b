/* SPDX-License-Identifier: Apache-2.0
 *
 * resource.c - see resource.h.
 */
#include "tools/otel-c/doctor/resource.h"

#include "sdk/detector.h"

static void report_one(struct report *report, const char *name, const struct detector_answer *answer)
{
	const int64_t ms = (int64_t)answer->took_ms;

	if (answer->status == OTEL_NOT_FOUND)
		report_ok(report, "resource", ms, "%s: nothing of that kind here", name);
	else if (answer->set.count == 1)
		report_ok(report, "resource", ms, "%s: %s", name, answer->set.items[0].key);
	else if (answer->status == OTEL_OK)
		report_ok(report, "resource", ms, "%s: %zu attributes", name, answer->set.count);
}

void resource_report(struct report *report)
{
	for (size_t i = 0; i < detector_count(); i++) {
		const struct detector_answer *answer = detector_answer_of(i);

		if (answer)
			report_one(report, detector_at(i)->name, answer);
	}
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * intake.h - takes requests from whichever server: answers them, counts and prints what they brought.
 */
#ifndef OTEL_TOOLS_SINK_INTAKE_H
#define OTEL_TOOLS_SINK_INTAKE_H

#include "tools/otel-c/sink/copies.h"
#include "tools/otel-c/sink/fail.h"
#include "tools/otel-c/sink/handler.h"
#include "tools/otel-c/sink/output.h"

struct sink_intake {
	struct sink_output output;
	struct sink_fail_plan *fail;
	uint64_t until_spans; /* 0 = for ever */
	struct sink_copies copies;
	struct buf headers; /* the line for the request being answered */
	uint64_t spans;
	uint64_t copied; /* of them */
	uint64_t data_points;
	uint64_t log_records;
	uint64_t enough_at_ms; /* when the last span that was waited for came; 0 = not yet */
};

void sink_intake_init(struct sink_intake *intake, struct sink_fail_plan *fail, uint64_t until_spans);
void sink_intake_fini(struct sink_intake *intake);

/* For servers; the intake stays where it is. */
struct sink_handler sink_intake_handler(struct sink_intake *intake, bool show_headers);

/* The last line on stderr. */
void sink_intake_tell(const struct sink_intake *intake);

#endif

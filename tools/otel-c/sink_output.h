/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_output.h - what the sink writes to stdout: trees, or lines of JSON.
 */
#ifndef OTEL_TOOLS_SINK_OUTPUT_H
#define OTEL_TOOLS_SINK_OUTPUT_H

#include "otlp/text/gather.h"

struct sink_output {
	struct gather *gather; /* NULL when JSON is written */
	bool json;
	bool failed; /* stdout takes no more; said on stderr once */
};

bool sink_output_init(struct sink_output *output, bool json); /* false: out of memory */
void sink_output_fini(struct sink_output *output);

/* JSON is written at once, trees when they are asked for. */
void sink_output_take(struct sink_output *output, struct otlp_request *request, uint64_t now_ms);

void sink_output_idle(struct sink_output *output, uint64_t idle_since_ms);
void sink_output_rest(struct sink_output *output);

/* When the trace longest without news got its last span; false when nothing waits. */
bool sink_output_oldest(const struct sink_output *output, uint64_t *since_ms);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * output.h - what the sink writes: trees or lines of JSON to stdout, and lines of JSON to a file beside them.
 */
#ifndef OTEL_TOOLS_SINK_OUTPUT_H
#define OTEL_TOOLS_SINK_OUTPUT_H

#include <otel/plugin.h>
#include <stdio.h>

#include "otlp/text/gather.h"
#include "util/buf.h"

struct sink_output {
	struct gather *gather; /* NULL: no trees */
	FILE *lines; /* where JSON goes: stdout, a file, or NULL */
	bool failed; /* an output takes no more; said on stderr once */
};

/* Trees to stdout unless `json` asks for lines there; `tee` (NULL: none) names a file for lines. false: said why. */
bool sink_output_init(struct sink_output *output, bool json, const char *tee);
void sink_output_fini(struct sink_output *output);

/* JSON is written at once, trees when they are asked for. */
void sink_output_take(struct sink_output *output, struct otlp_request *request, uint64_t now_ms);

/* A request of another signal. false: it is not printed here. */
bool sink_output_take_bytes(struct sink_output *output, otel_signal signal, const struct buf *request);

void sink_output_idle(struct sink_output *output, uint64_t idle_since_ms);
void sink_output_rest(struct sink_output *output);

/* When the trace longest without news got its last span; false when nothing waits. */
bool sink_output_oldest(const struct sink_output *output, uint64_t *since_ms);

#endif

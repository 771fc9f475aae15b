/* SPDX-License-Identifier: Apache-2.0
 *
 * detector.h - the detectors of this round: begun, waited for, given up, and what they found.
 *
 * All but detector_finish() on one thread at a time: the start thread before there is a pipeline, then the pipeline's.
 */
#ifndef OTEL_SDK_DETECTOR_H
#define OTEL_SDK_DETECTOR_H

#include <otel/plugin.h>

#include "plugin/registry.h"
#include "sdk/resource_set.h"

#define DETECTORS_MAX 32u

/* What a detector answered; immutable. */
struct detector_answer {
	otel_status status;
	uint64_t took_ms;
	struct resource_set set;
	char *schema_url; /* NULL: none */
	char *message;
};

/* A new round with these detectors, borrowed, in the order in which they win. Answers of before are freed. */
void detector_setup(struct component *const *list, size_t count, uint32_t timeout_ms);

/* The same with none. */
void detector_release(void);

size_t detector_count(void);
const struct component *detector_at(size_t index);
const struct detector_answer *detector_answer_of(size_t index); /* NULL: none yet, or given up */

/* Begins one, at once; an answer that it had is forgotten when the new one is there. */
void detector_begin(size_t index);

/* Begins those that are not, takes answers in, gives up who is late. True while one is still awaited; *changed: there
 * is something new. */
bool detector_step(uint64_t now_ms, bool *changed);

/* When detector_step() gives up, UINT64_MAX if nothing is awaited. */
uint64_t detector_deadline(void);

/* Cancels what is under way, without a word. */
void detector_end(void);

/* In the child of a fork: what was under way is begun anew. */
void detector_fork_child(void);

/* otel_host.detect_finish: any thread. */
void detector_finish(otel_detect_op *op, otel_status status, const otel_attr *attrs, size_t count,
		     const char *schema_url, const char *message);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * id.h - trace and span ids: random ones, or those of the id generator that was selected.
 */
#ifndef OTEL_SDK_ID_H
#define OTEL_SDK_ID_H

#include <otel/plugin.h>

#include "util/rand.h"

/* Where ids come from; generator NULL = random. */
struct id_source {
	const otel_id_generator *generator;
	void *self;
	bool is_random; /* the low 56 bits of trace ids are (W3C Trace Context Level 2) */
};

void id_source_init(struct id_source *source, const otel_id_generator *generator, void *self);

/* Never all zero. */
void id_new_trace(const struct id_source *source, struct rand_state *random, uint8_t out[16]);
void id_new_span(const struct id_source *source, struct rand_state *random, uint8_t out[8]);

/* The generator named "random", so that it can be selected like any other. */
extern const otel_id_generator id_random;

#endif

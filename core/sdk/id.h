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

void id_make_trace(const struct id_source *source, struct rand_state *random, uint8_t out[16]);
void id_make_span(const struct id_source *source, struct rand_state *random, uint8_t out[8]);

static inline uint64_t id_word(struct rand_state *random)
{
	uint64_t word = rand_next(random);

	while (__builtin_expect(!word, 0))
		word = rand_next(random);
	return word;
}

/* Never all zero; in words as they stand in memory. */
static inline void id_new_trace(const struct id_source *source, struct rand_state *random, uint64_t out[2])
{
	if (__builtin_expect(source->generator != NULL, 0)) {
		uint64_t made[2]; /* out stays in registers */
		id_make_trace(source, random, (uint8_t *)made);
		out[0] = made[0];
		out[1] = made[1];
		return;
	}
	out[0] = id_word(random);
	out[1] = id_word(random);
}

static inline uint64_t id_new_span(const struct id_source *source, struct rand_state *random)
{
	uint64_t word;

	if (__builtin_expect(!source->generator, 1))
		return id_word(random);
	id_make_span(source, random, (uint8_t *)&word);
	return word;
}

/* The generator named "random", so that it can be selected like any other. */
extern const otel_id_generator id_random;

#endif

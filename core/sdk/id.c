/* SPDX-License-Identifier: Apache-2.0
 *
 * id.c - trace and span ids.
 */
#include "sdk/id.h"

#include <string.h>

static bool is_zero(const uint8_t *id, size_t len)
{
	uint8_t seen = 0;

	for (size_t i = 0; i < len; i++)
		seen |= id[i];
	return !seen;
}

void id_source_init(struct id_source *source, const otel_id_generator *generator, void *self)
{
	if (generator == &id_random)
		generator = NULL;
	source->generator = generator;
	source->self = self;
	source->is_random = !generator || generator->trace_id_is_random;
}

void id_make_trace(const struct id_source *source, struct rand_state *random, uint8_t out[16])
{
	const uint64_t words[2] = {id_word(random), id_word(random)};

	source->generator->trace_id(source->self, (const uint8_t *)words, out);
	if (is_zero(out, 16))
		memcpy(out, words, 16);
}

void id_make_span(const struct id_source *source, struct rand_state *random, uint8_t out[8])
{
	const uint64_t word = id_word(random);

	memcpy(out, &word, 8);
	if (source->generator->span_id)
		source->generator->span_id(source->self, (const uint8_t *)&word, out);
	if (is_zero(out, 8))
		memcpy(out, &word, 8);
}

static void random_trace_id(void *self, const uint8_t random[16], uint8_t out[16])
{
	(void)self;
	memcpy(out, random, 16);
}

const otel_id_generator id_random = {
	.component = {.size = sizeof(otel_id_generator)},
	.trace_id = random_trace_id,
	.trace_id_is_random = true,
};

/* SPDX-License-Identifier: Apache-2.0
 *
 * baggage_processor.c - baggage entries whose names match become attributes, under the same names. They take the place
 * of attributes given at start, as in the other languages' processors of this name.
 */
#include <string.h>

#include "sdk/builtin_processors.h"
#include "util/glob.h"

struct state {
	const otel_host *host;
	const char *names; /* globs; NULL = none */
};

static otel_status open_processor(void *self, const otel_host *host, otel_setup *setup)
{
	struct state *state = self;

	state->host = host;
	state->names = host->config_str(setup, "baggage", "attributes");
	return OTEL_OK;
}

static void on_start(void *self, otel_span span, const otel_context *parent)
{
	const struct state *state = self;
	const otel_baggage *baggage = state->host->context_baggage(parent);
	const size_t count = baggage ? state->host->baggage_count(baggage) : 0;

	for (size_t i = 0; i < count; i++) {
		const otel_baggage_entry entry = state->host->baggage_at(baggage, i);
		const size_t len = strlen(entry.name);
		if (!glob_list_match(state->names, entry.name, len))
			continue;
		const otel_attr attr = {
			.key = entry.name,
			.key_len = len,
			.value.str = entry.value,
			.count = strlen(entry.value),
			.type = OTEL_ATTR_STRING,
		};
		state->host->span_set_attrs(span, &attr, 1);
	}
}

const otel_span_processor baggage_processor = {
	.component = {.size = sizeof(otel_span_processor), .state_size = sizeof(struct state), .open = open_processor},
	.on_start = on_start,
};

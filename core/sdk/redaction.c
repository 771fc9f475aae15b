/* SPDX-License-Identifier: Apache-2.0
 *
 * redaction.c - the processor that keeps attributes from going out, by key: of spans, events and links. It runs when the
 * span ends, so that late values are covered, and after all others.
 */
#include <string.h>

#include "sdk/builtin_processors.h"
#include "util/glob.h"

struct state {
	const otel_host *host;
	const char *deny; /* globs; NULL = none */
	const char *allow; /* globs; NULL = all */
	const char *replacement; /* NULL = remove */
};

static otel_status open_processor(void *self, const otel_host *host, otel_setup *setup)
{
	struct state *state = self;

	state->host = host;
	state->deny = host->config_str(setup, "redaction", "deny");
	state->allow = host->config_str(setup, "redaction", "allow");
	state->replacement = host->config_str(setup, "redaction", "replacement");
	return OTEL_OK;
}

static otel_edit visit(void *arg, otel_attr *attr)
{
	const struct state *state = arg;
	const bool allowed = !state->allow || glob_list_match(state->allow, attr->key, attr->key_len);

	if (allowed && !glob_list_match(state->deny, attr->key, attr->key_len))
		return OTEL_EDIT_KEEP;
	if (!state->replacement)
		return OTEL_EDIT_REMOVE;
	attr->type = OTEL_ATTR_STRING;
	attr->value.str = state->replacement;
	attr->count = strlen(state->replacement);
	return OTEL_EDIT_REPLACE;
}

static void on_ending(void *self, otel_span span)
{
	const struct state *state = self;

	state->host->span_edit(span, OTEL_EDIT_SPAN | OTEL_EDIT_EVENTS | OTEL_EDIT_LINKS, visit, self);
}

const otel_span_processor redaction_processor = {
	.component = {.size = sizeof(otel_span_processor), .state_size = sizeof(struct state), .open = open_processor},
	.on_ending = on_ending,
};

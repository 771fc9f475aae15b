/* SPDX-License-Identifier: Apache-2.0
 *
 * mark.c - see the header. A mark knows its trace: a new trace that begins inside the context does not inherit it.
 */
#include "plugins/propagation/mark.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct mark {
	uint8_t trace_id[16];
	int mark;
};

bool mark_is_supported(const otel_host *host)
{
	return OTEL_OFFERS(host, context_value) && OTEL_OFFERS(host, context_with_value);
}

/* Out of memory: none, so the header goes on with sampled or not. */
static struct mark *make(const uint8_t trace_id[16], int mark)
{
	int saved = errno;
	struct mark *made = malloc(sizeof *made);

	errno = saved;
	if (!made)
		return NULL;
	memcpy(made->trace_id, trace_id, sizeof made->trace_id);
	made->mark = mark;
	return made;
}

otel_context *mark_put(const otel_host *host, otel_context *context, const otel_context_key *key,
		       const uint8_t trace_id[16], int mark)
{
	struct mark *made = mark ? make(trace_id, mark) : NULL;
	otel_context *with;

	if (!made && !host->context_value(context, key))
		return context;
	with = host->context_with_value(context, key, made, free);
	if (host->context_value(with, key) != made)
		free(made); /* out of memory: the value stayed ours */
	host->context_unref(context);
	return with;
}

int mark_of(const otel_host *host, const otel_context *context, const otel_context_key *key, const uint8_t trace_id[16])
{
	const struct mark *found = host->context_value(context, key);

	return found && memcmp(found->trace_id, trace_id, sizeof found->trace_id) == 0 ? found->mark : 0;
}

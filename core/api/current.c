/* SPDX-License-Identifier: Apache-2.0
 *
 * current.c - an attached span becomes a context on the caller's stack.
 */
#include "api/current.h"

#include "api/span_handle.h"

const otel_context *current_look(struct otel_thread *th, struct otel_context *room)
{
	const otel_context *below = th->context;

	if (!th->span)
		return below;
	*room = (struct otel_context){.size = sizeof(*room), .flags = CONTEXT_ON_STACK, .span = {th->span}};
	if (!span_describe(th, room->span, &room->span_context, &room->tracestate))
		return below;
	room->baggage = below ? below->baggage : NULL;
	room->values = below ? below->values : NULL;
	return room;
}

void current_leave(const otel_context *current, struct otel_context *room)
{
	if (current == room)
		otel_tracestate_unref_v1(room->tracestate);
}

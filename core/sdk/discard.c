/* SPDX-License-Identifier: Apache-2.0
 *
 * discard.c - see the header.
 */
#include "sdk/discard.h"

#include <stdatomic.h>

#include "util/diag.h"

static _Atomic bool said[3];

static void say(size_t kind, uint32_t dropped, uint32_t limit, const char *what, const char *variable)
{
	if (!dropped || atomic_load_explicit(&said[kind], memory_order_relaxed) || atomic_exchange(&said[kind], true))
		return;
	diag(DIAG_WARN, "%s: a span has more than %u %s, or has become too large; what is more is dropped and counted in it",
	     variable, limit, what);
}

__attribute__((noinline, cold)) void discard_say(const struct record *r)
{
	say(0, r->attrs.dropped, r->limits->attr_count, "attributes", "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT");
	say(1, r->event_dropped, r->limits->event_count, "events", "OTEL_SPAN_EVENT_COUNT_LIMIT");
	say(2, r->link_dropped, r->limits->link_count, "links", "OTEL_SPAN_LINK_COUNT_LIMIT");
}

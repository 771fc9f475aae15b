/* SPDX-License-Identifier: Apache-2.0
 *
 * span_short.h - where the short ways of setting an attribute end; span_attr.c and span_key.c.
 */
#ifndef OTEL_SDK_SPAN_SHORT_H
#define OTEL_SDK_SPAN_SHORT_H

#include "sdk/record_place.h"
#include "sdk/span_lock.h"

/* Called at the very end of a short way, so that nothing has to be kept for what comes after. */
#define LONG_WAY static __attribute__((noinline))

/* The record of the span that the thread is inside of, as it was before the short way was tried. */
static inline struct record *span_long_way(struct span_thread *t, enum short_result result)
{
	struct record *r = t->latest.slot->record;

	if (result == SHORT_NOT_ASCII)
		short_take_back(r, &r->attrs);
	return r;
}

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * discard.h - telling the operator that limits took something away (specification/common/README.md, Attribute Limits).
 */
#ifndef OTEL_SDK_DISCARD_H
#define OTEL_SDK_DISCARD_H

#include "sdk/record.h"

static inline bool discard_happened(const struct record *r)
{
	return (r->attrs.dropped | r->event_dropped | r->link_dropped) != 0;
}

/* One line per kind and process, naming the limit. */
void discard_say(const struct record *r);

#endif

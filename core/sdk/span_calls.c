/* SPDX-License-Identifier: Apache-2.0
 *
 * span_calls.c - see span_calls.h. The functions stand with what they do: span_start.c, span.c, span_attr.c,
 * span_key.c.
 */
#include "sdk/span_calls.h"

#include "sdk/span_slot.h"
#include "sdk/stats.h"

bool span_is_ours(otel_span span)
{
	const uint64_t issuer = span.id >> 56;

	if (issuer && issuer != SPAN_ISSUER)
		stats_add(&stats.misuse, 1);
	return issuer == SPAN_ISSUER;
}

const struct otel_thread_calls span_calls = {
	.start_root = span_call_start_root,
	.end = span_call_end,
	.set_str = span_call_set_str,
	.set_bool = span_call_set_bool,
	.set_int = span_call_set_int,
	.set_double = span_call_set_double,
	.set_key_str = span_call_set_key_str,
	.set_key_bool = span_call_set_key_bool,
	.set_key_int = span_call_set_key_int,
	.set_key_double = span_call_set_key_double,
	.add_event = span_call_add_event,
};

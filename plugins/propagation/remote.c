/* SPDX-License-Identifier: Apache-2.0
 *
 * remote.c - see the header.
 */
#include "plugins/propagation/remote.h"

#include <string.h>

static const uint8_t zeros[16];

bool remote_id(struct view text, uint8_t *out, size_t len)
{
	char digits[33];
	size_t room = 2 * len;

	if (!text.len || text.len > room || room > sizeof digits - 1)
		return false;
	memset(digits, '0', room - text.len);
	memcpy(digits + room - text.len, text.ptr, text.len);
	digits[room] = '\0';
	return str_from_hex(out, digits, len) && memcmp(out, zeros, len) != 0;
}

bool remote_is_valid(const otel_span_context *span_context)
{
	return memcmp(span_context->trace_id, zeros, sizeof span_context->trace_id) != 0 &&
	       memcmp(span_context->span_id, zeros, sizeof span_context->span_id) != 0;
}

otel_context *remote_context(const otel_host *host, otel_context *base, const otel_span_context *span_context)
{
	otel_span_context before = host->context_span_context(base);
	otel_span_context sc = *span_context;
	const char *tracestate = NULL;

	sc.is_remote = 1;
	if (before.is_remote && memcmp(before.trace_id, sc.trace_id, sizeof sc.trace_id) == 0) {
		sc.trace_flags |= before.trace_flags & OTEL_TRACE_FLAG_RANDOM;
		tracestate = host->context_tracestate(base);
	}
	return host->context_with_span_context(base, &sc, tracestate);
}

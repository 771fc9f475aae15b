/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/context.h - what is current, and how it travels between threads and callbacks.
 * Follows specification/context/README.md.
 *
 * A context is an immutable, reference-counted block: the current span (its span context by value, so it never goes
 * stale), the baggage, and values under keys. Functions that return `otel_context *` return a reference which the
 * caller gives back with otel_context_unref(). NULL is the root context everywhere: empty, and never allocated.
 */
#ifndef OTEL_CONTEXT_H
#define OTEL_CONTEXT_H

#include <otel/types.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What attach returns and detach takes; on the caller's stack. Fields are private. It owns nothing: one that is never
 * detached leaks nothing, and one of all zeros is ignored. */
typedef struct otel_token {
	const void *thread; /* where it was attached */
	uint64_t span;      /* what was current before */
	uint32_t depth;     /* attachments then, this one included */
	uint32_t held;
	uint32_t serial; /* tells this attachment from others of the same depth */
	uint32_t below;
} otel_token;

/* ---- making contexts ---- */

/* The calling thread's current context, to be kept or handed to another thread. A reference; NULL when nothing is
 * current (nothing is allocated then). */
OTEL_EXPORT otel_context *otel_context_capture(void);

/* Takes another reference; returns its argument. */
OTEL_EXPORT otel_context *otel_context_ref(otel_context *context);

/* Gives a reference back. */
OTEL_EXPORT void otel_context_unref(otel_context *context);

/* A copy of `base` in which `span` is the current span. A reference to base itself when the span is {0}, when its
 * handle is stale, and when out of memory; the last two are counted. This and the makers below never change base. */
OTEL_EXPORT otel_context *otel_context_with_span(otel_context *base, otel_span span);

/* A copy of `base` whose current span is a non-recording one with this span context, as extractors and tests make
 * it. `tracestate` is the W3C header value, may be NULL; one that W3C Trace Context section 3.3 forbids is dropped. */
OTEL_EXPORT otel_context *otel_context_with_span_context(otel_context *base, const otel_span_context *span_context,
							 const char *tracestate);

/* A copy of `base` with this baggage (NULL: none). The context takes its own reference. */
OTEL_EXPORT otel_context *otel_context_with_baggage(otel_context *base, otel_baggage *baggage);

/* A copy of `base` with value under key. `destroy` (may be NULL) is called with the value when the last context that
 * holds it is gone, on whichever thread that happens. Out of memory: a reference to base, and the value stays the
 * caller's. */
OTEL_EXPORT otel_context *otel_context_with_value(otel_context *base, const otel_context_key *key, void *value,
						  void (*destroy)(void *value));

/* ---- reading contexts (borrowed from the context) ---- */

/* The handle of the context's span; {0} if it has none or it came in through a propagator. */
OTEL_EXPORT otel_span otel_context_span(const otel_context *context);

/* The span context; all zero if there is none. */
OTEL_EXPORT otel_span_context otel_context_span_context(const otel_context *context);

/* Whether both ids are there, not all zero (specification/trace/api.md, IsValid). NULL is not valid. */
static inline bool otel_span_context_is_valid(const otel_span_context *span_context)
{
	static const uint8_t zero[16] = {0};
	return span_context && memcmp(span_context->trace_id, zero, 16) != 0 && memcmp(span_context->span_id, zero, 8) != 0;
}

/* The W3C tracestate header value; "" if there is none. */
OTEL_EXPORT const char *otel_context_tracestate(const otel_context *context);

/* NULL if there is none. */
OTEL_EXPORT otel_baggage *otel_context_baggage(const otel_context *context);

/* NULL if there is none. */
OTEL_EXPORT void *otel_context_value(const otel_context *context, const otel_context_key *key);

/* ---- being current ---- */

/* Makes a context current on this thread until the token is detached. The thread takes its own reference, and gives
 * it back at detach or when it exits. Allocates only when more than four contexts cover each other. */
OTEL_EXPORT otel_token otel_context_attach(otel_context *context);

/* Makes a span current on this thread until the token is detached. Nothing is allocated. {0}: what is current stays
 * so, but the token must be detached all the same. */
OTEL_EXPORT otel_token otel_span_attach(otel_span span);

/* Restores what was current before the attach that returned the token. On the attaching thread. Out of order: inner
 * attachments are undone too; twice, or on another thread: ignored. Both are counted as misuse. */
OTEL_EXPORT void otel_detach(otel_token token);

/* Calls fn(arg) with the context current. */
OTEL_EXPORT void otel_context_run(otel_context *context, void (*fn)(void *arg), void *arg);

/* ---- telemetry about telemetry ---- */

/* While suppressed, this thread starts no recording spans and instrumentations stand aside: for code that sends
 * telemetry itself. Nests. */
OTEL_EXPORT void otel_suppress_begin(void);
OTEL_EXPORT void otel_suppress_end(void);
OTEL_EXPORT bool otel_is_suppressed(void);

#ifdef __cplusplus
}
#endif
#endif

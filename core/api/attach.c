/* SPDX-License-Identifier: Apache-2.0
 *
 * attach.c - what is current on this thread: attach, detach, scopes, suppression.
 *
 * A token says what to go back to; the thread owns the contexts. So a lost or doubled token can neither leak nor
 * release anything.
 */
#include "api/context_block.h"
#include "api/thread.h"
#include "api/thread_record.h"

/* Counts one more attachment. */
static otel_token push(struct otel_thread *th)
{
	otel_token token = {
		.thread = thread_owner(th),
		.span = th->span,
		.depth = ++th->depth,
		.held = th->held_count,
		.serial = ++th->serial,
		.below = th->top,
	};

	th->top = token.serial;
	return token;
}

static inline otel_token attach_span(struct otel_thread *th, otel_span span)
{
	otel_token token = push(th);

	if (span.id)
		th->span = span.id;
	return token;
}

/* In the thread's block of another copy, or under a profiler's eye. Apart, so that the usual way calls nobody. */
static NOINLINE otel_token attach_span_slowly(otel_span span)
{
	struct otel_thread *th = thread_current();
	otel_token token = attach_span(th, span);

	thread_record_follow(th);
	return token;
}

otel_token otel_span_attach(otel_span span)
{
	return LIKELY(thread_is_private()) ? attach_span(&thread_block, span) : attach_span_slowly(span);
}

otel_token otel_context_attach(otel_context *context)
{
	struct otel_thread *th = thread_current();
	uint32_t held = th->held_count;
	otel_token token;

	if (!thread_cover(th))
		return (otel_token){0};
	token = push(th);
	token.held = held;
	th->span = 0;
	th->context = otel_context_ref(context);
	if (context)
		thread_guard(th);
	thread_record_follow(th);
	return token;
}

/* Whether a token may still be detached: inner attachments are undone with it, which is misuse too. */
static bool is_attached(const struct otel_thread *th, const otel_token *token)
{
	if (token->thread != thread_owner(th) || token->depth > th->depth || token->held > th->held_count)
		return false;
	return token->depth < th->depth || token->serial == th->top;
}

static inline bool is_innermost(const struct otel_thread *th, const otel_token *token)
{
	return token->serial == th->top && token->thread == thread_owner(th) && token->depth == th->depth;
}

static inline void restore(struct otel_thread *th, const otel_token *token)
{
	th->span = token->span;
	th->depth = token->depth - 1;
	th->top = token->below;
}

static NOINLINE void detach_slowly(const otel_token *token)
{
	struct otel_thread *th = thread_current();

	if (!is_innermost(th, token)) {
		misuse();
		if (!is_attached(th, token))
			return;
	}
	while (th->held_count > token->held)
		thread_uncover(th);
	restore(th, token);
	thread_record_follow(th);
}

void otel_detach(otel_token token)
{
	struct otel_thread *th = &thread_block;

	if (!token.depth)
		return;
	if (LIKELY(thread_is_private() && is_innermost(th, &token) && th->held_count <= token.held))
		restore(th, &token);
	else
		detach_slowly(&token);
}

void otel_context_run(otel_context *context, void (*fn)(void *arg), void *arg)
{
	otel_token token = otel_context_attach(context);

	if (fn)
		fn(arg);
	else
		misuse();
	otel_detach(token);
}

otel_span otel_span_current(void)
{
	const struct otel_thread *th = thread_current();

	return th->span ? (otel_span){th->span} : otel_context_span(th->context);
}

otel_scope otel_scope_enter(otel_span span)
{
	return (otel_scope){otel_span_attach(span), span};
}

void otel_scope_leave(otel_scope *scope)
{
	if (!scope) {
		misuse();
		return;
	}
	otel_detach(scope->token);
	otel_span_end(scope->span);
}

void otel_suppress_begin(void)
{
	thread_current()->suppressed++;
}

void otel_suppress_end(void)
{
	struct otel_thread *th = thread_current();

	if (th->suppressed)
		th->suppressed--;
	else
		misuse();
}

bool otel_is_suppressed(void)
{
	return thread_current()->suppressed > 0;
}

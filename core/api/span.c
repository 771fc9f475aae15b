/* SPDX-License-Identifier: Apache-2.0
 *
 * span.c - the span calls: find the provider, resolve the parent, go there.
 */
#include <string.h>

#include "api/context_block.h"
#include "api/current.h"
#include "api/span_handle.h"
#include "api/thread_calls.h"
#include "api/tracer.h"
#include "api/wake.h"

/* ---- start ---- */

/* A handle of the parent's context; of the parent itself where that is a pass-through span, which has no end. */
static otel_span NOINLINE start_passthrough(struct otel_thread *th, const otel_span_options *options)
{
	const otel_context *context = options && options->parent ? options->parent : th->context;
	otel_span current = {options && options->parent ? 0 : th->span};
	otel_span_context span_context;
	struct otel_tracestate *tracestate = NULL;

	if (options && options->root)
		return (otel_span){0};
	if (!span_issuer(current) && passthrough_context(current, &span_context, NULL))
		return current;
	if (!span_describe(th, current, &span_context, &tracestate)) {
		if (!context || !span_context_is_valid(&context->span_context))
			return (otel_span){0};
		span_context = context->span_context;
		tracestate = otel_tracestate_ref_v1(context->tracestate);
	}
	return passthrough_take(&span_context, tracestate);
}

static otel_span own_span(const struct otel_provider *provider, otel_span span)
{
	return span_issuer(span) == provider->issuer ? span : (otel_span){0};
}

/* The current span is one of the API's own, started before there was a provider: it goes there as a context. */
static otel_span NOINLINE start_under_passthrough(const struct otel_provider *provider, struct otel_thread *th,
						  struct otel_tracer *tracer, const char *name, size_t name_len,
						  const otel_span_options *options)
{
	struct otel_context room;
	const otel_context *current = current_look(th, &room);
	const struct otel_parent parent = {{0}, current};
	otel_span span = provider->span_start(th, tracer, name, name_len, &parent, options);

	current_leave(current, &room);
	return span;
}

static otel_span start(const struct otel_provider *provider, struct otel_tracer *tracer, const char *name,
		       size_t name_len, const otel_span_options *options)
{
	struct otel_thread *th = thread_current();
	struct otel_parent parent = {{0}, NULL};

	if (UNLIKELY(th->suppressed))
		return start_passthrough(th, options);
	if (options && (options->root || options->parent)) {
		if (!options->root) {
			parent.context = options->parent;
			parent.span = own_span(provider, options->parent->span);
		}
		return provider->span_start(th, tracer, name, name_len, &parent, options);
	}
	if (th->context) {
		parent.context = th->context;
		parent.span = own_span(provider, th->context->span);
	}
	if (th->span) {
		parent.span = own_span(provider, (otel_span){th->span});
		if (UNLIKELY(!parent.span.id))
			return start_under_passthrough(provider, th, tracer, name, name_len, options);
	}
	return provider->span_start(th, tracer, name, name_len, &parent, options);
}

/* Options of an older caller are shorter: the fields it did not know are zero. */
static otel_span NOINLINE start_short(struct otel_tracer *tracer, const char *name, size_t name_len,
				      const otel_span_options *options)
{
	otel_span_options full = {.size = sizeof(full)};

	if (options->size < offsetof(otel_span_options, size) + sizeof(options->size))
		misuse();
	else
		memcpy(&full, options, options->size);
	full.size = sizeof(full);
	return span_start_any(tracer, name, name_len, &full);
}

static otel_span NOINLINE start_without_provider(struct otel_tracer *tracer, const char *name, size_t name_len,
						 const otel_span_options *options)
{
	struct otel_thread *th;

	if (provider_or_wake())
		return span_start_any(tracer, name, name_len, options);
	th = thread_current();
	if (!th->span && !th->context && !options)
		return (otel_span){0};
	return start_passthrough(th, options);
}

otel_span span_start_any(struct otel_tracer *tracer, const char *name, size_t name_len,
			 const otel_span_options *options)
{
	const struct otel_provider *provider = provider_load();

	if (UNLIKELY(options && options->size < sizeof(*options)))
		return start_short(tracer, name, name_len, options);
	/* A slot that has a provider keeps one. */
	if (!provider)
		return start_without_provider(tracer, name, name_len, options);
	return start(provider, tracer ? tracer : &tracer_unnamed, name ? name : "", name ? name_len : 0, options);
}

otel_span otel_span_start_n(struct otel_tracer *tracer, const char *name, size_t name_len,
			    const otel_span_options *options)
{
	const struct otel_thread_calls *calls = thread_calls();

	if (LIKELY(!options && tracer && name && thread_is_bare()))
		return calls->start_root(tracer, name, name_len, thread_block.sdk);
	return span_start_any(tracer, name, name_len, options);
}

/* ---- reading ---- */

otel_span_context otel_span_context_get(otel_span span)
{
	otel_span_context out = {{0}, {0}, 0, 0, {0}};

	span_describe(thread_current(), span, &out, NULL);
	return out;
}

bool otel_span_is_recording(otel_span span)
{
	const struct otel_provider *provider = recorder_of(span);

	return provider && provider->is_recording(thread_current(), span);
}

/* ---- changing: the SDK does it all ---- */

void otel_span_end_at(otel_span span, uint64_t end_time_ns)
{
	const struct otel_thread_calls *calls = thread_calls();

	calls->end(span, end_time_ns, thread_block.sdk);
}

void otel_span_set_str_n(otel_span span, const char *key, size_t key_len, const char *value, size_t value_len)
{
	const struct otel_thread_calls *calls = thread_calls();

	calls->set_str(span, key, key_len, value, value_len, thread_block.sdk);
}

void otel_span_set_bool_n(otel_span span, const char *key, size_t key_len, bool value)
{
	const struct otel_thread_calls *calls = thread_calls();

	calls->set_bool(span, key, key_len, value, thread_block.sdk);
}

void otel_span_set_int_n(otel_span span, const char *key, size_t key_len, int64_t value)
{
	const struct otel_thread_calls *calls = thread_calls();

	calls->set_int(span, key, key_len, value, thread_block.sdk);
}

void otel_span_set_double_n(otel_span span, const char *key, size_t key_len, double value)
{
	const struct otel_thread_calls *calls = thread_calls();

	calls->set_double(span, key, key_len, value, thread_block.sdk);
}

void otel_span_add_event_with(otel_span span, const char *name, uint64_t time_ns, const otel_attr *attrs,
			      size_t attr_count)
{
	const struct otel_thread_calls *calls = thread_calls();

	calls->add_event(span, name, time_ns, attrs, attr_count, thread_block.sdk);
}

void otel_span_set_attrs(otel_span span, const otel_attr *attrs, size_t count)
{
	const struct otel_provider *provider = recorder_of(span);

	if (provider)
		provider->set_attrs(thread_current(), span, attrs, count);
}

void otel_span_update_name(otel_span span, const char *name)
{
	const struct otel_provider *provider = recorder_of(span);

	if (provider)
		provider->update_name(thread_current(), span, name);
}

void otel_span_add_link(otel_span span, const otel_link *link)
{
	const struct otel_provider *provider = recorder_of(span);

	if (provider)
		provider->add_link(thread_current(), span, link);
}

void otel_span_set_status(otel_span span, otel_status_code code, const char *description)
{
	const struct otel_provider *provider = recorder_of(span);

	if (provider)
		provider->set_status(thread_current(), span, code, description);
}

void otel_span_record_exception(otel_span span, const char *type, const char *message, const char *stacktrace,
				const otel_attr *attrs, size_t attr_count)
{
	const struct otel_provider *provider = recorder_of(span);

	if (provider)
		provider->record_exception(thread_current(), span, type, message, stacktrace, attrs, attr_count);
}

void otel_span_fail_with(otel_span span, const char *type, const char *message)
{
	otel_span_set_status(span, OTEL_STATUS_ERROR, message);
	if (type)
		otel_span_set_str(span, "error.type", type);
	otel_span_record_exception(span, type, message, OTEL_STACK_HERE, NULL, 0);
}

void otel_span_fail(otel_span span, const char *message)
{
	otel_span_fail_with(span, NULL, message);
}

void otel_span_fail_errno(otel_span span, int error)
{
	otel_span_fail_with(span, strerrorname_np(error), strerrordesc_np(error));
}

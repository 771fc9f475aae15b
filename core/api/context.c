/* SPDX-License-Identifier: Apache-2.0
 *
 * context.c - contexts: immutable, reference-counted blocks.
 */
#include "api/context_block.h"
#include "api/current.h"
#include "api/mem.h"
#include "api/span_handle.h"

static struct context_value *value_ref(struct context_value *value)
{
	if (value)
		atomic_fetch_add_explicit(&value->refs, 1, memory_order_relaxed);
	return value;
}

static void values_unref(struct context_value *value)
{
	while (value && atomic_fetch_sub_explicit(&value->refs, 1, memory_order_acq_rel) == 1) {
		struct context_value *next = value->next;
		if (value->destroy)
			value->destroy(value->value);
		free(value);
		value = next;
	}
}

static void release(otel_context *context)
{
	otel_tracestate_unref_v1(context->tracestate);
	otel_baggage_unref(context->baggage);
	values_unref(context->values);
	free(context);
}

/* A new block with the contents of base and one reference; NULL when out of memory, which is counted. */
static otel_context *copy(const otel_context *base)
{
	otel_context *context = mem_alloc(sizeof(*context));

	if (!context)
		return NULL;
	*context = (struct otel_context){.size = sizeof(*context), .refs = 1, .release = release};
	if (!base)
		return context;
	context->span = base->span;
	context->span_context = base->span_context;
	context->tracestate = otel_tracestate_ref_v1(base->tracestate);
	context->baggage = otel_baggage_ref(base->baggage);
	context->values = value_ref(base->values);
	return context;
}

static void put_span(otel_context *context, otel_span span, const otel_span_context *span_context,
		     struct otel_tracestate *taken)
{
	otel_tracestate_unref_v1(context->tracestate);
	context->span = span;
	context->span_context = *span_context;
	context->tracestate = taken;
}

otel_context *otel_context_ref(otel_context *context)
{
	if (!context)
		return NULL;
	if (UNLIKELY(context->flags & CONTEXT_ON_STACK))
		return copy(context);
	atomic_fetch_add_explicit(&context->refs, 1, memory_order_relaxed);
	return context;
}

void otel_context_unref(otel_context *context)
{
	if (!context || context->flags & CONTEXT_ON_STACK)
		return;
	if (atomic_fetch_sub_explicit(&context->refs, 1, memory_order_acq_rel) == 1)
		context->release(context);
}

otel_context *otel_context_capture(void)
{
	struct otel_context room;
	const otel_context *current = current_look(thread_current(), &room);
	otel_context *context = otel_context_ref((otel_context *)current);

	current_leave(current, &room);
	return context;
}

otel_context *otel_context_with_span(otel_context *base, otel_span span)
{
	otel_span_context span_context;
	struct otel_tracestate *tracestate = NULL;
	otel_context *context;

	if (!span_describe(thread_current(), span, &span_context, &tracestate)) {
		if (span.id)
			misuse();
		return otel_context_ref(base);
	}
	context = copy(base);
	if (!context) {
		otel_tracestate_unref_v1(tracestate);
		return otel_context_ref(base);
	}
	put_span(context, span, &span_context, tracestate);
	return context;
}

otel_context *context_with_remote(otel_context *base, const otel_span_context *span_context,
				  struct otel_tracestate *taken)
{
	otel_context *context = copy(base);

	if (context)
		put_span(context, (otel_span){0}, span_context, taken);
	else
		otel_tracestate_unref_v1(taken);
	return context;
}

otel_context *otel_context_with_span_context(otel_context *base, const otel_span_context *span_context,
					     const char *tracestate)
{
	static const otel_span_context none;
	otel_context *context;

	context = context_with_remote(base, span_context ? span_context : &none,
				      otel_tracestate_make_v1(tracestate, otel_strlen(tracestate)));
	return context ? context : otel_context_ref(base);
}

otel_context *otel_context_with_baggage(otel_context *base, otel_baggage *baggage)
{
	otel_context *context = copy(base);

	if (!context)
		return otel_context_ref(base);
	otel_baggage_unref(context->baggage);
	context->baggage = otel_baggage_ref(baggage);
	return context;
}

otel_context *otel_context_with_value(otel_context *base, const otel_context_key *key, void *value,
				      void (*destroy)(void *value))
{
	otel_context *context = NULL;
	struct context_value *first = NULL;

	if (!key) {
		misuse();
		return otel_context_ref(base);
	}
	first = mem_alloc(sizeof(*first));
	context = first ? copy(base) : NULL;
	if (!context) {
		free(first);
		return otel_context_ref(base);
	}
	/* The reference that copy() took to the chain is now the first one's. */
	*first = (struct context_value){.size = sizeof(*first), .refs = 1, .key = key, .value = value};
	first->destroy = destroy;
	first->next = context->values;
	context->values = first;
	return context;
}

otel_span otel_context_span(const otel_context *context)
{
	return context ? context->span : (otel_span){0};
}

otel_span_context otel_context_span_context(const otel_context *context)
{
	return context ? context->span_context : (otel_span_context){{0}, {0}, 0, 0, {0}};
}

const char *otel_context_tracestate(const otel_context *context)
{
	return context && context->tracestate ? context->tracestate->text : "";
}

struct otel_tracestate *otel_tracestate_of_v1(const otel_context *context)
{
	return context ? otel_tracestate_ref_v1(context->tracestate) : NULL;
}

otel_baggage *otel_context_baggage(const otel_context *context)
{
	return context ? context->baggage : NULL;
}

void *otel_context_value(const otel_context *context, const otel_context_key *key)
{
	for (const struct context_value *v = context ? context->values : NULL; v; v = v->next) {
		if (v->key == key)
			return v->value;
	}
	return NULL;
}

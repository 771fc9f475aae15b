/* SPDX-License-Identifier: Apache-2.0
 *
 * span_start.c - starting a span, in the order of specification/trace/sdk.md (SDK Span creation): trace id, sampler,
 * span id, span.
 */
#include "sdk/processors.h"
#include "sdk/provider_config.h"
#include "sdk/record.h"
#include "sdk/sampling.h"
#include "sdk/scope.h"
#include "sdk/span.h"
#include "sdk/span_thread.h"
#include "sdk/stats.h"
#include "util/clock.h"

/* Whose child the span is: all zero, a root span. */
struct parentage {
	otel_span_context context;
	struct otel_tracestate *tracestate; /* a reference, or NULL */
	bool is_valid;
};

/* What the caller said of the span. */
struct naming {
	struct otel_tracer *tracer;
	const char *name;
	size_t name_len;
	const otel_span_options *options;
};

static bool context_is_valid(const otel_span_context *context)
{
	uint64_t id[3];

	memcpy(id, context->trace_id, sizeof(context->trace_id));
	memcpy(id + 2, context->span_id, sizeof(context->span_id));
	return (id[0] | id[1]) && id[2];
}

/* A context carries its span's context by value, good for ever: it is asked where it speaks of the same span. */
static struct parentage find_parent(const struct otel_parent *parent)
{
	struct parentage found = {.tracestate = NULL};
	const otel_context *context = parent->context;

	if (parent->span.id && !(context && otel_context_span(context).id == parent->span.id) &&
	    span_slot_context(parent->span, &found.context, &found.tracestate)) {
		found.is_valid = true;
		return found;
	}
	if (!context)
		return found;
	found.context = otel_context_span_context(context);
	found.is_valid = context_is_valid(&found.context);
	if (found.is_valid)
		found.tracestate = otel_tracestate_of_v1(context);
	return found;
}

/* ---- spans that do not record ---- */

static void lost_span(void)
{
	stats_add(&stats.created, 1);
	stats_add(&stats.dropped_no_memory, 1);
}

/* Nothing is made up: the handle stands for the parent, so that what was received is passed on. */
static otel_span start_passing(struct span_thread *t, struct parentage *parent)
{
	otel_span span = {0};

	if (!parent->is_valid)
		return span;
	if (t)
		span = span_slot_open(&t->slots, &parent->context, parent->tracestate, NULL);
	if (!span.id && parent->tracestate)
		otel_tracestate_unref_v1(parent->tracestate);
	return span;
}

/* ---- spans that may record ---- */

static void fill_record(struct record_pool *pool, struct record *r, const struct parentage *parent,
			const otel_span_options *options)
{
	if (parent->is_valid) {
		memcpy(r->parent_id, parent->context.span_id, sizeof(r->parent_id));
		r->parent_remote = parent->context.is_remote;
	}
	if (!options)
		return;
	if (options->kind >= OTEL_KIND_INTERNAL && options->kind <= OTEL_KIND_CONSUMER)
		r->kind = (uint8_t)options->kind;
	record_set_all(pool, r, &r->attrs, options->attrs, options->attr_count);
	for (size_t i = 0; options->links && i < options->link_count; i++)
		record_link(pool, r, &options->links[i]);
}

/* The arrays in it stay as they are: that is most of it. */
static void ask(struct sampling *s, const struct otel_parent *api_parent, const struct parentage *parent,
		const otel_span_context *context, const struct naming *naming)
{
	const otel_span_options *options = naming->options;

	s->asked = (otel_sampling){
		.size = sizeof(s->asked),
		.parent = parent->is_valid ? &parent->context : NULL,
		.parent_tracestate = parent->tracestate ? parent->tracestate->text : "",
		.trace_id = context->trace_id,
		.name = naming->name,
		.name_len = naming->name_len,
		.kind = options && options->kind ? options->kind : OTEL_KIND_INTERNAL,
		.attrs = options ? options->attrs : NULL,
		.attr_count = options && options->attrs ? options->attr_count : 0,
		.links = options ? options->links : NULL,
		.link_count = options && options->links ? options->link_count : 0,
		.trace_flags = context->trace_flags,
	};
	s->parent = api_parent;
	s->parent_context = parent->is_valid ? &parent->context : NULL;
	s->parent_tracestate = parent->tracestate;
	s->context = NULL;
	s->tracestate = NULL;
	s->has_tracestate = false;
	s->attr_count = s->dropped = s->used = 0;
}

static struct record *make_record(const struct provider_config *config, struct span_thread *t,
				  const struct naming *naming, const struct parentage *parent)
{
	const otel_span_options *options = naming->options;
	const uint64_t start = options && options->start_time_ns ? options->start_time_ns : clock_unix_ns();
	struct record *r = record_create(&t->pool, &config->limits, start);

	if (!r)
		return NULL;
	r->scope = naming->tracer ? scope_of(naming->tracer) : 0;
	record_name(&t->pool, r, naming->name, naming->name_len);
	fill_record(&t->pool, r, parent, options);
	return r;
}

static void make_trace(const struct provider_config *config, struct span_thread *t, const struct parentage *parent,
		       otel_span_context *context)
{
	if (parent->is_valid) {
		memcpy(context->trace_id, parent->context.trace_id, sizeof(context->trace_id));
		context->trace_flags = parent->context.trace_flags & OTEL_TRACE_FLAG_RANDOM;
	} else {
		id_new_trace(&config->ids, &t->random, context->trace_id);
		context->trace_flags = config->ids.is_random ? OTEL_TRACE_FLAG_RANDOM : 0;
	}
}

/* The sampler's tracestate takes the place of the parent's. */
static void take_tracestate(struct parentage *parent, const struct sampling *sampling)
{
	if (!sampling->has_tracestate)
		return;
	if (parent->tracestate)
		otel_tracestate_unref_v1(parent->tracestate);
	parent->tracestate = sampling->tracestate;
}

static otel_span start_sampled(const struct provider_config *config, struct span_thread *t,
			       const struct naming *naming, const struct otel_parent *api_parent,
			       struct parentage *parent)
{
	otel_span_context context = {.trace_flags = 0};
	struct sampling sampling;
	struct record *r = NULL;

	make_trace(config, t, parent, &context);
	ask(&sampling, api_parent, parent, &context, naming);
	const otel_decision decision = sampling_decide(config, &sampling);
	id_new_span(&config->ids, &t->random, context.span_id);

	if (decision == OTEL_RECORD_AND_SAMPLE || decision == OTEL_RECORD_ONLY) {
		r = make_record(config, t, naming, parent);
		if (r)
			sampling_apply(&sampling, &t->pool, r);
		if (r && decision == OTEL_RECORD_AND_SAMPLE)
			context.trace_flags |= OTEL_TRACE_FLAG_SAMPLED;
		if (!r)
			lost_span();
	}
	take_tracestate(parent, &sampling);
	sampling_fini(&sampling);

	const otel_span span = span_slot_open(&t->slots, &context, parent->tracestate, r);
	if (span.id) {
		if (r && processors_exist(config))
			processors_start(config, span, api_parent);
		return span;
	}
	if (parent->tracestate)
		otel_tracestate_unref_v1(parent->tracestate);
	if (r) {
		lost_span();
		record_pool_put(&t->pool, r);
	}
	return span;
}

otel_span span_start(struct otel_thread *th, struct otel_tracer *tracer, const char *name, size_t name_len,
		     const struct otel_parent *parent, const otel_span_options *options)
{
	const struct provider_config *config = provider_config();
	struct span_thread *t = span_thread_of(th);
	otel_span_options full;

	if (options && options->size < sizeof(full)) {
		/* An older API: what it does not know is unset. */
		memset(&full, 0, sizeof(full));
		memcpy(&full, options, options->size);
		options = &full;
	}

	struct parentage found = {.tracestate = NULL};
	if (!options || !options->root)
		found = find_parent(parent);
	if (!config || config->disabled || th->suppressed)
		return start_passing(t, &found);
	if (t) {
		const struct naming naming = {tracer, name, name_len, options};
		return start_sampled(config, t, &naming, parent, &found);
	}
	lost_span();
	return start_passing(t, &found);
}

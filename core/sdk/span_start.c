/* SPDX-License-Identifier: Apache-2.0
 *
 * span_start.c - starting a span, in the order of specification/trace/sdk.md (SDK Span creation): trace id, sampler,
 * span id, span.
 */
#include "sdk/processors.h"
#include "sdk/provider_config.h"
#include "sdk/record_life.h"
#include "sdk/sampling.h"
#include "sdk/scope.h"
#include "sdk/span.h"
#include "sdk/span_calls.h"
#include "sdk/span_lock.h"
#include "sdk/stats.h"

/* Whose child the span is. NULL stands for a root span. */
struct parentage {
	otel_span_context context;
	struct otel_tracestate *tracestate; /* a reference, or NULL */
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

/* A context carries its span's context by value, good for ever: it is asked where it speaks of the same span. False: it
 * is a root span. */
static bool find_parent(struct span_thread *t, const struct otel_parent *parent, struct parentage *found)
{
	const otel_context *context = parent->context;

	found->tracestate = NULL;
	if (parent->span.id && !(context && otel_context_span(context).id == parent->span.id) &&
	    span_slot_context(t, parent->span, &found->context, &found->tracestate))
		return true;
	if (!context)
		return false;
	found->context = otel_context_span_context(context);
	if (!context_is_valid(&found->context))
		return false;
	found->tracestate = otel_tracestate_of_v1(context);
	return true;
}

/* The trace id and what of the flags goes from parent to child. */
static void take_trace(const struct parentage *parent, struct span_words *words)
{
	memcpy(&words->trace[0], parent->context.trace_id, 8);
	memcpy(&words->trace[1], parent->context.trace_id + 8, 8);
	words->flags = parent->context.trace_flags & OTEL_TRACE_FLAG_RANDOM;
}

/* ---- spans that do not record ---- */

static void lost_span(void)
{
	stats_add(&stats.created, 1);
	stats_add(&stats.dropped_no_memory, 1);
}

/* Nothing is made up: the handle stands for the parent, so that what was received is passed on. */
static otel_span start_passing(struct span_thread *t, const struct parentage *parent)
{
	otel_span span = {0};

	if (!parent)
		return span;
	if (t && span_thread_enter(t)) {
		struct span_words words;
		take_trace(parent, &words);
		memcpy(&words.span, parent->context.span_id, 8);
		words.flags = parent->context.trace_flags | (uint32_t)parent->context.is_remote << 8;
		span = span_slot_open(t, &words, parent->tracestate, NULL);
		span_thread_leave(t);
	}
	if (!span.id && parent->tracestate)
		otel_tracestate_unref_v1(parent->tracestate);
	return span;
}

/* ---- spans that may record ---- */

static __attribute__((noinline)) void fill_record(struct record_pool *pool, struct record *r,
						  const otel_span_options *options)
{
	if (options->kind >= OTEL_KIND_INTERNAL && options->kind <= OTEL_KIND_CONSUMER)
		r->kind = (uint8_t)options->kind;
	record_set_all(pool, r, &r->attrs, options->attrs, options->attr_count);
	for (size_t i = 0; options->links && i < options->link_count; i++)
		record_link(pool, r, &options->links[i]);
}

static inline __attribute__((always_inline)) struct record *make_record(const struct provider_config *config,
									struct span_thread *t,
									const struct naming *naming,
									const struct parentage *parent)
{
	const otel_span_options *options = naming->options;
	/* First: what comes after it need not wait for the clock. */
	const uint64_t start = options && options->start_time_ns ? options->start_time_ns : clock_span_ns(&t->clock);
	struct record *r = record_create(&t->pool, &config->limits, start);

	if (__builtin_expect(!r, 0))
		return NULL;
	r->straight = r; /* until it is known to be sampled */
	r->scope = naming->tracer ? scope_of(naming->tracer) : 0;
	record_first_name(&t->pool, r, naming->name, naming->name_len);
	if (parent) {
		memcpy(r->parent_id, parent->context.span_id, sizeof(r->parent_id));
		r->parent_remote = parent->context.is_remote;
		r->parent_flags = parent->context.trace_flags;
	}
	if (__builtin_expect(options != NULL, 0))
		fill_record(&t->pool, r, options);
	return r;
}

static inline void make_trace(const struct provider_config *config, struct span_thread *t,
			      const struct parentage *parent, struct span_words *words)
{
	if (parent) {
		take_trace(parent, words);
		return;
	}
	id_new_trace(&config->ids, &t->random, words->trace);
	words->flags = config->ids.is_random ? OTEL_TRACE_FLAG_RANDOM : 0;
}

/* ---- the sampler ---- */

/* The arrays in it stay as they are: that is most of it. */
static void ask(struct sampling *s, const struct otel_parent *api_parent, const struct parentage *parent,
		const struct span_words *words, const struct naming *naming)
{
	const otel_span_options *options = naming->options;

	s->asked = (otel_sampling){
		.size = sizeof(s->asked),
		.parent = parent ? &parent->context : NULL,
		.parent_tracestate = parent && parent->tracestate ? parent->tracestate->text : "",
		.trace_id = (const uint8_t *)words->trace,
		.name = naming->name,
		.name_len = naming->name_len,
		.kind = options && options->kind ? options->kind : OTEL_KIND_INTERNAL,
		.attrs = options ? options->attrs : NULL,
		.attr_count = options && options->attrs ? options->attr_count : 0,
		.links = options ? options->links : NULL,
		.link_count = options && options->links ? options->link_count : 0,
		.trace_flags = (uint8_t)words->flags,
	};
	s->parent = api_parent;
	s->parent_context = parent ? &parent->context : NULL;
	s->parent_tracestate = parent ? parent->tracestate : NULL;
	s->context = NULL;
	s->tracestate = NULL;
	s->has_tracestate = false;
	s->attr_count = s->dropped = s->used = 0;
}

/* The sampler's tracestate takes the place of the parent's. */
static void take_tracestate(struct otel_tracestate **tracestate, const struct sampling *sampling)
{
	if (!sampling->has_tracestate)
		return;
	if (*tracestate)
		otel_tracestate_unref_v1(*tracestate);
	*tracestate = sampling->tracestate;
}

static inline bool is_recorded(int decision)
{
	return decision == OTEL_RECORD_AND_SAMPLE || decision == OTEL_RECORD_ONLY;
}

/* With a sampler that must be asked. *r gets the record, if the decision is to have one. */
static int decide(const struct provider_config *config, struct span_thread *t, const struct naming *naming,
		  const struct otel_parent *api_parent, const struct parentage *parent, const struct span_words *words,
		  struct otel_tracestate **tracestate, struct record **r)
{
	struct sampling sampling;
	int decision;

	ask(&sampling, api_parent, parent, words, naming);
	span_thread_leave(t); /* a sampler may use the API */
	decision = (int)sampling_decide(config, &sampling);
	span_thread_enter(t);
	if (is_recorded(decision)) {
		*r = make_record(config, t, naming, parent);
		if (*r)
			sampling_apply(&sampling, &t->pool, *r);
	}
	take_tracestate(tracestate, &sampling);
	sampling_fini(&sampling);
	return decision;
}

static int fixed_decision(const struct provider_config *config, const struct parentage *parent)
{
	if (!parent)
		return config->fixed[0];
	return config->fixed[parent->context.trace_flags & OTEL_TRACE_FLAG_SAMPLED ? 2 : 1];
}

/* A sampler that decides without thresholds leaves the caller's where it is. Under a parent of this process that was
 * decided alike, it is right already. */
static __attribute__((noinline)) struct otel_tracestate *agree(const otel_span_context *parent, uint32_t flags,
							       struct otel_tracestate *tracestate)
{
	if (!parent->is_remote && !((parent->trace_flags ^ flags) & OTEL_TRACE_FLAG_SAMPLED))
		return tracestate;
	return sampling_agree(tracestate, parent->trace_id, flags & OTEL_TRACE_FLAG_SAMPLED);
}

/* ---- start ---- */

static __attribute__((noinline, cold)) void undo(struct span_thread *t, struct otel_tracestate *tracestate,
						 struct record *r)
{
	if (tracestate)
		otel_tracestate_unref_v1(tracestate);
	if (!r)
		return;
	lost_span();
	record_put(&t->pool, r);
}

/* What is true of every sampled span. Without processors it goes straight to the log when it ends. */
static inline void mark_sampled(const struct provider_config *config, struct record *r, struct span_words *words)
{
	words->flags |= OTEL_TRACE_FLAG_SAMPLED;
	r->straight = __builtin_expect(processors_exist(config), 0) ? (const void *)r : config;
}

static inline __attribute__((always_inline)) otel_span open_span(struct span_thread *t, const struct span_words *words,
								 struct otel_tracestate *tracestate, struct record *r)
{
	const otel_span span = span_slot_open(t, words, tracestate, r);

	if (__builtin_expect(!span.id, 0))
		undo(t, tracestate, r);
	return span;
}

/* Nobody has to be asked. */
static inline __attribute__((always_inline)) otel_span start_decided(const struct provider_config *config,
								     struct span_thread *t, const struct naming *naming,
								     const struct parentage *parent, int decision)
{
	struct otel_tracestate *tracestate = parent ? parent->tracestate : NULL;
	struct span_words words;
	struct record *r = NULL;

	if (is_recorded(decision)) {
		r = make_record(config, t, naming, parent);
		if (__builtin_expect(!r, 0)) {
			lost_span();
			decision = OTEL_DROP;
		}
	}
	make_trace(config, t, parent, &words);
	words.span = id_new_span(&config->ids, &t->random);
	if (decision == OTEL_RECORD_AND_SAMPLE)
		mark_sampled(config, r, &words);
	if (tracestate)
		tracestate = agree(&parent->context, words.flags, tracestate);
	return open_span(t, &words, tracestate, r);
}

static __attribute__((noinline)) otel_span start_asking(const struct provider_config *config, struct span_thread *t,
							const struct naming *naming,
							const struct otel_parent *api_parent,
							const struct parentage *parent)
{
	struct otel_tracestate *given = parent ? parent->tracestate : NULL;
	struct otel_tracestate *tracestate = given;
	struct span_words words;
	struct record *r = NULL;

	make_trace(config, t, parent, &words);
	const int decision = decide(config, t, naming, api_parent, parent, &words, &tracestate, &r);
	words.span = id_new_span(&config->ids, &t->random);
	if (r && decision == OTEL_RECORD_AND_SAMPLE)
		mark_sampled(config, r, &words);
	else if (!r && is_recorded(decision))
		lost_span();
	if (given && tracestate == given)
		tracestate = agree(&parent->context, words.flags, tracestate);
	return open_span(t, &words, tracestate, r);
}

/* Where there is nobody to sample, or the thread has no state, or a signal handler interrupted it. */
static __attribute__((noinline)) otel_span start_otherwise(const struct provider_config *config, struct otel_thread *th,
							   struct span_thread *t, const struct parentage *parent)
{
	if (config && !config->disabled && !th->suppressed) {
		lost_span();
		t = NULL;
	}
	return start_passing(t, parent);
}

static __attribute__((noinline)) otel_span start_within(struct otel_thread *th, struct otel_tracer *tracer,
							const char *name, size_t name_len,
							const struct otel_parent *api_parent,
							const otel_span_options *options)
{
	const struct provider_config *config = provider_config();
	struct span_thread *t = span_thread_of(th);
	const struct parentage *parent = NULL;
	struct parentage found;

	if ((api_parent->span.id || api_parent->context) && !(options && options->root) &&
	    find_parent(t, api_parent, &found))
		parent = &found;
	if (!config || config->disabled || th->suppressed || !t || !span_thread_enter(t))
		return start_otherwise(config, th, t, parent);
	const struct naming naming = {tracer, name, name_len, options};
	const int decision = fixed_decision(config, parent);
	const otel_span span = decision < 0 ? start_asking(config, t, &naming, api_parent, parent)
					    : start_decided(config, t, &naming, parent, decision);
	span_thread_leave(t);
	if (processors_exist(config) && span_slot_is_recording(t, span))
		processors_start(config, span, api_parent);
	return span;
}

/* The same as start_within() where nothing is to be found out: a root span without options, of which it is known what
 * becomes of it. */
static inline __attribute__((always_inline)) otel_span start_root(const struct provider_config *config,
								  struct span_thread *t, struct otel_tracer *tracer,
								  const char *name, size_t name_len, int decision)
{
	const struct naming naming = {tracer, name, name_len, NULL};

	span_thread_take(t);
	const otel_span span = start_decided(config, t, &naming, NULL, decision);
	span_thread_leave(t);
	return span;
}

static __attribute__((noinline)) otel_span start_root_sampled(const struct provider_config *config,
							      struct span_thread *t, struct otel_tracer *tracer,
							      const char *name, size_t name_len)
{
	return start_root(config, t, tracer, name, name_len, OTEL_RECORD_AND_SAMPLE);
}

static __attribute__((noinline)) otel_span start_root_dropped(const struct provider_config *config,
							      struct span_thread *t)
{
	return start_root(config, t, NULL, NULL, 0, OTEL_DROP);
}

/* An older API: what it does not know is unset. */
static __attribute__((noinline, cold)) otel_span start_short(struct otel_thread *th, struct otel_tracer *tracer,
							     const char *name, size_t name_len,
							     const struct otel_parent *parent,
							     const otel_span_options *options)
{
	otel_span_options full = {.size = 0};

	memcpy(&full, options, options->size);
	return start_within(th, tracer, name, name_len, parent, &full);
}

otel_span span_start(struct otel_thread *th, struct otel_tracer *tracer, const char *name, size_t name_len,
		     const struct otel_parent *parent, const otel_span_options *options)
{
	if (options && options->size < sizeof(*options))
		return start_short(th, tracer, name, name_len, parent, options);
	return start_within(th, tracer, name, name_len, parent, options);
}

otel_span span_call_start_root(struct otel_tracer *tracer, const char *name, size_t name_len, void *sdk)
{
	static const struct otel_parent nobody;
	const struct provider_config *config = provider_config();
	struct span_thread *t = sdk;

	if (!__builtin_expect(config && config->roots && span_thread_is_ready(t), 1))
		return start_within(t->owner, tracer, name, name_len, &nobody, NULL);
	if (config->roots == ROOTS_SAMPLED)
		return start_root_sampled(config, t, tracer, name, name_len);
	return start_root_dropped(config, t);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * provider.c - the recording provider: set-up, stop, propagation, fork, and the table that the API calls.
 */
#include "sdk/provider.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/single_threaded.h>
#include <string.h>

#include "sdk/provider_config.h"
#include "sdk/sampler.h"
#include "sdk/span.h"
#include "sdk/span_thread.h"
#include "sdk/stats.h"
#include "util/fence.h"

_Atomic(const struct provider_config *) provider_active;

/* All that ever were: threads may still be looking at one that was replaced. */
static const struct provider_config *newest;

static enum provider_roots roots_of(const struct provider_config *config)
{
	if (config->disabled || config->processor_count)
		return ROOTS_DIFFER;
	switch (config->fixed[0]) {
	case OTEL_DROP:
		return ROOTS_DROPPED;
	case OTEL_RECORD_AND_SAMPLE:
		return ROOTS_SAMPLED;
	default:
		return ROOTS_DIFFER;
	}
}

void provider_setup(const struct provider_options *options)
{
	struct provider_config *config = calloc(1, sizeof(*config));

	if (!config)
		return;
	config->disabled = options->disabled || !options->sampler;
	config->limits = options->limits;
	record_pool_limit(options->max_open_bytes);
	if (options->sampler) {
		config->sampler = options->sampler->vtable;
		config->sampler_self = options->sampler->self;
		sampler_fixed(config->sampler, config->sampler_self, config->fixed);
	}
	id_source_init(&config->ids, options->id_generator ? options->id_generator->vtable : NULL,
		       options->id_generator ? options->id_generator->self : NULL);
	for (size_t i = 0; i < options->propagator_count && i < 16; i++) {
		config->propagators[i].propagator = options->propagators[i]->vtable;
		config->propagators[i].self = options->propagators[i]->self;
		config->propagator_count++;
	}
	for (size_t i = 0; i < options->processor_count && i < 16; i++) {
		config->processors[i].processor = options->processors[i]->vtable;
		config->processors[i].self = options->processors[i]->self;
		config->processor_count++;
	}
	for (size_t i = 0; i < options->response_propagator_count && i < 16; i++) {
		config->responses[i].propagator = options->response_propagators[i]->vtable;
		config->responses[i].self = options->response_propagators[i]->self;
		config->response_count++;
	}
	config->roots = roots_of(config);
	config->previous = newest;
	newest = config;
	span_thread_setup();
	/* With one thread it costs nothing; otherwise the pipeline's thread does it. */
	if (__libc_single_threaded)
		fence_register();
	atomic_store_explicit(&provider_active, config, memory_order_release);
}

void provider_stop(void)
{
	atomic_store_explicit(&provider_active, NULL, memory_order_release);
}

/* ---- propagation ---- */

static void provider_inject(const otel_context *context, const otel_carrier *carrier)
{
	const struct provider_config *config = provider_config();
	const int saved = errno;

	for (size_t i = 0; config && i < config->propagator_count; i++) {
		const struct provider_propagator *p = &config->propagators[i];
		if (p->propagator->inject)
			p->propagator->inject(p->self, context, carrier);
	}
	errno = saved;
}

/* In their order: each sees what those before it found. */
static otel_context *provider_extract(otel_context *base, const otel_carrier *carrier)
{
	const struct provider_config *config = provider_config();
	const int saved = errno;
	otel_context *context = otel_context_ref(base);

	for (size_t i = 0; config && i < config->propagator_count; i++) {
		const struct provider_propagator *p = &config->propagators[i];
		otel_context *next = p->propagator->extract ? p->propagator->extract(p->self, context, carrier) : NULL;
		if (!next)
			continue;
		otel_context_unref(context);
		context = next;
	}
	errno = saved;
	return context;
}

static bool is_earlier_field(const struct provider_config *config, const char *field, size_t before)
{
	for (size_t i = 0; i < before; i++) {
		for (const char *const *f = config->propagators[i].propagator->fields; f && *f; f++) {
			if (!strcmp(*f, field))
				return true;
		}
	}
	return false;
}

static const char *provider_field(size_t index)
{
	const struct provider_config *config = provider_config();

	for (size_t i = 0; config && i < config->propagator_count; i++) {
		for (const char *const *f = config->propagators[i].propagator->fields; f && *f; f++) {
			if (!is_earlier_field(config, *f, i) && !index--)
				return *f;
		}
	}
	return NULL;
}

static void provider_inject_response(const otel_span_context *span, const otel_carrier *carrier)
{
	const struct provider_config *config = provider_config();
	const int saved = errno;

	for (size_t i = 0; config && i < config->response_count; i++)
		config->responses[i].propagator->inject(config->responses[i].self, span, carrier);
	errno = saved;
}

/* ---- the table ---- */

static bool provider_tracer_enabled(const struct otel_tracer *tracer)
{
	const struct provider_config *config = provider_config();

	(void)tracer;
	return config && !config->disabled;
}

static void provider_misuse(void)
{
	stats_add(&stats.misuse, 1);
}

static const struct otel_provider table = {
	.size = sizeof(table),
	.issuer = SPAN_ISSUER,
	.span_start = span_start,
	.span_end = span_end,
	.set_str = span_set_str,
	.set_bool = span_set_bool,
	.set_int = span_set_int,
	.set_double = span_set_double,
	.set_attrs = span_set_attrs,
	.add_event = span_add_event,
	.add_link = span_add_link,
	.set_status = span_set_status,
	.update_name = span_update_name,
	.record_exception = span_record_exception,
	.is_recording = span_is_recording,
	.span_context = span_context,
	.tracer_enabled = provider_tracer_enabled,
	.inject = provider_inject,
	.extract = provider_extract,
	.misuse = provider_misuse,
	.set_key_str = span_set_key_str,
	.set_key_bool = span_set_key_bool,
	.set_key_int = span_set_key_int,
	.set_key_double = span_set_key_double,
	.field = provider_field,
	.inject_response = provider_inject_response,
};

const struct otel_provider *provider_table(void)
{
	return &table;
}

/* ---- fork ---- */

void provider_fork_prepare(void)
{
	span_thread_fork_prepare();
	span_slot_fork_prepare();
}

void provider_fork_parent(void)
{
	span_slot_fork_parent();
	span_thread_fork_parent();
}

void provider_fork_child(void)
{
	fork_epoch_advance();
	record_pool_fork_child();
	span_thread_fork_child();
	span_slot_fork_child();
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * processors.c - the span processors that were selected, called in their order.
 *
 * While they run the thread is suppressed: what a processor itself starts is not recorded, and so does not come back to
 * it.
 */
#include "sdk/processors.h"

#include <errno.h>
#include <time.h>

#include "util/clock.h"

/* ---- who is inside one ---- */

static _Atomic int32_t inside;

static void leave(void)
{
	atomic_fetch_sub(&inside, 1);
}

/* False: the provider was stopped, and its processors may be closed at any moment. Whoever stops it looks at `inside`
 * after that. */
static bool enter(const struct provider_config *config)
{
	atomic_fetch_add(&inside, 1);
	if (atomic_load(&provider_active) == config)
		return true;
	leave();
	return false;
}

bool processors_settle(uint32_t timeout_ms)
{
	static const struct timespec nap = {0, 1000000};
	const uint64_t end = clock_mono_ms() + timeout_ms;

	while (atomic_load(&inside) > 0) {
		if (clock_mono_ms() >= end)
			return false;
		clock_nanosleep(CLOCK_MONOTONIC, 0, &nap, NULL);
	}
	return true;
}

void processors_fork_child(void)
{
	atomic_store(&inside, 0);
}

/* ---- the calls ---- */

/* The context that the span was started in, as a reference. A handle is current above the context. */
static otel_context *parent_context(const struct otel_parent *parent)
{
	otel_context *context = (otel_context *)(uintptr_t)parent->context;

	if (!parent->span.id || otel_context_span(context).id == parent->span.id)
		return otel_context_ref(context);
	return otel_context_with_span(context, parent->span);
}

void processors_start(const struct provider_config *config, otel_span span, const struct otel_parent *parent)
{
	const int saved = errno;
	otel_context *context;

	if (!enter(config))
		return;
	context = parent_context(parent);
	otel_suppress_begin();
	for (size_t i = 0; i < config->processor_count; i++) {
		const struct provider_processor *p = &config->processors[i];
		if (p->processor->on_start)
			p->processor->on_start(p->self, span, context);
	}
	otel_suppress_end();
	otel_context_unref(context);
	leave();
	errno = saved;
}

void processors_ending(const struct provider_config *config, otel_span span)
{
	const int saved = errno;

	if (!enter(config))
		return;
	otel_suppress_begin();
	for (size_t i = 0; i < config->processor_count; i++) {
		const struct provider_processor *p = &config->processors[i];
		if (p->processor->on_ending)
			p->processor->on_ending(p->self, span);
	}
	otel_suppress_end();
	leave();
	errno = saved;
}

void processors_end(const struct provider_config *config, const otel_span_data *data)
{
	const int saved = errno;

	if (!enter(config))
		return;
	otel_suppress_begin();
	for (size_t i = 0; i < config->processor_count; i++) {
		const struct provider_processor *p = &config->processors[i];
		if (p->processor->on_end)
			p->processor->on_end(p->self, data);
	}
	otel_suppress_end();
	leave();
	errno = saved;
}

/* Each gets what time is left. */
otel_status processors_flush(uint32_t timeout_ms)
{
	const struct provider_config *config = provider_config();
	const uint64_t end = clock_mono_ms() + timeout_ms;
	otel_status status = OTEL_OK;

	for (size_t i = 0; config && i < config->processor_count; i++) {
		const struct provider_processor *p = &config->processors[i];
		if (!p->processor->flush)
			continue;
		const otel_status one = p->processor->flush(p->self, clock_ms_until(end));
		status = status ? status : one;
	}
	return status;
}

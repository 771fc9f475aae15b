/* SPDX-License-Identifier: Apache-2.0
 *
 * span_processor.c - span processors, on spans of the real provider: what is called there is passed on to the plugin,
 * watched.
 */

#include <otel/otel.h>

#include "api/slot.h"
#include "sdk/provider.h"
#include "sdk/slots.h"
#include "tools/otel-c/check/components.h"
#include "tools/otel-c/check/notes.h"
#include "tools/otel-c/check/watch.h"

#define SPANS 3

static struct {
	const struct component *component;
	struct watch start, ending, end;
} watched;

static const otel_span_processor *plugins(void)
{
	return watched.component->vtable;
}

static void on_start(void *self, otel_span span, const otel_context *parent)
{
	(void)self;
	watch_begin(&watched.start);
	if (plugins()->on_start)
		plugins()->on_start(watched.component->self, span, parent);
	watch_end(&watched.start);
}

static void on_ending(void *self, otel_span span)
{
	(void)self;
	watch_begin(&watched.ending);
	if (plugins()->on_ending)
		plugins()->on_ending(watched.component->self, span);
	watch_end(&watched.ending);
}

static void on_end(void *self, const otel_span_data *data)
{
	(void)self;
	watch_begin(&watched.end);
	if (plugins()->on_end)
		plugins()->on_end(watched.component->self, data);
	watch_end(&watched.end);
}

static const otel_span_processor watcher = {
	.component = {.size = sizeof watcher}, .on_start = on_start, .on_ending = on_ending, .on_end = on_end};

static void make_spans(void)
{
	const otel_attr attrs[] = {otel_attr_str("http.request.method", "GET"),
				   otel_attr_int("http.response.status_code", 500)};

	for (int i = 0; i < SPANS; i++) {
		otel_span span = otel_span_start(otel_tracer("otel-c.check", "1"), "check");

		otel_span_set_attrs(span, attrs, 2);
		otel_span_add_event_with(span, "event", 0, attrs, 1);
		otel_span_end(span);
	}
}

static void check_flush(struct component *component)
{
	const otel_span_processor *processor = component->vtable;
	struct watch call;
	otel_status status;

	if (!processor->flush)
		return;
	watch_init(&call, "flush() of %s", exam_name(component));
	watch_begin(&call);
	status = processor->flush(component->self, 1000);
	watch_end(&call);
	guest_compare(&call.before, call.step);
	note((unsigned)status <= OTEL_MISMATCH, "flush() answers an otel_status", "return one of otel_status",
	     "%s answered %d", call.step, (int)status);
}

/* Recorded, so that processors see them, but never exported: there is no pipeline here. */
static otel_decision record_only(void *self, const otel_sampling *sampling)
{
	(void)self, (void)sampling;
	return OTEL_RECORD_ONLY;
}

static const otel_sampler recorder = {.component = {.size = sizeof recorder}, .decide = record_only};

static void serve(const struct component *processor)
{
	struct provider_options options = {.limits = {.attr_count = 128,
						      .attr_value_len = UINT32_MAX,
						      .attr_depth = 8,
						      .event_count = 128,
						      .link_count = 128,
						      .event_attr_count = 128,
						      .link_attr_count = 128}};
	static struct component sampler = {.kind = OTEL_COMPONENT_SAMPLER, .name = "check", .vtable = &recorder};

	options.sampler = &sampler;
	options.processors[0] = (struct component *)(uintptr_t)processor;
	options.processor_count = 1;
	provider_setup(&options);
	slots_add(otel_api_slot_v1());
	slots_publish(provider_table());
}

void check_span_processor(struct component *component, unsigned round)
{
	const otel_span_processor *processor = component->vtable;
	const struct component ours = {.kind = component->kind, .name = component->name, .vtable = &watcher};

	(void)round;
	note(processor->on_start || processor->on_ending || processor->on_end, "span processors do something",
	     "define on_start(), on_ending() or on_end()", "%s has no function", exam_name(component));
	watched.component = component;
	watch_init(&watched.start, "on_start() of %s", exam_name(component));
	watch_init(&watched.ending, "on_ending() of %s", exam_name(component));
	watch_init(&watched.end, "on_end() of %s", exam_name(component));
	serve(&ours);
	notes_step("on_start(), on_ending() or on_end() of %s", exam_name(component));
	make_spans();
	provider_stop();
	watch_judge(&watched.start);
	watch_judge(&watched.ending);
	watch_judge(&watched.end);
	check_flush(component);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_provider.c - see fake_provider.h.
 */
#include "fake_provider.h"

#include <stdio.h>
#include <string.h>

struct fake_calls fake_calls;
otel_span fake_parent_span;
otel_span_context fake_parent_context;
char fake_parent_tracestate[64];
char fake_parent_baggage[64];
otel_span_options fake_options;
char fake_name[64];
char fake_tracer[64];
const char *fake_stacktrace;
otel_span_context fake_served;

static _Atomic uint32_t first_live = 1;
static _Atomic uint32_t next = 1;

void fake_recycle(void)
{
	first_live = next;
}

otel_span_context fake_context_of(otel_span span)
{
	otel_span_context sc = {.trace_flags = OTEL_TRACE_FLAG_SAMPLED};
	uint32_t number = (uint32_t)span.id;

	memset(sc.trace_id, 0xaa, sizeof(sc.trace_id));
	memcpy(sc.span_id, &number, sizeof(number));
	return sc;
}

static bool is_live(otel_span span)
{
	return (uint32_t)span.id >= first_live;
}

static void note_parent(const struct otel_parent *parent)
{
	const char *value = otel_baggage_value(otel_context_baggage(parent->context), "k");

	fake_parent_span = parent->span;
	fake_parent_context = otel_context_span_context(parent->context);
	snprintf(fake_parent_tracestate, sizeof(fake_parent_tracestate), "%s",
		 otel_context_tracestate(parent->context));
	snprintf(fake_parent_baggage, sizeof(fake_parent_baggage), "%s", value ? value : "");
}

static otel_span span_start(struct otel_thread *th, struct otel_tracer *tracer, const char *name, size_t name_len,
			    const struct otel_parent *parent, const otel_span_options *options)
{
	static atomic_flag noting = ATOMIC_FLAG_INIT;

	(void)th;
	fake_calls.started++;
	if (!atomic_flag_test_and_set(&noting)) {
		note_parent(parent);
		fake_options = options ? *options : (otel_span_options){0};
		snprintf(fake_name, sizeof(fake_name), "%.*s", (int)name_len, name);
		snprintf(fake_tracer, sizeof(fake_tracer), "%s", tracer->name);
		atomic_flag_clear(&noting);
	}
	return (otel_span){(uint64_t)FAKE_ISSUER << 56 | next++};
}

static void span_end(struct otel_thread *th, otel_span span, uint64_t end_time_ns)
{
	(void)th;
	(void)span;
	(void)end_time_ns;
	fake_calls.ended++;
}

static void set_str(struct otel_thread *th, otel_span span, const char *key, size_t key_len, const char *value,
		    size_t value_len)
{
	(void)th;
	(void)span;
	(void)key;
	(void)key_len;
	(void)value;
	(void)value_len;
	fake_calls.set++;
}

static void set_bool(struct otel_thread *th, otel_span span, const char *key, size_t key_len, bool value)
{
	(void)value;
	set_str(th, span, key, key_len, NULL, 0);
}

static void set_int(struct otel_thread *th, otel_span span, const char *key, size_t key_len, int64_t value)
{
	(void)value;
	set_str(th, span, key, key_len, NULL, 0);
}

static void set_double(struct otel_thread *th, otel_span span, const char *key, size_t key_len, double value)
{
	(void)value;
	set_str(th, span, key, key_len, NULL, 0);
}

static void set_attrs(struct otel_thread *th, otel_span span, const otel_attr *attrs, size_t count)
{
	for (size_t i = 0; i < count; i++)
		set_str(th, span, attrs[i].key, attrs[i].key_len, NULL, 0);
}

static void add_event(struct otel_thread *th, otel_span span, const char *name, uint64_t time_ns,
		      const otel_attr *attrs, size_t count)
{
	(void)th;
	(void)span;
	(void)name;
	(void)time_ns;
	(void)attrs;
	(void)count;
	fake_calls.events++;
}

static void add_link(struct otel_thread *th, otel_span span, const otel_link *link)
{
	(void)th;
	(void)span;
	(void)link;
	fake_calls.links++;
}

static void set_status(struct otel_thread *th, otel_span span, otel_status_code code, const char *description)
{
	(void)th;
	(void)span;
	(void)code;
	(void)description;
	fake_calls.statuses++;
}

static void update_name(struct otel_thread *th, otel_span span, const char *name)
{
	(void)th;
	(void)span;
	(void)name;
	fake_calls.names++;
}

static void record_exception(struct otel_thread *th, otel_span span, const char *type, const char *message,
			     const char *stacktrace, const otel_attr *attrs, size_t count)
{
	(void)th;
	(void)span;
	(void)type;
	(void)message;
	(void)attrs;
	(void)count;
	fake_stacktrace = stacktrace;
	fake_calls.exceptions++;
}

static bool is_recording(struct otel_thread *th, otel_span span)
{
	(void)th;
	return is_live(span);
}

static bool span_context(struct otel_thread *th, otel_span span, otel_span_context *out,
			 struct otel_tracestate **tracestate)
{
	(void)th;
	if (!is_live(span))
		return false;
	*out = fake_context_of(span);
	if (tracestate)
		*tracestate = otel_tracestate_make_v1("fake=1", 6);
	return true;
}

static bool tracer_enabled(const struct otel_tracer *tracer)
{
	return strcmp(tracer->name, "disabled") != 0;
}

static void inject(const otel_context *context, const otel_carrier *carrier)
{
	fake_calls.injected++;
	/* As a propagator that keeps what it was given: the API must not hand out a stack block unguarded. */
	otel_context *kept = otel_context_ref((otel_context *)context);
	otel_tracecontext_inject_v1(kept, carrier);
	otel_baggage_inject_v1(kept, carrier);
	otel_context_unref(kept);
}

static otel_context *extract(otel_context *base, const otel_carrier *carrier)
{
	otel_context *context = otel_tracecontext_extract_v1(base, carrier);

	fake_calls.extracted++;
	return context ? context : otel_context_ref(base);
}

static void inject_response(const otel_span_context *span, const otel_carrier *carrier)
{
	fake_calls.responses++;
	fake_served = *span;
	carrier->set(carrier->self, "served", "yes");
}

static void misuse(void)
{
	fake_calls.misuse++;
}

const struct otel_provider fake_provider = {
	.size = sizeof(struct otel_provider),
	.issuer = FAKE_ISSUER,
	.span_start = span_start,
	.span_end = span_end,
	.set_str = set_str,
	.set_bool = set_bool,
	.set_int = set_int,
	.set_double = set_double,
	.set_attrs = set_attrs,
	.add_event = add_event,
	.add_link = add_link,
	.set_status = set_status,
	.update_name = update_name,
	.record_exception = record_exception,
	.is_recording = is_recording,
	.span_context = span_context,
	.tracer_enabled = tracer_enabled,
	.inject = inject,
	.extract = extract,
	.misuse = misuse,
	.inject_response = inject_response,
};

/* SPDX-License-Identifier: Apache-2.0
 *
 * every_call.h - one span, and every call on spans and on what is current that a program makes while it runs.
 */
#ifndef TESTS_SUPPORT_EVERY_CALL_H
#define TESTS_SUPPORT_EVERY_CALL_H

#include <otel/otel.h>

static inline void every_call_nothing(void *arg)
{
	(void)arg;
}

static inline void every_call_set(void *self, const char *name, const char *value)
{
	(void)self;
	(void)name;
	(void)value;
}

static inline const char *every_call_get(void *self, const char *name, size_t index)
{
	(void)self;
	(void)name;
	(void)index;
	return NULL;
}

static inline void every_setter(otel_span span)
{
	static const char *const strs[] = {"a", "b"};
	static const int64_t ints[] = {1, 2};
	static const double doubles[] = {1, 2};
	static const bool bools[] = {true, false};
	const otel_attr attrs[] = {
		otel_attr_str("str", "v"),
		otel_attr_bytes("bytes", "v", 1),
		otel_attr_str_array("strs", strs, 2),
		otel_attr_int_array("ints", ints, 2),
		otel_attr_double_array("doubles", doubles, 2),
		otel_attr_bool_array("bools", bools, 2),
	};
	const otel_link link = {.span_context = {.trace_id = {1}, .span_id = {1}}, .attrs = attrs, .attr_count = 1};

	otel_span_set_str(span, "k", "v");
	otel_span_set_str_n(span, "k", 1, "longer than before", 18);
	otel_span_set_bool(span, "b", true);
	otel_span_set_int(span, "i", 1);
	otel_span_set_double(span, "d", 1);
	otel_span_set_attrs(span, attrs, sizeof attrs / sizeof *attrs);
	otel_span_set_attr(span, otel_attr_int("i", 2));
	otel_span_add_event(span, "event");
	otel_span_add_event_with(span, "event", 0, attrs, 2);
	otel_span_add_link(span, &link);
	otel_span_update_name(span, "another name");
	otel_span_record_exception(span, "type", "message", "at main", attrs, 1);
	otel_span_set_status(span, OTEL_STATUS_ERROR, "card declined");
	otel_span_set_status(span, OTEL_STATUS_OK, NULL);
}

/* remote: the parent, may be NULL. */
static inline void every_call(const otel_context *remote)
{
	const otel_carrier carrier = {.size = sizeof carrier, .set = every_call_set, .get = every_call_get};
	struct otel_tracer *tracer = otel_tracer("shop.checkout", "1.4.0");
	OTEL_SPAN_WITH(outer, tracer, "outer", .parent = remote);
	OTEL_SPAN_WITH(span, tracer, "checkout", .kind = OTEL_KIND_CLIENT);
	const otel_span detached = otel_span_start(tracer, "detached");

	every_setter(span);
	otel_detach(otel_span_attach(detached));
	otel_span_end_at(detached, 1);
	if (otel_span_is_recording(otel_span_current()) && otel_tracer_enabled(tracer))
		otel_span_update_name(span, "recording");
	(void)otel_span_context_get(span);
	otel_inject(remote, &carrier);
	otel_context_unref(otel_extract(NULL, &carrier));
	otel_context_run(NULL, every_call_nothing, NULL);
	otel_suppress_begin();
	otel_span_end(otel_span_start(tracer, "suppressed"));
	otel_suppress_end();
	(void)otel_context_span_context(remote);
	(void)otel_baggage_value(otel_context_baggage(remote), "k");
}

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * span.h - the span calls of the provider: what its table points to (contracts: api/slot.h).
 */
#ifndef OTEL_SDK_SPAN_H
#define OTEL_SDK_SPAN_H

#include "api/slot.h"

otel_span span_start(struct otel_thread *th, struct otel_tracer *tracer, const char *name, size_t name_len,
		     const struct otel_parent *parent, const otel_span_options *options);
void span_end(struct otel_thread *th, otel_span span, uint64_t end_time_ns);

void span_set_str(struct otel_thread *th, otel_span span, const char *key, size_t key_len, const char *value,
		  size_t value_len);
void span_set_bool(struct otel_thread *th, otel_span span, const char *key, size_t key_len, bool value);
void span_set_int(struct otel_thread *th, otel_span span, const char *key, size_t key_len, int64_t value);
void span_set_double(struct otel_thread *th, otel_span span, const char *key, size_t key_len, double value);
void span_set_key_str(struct otel_thread *th, otel_span span, otel_key *key, const char *value, size_t value_len);
void span_set_key_bool(struct otel_thread *th, otel_span span, otel_key *key, bool value);
void span_set_key_int(struct otel_thread *th, otel_span span, otel_key *key, int64_t value);
void span_set_key_double(struct otel_thread *th, otel_span span, otel_key *key, double value);
void span_set_attrs(struct otel_thread *th, otel_span span, const otel_attr *attrs, size_t count);
void span_add_event(struct otel_thread *th, otel_span span, const char *name, uint64_t time_ns, const otel_attr *attrs,
		    size_t count);
void span_add_link(struct otel_thread *th, otel_span span, const otel_link *link);
void span_set_status(struct otel_thread *th, otel_span span, otel_status_code code, const char *description);
void span_update_name(struct otel_thread *th, otel_span span, const char *name);
void span_record_exception(struct otel_thread *th, otel_span span, const char *type, const char *message,
			   const char *stacktrace, const otel_attr *attrs, size_t count);
bool span_is_recording(struct otel_thread *th, otel_span span);
bool span_context(struct otel_thread *th, otel_span span, otel_span_context *out, struct otel_tracestate **tracestate);

#endif

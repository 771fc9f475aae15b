/* SPDX-License-Identifier: Apache-2.0
 *
 * null_arguments.h - every function of the public API with NULL wherever a pointer goes in: nothing crashes. A case
 * names its function; tests/docs/null_arguments_test.sh finds functions that have none.
 */
#ifndef TESTS_SUPPORT_NULL_ARGUMENTS_H
#define TESTS_SUPPORT_NULL_ARGUMENTS_H

#include <check.h>
#include <otel/otel.h>

#define NULL_CASE(function, ...) __VA_ARGS__

static inline void null_span_arguments(otel_span span)
{
	otel_span spans[4] = {span};

	NULL_CASE(otel_span_start_n, spans[1] = otel_span_start_n(NULL, NULL, 0, NULL));
	NULL_CASE(otel_span_start, spans[2] = otel_span_start(NULL, NULL));
	NULL_CASE(otel_span_start_with, spans[3] = otel_span_start_with(NULL, NULL, NULL));
	NULL_CASE(otel_span_set_str_n, otel_span_set_str_n(span, NULL, 0, NULL, 0));
	NULL_CASE(otel_span_set_str_n, otel_span_set_str_n(span, NULL, 5, NULL, 5));
	NULL_CASE(otel_span_set_str_k, otel_span_set_str_k(span, NULL, NULL));
	NULL_CASE(otel_span_set_str_kn, otel_span_set_str_kn(span, NULL, NULL, 5));
	NULL_CASE(otel_span_set_bool_k, otel_span_set_bool_k(span, NULL, true));
	NULL_CASE(otel_span_set_int_k, otel_span_set_int_k(span, NULL, 1));
	NULL_CASE(otel_span_set_double_k, otel_span_set_double_k(span, NULL, 1));
	NULL_CASE(otel_span_set_bool_n, otel_span_set_bool_n(span, NULL, 5, true));
	NULL_CASE(otel_span_set_int_n, otel_span_set_int_n(span, NULL, 5, 1));
	NULL_CASE(otel_span_set_double_n, otel_span_set_double_n(span, NULL, 5, 1));
	NULL_CASE(otel_span_set_str, otel_span_set_str(span, NULL, NULL));
	NULL_CASE(otel_span_set_str, otel_span_set_str(span, "key", NULL));
	NULL_CASE(otel_span_set_bool, otel_span_set_bool(span, NULL, false));
	NULL_CASE(otel_span_set_int, otel_span_set_int(span, NULL, 0));
	NULL_CASE(otel_span_set_double, otel_span_set_double(span, NULL, 0));
	NULL_CASE(otel_span_set_attrs, otel_span_set_attrs(span, NULL, 0));
	NULL_CASE(otel_span_set_attrs, otel_span_set_attrs(span, NULL, 3));
	NULL_CASE(otel_span_set_attr, otel_span_set_attr(span, (otel_attr){.key = NULL}));
	NULL_CASE(otel_span_update_name, otel_span_update_name(span, NULL));
	NULL_CASE(otel_span_add_event_with, otel_span_add_event_with(span, NULL, 0, NULL, 3));
	NULL_CASE(otel_span_add_event, otel_span_add_event(span, NULL));
	NULL_CASE(otel_span_add_link, otel_span_add_link(span, NULL));
	NULL_CASE(otel_span_set_status, otel_span_set_status(span, OTEL_STATUS_ERROR, NULL));
	NULL_CASE(otel_span_set_status, otel_span_set_status(span, (otel_status_code)77, NULL));
	NULL_CASE(otel_span_record_exception, otel_span_record_exception(span, NULL, NULL, NULL, NULL, 0));
	NULL_CASE(otel_span_record_exception, otel_span_record_exception(span, NULL, NULL, NULL, NULL, 9));
	NULL_CASE(otel_span_fail, otel_span_fail(span, NULL));
	NULL_CASE(otel_span_fail_errno, otel_span_fail_errno(span, -1));
	NULL_CASE(otel_span_fail_with, otel_span_fail_with(span, NULL, NULL));
	NULL_CASE(otel_span_is_recording, (void)otel_span_is_recording(span));
	NULL_CASE(otel_span_context_get, (void)otel_span_context_get(span));
	NULL_CASE(otel_span_current, (void)otel_span_current());
	NULL_CASE(otel_span_end_at, otel_span_end_at(spans[1], 1));
	NULL_CASE(otel_span_end, otel_span_end(spans[2]));
	NULL_CASE(otel_span_end, otel_span_end(spans[3]));
}

static inline void null_tracer_arguments(void)
{
	NULL_CASE(otel_strlen, ck_assert_uint_eq(otel_strlen(NULL), 0));
	NULL_CASE(otel_tracer, ck_assert_ptr_nonnull(otel_tracer(NULL, NULL)));
	NULL_CASE(otel_tracer_get, ck_assert_ptr_nonnull(otel_tracer_get(NULL, NULL, NULL)));
	NULL_CASE(otel_tracer_with, ck_assert_ptr_nonnull(otel_tracer_with(NULL, NULL, NULL)));
	NULL_CASE(otel_tracer_enabled, (void)otel_tracer_enabled(NULL));
}

static inline void null_attribute_arguments(otel_span span)
{
	NULL_CASE(otel_attr_make, otel_span_set_attr(span, otel_attr_make(NULL, OTEL_ATTR_STRING, 4)));
	NULL_CASE(otel_attr_str, otel_span_set_attr(span, otel_attr_str(NULL, NULL)));
	NULL_CASE(otel_attr_str, otel_span_set_attr(span, otel_attr_str("k", NULL)));
	NULL_CASE(otel_attr_bool, otel_span_set_attr(span, otel_attr_bool(NULL, true)));
	NULL_CASE(otel_attr_int, otel_span_set_attr(span, otel_attr_int(NULL, 1)));
	NULL_CASE(otel_attr_double, otel_span_set_attr(span, otel_attr_double(NULL, 1)));
	NULL_CASE(otel_attr_bytes, otel_span_set_attr(span, otel_attr_bytes("k", NULL, 4)));
	NULL_CASE(otel_attr_str_array, otel_span_set_attr(span, otel_attr_str_array("k", NULL, 4)));
	NULL_CASE(otel_attr_bool_array, otel_span_set_attr(span, otel_attr_bool_array("k", NULL, 4)));
	NULL_CASE(otel_attr_int_array, otel_span_set_attr(span, otel_attr_int_array("k", NULL, 4)));
	NULL_CASE(otel_attr_double_array, otel_span_set_attr(span, otel_attr_double_array("k", NULL, 4)));
	NULL_CASE(otel_attr_array, otel_span_set_attr(span, otel_attr_array(NULL, NULL, 3)));
	NULL_CASE(otel_attr_map, otel_span_set_attr(span, otel_attr_map(NULL, NULL, 3)));
	NULL_CASE(otel_attr_empty, otel_span_set_attr(span, otel_attr_empty(NULL)));
}

static inline void null_context_arguments(otel_span span)
{
	otel_token token = {.thread = NULL};
	otel_scope scope = {.span = {0}};
	otel_context *context;

	NULL_CASE(otel_context_capture, otel_context_unref(otel_context_capture()));
	NULL_CASE(otel_context_ref, ck_assert_ptr_null(otel_context_ref(NULL)));
	NULL_CASE(otel_context_unref, otel_context_unref(NULL));
	NULL_CASE(otel_context_with_span, context = otel_context_with_span(NULL, span));
	otel_context_unref(context);
	NULL_CASE(otel_context_with_span_context, context = otel_context_with_span_context(NULL, NULL, NULL));
	otel_context_unref(context);
	NULL_CASE(otel_context_with_baggage, context = otel_context_with_baggage(NULL, NULL));
	otel_context_unref(context);
	NULL_CASE(otel_context_with_value, context = otel_context_with_value(NULL, NULL, NULL, NULL));
	otel_context_unref(context);
	NULL_CASE(otel_context_span, ck_assert_uint_eq(otel_context_span(NULL).id, 0));
	NULL_CASE(otel_context_span_context, (void)otel_context_span_context(NULL));
	NULL_CASE(otel_span_context_is_valid, ck_assert(!otel_span_context_is_valid(NULL)));
	NULL_CASE(otel_context_tracestate, ck_assert_str_eq(otel_context_tracestate(NULL), ""));
	NULL_CASE(otel_context_baggage, ck_assert_ptr_null(otel_context_baggage(NULL)));
	NULL_CASE(otel_context_value, ck_assert_ptr_null(otel_context_value(NULL, NULL)));
	NULL_CASE(otel_context_attach, token = otel_context_attach(NULL));
	NULL_CASE(otel_detach, otel_detach(token));
	NULL_CASE(otel_span_attach, token = otel_span_attach((otel_span){0}));
	otel_detach(token);
	NULL_CASE(otel_context_run, otel_context_run(NULL, NULL, NULL));
	NULL_CASE(otel_scope_enter, scope = otel_scope_enter((otel_span){0}));
	NULL_CASE(otel_execution_create, otel_execution_destroy(otel_execution_create(NULL)));
	NULL_CASE(otel_execution_destroy, otel_execution_destroy(NULL));
	NULL_CASE(otel_execution_switch, ck_assert_ptr_null(otel_execution_switch(NULL)));
	NULL_CASE(otel_thread_create, (void)0); /* as pthread_create(): whom NULL hits there it hits here */
	NULL_CASE(otel_callback_make, otel_callback_run(&(otel_callback){NULL, NULL, NULL}));
	NULL_CASE(otel_callback_run, otel_callback_run(NULL));
	NULL_CASE(otel_callback_fini, otel_callback_fini(NULL));
	NULL_CASE(otel_scope_release, ck_assert_uint_eq(otel_scope_release(NULL).id, 0));
	NULL_CASE(otel_scope_leave, otel_scope_leave(&scope));
	NULL_CASE(otel_scope_leave, otel_scope_leave(NULL));
	NULL_CASE(otel_suppress_begin, otel_suppress_begin());
	NULL_CASE(otel_suppress_end, otel_suppress_end());
	NULL_CASE(otel_is_suppressed, ck_assert(!otel_is_suppressed()));
}

static inline void null_baggage_arguments(void)
{
	const otel_carrier no_calls = {.size = sizeof no_calls}, no_size = {.size = 0};

	NULL_CASE(otel_baggage_ref, ck_assert_ptr_null(otel_baggage_ref(NULL)));
	NULL_CASE(otel_baggage_unref, otel_baggage_unref(NULL));
	NULL_CASE(otel_baggage_with, otel_baggage_unref(otel_baggage_with(NULL, NULL, NULL, NULL)));
	NULL_CASE(otel_baggage_with, otel_baggage_unref(otel_baggage_with(NULL, "name", NULL, NULL)));
	NULL_CASE(otel_baggage_without, ck_assert_ptr_null(otel_baggage_without(NULL, NULL)));
	NULL_CASE(otel_baggage_value, ck_assert_ptr_null(otel_baggage_value(NULL, NULL)));
	NULL_CASE(otel_baggage_count, ck_assert_uint_eq(otel_baggage_count(NULL), 0));
	NULL_CASE(otel_baggage_at, ck_assert_ptr_null(otel_baggage_at(NULL, 5).name));
	NULL_CASE(otel_inject, otel_inject(NULL, NULL));
	otel_inject(NULL, &no_calls);
	otel_inject(NULL, &no_size);
	NULL_CASE(otel_extract, otel_context_unref(otel_extract(NULL, NULL)));
	otel_context_unref(otel_extract(NULL, &no_calls));
	otel_context_unref(otel_extract(NULL, &no_size));
	NULL_CASE(otel_inject_response, otel_inject_response(NULL));
	NULL_CASE(otel_propagation_field, (void)otel_propagation_field((size_t)-1));
	NULL_CASE(otel_propagate_w3c, otel_propagate_w3c());
}

static inline void null_environment_arguments(void)
{
	otel_environment *environment;
	otel_carrier carrier;

	NULL_CASE(otel_environment_create, environment = otel_environment_create(NULL));
	NULL_CASE(otel_environment_inject, otel_environment_inject(NULL, NULL));
	otel_environment_inject(environment, NULL);
	NULL_CASE(otel_environment_carrier, carrier = otel_environment_carrier(NULL));
	otel_inject(NULL, &carrier);
	otel_context_unref(otel_extract(NULL, &carrier));
	NULL_CASE(otel_environment_envp, ck_assert_ptr_nonnull(otel_environment_envp(NULL)));
	NULL_CASE(otel_environment_destroy, otel_environment_destroy(NULL));
	otel_environment_destroy(environment);
}

/* span: any handle, live, ended or made up. */
static inline void null_arguments(otel_span span)
{
	null_span_arguments(span);
	null_tracer_arguments();
	null_attribute_arguments(span);
	null_context_arguments(span);
	null_baggage_arguments();
	null_environment_arguments();
}

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * layout_test.c - where the fields of the plugin ABI, and elements of public lists, lie on 64-bit machines. A number here
 * changes only together with the major version; new fields add a row at the end of their struct.
 */
#include <check.h>
#include <otel/memory.h>
#include <otel/plugin.h>
#include <stdlib.h>

#define FIELD(type, field, at)                                                                                         \
	{                                                                                                              \
#type "." #field, offsetof(type, field), at                                                            \
	}
#define SIZE(type, at)                                                                                                 \
	{                                                                                                              \
		"sizeof " #type, sizeof(type), at                                                                      \
	}

static const struct {
	const char *what;
	size_t is;
	size_t frozen;
} rows[] = {
	/* elements of arrays: fixed for ever */
	SIZE(otel_attr, 40),
	SIZE(otel_header, 16),
	SIZE(otel_config_row, 56),
	FIELD(otel_config_row, type, 24),
	FIELD(otel_config_row, help, 48),
	SIZE(otel_span_context, 32),
	SIZE(otel_memory_attrs, 24),
	SIZE(otel_memory_event, 40),
	SIZE(otel_memory_link, 64),
	FIELD(otel_span_context, span_id, 16),
	FIELD(otel_span_context, trace_flags, 24),
	/* size-first structs: fields stay where they are */
	FIELD(otel_carrier, set, 16),
	FIELD(otel_carrier, get, 24),
	FIELD(otel_plugin, size, 0),
	FIELD(otel_plugin, abi_major, 8),
	FIELD(otel_plugin, abi_minor, 10),
	FIELD(otel_plugin, name, 16),
	FIELD(otel_plugin, version, 24),
	FIELD(otel_plugin, license, 32),
	FIELD(otel_plugin, rows, 40),
	FIELD(otel_plugin, row_count, 48),
	FIELD(otel_plugin, setup, 56),
	FIELD(otel_plugin, configure, 64),
	SIZE(otel_component, 32),
	FIELD(otel_component, open, 16),
	FIELD(otel_component, close, 24),
	FIELD(otel_id_generator, trace_id, 32),
	FIELD(otel_id_generator, span_id, 40),
	FIELD(otel_id_generator, trace_id_is_random, 48),
	FIELD(otel_propagator, fields, 32),
	FIELD(otel_propagator, inject, 40),
	FIELD(otel_propagator, extract, 48),
	FIELD(otel_sampling, parent, 8),
	FIELD(otel_sampling, trace_id, 24),
	FIELD(otel_sampling, name, 32),
	FIELD(otel_sampling, kind, 48),
	FIELD(otel_sampling, attrs, 56),
	FIELD(otel_sampler, decide, 32),
	FIELD(otel_batch, signal, 8),
	FIELD(otel_batch, items, 12),
	FIELD(otel_batch, data, 16),
	FIELD(otel_batch, len, 24),
	FIELD(otel_exporter, signals, 32),
	FIELD(otel_exporter, export_batch, 40),
	FIELD(otel_exporter, cancel, 48),
	FIELD(otel_instrumentation, library, 32),
	FIELD(otel_instrumentation, calls, 40),
	FIELD(otel_http_request, url, 16),
	FIELD(otel_http_request, body, 40),
	FIELD(otel_http_request, timeout_ms, 56),
	FIELD(otel_http_request, max_reply, 64),
	FIELD(otel_http_request, client_key, 88),
	FIELD(otel_http_reply, error, 8),
	FIELD(otel_http_reply, status, 12),
	FIELD(otel_http_reply, sent, 16),
	FIELD(otel_http_reply, message, 24),
	FIELD(otel_http_reply, body_len, 56),
	FIELD(otel_host, version, 16),
	FIELD(otel_host, add, 24),
	FIELD(otel_host, log, 32),
	FIELD(otel_host, config_str, 40),
	FIELD(otel_host, config_origin, 72),
	FIELD(otel_host, set_default, 80),
	FIELD(otel_host, env, 88),
	FIELD(otel_host, random, 96),
	FIELD(otel_host, context_ref, 120),
	FIELD(otel_host, context_with_span_context, 152),
	FIELD(otel_host, baggage_with, 176),
	FIELD(otel_host, baggage_value, 192),
	FIELD(otel_host, http, 200),
	FIELD(otel_host, http_cancel, 208),
	FIELD(otel_host, export_finish, 216),
	FIELD(otel_host, context_value, 224),
	FIELD(otel_host, sampling_attr, 256),
	FIELD(otel_host, timer, 280),
	FIELD(otel_host, span_set_attrs, 288),
	FIELD(otel_host, span_edit, 352),
	FIELD(otel_sampler, description, 40),
	FIELD(otel_sampling, links, 72),
	FIELD(otel_sampling, trace_flags, 88),
	FIELD(otel_carrier, key, 32),
	SIZE(otel_link, 56),
	FIELD(otel_span_processor, on_start, 32),
	FIELD(otel_span_processor, flush, 56),
	FIELD(otel_http_request, auth, 96),
	FIELD(otel_authenticator, prepare, 32),
	FIELD(otel_authenticator, sign, 40),
	FIELD(otel_authenticator, wants, 48),
	FIELD(otel_response_propagator, fields, 32),
	FIELD(otel_response_propagator, inject, 40),
	FIELD(otel_detector, detect, 32),
	FIELD(otel_detector, cancel, 40),
	FIELD(otel_host, detect_finish, 360),
	FIELD(otel_host, auth_finish, 368),
	FIELD(otel_host, state_read, 400),
	FIELD(otel_host, state_replace, 408),
};

START_TEST(the_layout_of_the_plugin_abi_is_as_published)
{
	ck_assert_msg(rows[_i].is == rows[_i].frozen, "%s is %zu, was %zu", rows[_i].what, rows[_i].is,
		      rows[_i].frozen);
}
END_TEST

START_TEST(kinds_and_results_keep_their_numbers)
{
	ck_assert_int_eq(OTEL_COMPONENT_ID_GENERATOR, 1);
	ck_assert_int_eq(OTEL_COMPONENT_PROPAGATOR, 2);
	ck_assert_int_eq(OTEL_COMPONENT_SAMPLER, 4);
	ck_assert_int_eq(OTEL_COMPONENT_EXPORTER, 10);
	ck_assert_int_eq(OTEL_COMPONENT_INSTRUMENTATION, 13);
	ck_assert_int_eq(OTEL_EXPORT_PENDING, 3);
	ck_assert_int_eq(OTEL_EXPORT_UNKNOWN, 4);
	ck_assert_int_eq(OTEL_EXPORT_TOO_LARGE, 5);
	ck_assert_int_eq(OTEL_CONFIG_PATH, 9);
	ck_assert_int_eq(OTEL_MISMATCH, 9);
	ck_assert_int_eq(OTEL_HTTP_UNAVAILABLE, 9);
	ck_assert_int_eq(OTEL_HTTP_AUTH, 11);
	ck_assert_int_eq(OTEL_COMPONENT_RESPONSE_PROPAGATOR, 3);
	ck_assert_int_eq(OTEL_COMPONENT_AUTHENTICATOR, 11);
	ck_assert_str_eq(OTEL_PLUGIN_SYMBOL, "otel_plugin_v1");
	ck_assert_int_eq(OTEL_PLUGIN_ABI_MAJOR, 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("abi layout");
	TCase *tc = tcase_create("layout");
	if (sizeof(void *) == 8)
		tcase_add_loop_test(tc, the_layout_of_the_plugin_abi_is_as_published, 0,
				    (int)(sizeof rows / sizeof *rows));
	tcase_add_test(tc, kinds_and_results_keep_their_numbers);
	suite_add_tcase(suite, tc);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

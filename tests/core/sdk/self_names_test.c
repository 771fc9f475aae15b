/* SPDX-License-Identifier: Apache-2.0
 *
 * self_names_test.c - names of components and addresses in the SDK's own metrics.
 */
#include "sdk/self_names.h"

#include "support/suite.h"

static const char *type_of(const char *component, unsigned signal, const char *protocol)
{
	static char type[SELF_NAME_MAX];
	self_exporter_type(type, component, signal, protocol);
	return type;
}

START_TEST(exporters_are_named_by_protocol_and_signal)
{
	ck_assert_str_eq(type_of("otlp", 0, "http/protobuf"), "otlp_http_span_exporter");
	ck_assert_str_eq(type_of("otlp", 1, "grpc"), "otlp_grpc_metric_exporter");
	ck_assert_str_eq(type_of("otlp", 2, "http/json"), "otlp_http_json_log_exporter");
	ck_assert_str_eq(type_of("otlp", 0, NULL), "otlp_http_span_exporter");
	ck_assert_str_eq(type_of("console", 0, "grpc"), "console_span_exporter");
}
END_TEST

START_TEST(an_address_is_found_in_any_endpoint)
{
	static const struct {
		const char *endpoint;
		const char *host; /* NULL: there is none */
		uint32_t port;
	} rows[] = {
		{"http://localhost:4318", "localhost", 4318},
		{"https://gw.example.com/v1/traces", "gw.example.com", 443},
		{"http://gw", "gw", 80},
		{"collector:4317", "collector", 4317},
		{"collector", "collector", 0},
		{"https://user:secret@gw:8080/x?key=1", "gw", 8080},
		{"https://user:sec:ret@[::1]:4318/", "::1", 4318},
		{"http://[2001:db8::1]/v1/traces", "2001:db8::1", 80},
		{"http://[::1", NULL, 0},
		{"http://", NULL, 0},
		{"http://gw:99999", NULL, 0},
		{"", NULL, 0},
	};
	char host[SELF_NAME_MAX];
	uint32_t port;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		ck_assert_int_eq(self_address(rows[i].endpoint, host, &port), rows[i].host != NULL);
		if (!rows[i].host)
			continue;
		ck_assert_str_eq(host, rows[i].host);
		ck_assert_uint_eq(port, rows[i].port);
	}
}
END_TEST

SUITE_MAIN("self_names", NULL, {exporters_are_named_by_protocol_and_signal, 0},
	   {an_address_is_found_in_any_endpoint, 0})

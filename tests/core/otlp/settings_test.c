/* SPDX-License-Identifier: Apache-2.0
 *
 * settings_test.c - what the exporter makes of its configuration, seen through a small host.
 */
#include "otlp/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/otlp/config_host.h"
#include "support/suite.h"

static struct settings settings;

static const otel_host host = {.size = sizeof host, CONFIG_HOST};

static otel_status read_settings(void)
{
	return settings_read(&settings, OTEL_SIGNAL_TRACES, &host, NULL);
}

static const struct {
	otel_signal signal;
	const char *section, *path, *method;
} signals[] = {
	{OTEL_SIGNAL_TRACES, "exporter.otlp.traces.", "v1/traces",
	 "opentelemetry.proto.collector.trace.v1.TraceService/Export"},
	{OTEL_SIGNAL_METRICS, "exporter.otlp.metrics.", "v1/metrics",
	 "opentelemetry.proto.collector.metrics.v1.MetricsService/Export"},
	{OTEL_SIGNAL_LOGS, "exporter.otlp.logs.", "v1/logs",
	 "opentelemetry.proto.collector.logs.v1.LogsService/Export"},
};

enum { SIGNALS = sizeof signals / sizeof *signals };

/* A key of this signal's own section. */
static void give_own(size_t signal, const char *key, const char *value)
{
	static char names[16][64];
	char *name = names[value_count % 16];
	snprintf(name, sizeof names[0], "%s%s", signals[signal].section, key);
	give(name, value);
}

static void tear_down(void)
{
	settings_fini(&settings);
}

START_TEST(without_configuration_it_goes_to_the_local_collector)
{
	ck_assert_int_eq(read_settings(), OTEL_OK);
	ck_assert_str_eq(settings.endpoint.url, "http://localhost:4318/v1/traces");
	ck_assert_uint_eq(settings.timeout_ms, 10000);
	ck_assert(!settings.gzip);
	ck_assert_uint_eq(settings.headers.count, 0);
	ck_assert_str_eq(lines, "");
}
END_TEST

START_TEST(the_signals_own_values_win)
{
	give("exporter.otlp.endpoint", "http://all:1");
	give("exporter.otlp.traces.endpoint", "http://traces:2/in");
	give("exporter.otlp.timeout", "5");
	give("exporter.otlp.traces.timeout", "0");
	give("exporter.otlp.headers", "a=1,b=2");
	give("exporter.otlp.traces.headers", "c=3");
	give("exporter.otlp.compression", "gzip");
	give("exporter.otlp.traces.compression", "none");
	ck_assert_int_eq(read_settings(), OTEL_OK);
	ck_assert_str_eq(settings.endpoint.url, "http://traces:2/in");
	ck_assert_uint_eq(settings.timeout_ms, INT32_MAX);
	ck_assert_uint_eq(settings.headers.count, 1);
	ck_assert_str_eq(settings.headers.items[0].name, "c");
	ck_assert(!settings.gzip);
}
END_TEST

START_TEST(each_signal_has_its_path_and_its_method)
{
	char expected[256];

	for (size_t i = 0; i < SIGNALS; i++) {
		value_count = 0;
		give("exporter.otlp.endpoint", "http://h:1/base");
		ck_assert_int_eq(settings_read(&settings, signals[i].signal, &host, NULL), OTEL_OK);
		snprintf(expected, sizeof expected, "http://h:1/base/%s", signals[i].path);
		ck_assert_str_eq(settings.endpoint.url, expected);
		settings_fini(&settings);
		give("exporter.otlp.protocol", "grpc");
		ck_assert_int_eq(settings_read(&settings, signals[i].signal, &host, NULL), OTEL_OK);
		snprintf(expected, sizeof expected, "http://h:1/%s", signals[i].method);
		ck_assert_str_eq(settings.endpoint.url, expected);
		settings_fini(&settings);
	}
	ck_assert_str_eq(lines, "");
}
END_TEST

static void give_common(void)
{
	give("exporter.otlp.endpoint", "https://all:1");
	give("exporter.otlp.protocol", "http/json");
	give("exporter.otlp.headers", "a=1,b=2");
	give("exporter.otlp.compression", "gzip");
	give("exporter.otlp.timeout", "5");
	give("exporter.otlp.certificate", "/dev/null");
	give("exporter.otlp.client_key", "/dev/zero");
	give("exporter.otlp.client_certificate", "/dev/full");
	give("exporter.otlp.insecure", "true");
}

START_TEST(what_is_common_holds_for_every_signal)
{
	give_common();
	for (size_t i = 0; i < SIGNALS; i++) {
		ck_assert_int_eq(settings_read(&settings, signals[i].signal, &host, NULL), OTEL_OK);
		ck_assert_int_eq(strncmp(settings.endpoint.url, "https://all:1/", 14), 0);
		ck_assert_int_eq(settings.protocol, PROTOCOL_HTTP_JSON);
		ck_assert_uint_eq(settings.headers.count, 2);
		ck_assert(settings.gzip);
		ck_assert_uint_eq(settings.timeout_ms, 5);
		ck_assert_str_eq(settings.ca_file, "/dev/null");
		ck_assert_str_eq(settings.client_key, "/dev/zero");
		ck_assert_str_eq(settings.client_cert, "/dev/full");
		settings_fini(&settings);
	}
}
END_TEST

START_TEST(every_value_of_a_signal_wins_over_the_common_one)
{
	for (size_t i = 0; i < SIGNALS; i++) {
		value_count = 0;
		give_common();
		give_own(i, "endpoint", "own:2");
		give_own(i, "protocol", "grpc");
		give_own(i, "headers", "c=3");
		give_own(i, "compression", "none");
		give_own(i, "timeout", "7");
		give_own(i, "certificate", "/proc/self/maps");
		give_own(i, "client_key", "/proc/self/stat");
		give_own(i, "client_certificate", "/proc/self/status");
		give_own(i, "insecure", "false");
		ck_assert_int_eq(settings_read(&settings, signals[i].signal, &host, NULL), OTEL_OK);
		ck_assert_str_eq(settings.endpoint.shown, "https://own:2");
		ck_assert_int_eq(settings.protocol, PROTOCOL_GRPC);
		ck_assert_uint_eq(settings.headers.count, 1);
		ck_assert_str_eq(settings.headers.items[0].name, "c");
		ck_assert(!settings.gzip);
		ck_assert_uint_eq(settings.timeout_ms, 7);
		ck_assert_str_eq(settings.ca_file, "/proc/self/maps");
		ck_assert_str_eq(settings.client_key, "/proc/self/stat");
		ck_assert_str_eq(settings.client_cert, "/proc/self/status");
		settings_fini(&settings);
	}
	ck_assert_str_eq(lines, "");
}
END_TEST

START_TEST(a_signal_may_be_insecure_alone)
{
	for (size_t i = 0; i < SIGNALS; i++) {
		value_count = 0;
		give("exporter.otlp.protocol", "grpc");
		give("exporter.otlp.endpoint", "h:4317");
		give_own(i, "insecure", "true");
		for (size_t j = 0; j < SIGNALS; j++) {
			ck_assert_int_eq(settings_read(&settings, signals[j].signal, &host, NULL), OTEL_OK);
			ck_assert_str_eq(settings.endpoint.shown, i == j ? "http://h:4317" : "https://h:4317");
			settings_fini(&settings);
		}
	}
}
END_TEST

START_TEST(a_distros_headers_stay_unless_the_user_names_the_same)
{
	give("exporter.otlp.distro_headers", "X-SF-Token=distro,x-other=1");
	give("exporter.otlp.traces.headers", "x-sf-token=user");
	ck_assert_int_eq(read_settings(), OTEL_OK);
	ck_assert_uint_eq(settings.headers.count, 2);
	ck_assert_str_eq(settings.headers.items[0].value, "user");
	ck_assert_str_eq(settings.headers.items[1].name, "x-other");
}
END_TEST

START_TEST(a_protocol_that_nobody_knows_is_said_and_nothing_exported)
{
	give("exporter.otlp.protocol", "thrift");
	ck_assert_int_eq(read_settings(), OTEL_INVALID);
	ck_assert_str_eq(lines, "exporter.otlp.protocol: \"thrift\" is no protocol: write grpc, http/protobuf or "
				"http/json; nothing is exported");
}
END_TEST

START_TEST(the_signals_own_protocol_wins)
{
	give("exporter.otlp.protocol", "grpc");
	ck_assert_int_eq(read_settings(), OTEL_OK);
	ck_assert_int_eq(settings.protocol, PROTOCOL_GRPC);
	settings_fini(&settings);
	give("exporter.otlp.traces.protocol", "http/json");
	ck_assert_int_eq(read_settings(), OTEL_OK);
	ck_assert_int_eq(settings.protocol, PROTOCOL_HTTP_JSON);
	ck_assert_str_eq(settings.endpoint.url, "http://localhost:4318/v1/traces");
}
END_TEST

START_TEST(grpc_goes_to_a_server_and_not_to_a_path)
{
	static const char method[] = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
	static const struct {
		const char *text, *insecure, *server;
		bool tls;
	} table[] = {
		{NULL, NULL, "http://localhost:4317", false},
		{"http://h:4317/v1/traces?a=b", NULL, "http://h:4317", false},
		{"https://h", "true", "https://h", true},
		{"h:4317", NULL, "https://h:4317", true},
		{"h:4317", "true", "http://h:4317", false},
		{" [::1]:1 ", "true", "http://[::1]:1", false},
		{"h", "true", "http://h", false},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		char expected[256];
		value_count = 0;
		give("exporter.otlp.protocol", "grpc");
		if (table[i].text)
			give("exporter.otlp.endpoint", table[i].text);
		if (table[i].insecure)
			give("exporter.otlp.insecure", table[i].insecure);
		ck_assert_int_eq(read_settings(), OTEL_OK);
		snprintf(expected, sizeof expected, "%s%s", table[i].server, method);
		ck_assert_str_eq(settings.endpoint.url, expected);
		ck_assert_str_eq(settings.endpoint.shown, table[i].server);
		ck_assert_int_eq(settings.endpoint.tls, table[i].tls);
		settings_fini(&settings);
	}
	ck_assert_str_eq(lines, "");
}
END_TEST

START_TEST(what_is_no_grpc_server_is_refused)
{
	static const char *const wrong[] = {"dns:///h:4317", "unix:/run/x", "h:4317/path",
					    "me@h:1",        "h:port",      "ftp://h"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		value_count = 0;
		lines[0] = '\0';
		give("exporter.otlp.protocol", "grpc");
		give("exporter.otlp.endpoint", wrong[i]);
		ck_assert_int_eq(read_settings(), OTEL_INVALID);
		ck_assert_ptr_nonnull(strstr(lines, "e.g. http://localhost:4317; nothing is exported"));
	}
}
END_TEST

START_TEST(the_oldest_tls_is_1_2_unless_told_otherwise)
{
	give("exporter.otlp.endpoint", "https://h");
	ck_assert_int_eq(read_settings(), OTEL_OK);
	ck_assert_int_eq(settings.tls_min_version, OTEL_TLS_1_2);
	settings_fini(&settings);
	give("exporter.otlp.tls_min_version", "1.3");
	ck_assert_int_eq(read_settings(), OTEL_OK);
	ck_assert_int_eq(settings.tls_min_version, OTEL_TLS_1_3);
	settings_fini(&settings);
	give("exporter.otlp.traces.tls_min_version", "1.2");
	ck_assert_int_eq(read_settings(), OTEL_OK);
	ck_assert_int_eq(settings.tls_min_version, OTEL_TLS_1_2);
}
END_TEST

START_TEST(an_endpoint_that_is_no_url_names_where_it_stands)
{
	give("exporter.otlp.traces.endpoint", "me:secret@host:4318");
	ck_assert_int_eq(read_settings(), OTEL_INVALID);
	ck_assert_str_eq(lines, "exporter.otlp.traces.endpoint: \"***@host:4318\" is not a URL: it must begin with "
				"http:// or https://, e.g. http://localhost:4318; nothing is exported");
}
END_TEST

START_TEST(a_bad_header_is_named_without_its_value)
{
	give("exporter.otlp.headers", "a=%zzhunter2,hunter2");
	ck_assert_int_eq(read_settings(), OTEL_OK);
	ck_assert_uint_eq(settings.headers.count, 0);
	ck_assert_ptr_null(strstr(lines, "hunter2"));
	ck_assert_ptr_nonnull(strstr(lines, "exporter.otlp.headers: header 1 a is left out"));
}
END_TEST

START_TEST(credentials_stay_at_home_unless_told_otherwise)
{
	static const struct {
		const char *endpoint;
		size_t count;
	} table[] = {{"http://collector:4318", 1}, {"http://127.0.0.1.example:4318", 1}, {"http://10.0.0.1", 1},
		     {"https://collector", 3},     {"http://localhost:4318", 3},         {"http://127.0.0.2", 3},
		     {"http://[::1]:4318", 3}};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		value_count = 0;
		lines[0] = '\0';
		give("exporter.otlp.distro_headers", "X-SF-Token=hunter2");
		give("exporter.otlp.headers", "Authorization=Bearer%20hunter2,x-tenant=a");
		give("exporter.otlp.endpoint", table[i].endpoint);
		ck_assert_int_eq(read_settings(), OTEL_OK);
		ck_assert_uint_eq(settings.headers.count, table[i].count);
		ck_assert_ptr_null(strstr(lines, "hunter2"));
		ck_assert_int_eq(table[i].count == 1, strstr(lines, "header Authorization is left out") != NULL);
		settings_fini(&settings);
	}
	value_count = 0;
	lines[0] = '\0';
	give("exporter.otlp.headers", "authorization=a,x-token=b,c=d");
	give("exporter.otlp.endpoint", "http://collector:4318");
	give("http.allow_insecure_credentials", "true");
	ck_assert_int_eq(read_settings(), OTEL_OK);
	ck_assert_uint_eq(settings.headers.count, 3);
	ck_assert_str_eq(lines, "");
}
END_TEST

START_TEST(the_signal_s_own_authenticator_wins)
{
	ck_assert_int_eq(read_settings(), OTEL_OK);
	ck_assert_ptr_null(settings.auth);
	settings_fini(&settings);
	give("exporter.otlp.auth", "sigv4");
	ck_assert_int_eq(read_settings(), OTEL_OK);
	ck_assert_str_eq(settings.auth, "sigv4");
	settings_fini(&settings);
	give("exporter.otlp.traces.auth", "none");
	ck_assert_int_eq(read_settings(), OTEL_OK);
	ck_assert_str_eq(settings.auth, "none");
}
END_TEST

START_TEST(a_certificate_that_cannot_be_read_stops_the_export)
{
	give("exporter.otlp.endpoint", "https://h");
	give("exporter.otlp.certificate", "/nowhere/ca.pem");
	ck_assert_int_eq(read_settings(), OTEL_NOT_FOUND);
	ck_assert_str_eq(lines,
			 "exporter.otlp.certificate: cannot read \"/nowhere/ca.pem\": No such file or directory; "
			 "nothing is exported");
}
END_TEST

START_TEST(a_client_key_needs_its_certificate)
{
	give("exporter.otlp.endpoint", "https://h");
	give("exporter.otlp.client_key", "/dev/null");
	ck_assert_int_eq(read_settings(), OTEL_INVALID);
	ck_assert_ptr_nonnull(strstr(lines, "exporter.otlp.client_key: client_key and client_certificate go together"));
}
END_TEST

START_TEST(files_for_tls_do_not_matter_without_tls)
{
	give("exporter.otlp.certificate", "/nowhere/ca.pem");
	ck_assert_int_eq(read_settings(), OTEL_OK);
	ck_assert_ptr_null(settings.ca_file);
}
END_TEST

SUITE_MAIN_WITH("settings", config_host_reset, tear_down, {without_configuration_it_goes_to_the_local_collector, 0},
		{the_signals_own_values_win, 0}, {each_signal_has_its_path_and_its_method, 0},
		{what_is_common_holds_for_every_signal, 0}, {every_value_of_a_signal_wins_over_the_common_one, 0},
		{a_signal_may_be_insecure_alone, 0}, {a_distros_headers_stay_unless_the_user_names_the_same, 0},
		{a_protocol_that_nobody_knows_is_said_and_nothing_exported, 0}, {the_signals_own_protocol_wins, 0},
		{grpc_goes_to_a_server_and_not_to_a_path, 0}, {what_is_no_grpc_server_is_refused, 0},
		{the_oldest_tls_is_1_2_unless_told_otherwise, 0}, {an_endpoint_that_is_no_url_names_where_it_stands, 0},
		{a_bad_header_is_named_without_its_value, 0}, {credentials_stay_at_home_unless_told_otherwise, 0},
		{the_signal_s_own_authenticator_wins, 0}, {a_certificate_that_cannot_be_read_stops_the_export, 0},
		{a_client_key_needs_its_certificate, 0}, {files_for_tls_do_not_matter_without_tls, 0})

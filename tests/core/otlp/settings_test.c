/* SPDX-License-Identifier: Apache-2.0
 *
 * settings_test.c - what the exporter makes of its configuration, seen through a small host.
 */
#include "otlp/settings.h"

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
	const char *name; /* "section.key" */
	const char *value;
} values[32];
static size_t value_count;
static char lines[1024];
static struct settings settings;

static const char *host_str(otel_setup *setup, const char *section, const char *key)
{
	char name[128];
	(void)setup;
	snprintf(name, sizeof name, "%s.%s", section, key);
	for (size_t i = 0; i < value_count; i++)
		if (!strcmp(values[i].name, name))
			return values[i].value;
	return NULL;
}

static bool host_bool(otel_setup *setup, const char *section, const char *key)
{
	const char *value = host_str(setup, section, key);
	return value && !strcmp(value, "true");
}

static int64_t host_int(otel_setup *setup, const char *section, const char *key)
{
	const char *value = host_str(setup, section, key);
	return value ? atoll(value) : -1;
}

static const char *host_origin(otel_setup *setup, const char *section, const char *key)
{
	static char name[128];
	(void)setup;
	snprintf(name, sizeof name, "%s.%s", section, key);
	return name;
}

__attribute__((format(printf, 3, 4))) static void host_log(otel_setup *setup, otel_log_level level, const char *format,
							   ...)
{
	va_list args;
	(void)setup;
	(void)level;
	va_start(args, format);
	vsnprintf(lines + strlen(lines), sizeof lines - strlen(lines), format, args);
	va_end(args);
}

static const otel_host host = {.size = sizeof host,
			       .config_str = host_str,
			       .config_bool = host_bool,
			       .config_int = host_int,
			       .config_origin = host_origin,
			       .log = host_log};

static void give(const char *name, const char *value)
{
	values[value_count].name = name;
	values[value_count++].value = value;
}

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

static void set_up(void)
{
	value_count = 0;
	lines[0] = '\0';
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

int main(void)
{
	Suite *suite = suite_create("settings");
	TCase *tc = tcase_create("settings");
	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, without_configuration_it_goes_to_the_local_collector);
	tcase_add_test(tc, the_signals_own_values_win);
	tcase_add_test(tc, each_signal_has_its_path_and_its_method);
	tcase_add_test(tc, what_is_common_holds_for_every_signal);
	tcase_add_test(tc, every_value_of_a_signal_wins_over_the_common_one);
	tcase_add_test(tc, a_signal_may_be_insecure_alone);
	tcase_add_test(tc, a_distros_headers_stay_unless_the_user_names_the_same);
	tcase_add_test(tc, a_protocol_that_nobody_knows_is_said_and_nothing_exported);
	tcase_add_test(tc, the_signals_own_protocol_wins);
	tcase_add_test(tc, grpc_goes_to_a_server_and_not_to_a_path);
	tcase_add_test(tc, what_is_no_grpc_server_is_refused);
	tcase_add_test(tc, the_oldest_tls_is_1_2_unless_told_otherwise);
	tcase_add_test(tc, an_endpoint_that_is_no_url_names_where_it_stands);
	tcase_add_test(tc, a_bad_header_is_named_without_its_value);
	tcase_add_test(tc, credentials_stay_at_home_unless_told_otherwise);
	tcase_add_test(tc, the_signal_s_own_authenticator_wins);
	tcase_add_test(tc, a_certificate_that_cannot_be_read_stops_the_export);
	tcase_add_test(tc, a_client_key_needs_its_certificate);
	tcase_add_test(tc, files_for_tls_do_not_matter_without_tls);
	suite_add_tcase(suite, tc);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * otlp_file_test.c - the module as the core uses it: loaded, set up, and given batches.
 */
#include <otel/plugin.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plugins/otlp_file/directory.h"
#include "sample.h"
#include "support/build.h"
#include "support/suite.h"

static const otel_exporter *file_exporter, *stdout_exporter;
static char last_log[512];
static const char *path, *metrics_exporter;
static void *self;

static otel_status fake_add(otel_setup *setup, otel_kind kind, const char *name, const void *vtable, void *state)
{
	(void)setup;
	(void)state;
	ck_assert_int_eq(kind, OTEL_COMPONENT_EXPORTER);
	if (strcmp(name, "otlp_file") == 0)
		file_exporter = vtable;
	else if (strcmp(name, "otlp/stdout") == 0)
		stdout_exporter = vtable;
	return OTEL_OK;
}

static void fake_log(otel_setup *setup, otel_log_level level, const char *format, ...)
{
	va_list args;

	(void)setup;
	(void)level;
	va_start(args, format);
	vsnprintf(last_log, sizeof last_log, format, args);
	va_end(args);
}

static const char *fake_str(otel_setup *setup, const char *section, const char *key)
{
	(void)setup;
	if (strcmp(key, "path") == 0)
		return path;
	return strcmp(section, "traces") == 0 ? "otlp, otlp_file" : metrics_exporter;
}

static int64_t fake_int(otel_setup *setup, const char *section, const char *key)
{
	(void)setup;
	ck_assert_str_eq(section, "exporter.otlp_file");
	return strcmp(key, "max_files") == 0 ? 5 : 0;
}

static const char *fake_origin(otel_setup *setup, const char *section, const char *key)
{
	(void)setup;
	(void)section;
	(void)key;
	return "ORIGIN";
}

static const otel_host host = {.size = sizeof host,
			       .abi_major = 1,
			       .abi_minor = 2,
			       .add = fake_add,
			       .log = fake_log,
			       .config_str = fake_str,
			       .config_int = fake_int,
			       .config_origin = fake_origin};

static void set_up(void)
{
	const otel_plugin *plugin = build_plugin("lib/otel-c/otlp_file.so");

	ck_assert_int_eq(plugin->setup(&host, NULL), OTEL_OK);
	directory_make();
	ck_assert_int_eq(chdir(directory), 0);
	path = "%s.jsonl";
	metrics_exporter = NULL;
	last_log[0] = '\0';
}

static otel_status open_with(const otel_exporter *exporter)
{
	free(self);
	self = calloc(1, exporter->component.state_size);
	return exporter->component.open(self, &host, NULL);
}

static otel_export_result export_bytes(const otel_exporter *exporter, otel_signal signal, const void *data, size_t len)
{
	const otel_batch batch = {.size = sizeof batch, .signal = signal, .items = 1, .data = data, .len = len};

	return exporter->export_batch(self, &batch, NULL);
}

START_TEST(both_take_all_signals_on_threads_of_their_own)
{
	const otel_exporter *const both[] = {file_exporter, stdout_exporter};

	for (int i = 0; i < 2; i++) {
		ck_assert_ptr_nonnull(both[i]);
		ck_assert_uint_eq(both[i]->signals, 7);
		ck_assert_uint_eq(both[i]->flags, OTEL_EXPORTER_BLOCKING | OTEL_EXPORTER_PER_SIGNAL);
	}
}
END_TEST

START_TEST(each_batch_is_one_line_in_the_file_of_its_signal)
{
	ck_assert_int_eq(open_with(file_exporter), OTEL_OK);
	ck_assert_int_eq(chdir("/"), 0); /* the path was that of the directory at start */
	ck_assert_int_eq(export_bytes(file_exporter, OTEL_SIGNAL_TRACES, "\x0a\x00", 2), OTEL_EXPORT_DONE);
	ck_assert_int_eq(export_bytes(file_exporter, OTEL_SIGNAL_TRACES, NULL, 0), OTEL_EXPORT_DONE);
	ck_assert_int_eq(export_bytes(file_exporter, OTEL_SIGNAL_LOGS, NULL, 0), OTEL_EXPORT_DONE);
	ck_assert_int_eq(chdir(directory), 0);
	ck_assert_str_eq(content_of("traces.jsonl"),
			 "{\"resourceSpans\":[{\"scopeSpans\":[]}]}\n{\"resourceSpans\":[]}\n");
	ck_assert_str_eq(content_of("logs.jsonl"), "{\"resourceLogs\":[]}\n");
	ck_assert_str_eq(last_log, "");
}
END_TEST

START_TEST(a_file_may_be_named_as_a_url)
{
	char url[100], want[100];

	snprintf(url, sizeof url, "file://%s/x.jsonl", directory);
	snprintf(want, sizeof want, "%s/x.jsonl", directory);
	path = url;
	ck_assert_int_eq(open_with(file_exporter), OTEL_OK);
	ck_assert_int_eq(export_bytes(file_exporter, OTEL_SIGNAL_TRACES, NULL, 0), OTEL_EXPORT_DONE);
	ck_assert_str_eq(content_of(want), "{\"resourceSpans\":[]}\n");
}
END_TEST

START_TEST(a_wrong_path_is_refused_with_its_origin)
{
	path = "/tmp/%d";
	ck_assert_int_eq(open_with(file_exporter), OTEL_FAILED);
	ck_assert_str_eq(last_log, "ORIGIN: \"/tmp/%d\": % has to be followed by s (traces, metrics or logs), p (the "
				   "process) or %");
	path = "/tmp/";
	ck_assert_int_eq(open_with(file_exporter), OTEL_FAILED);
	ck_assert_str_eq(last_log, "ORIGIN: \"/tmp/\": it has to name a file");
}
END_TEST

START_TEST(signals_do_not_share_a_file)
{
	path = "all.jsonl";
	ck_assert_int_eq(open_with(file_exporter), OTEL_OK);
	metrics_exporter = "otlp";
	ck_assert_int_eq(open_with(file_exporter), OTEL_OK);
	metrics_exporter = "otlp_file";
	ck_assert_int_eq(open_with(file_exporter), OTEL_FAILED);
	ck_assert_ptr_nonnull(strstr(last_log, "it needs %s"));
}
END_TEST

START_TEST(what_cannot_be_written_is_kept_for_later_and_told)
{
	path = "/nowhere/%s";
	ck_assert_int_eq(open_with(file_exporter), OTEL_OK);
	ck_assert_int_eq(export_bytes(file_exporter, OTEL_SIGNAL_METRICS, NULL, 0), OTEL_EXPORT_RETRY);
	ck_assert_str_eq(last_log, "data points cannot be written to /nowhere/metrics: No such file or directory");
}
END_TEST

START_TEST(what_is_no_otlp_is_dropped_and_told)
{
	ck_assert_int_eq(open_with(file_exporter), OTEL_OK);
	ck_assert_int_eq(export_bytes(file_exporter, OTEL_SIGNAL_TRACES, "\x0a\x05", 2), OTEL_EXPORT_DROP);
	ck_assert_ptr_nonnull(strstr(last_log, "a batch of spans is no OTLP"));
	ck_assert_str_eq(content_of("traces.jsonl"), "(none)");
}
END_TEST

START_TEST(a_line_over_64_mib_asks_for_smaller_batches)
{
	struct buf name, span, scope, resource, request;

	buf_init(&name, (size_t)65 << 20);
	buf_init(&span, (size_t)65 << 20);
	buf_init(&scope, (size_t)65 << 20);
	buf_init(&resource, (size_t)65 << 20);
	buf_init(&request, (size_t)65 << 20);
	ck_assert(buf_reserve(&name, (size_t)12 << 20));
	name.len = (size_t)12 << 20;
	memset(name.data, 1, name.len); /* six bytes each, in JSON */
	sample_bytes(&span, 5, name.data, name.len);
	sample_message(&scope, 2, &span);
	sample_message(&resource, 2, &scope);
	sample_message(&request, 1, &resource);
	ck_assert_int_eq(open_with(file_exporter), OTEL_OK);
	ck_assert_int_eq(export_bytes(file_exporter, OTEL_SIGNAL_TRACES, request.data, request.len),
			 OTEL_EXPORT_TOO_LARGE);
	buf_fini(&name);
	buf_fini(&request);
}
END_TEST

SUITE_MAIN("otlp_file", set_up, {both_take_all_signals_on_threads_of_their_own, 0},
	   {each_batch_is_one_line_in_the_file_of_its_signal, 0}, {a_file_may_be_named_as_a_url, 0},
	   {a_wrong_path_is_refused_with_its_origin, 0}, {signals_do_not_share_a_file, 0},
	   {what_cannot_be_written_is_kept_for_later_and_told, 0}, {what_is_no_otlp_is_dropped_and_told, 0},
	   {a_line_over_64_mib_asks_for_smaller_batches, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * console_test.c - the console exporter as the core uses it: loaded, set up, and given batches.
 */
#include <otel/plugin.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sample.h"
#include "support/build.h"
#include "support/suite.h"

static const otel_exporter *exporter;
static char last_log[512];

static otel_status fake_add(otel_setup *setup, otel_kind kind, const char *name, const void *vtable, void *self)
{
	(void)setup;
	ck_assert_int_eq(kind, OTEL_COMPONENT_EXPORTER);
	ck_assert_str_eq(name, "console");
	ck_assert_ptr_null(self);
	exporter = vtable;
	return OTEL_OK;
}

static void fake_log(otel_setup *setup, otel_log_level level, const char *format, ...)
{
	va_list args;

	(void)setup;
	ck_assert_int_eq(level, OTEL_LOG_WARN);
	va_start(args, format);
	vsnprintf(last_log, sizeof(last_log), format, args);
	va_end(args);
}

static const otel_host host = {.size = sizeof(host), .abi_major = 1, .add = fake_add, .log = fake_log};

static void *open_console(void)
{
	const otel_plugin *plugin = build_plugin("lib/otel-c/console.so");
	void *self;

	ck_assert_int_eq(plugin->setup(&host, NULL), OTEL_OK);
	self = calloc(1, exporter->component.state_size);
	ck_assert_int_eq(exporter->component.open(self, &host, NULL), OTEL_OK);
	last_log[0] = 0;
	return self;
}

/* Exports with fd 1 swapped for `target`; what stays the same for the host is asserted here. */
static otel_export_result export_to(int target, const uint8_t *data, size_t len)
{
	otel_batch batch = {.size = sizeof(batch), .signal = OTEL_SIGNAL_TRACES, .items = 4, .data = data, .len = len};
	void *self = open_console();
	otel_export_result result;
	int before = dup(STDOUT_FILENO);

	fflush(stdout);
	dup2(target, STDOUT_FILENO);
	errno = EXDEV;
	result = exporter->export_batch(self, &batch, NULL);
	ck_assert_int_eq(errno, EXDEV);
	dup2(before, STDOUT_FILENO);
	close(before);
	free(self);
	return result;
}

static void make_order(struct buf *body)
{
	struct buf spans;

	buf_init(&spans, 65536);
	buf_init(body, 65536);
	sample_order(&spans);
	sample_request(body, &spans);
}

START_TEST(a_batch_is_printed_as_a_tree)
{
	char text[8192];
	struct buf body;
	FILE *file = tmpfile();
	size_t len;

	make_order(&body);
	ck_assert_int_eq(export_to(fileno(file), body.data, body.len), OTEL_EXPORT_DONE);
	rewind(file);
	len = fread(text, 1, sizeof(text) - 1, file);
	text[len] = 0;
	ck_assert_ptr_nonnull(strstr(text, "trace 67400a1b5759eac8f2f1d4c3b2a19080  shop 1.4.0 (aws)  4 spans"));
	ck_assert_ptr_nonnull(strstr(text, "   └─ check_inventory"));
	ck_assert_str_eq(last_log, "");
	fclose(file);
	buf_fini(&body);
}
END_TEST

START_TEST(bytes_that_are_no_request_are_dropped_with_a_line)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	ck_assert_int_eq(export_to(null, (const uint8_t *)"\xff", 1), OTEL_EXPORT_DROP);
	ck_assert_ptr_nonnull(strstr(last_log, "not protobuf"));
	close(null);
}
END_TEST

START_TEST(an_output_that_cannot_be_written_is_told)
{
	int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
	struct buf body;

	make_order(&body);
	ck_assert_int_eq(export_to(full, body.data, body.len), OTEL_EXPORT_DROP);
	ck_assert_ptr_nonnull(strstr(last_log, "standard output cannot be written"));
	close(full);
	buf_fini(&body);
}
END_TEST

START_TEST(a_reader_that_went_away_does_not_end_the_program)
{
	struct buf body;
	sigset_t pending;
	int ends[2];

	make_order(&body);
	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	close(ends[0]);
	signal(SIGPIPE, SIG_DFL);
	ck_assert_int_eq(export_to(ends[1], body.data, body.len), OTEL_EXPORT_DROP);
	sigpending(&pending);
	ck_assert(!sigismember(&pending, SIGPIPE));
	close(ends[1]);
	buf_fini(&body);
}
END_TEST

START_TEST(it_takes_traces_only_and_has_what_the_core_requires)
{
	free(open_console());
	ck_assert_uint_eq(exporter->signals, OTEL_SIGNAL_TRACES);
	ck_assert_ptr_nonnull(exporter->export_batch);
}
END_TEST

SUITE_MAIN("console", NULL, {a_batch_is_printed_as_a_tree, 0}, {bytes_that_are_no_request_are_dropped_with_a_line, 0},
	   {an_output_that_cannot_be_written_is_told, 0}, {a_reader_that_went_away_does_not_end_the_program, 0},
	   {it_takes_traces_only_and_has_what_the_core_requires, 0})

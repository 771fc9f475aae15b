/* SPDX-License-Identifier: Apache-2.0
 *
 * input_test.c - requests from files in both forms.
 */
#include "tools/otel-c/send/input.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "otlp/text/json.h"
#include "sample.h"
#include "support/suite.h"

static struct send_input input;
static struct otlp_fault fault;

/* A file that holds the bytes. */
static void open_bytes(const void *bytes, size_t len)
{
	const int fd = memfd_create("input", MFD_CLOEXEC);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, bytes, len), (ssize_t)len);
	ck_assert_int_eq(lseek(fd, 0, SEEK_SET), 0);
	send_input_init(&input, fd, 0);
}

static void open_text(const char *text)
{
	open_bytes(text, strlen(text));
}

static enum send_got next(void)
{
	fault.text[0] = '\0';
	return send_input_next(&input, &fault);
}

#define LINE "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"a\"},{\"name\":\"b\"}]}]}]}"

START_TEST(lines_come_one_by_one)
{
	open_text(LINE "\n" LINE "\r\n" LINE);
	for (uint64_t line = 1; line <= 3; line++) {
		ck_assert_int_eq(next(), SEND_REQUEST);
		ck_assert_uint_eq(input.items, 2);
		ck_assert_uint_eq(input.line, line);
	}
	ck_assert_int_eq(next(), SEND_END);
	ck_assert_int_eq(next(), SEND_END);
	send_input_fini(&input);
}
END_TEST

START_TEST(blank_lines_are_passed_over_and_counted)
{
	open_text("\n \t\n" LINE "\n\n");
	ck_assert_int_eq(next(), SEND_REQUEST);
	ck_assert_uint_eq(input.line, 3);
	ck_assert_int_eq(next(), SEND_END);
	send_input_fini(&input);
}
END_TEST

START_TEST(a_broken_line_is_told_and_the_next_one_comes)
{
	open_text(LINE "\n{\"resourceSpans\":7}\nnonsense\n{\"resourceProfiles\":[]}\n{\"resourceSpans\":[]}\n" LINE);
	ck_assert_int_eq(next(), SEND_REQUEST);
	ck_assert_int_eq(next(), SEND_BROKEN);
	ck_assert_str_eq(fault.text, "JSON: column 18: \"resourceSpans\" is not an array");
	ck_assert_int_eq(next(), SEND_BROKEN);
	ck_assert_ptr_nonnull(strstr(fault.text, "there should be an object"));
	ck_assert_int_eq(next(), SEND_BROKEN);
	ck_assert_str_eq(fault.text, "JSON, but without resourceSpans, resourceMetrics or resourceLogs");
	ck_assert_int_eq(next(), SEND_REQUEST);
	ck_assert_uint_eq(input.items, 0);
	ck_assert_int_eq(next(), SEND_REQUEST);
	ck_assert_uint_eq(input.line, 6);
	ck_assert_int_eq(next(), SEND_END);
	send_input_fini(&input);
}
END_TEST

START_TEST(signals_may_be_mixed)
{
	open_text(
		"{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"gauge\":{\"dataPoints\":[{},{},{}]}}]}]}]}\n"
		"{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{}]}]}]}\n" LINE);
	ck_assert_int_eq(next(), SEND_REQUEST);
	ck_assert_uint_eq(input.signal, OTEL_SIGNAL_METRICS);
	ck_assert_uint_eq(input.items, 3);
	ck_assert_int_eq(next(), SEND_REQUEST);
	ck_assert_uint_eq(input.signal, OTEL_SIGNAL_LOGS);
	ck_assert_uint_eq(input.items, 1);
	ck_assert_int_eq(next(), SEND_REQUEST);
	ck_assert_uint_eq(input.signal, OTEL_SIGNAL_TRACES);
	ck_assert_uint_eq(input.items, 2);
	ck_assert_int_eq(next(), SEND_END);
	send_input_fini(&input);
}
END_TEST

START_TEST(lines_longer_than_one_read_are_whole)
{
	struct buf text;

	buf_init(&text, 1 << 22);
	for (int line = 0; line < 3; line++) {
		buf_append_str(&text, "{\"note\":\"");
		for (int i = 0; i < 200000; i++)
			buf_append_char(&text, 'x');
		buf_append_str(&text, "\",\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{}]}]}]}\n");
	}
	open_bytes(text.data, text.len);
	for (int line = 0; line < 3; line++) {
		ck_assert_int_eq(next(), SEND_REQUEST);
		ck_assert_uint_eq(input.items, 1);
	}
	ck_assert_int_eq(next(), SEND_END);
	send_input_fini(&input);
	buf_fini(&text);
}
END_TEST

START_TEST(protobuf_comes_as_it_is)
{
	struct buf spans, body;

	buf_init(&spans, 65536);
	buf_init(&body, 65536);
	sample_order(&spans);
	sample_request(&body, &spans);
	open_bytes(body.data, body.len);
	ck_assert_int_eq(next(), SEND_REQUEST);
	ck_assert_uint_eq(input.items, 4);
	ck_assert_uint_eq(input.line, 0);
	ck_assert_mem_eq(input.request.data, body.data, body.len);
	ck_assert_uint_eq(input.request.len, body.len);
	ck_assert_int_eq(next(), SEND_END);
	send_input_fini(&input);
	buf_fini(&body);
}
END_TEST

static const char bare[] = {0x0a, 4, 0x12, 2, 0x12, 0}; /* an item without a field: a span, metric or log record */

START_TEST(protobuf_that_does_not_tell_needs_to_be_told)
{
	open_bytes(bare, sizeof bare);
	ck_assert_int_eq(next(), SEND_UNREADABLE);
	ck_assert_ptr_nonnull(strstr(fault.text, "that tells what it holds"));
	send_input_fini(&input);
	open_bytes(bare, sizeof bare);
	input.given_signal = OTEL_SIGNAL_LOGS;
	ck_assert_int_eq(next(), SEND_REQUEST);
	ck_assert_uint_eq(input.signal, OTEL_SIGNAL_LOGS);
	ck_assert_uint_eq(input.items, 1);
	send_input_fini(&input);
}
END_TEST

START_TEST(what_is_neither_is_told)
{
	open_text("\x0a\xffnonsense");
	ck_assert_int_eq(next(), SEND_UNREADABLE);
	ck_assert_ptr_nonnull(strstr(fault.text, "neither OTLP JSON Lines nor"));
	send_input_fini(&input);
	send_input_init(&input, -1, 0);
	ck_assert_int_eq(next(), SEND_UNREADABLE);
	ck_assert_str_eq(fault.text, "Bad file descriptor");
	send_input_fini(&input);
}
END_TEST

START_TEST(an_empty_file_holds_nothing)
{
	open_text("");
	ck_assert_int_eq(next(), SEND_END);
	send_input_fini(&input);
	open_text("\n\n");
	ck_assert_int_eq(next(), SEND_END);
	send_input_fini(&input);
}
END_TEST

SUITE_MAIN("send_input", NULL, {lines_come_one_by_one, 0}, {blank_lines_are_passed_over_and_counted, 0},
	   {a_broken_line_is_told_and_the_next_one_comes, 0}, {signals_may_be_mixed, 0},
	   {lines_longer_than_one_read_are_whole, 0}, {protobuf_that_does_not_tell_needs_to_be_told, 0},
	   {protobuf_comes_as_it_is, 0}, {what_is_neither_is_told, 0}, {an_empty_file_holds_nothing, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * hostile_test.c - all propagators at once, through the SDK, against carriers that mean harm: nothing hangs, nothing
 * unbounded is kept, and no header can be broken out of on the way on.
 */
#include <otel/otel.h>
#include <otel/sdk.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "support/suite.h"

#define ALL "tracecontext,baggage,b3,b3multi,jaeger,ottrace"

static const char *const names[] = {"traceparent",      "tracestate",        "baggage",        "b3",
				    "x-b3-traceid",     "x-b3-spanid",       "x-b3-sampled",   "x-b3-flags",
				    "uber-trace-id",    "uberctx-k",         "jaeger-baggage", "ot-tracer-traceid",
				    "ot-tracer-spanid", "ot-tracer-sampled", "ot-baggage-k"};
enum { NAMES = sizeof names / sizeof *names };

/* Good values for all of the above, so that each bad one meets propagators that read on. */
static const char *const good[NAMES] = {"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
					"a=1",
					"a=1",
					"80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1",
					"80f198ee56343ba864fe8b2a57d3eff7",
					"e457b5a2e4d86bd1",
					"1",
					"0",
					"0af7651916cd43dd8448eb211c80319c:b7ad6b7169203331:0:1",
					"v",
					"a=1",
					"64fe8b2a57d3eff7",
					"e457b5a2e4d86bd1",
					"true",
					"v"};

static void start(void)
{
	static const otel_setting settings[] = {{"otel.propagators", ALL}, {"traces.exporter", "none"}};
	otel_status status = otel_sdk_start(OTEL_SDK_OPTIONS(.settings = settings, .setting_count = 2));

	ck_assert_msg(status == OTEL_OK || status == OTEL_ALREADY, "%s", otel_last_error());
}

/* ---- carriers ---- */

struct hostile {
	const char *values[NAMES]; /* NULL: not there */
	size_t repeat; /* how often each is there */
	size_t calls;
};

static const char *hostile_get(void *self, const char *name, size_t index)
{
	struct hostile *h = self;

	h->calls++;
	for (size_t i = 0; i < NAMES; i++) {
		if (!strcasecmp(names[i], name))
			return index < h->repeat ? h->values[i] : NULL;
	}
	return NULL;
}

static const char *hostile_key(void *self, size_t index)
{
	struct hostile *h = self;

	h->calls++;
	return index < NAMES * h->repeat ? names[index % NAMES] : NULL;
}

static size_t written;
static size_t written_bytes;

static void expect_harmless(void *self, const char *name, const char *value)
{
	const char *n = name;
	const char *v = value;

	(void)self;
	while (*n > 0x20 && *n < 0x7f && *n != ':')
		n++;
	while ((unsigned char)*v >= 0x20 || *v == '\t')
		v++;
	ck_assert_msg(!*n, "the name \"%s\" was written", name);
	ck_assert_msg(!*v, "control character %d in %s", *v, name);
	written++;
	written_bytes += strlen(value);
}

static otel_carrier reader(struct hostile *h)
{
	return (otel_carrier){.size = sizeof(otel_carrier), .self = h, .get = hostile_get, .key = hostile_key};
}

/* Reads, and sends on what was read. */
static void go_through(struct hostile *h)
{
	const otel_carrier out = {.size = sizeof out, .set = expect_harmless};
	const otel_carrier in = reader(h);
	otel_context *context;

	written = written_bytes = 0;
	errno = EXDEV;
	context = otel_extract(NULL, &in);
	otel_inject(context, &out);
	ck_assert_int_eq(errno, EXDEV);
	ck_assert_uint_le(otel_baggage_count(otel_context_baggage(context)), 64);
	ck_assert_uint_le(written_bytes, 64u << 10);
	otel_context_unref(context);
}

/* ---- values ---- */

#define LONG 65536

static char room[LONG + 1];

static const char *filled(const char *pattern)
{
	size_t len = strlen(pattern);

	for (size_t i = 0; i < LONG; i++)
		room[i] = pattern[i % len];
	room[LONG] = '\0';
	return room;
}

/* The value in all headers by turns, others good; then in all at once. */
static void in_every_header(const char *value)
{
	for (size_t i = 0; i <= NAMES; i++) {
		struct hostile h = {.repeat = 1};
		for (size_t k = 0; k < NAMES; k++)
			h.values[k] = i == k || i == NAMES ? value : good[k];
		go_through(&h);
	}
}

START_TEST(good_headers_of_all_formats_are_sent_on)
{
	struct hostile h = {.repeat = 1};

	memcpy(h.values, good, sizeof good);
	go_through(&h);
	ck_assert_uint_eq(written, 12); /* all but tracestate: the last format tells of another trace */
}
END_TEST

START_TEST(values_of_64_kib_are_survived)
{
	static const char *const patterns[] = {
		"0",  "f",    "-",    ":",    ",",    "=",      ";",    "%",        "%3A", " ",
		"\t", "a=1,", "a=1;", "1-1-", "1:1:", "k=%zz,", "\xff", "\xc3\xa9", "a",   "0123456789abcdef"};

	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
		in_every_header(filled(patterns[i]));
}
END_TEST

START_TEST(a_good_value_with_64_kib_behind_it_is_not_that_value)
{
	static const char padding[] = "-";

	for (size_t i = 0; i < NAMES; i++) {
		struct hostile h = {.repeat = 1};
		filled(padding);
		memcpy(room, good[i], strlen(good[i]));
		memcpy(h.values, good, sizeof good);
		h.values[i] = room;
		go_through(&h);
	}
}
END_TEST

START_TEST(every_byte_in_every_header)
{
	char value[64];

	for (int byte = 1; byte < 256; byte++) {
		for (size_t i = 0; i < NAMES; i++) {
			struct hostile h = {.repeat = 1};
			memcpy(h.values, good, sizeof good);
			snprintf(value, sizeof value, "%s", good[i]);
			value[strlen(value) / 2] = (char)byte;
			h.values[i] = value;
			go_through(&h);
		}
		snprintf(value, sizeof value, "a=%cx", byte);
		in_every_header(value);
	}
}
END_TEST

START_TEST(headers_that_come_twice_are_survived)
{
	struct hostile h = {.repeat = 2};

	memcpy(h.values, good, sizeof good);
	go_through(&h);
	ck_assert_uint_le(written, 3); /* of contradicting traces none is taken, of baggage what the lists say */
}
END_TEST

START_TEST(of_a_thousand_baggage_members_the_first_64_are_kept)
{
	static char list[20000];
	struct hostile h = {.repeat = 1, .values = {[2] = list}};
	const otel_carrier in = reader(&h);
	otel_context *context;
	size_t len = 0;

	for (int i = 0; i < 1000; i++)
		len += (size_t)snprintf(list + len, sizeof list - len, "%sk%d=v%d", i ? "," : "", i, i);
	context = otel_extract(NULL, &in);
	ck_assert_uint_eq(otel_baggage_count(otel_context_baggage(context)), 64);
	ck_assert_str_eq(otel_baggage_at(otel_context_baggage(context), 63).name, "k63");
	otel_context_unref(context);
	h.values[2] = NULL;
	h.values[10] = list; /* jaeger-baggage */
	go_through(&h);
}
END_TEST

START_TEST(carriers_without_end_are_left)
{
	struct hostile h = {.repeat = SIZE_MAX / NAMES};

	memcpy(h.values, good, sizeof good);
	go_through(&h);
	ck_assert_uint_le(h.calls, 20000);
	memset(h.values, 0, sizeof h.values);
	h.calls = 0;
	h.values[2] = "";
	h.values[9] = "";
	h.values[10] = "a=1";
	go_through(&h);
	ck_assert_uint_le(h.calls, 20000);
}
END_TEST

/* Names that change from look to look, and whose text is gone with the next call. */
static const char *fleeting_key(void *self, size_t index)
{
	struct hostile *h = self;

	snprintf(room, sizeof room, "%s%zu", index % 2 ? "UberCtx-" : "ot-baggage-", h->calls++);
	return index < 100 ? room : NULL;
}

static const char *fleeting_get(void *self, const char *name, size_t index)
{
	const char *value = hostile_get(self, name, index);

	memset(room, '!', 100);
	return value ? value : index ? NULL : strncasecmp(name, "uberctx-", 8) ? NULL : "fleeting";
}

START_TEST(names_are_borrowed_until_the_next_call_only)
{
	struct hostile h = {.repeat = 1};
	const otel_carrier in = {.size = sizeof in, .self = &h, .get = fleeting_get, .key = fleeting_key};
	otel_context *context;

	memcpy(h.values, good, sizeof good);
	context = otel_extract(NULL, &in);
	ck_assert_uint_ge(otel_baggage_count(otel_context_baggage(context)), 1);
	for (size_t i = 0; i < otel_baggage_count(otel_context_baggage(context)); i++)
		ck_assert_ptr_null(strchr(otel_baggage_at(otel_context_baggage(context), i).name, '!'));
	otel_context_unref(context);
}
END_TEST

SUITE_MAIN("hostile", start, {good_headers_of_all_formats_are_sent_on, 0}, {values_of_64_kib_are_survived, 0},
	   {a_good_value_with_64_kib_behind_it_is_not_that_value, 0}, {every_byte_in_every_header, 0},
	   {headers_that_come_twice_are_survived, 0}, {of_a_thousand_baggage_members_the_first_64_are_kept, 0},
	   {carriers_without_end_are_left, 0}, {names_are_borrowed_until_the_next_call_only, 0})

/* SPDX-License-Identifier: Apache-2.0
 *
 * vendor_test.c - modules as vendors write them, against otel/plugin.h alone (witness.c, judge.c), loaded by name and
 * used by a program that knows nothing of them.
 */
#include <otel/otel.h>
#include <otel/plugin.h>
#include <otel/sdk.h>

#include "core/sdk/start_support.h"

static char calls_file[160];
static char calls[16384];
static otel_status last_status;

static void set_up(void)
{
	static char path[8400];
	static unsigned number;

	last_status = otel_sdk_stop(2000);
	start_set_up();
	/* OTEL_C_TEST_ABI: those built against that version's headers. */
	const char *version = getenv("OTEL_C_TEST_ABI");
	snprintf(path, sizeof path, "%s/tests/abi/modules/%s:%s/tests/modules", build_dir(), version ? version : "",
		 build_dir());
	setenv("OTEL_C_PLUGIN_PATH", path, 1);
	/* Each has a file of its own: that of a round before may still be closed. */
	snprintf(calls_file, sizeof calls_file, "%s/calls.%u", start_dir, ++number);
	setenv("WITNESS_FILE", calls_file, 1);
}

static void start(void)
{
	otel_status status = otel_sdk_start(NULL);
	ck_assert_msg(status == OTEL_OK, "%s", otel_last_error());
}

/* What the witness wrote. */
static const char *read_calls(void)
{
	FILE *file = fopen(calls_file, "r");
	size_t len = file ? fread(calls, 1, sizeof calls - 1, file) : 0;

	calls[len] = '\0';
	if (file)
		fclose(file);
	return calls;
}

static void ck_called(const char *part)
{
	ck_assert_msg(strstr(read_calls(), part) != NULL, "\"%s\" was expected among the calls, which are:\n%s", part,
		      calls);
}

static void hex(char *out, const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

static const otel_span_context remote = {
	.trace_id = {0xaa}, .span_id = {0xbb}, .trace_flags = OTEL_TRACE_FLAG_SAMPLED, .is_remote = 1};

/* A remote parent with a tracestate, and baggage; the caller unrefs. */
static otel_context *parent_of(const char *tenant)
{
	otel_context *base = otel_context_with_span_context(NULL, &remote, "vendor=1");
	otel_baggage *baggage = otel_baggage_with(NULL, "tenant", tenant, NULL);
	otel_context *context = otel_context_with_baggage(base, baggage);

	otel_baggage_unref(baggage);
	otel_context_unref(base);
	return context;
}

/* ---- the span processor ---- */

/* The span, as the exporter got it: what the witness was shown, byte by byte. */
struct exported {
	size_t len;
	unsigned sum;
};

static void look(void *arg, const Otlp__Resource *resource, const Otlp__Span *span)
{
	struct exported *exported = arg;
	uint8_t *bytes = malloc(otlp__span__get_packed_size(span));

	(void)resource;
	exported->len = otlp__span__pack(span, bytes);
	free(bytes);
	ck_assert(otlp_text_is(span->name, "renamed"));
	ck_assert_int_eq(span->status->code, OTLP__STATUS_CODE__STATUS_CODE_ERROR);
	ck_assert(otlp_text_is(span->status->message, "witnessed"));
	ck_assert_str_eq(start_text(span->attributes, span->n_attributes, "witness.tenant"), "acme");
	ck_assert_str_eq(start_text(span->attributes, span->n_attributes, "witness.secret"), "absent");
	ck_assert_str_eq(start_text(span->attributes, span->n_attributes, "password"), "****");
	ck_assert_str_eq(start_text(span->attributes, span->n_attributes, "kept"), "1");
	ck_assert_uint_eq(span->n_events, 2);
	ck_assert_str_eq(start_text(span->events[0]->attributes, span->events[0]->n_attributes, "password"), "****");
	ck_assert(otlp_text_is(span->events[1]->name, "ending"));
	ck_assert_str_eq(start_text(span->links[0]->attributes, span->links[0]->n_attributes, "password"), "****");
}

static void make_span(void)
{
	const otel_attr attrs[] = {otel_attr_str("password", "hunter2"), otel_attr_int("kept", 1)};
	const otel_link link = {.span_context = remote, .attrs = attrs, .attr_count = 1};
	otel_span span = otel_span_start_with(otel_tracer_get("vendor", "2", "https://schema/1"), "first",
					      OTEL_SPAN_OPTIONS(.kind = OTEL_KIND_SERVER));

	otel_span_set_attrs(span, attrs, 2);
	otel_span_add_event_with(span, "event", 0, attrs, 1);
	otel_span_add_link(span, &link);
	otel_span_end(span);
}

START_TEST(a_vendors_processor_sees_edits_and_reports_a_span_from_start_to_end)
{
	otel_context *context = parent_of("acme");
	struct exported exported = {0};
	char expected[128], trace[33];

	setenv("OTEL_C_TRACES_PROCESSORS", "witness", 1);
	start();
	otel_token token = otel_context_attach(context);
	make_span();
	otel_detach(token);
	otel_context_unref(context);
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);

	ck_called("open\nstart parent=bb00000000000000 tenant=acme tracestate=vendor=1 recording=1\n"
		  "ending shown=6 recording=1 read=1 name=7\nend size=1 ");
	hex(trace, remote.trace_id, 16);
	snprintf(expected, sizeof expected, " parent=%s/bb00000000000000/01/1 tracestate=vendor=1 name=renamed kind=%d",
		 trace, OTEL_KIND_SERVER);
	ck_called(expected);
	ck_called(" status=2 description=witnessed took=1 dropped=0,0,0 reserved=0 ");
	ck_called(" schema=https://schema/1 ");
	ck_called(" recording=0\n");
	ck_called("\nflush in_time=1\n");
	ck_assert_uint_eq(start_received(look, &exported), 1);
	snprintf(expected, sizeof expected, " len=%zu ", exported.len);
	ck_called(expected);
}
END_TEST

START_TEST(a_root_span_has_no_parent_for_it)
{
	setenv("OTEL_C_TRACES_PROCESSORS", "witness", 1);
	start();
	otel_span_end(otel_span_start(otel_tracer("vendor", "2"), "root"));
	ck_called("start parent=none tenant=none tracestate= recording=1\n");
	ck_called(" parent=00000000000000000000000000000000/0000000000000000/00/0 ");
}
END_TEST

START_TEST(spans_that_are_not_recorded_do_not_reach_it)
{
	setenv("OTEL_C_TRACES_PROCESSORS", "witness", 1);
	setenv("OTEL_TRACES_SAMPLER", "always_off", 1);
	start();
	otel_span_end(otel_span_start(otel_tracer("vendor", "2"), "root"));
	ck_assert_str_eq(read_calls(), "open\n");
}
END_TEST

START_TEST(a_stop_flushes_it_and_nothing_reaches_it_afterwards)
{
	setenv("OTEL_C_TRACES_PROCESSORS", "witness", 1);
	start();
	ck_assert_int_eq(otel_sdk_stop(5000), OTEL_OK);
	otel_span_end(otel_span_start(otel_tracer("vendor", "2"), "late"));
	ck_assert_ptr_eq(strstr(read_calls(), "open\nflush in_time=1\n"), calls);
	ck_assert_ptr_null(strstr(calls, "start"));
}
END_TEST

static unsigned count_calls(const char *line)
{
	unsigned count = 0;

	for (const char *at = read_calls(); (at = strstr(at, line)); at++)
		count++;
	return count;
}

START_TEST(rounds_of_start_and_stop_close_what_they_opened_and_not_more)
{
	setenv("OTEL_C_TRACES_PROCESSORS", "witness", 1);
	for (int i = 0; i < 4; i++) {
		start();
		otel_span_end(otel_span_start(otel_tracer("vendor", "2"), "s"));
		ck_assert_int_eq(otel_sdk_stop(5000), OTEL_OK);
	}
	ck_assert_uint_eq(count_calls("open\n"), 4);
	ck_assert_uint_eq(count_calls("start parent="), 4);
	ck_assert_uint_ge(count_calls("close\n"), 1);
	ck_assert_uint_le(count_calls("close\n"), 4);
}
END_TEST

START_TEST(a_processor_that_lacks_its_setting_is_left_out)
{
	setenv("OTEL_C_TRACES_PROCESSORS", "witness", 1);
	unsetenv("WITNESS_FILE");
	start();
	otel_span_end(otel_span_start(otel_tracer("vendor", "2"), "s"));
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_uint_eq(start_received(NULL, NULL), 1);
}
END_TEST

/* ---- the sampler ---- */

static struct {
	char tracestate[64];
	char links[16], random[16], attrs[16];
} judged;

static void look_judged(void *arg, const Otlp__Resource *resource, const Otlp__Span *span)
{
	(void)arg, (void)resource;
	snprintf(judged.tracestate, sizeof judged.tracestate, "%.*s", (int)span->trace_state.len,
		 (const char *)span->trace_state.data);
	snprintf(judged.links, 16, "%s", start_text(span->attributes, span->n_attributes, "judge.links"));
	snprintf(judged.random, 16, "%s", start_text(span->attributes, span->n_attributes, "judge.random"));
	snprintf(judged.attrs, 16, "%s", start_text(span->attributes, span->n_attributes, "judge.attrs"));
}

static otel_span start_judged(const char *name, const otel_context *parent, const otel_link *links, size_t count)
{
	const otel_attr attr = otel_attr_int("n", 1);
	otel_token token = otel_context_attach((otel_context *)(uintptr_t)parent);
	otel_span span = otel_span_start_with(
		otel_tracer("vendor", "2"), name,
		OTEL_SPAN_OPTIONS(.attrs = &attr, .attr_count = 1, .links = links, .link_count = count));

	otel_detach(token);
	return span;
}

static size_t deliver(otel_span span)
{
	otel_span_end(span);
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	return start_received(look_judged, NULL);
}

static void start_with_judge(void)
{
	setenv("OTEL_TRACES_SAMPLER", "judge", 1);
	start();
}

START_TEST(a_vendors_sampler_sees_links_attributes_and_the_random_flag)
{
	const otel_link links[] = {{.span_context = {.trace_id = {1}, .span_id = {1}}}, {.span_context = remote}};

	start_with_judge();
	ck_assert_uint_eq(deliver(start_judged("s", NULL, links, 2)), 1);
	ck_assert_str_eq(judged.links, "2");
	ck_assert_str_eq(judged.attrs, "1");
	ck_assert_str_eq(judged.random, "1");
	ck_assert_str_eq(judged.tracestate, "judge=linked");
}
END_TEST

static const struct {
	const char *name, *tracestate;
} tracestates[] = {{"s", "judge=alone"}, {"clear", ""}, {"bad", "vendor=1"}};

START_TEST(the_tracestate_it_sets_replaces_the_parents_unless_it_is_none)
{
	otel_context *context = parent_of("acme");

	start_with_judge();
	ck_assert_uint_eq(deliver(start_judged(tracestates[_i].name, context, NULL, 0)), 1);
	ck_assert_str_eq(judged.tracestate, tracestates[_i].tracestate);
	otel_context_unref(context);
}
END_TEST

START_TEST(it_decides_by_the_parent_context)
{
	otel_context *noisy = parent_of("noisy"), *quiet = parent_of("quiet");

	start_with_judge();
	otel_span dropped = start_judged("s", noisy, NULL, 0);
	ck_assert(!otel_span_is_recording(dropped));
	ck_assert_uint_eq(deliver(dropped), 0);
	otel_span recorded = start_judged("s", quiet, NULL, 0);
	ck_assert(otel_span_is_recording(recorded));
	ck_assert_uint_eq(otel_span_context_get(recorded).trace_flags & OTEL_TRACE_FLAG_SAMPLED, 0);
	ck_assert_uint_eq(deliver(recorded), 0);
	otel_context_unref(noisy);
	otel_context_unref(quiet);
}
END_TEST

START_TEST(both_work_together_on_a_span_that_is_only_recorded)
{
	otel_context *quiet = parent_of("quiet");

	setenv("OTEL_C_TRACES_PROCESSORS", "witness", 1);
	start_with_judge();
	ck_assert_uint_eq(deliver(start_judged("s", quiet, NULL, 0)), 0);
	ck_called("start parent=bb00000000000000 tenant=quiet tracestate=vendor=1 recording=1\n");
	ck_called(" name=renamed ");
	otel_context_unref(quiet);
}
END_TEST

int main(void)
{
	const struct suite_entry tests[] = {
		{a_vendors_processor_sees_edits_and_reports_a_span_from_start_to_end, 0},
		{a_root_span_has_no_parent_for_it, 0},
		{spans_that_are_not_recorded_do_not_reach_it, 0},
		{a_stop_flushes_it_and_nothing_reaches_it_afterwards, 0},
		{rounds_of_start_and_stop_close_what_they_opened_and_not_more, 0},
		{a_processor_that_lacks_its_setting_is_left_out, 0},
		{a_vendors_sampler_sees_links_attributes_and_the_random_flag, 0},
		{the_tracestate_it_sets_replaces_the_parents_unless_it_is_none,
		 (int)(sizeof tracestates / sizeof *tracestates)},
		{it_decides_by_the_parent_context, 0},
		{both_work_together_on_a_span_that_is_only_recorded, 0},
	};
	int failed = suite_main("vendor", tests, sizeof tests / sizeof *tests, set_up);

	last_status = otel_sdk_stop(2000);
	start_clean_up();
	return failed;
}

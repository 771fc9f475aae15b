/* SPDX-License-Identifier: Apache-2.0
 *
 * span_data_test.c - every field of what a processor is shown of a span, while it goes on and when it ended.
 */
#include "sdk/span_data.h"

#include <stdio.h>
#include <string.h>

#include "core/sdk/span_support.h"
#include "support/suite.h"

static unsigned looks;
static otel_span_data seen; /* only its numbers stay valid */
static char text[512]; /* name|status description|tracestate|schema url */
static struct msg span; /* a copy of the bytes */

static void look(void *arg, const otel_span_data *data)
{
	static uint8_t bytes[8192];

	looks += arg == &looks;
	seen = *data;
	ck_assert_uint_le(data->len, sizeof bytes);
	memcpy(bytes, data->data, data->len);
	span = (struct msg){bytes, data->len};
	snprintf(text, sizeof text, "%.*s|%.*s|%s|%.*s", (int)data->name_len, data->name,
		 (int)data->status_description_len, data->status_description, data->tracestate,
		 (int)data->schema_url_len, data->schema_url);
	const struct msg scope = {data->scope, data->scope_len};
	ck_assert_str_eq(msg_text(scope, 1), "test");
	ck_assert_str_eq(msg_text(scope, 2), "1.0");
}

static void see_end(void *self, const otel_span_data *data)
{
	(void)self;
	look(&looks, data);
}

static const otel_span_processor processor = {.component = {.size = sizeof processor}, .on_end = see_end};

static void use(const char *sampler)
{
	static struct component component = {.vtable = &processor};
	struct provider_options options = test_options(sampler);

	options.limits.attr_count = 2;
	options.limits.event_count = 1;
	options.limits.link_count = 1;
	options.processors[0] = &component;
	options.processor_count = 1;
	test_provider_with(&options);
	looks = 0;
}

static void setup(void)
{
	use("always_on");
}

START_TEST(a_root_span_that_goes_on_has_no_parent_and_no_end)
{
	const otel_span s = test_start("name");
	otel_span_context context;

	ck_assert(P->span_context(T, s, &context, NULL));
	ck_assert(span_data_read(s, look, &looks));
	ck_assert_uint_eq(looks, 1);
	ck_assert_uint_eq(seen.size, sizeof seen);
	ck_assert_uint_eq(seen.span.id, s.id);
	ck_assert_mem_eq(&seen.context.trace_id, context.trace_id, 16);
	ck_assert_mem_eq(&seen.context.span_id, context.span_id, 8);
	ck_assert(seen.context.trace_flags & OTEL_TRACE_FLAG_SAMPLED);
	ck_assert(!otel_span_context_is_valid(&seen.parent));
	ck_assert_int_eq(seen.kind, OTEL_KIND_INTERNAL);
	ck_assert_int_eq(seen.status, OTEL_STATUS_UNSET);
	ck_assert_uint_ne(seen.start_time_ns, 0);
	ck_assert_uint_eq(seen.end_time_ns, 0);
	ck_assert_str_eq(text, "name|||");
	ck_assert_uint_eq(msg_number(span, 8), 0);
	test_end(s);
	test_take();
}
END_TEST

START_TEST(name_status_and_attributes_are_those_of_now)
{
	const otel_span s = test_start("first");

	P->update_name(T, s, "second");
	P->set_status(T, s, OTEL_STATUS_ERROR, "broken");
	CALL(set_int, s, STR("n"), 1);
	ck_assert(span_data_read(s, look, &looks));
	ck_assert_str_eq(text, "second|broken||");
	ck_assert_int_eq(seen.status, OTEL_STATUS_ERROR);
	CALL(set_int, s, STR("n"), 2);
	P->set_status(T, s, OTEL_STATUS_OK, "ignored");
	P->update_name(T, s, "");
	ck_assert(span_data_read(s, look, &looks));
	ck_assert_str_eq(text, "|||");
	ck_assert_int_eq(seen.status, OTEL_STATUS_OK);
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "n"), "2");
	test_end(s);
	ck_assert_str_eq(SPAN_ATTR_TEXT(test_only(), "n"), "2");
}
END_TEST

START_TEST(a_remote_parent_and_its_tracestate_are_shown)
{
	const otel_span_context remote = {.trace_id = {1}, .span_id = {2}, .trace_flags = 1, .is_remote = 1};
	otel_context *context = otel_context_with_span_context(NULL, &remote, "a=1,b=2");
	const otel_span s = test_under("child", context);

	ck_assert(span_data_read(s, look, &looks));
	ck_assert_mem_eq(seen.context.trace_id, remote.trace_id, 16);
	ck_assert_mem_eq(&seen.parent, &remote, sizeof remote);
	ck_assert_str_eq(text, "child||a=1,b=2|");
	otel_context_unref(context);
	test_end(s);
	test_take();
}
END_TEST

START_TEST(a_parent_here_is_not_remote)
{
	const otel_span parent = test_start("parent"), s = test_child("child", parent);
	otel_span_context context;

	ck_assert(P->span_context(T, parent, &context, NULL));
	ck_assert(span_data_read(s, look, &looks));
	ck_assert_mem_eq(seen.parent.span_id, context.span_id, 8);
	ck_assert(!seen.parent.is_remote);
	test_end(s);
	test_end(parent);
	test_take();
}
END_TEST

START_TEST(what_was_dropped_is_counted)
{
	const otel_link link = {.span_context = {.trace_id = {1}, .span_id = {1}}};
	const otel_span s = test_start("s");

	for (int i = 0; i < 4; i++) {
		const char key[] = {(char)('a' + i), 0};
		CALL(set_int, s, key, 1, i);
		CALL(add_event, s, "event", 0, NULL, 0);
		P->add_link(T, s, &link);
	}
	ck_assert(span_data_read(s, look, &looks));
	ck_assert_uint_eq(seen.dropped_attrs, 2);
	ck_assert_uint_eq(seen.dropped_events, 3);
	ck_assert_uint_eq(seen.dropped_links, 3);
	ck_assert_uint_eq(msg_count(span, 9), 2);
	ck_assert_uint_eq(msg_number(span, 10), 2);
	test_end(s);
	test_take();
}
END_TEST

START_TEST(an_end_before_the_start_counts_as_the_start)
{
	const otel_span s = test_start("s");

	CALL(end, s, 1);
	ck_assert_uint_eq(looks, 1);
	ck_assert_uint_eq(seen.end_time_ns, seen.start_time_ns);
	ck_assert_uint_eq(msg_number(span, 8), seen.end_time_ns);
	test_take();
}
END_TEST

START_TEST(the_schema_of_the_scope_is_shown)
{
	static struct otel_tracer tracer = {
		.size = sizeof tracer, .name = "test", .version = "1.0", .schema_url = "https://schema/1"};
	const struct otel_parent none = {.context = NULL};
	const otel_span s = P->span_start(T, &tracer, "s", 1, &none, NULL);

	ck_assert(span_data_read(s, look, &looks));
	ck_assert_str_eq(text, "s|||https://schema/1");
	test_end(s);
	test_take();
}
END_TEST

static otel_edit remove_all(void *arg, otel_attr *attr)
{
	(void)attr;
	++*(unsigned *)arg;
	return OTEL_EDIT_REMOVE;
}

START_TEST(an_edit_from_outside_changes_what_is_read_next)
{
	const otel_span s = test_start("s");
	unsigned shown = 0;

	CALL(set_int, s, STR("a"), 1);
	CALL(set_int, s, STR("b"), 2);
	ck_assert(span_data_edit(s, OTEL_EDIT_SPAN, remove_all, &shown));
	ck_assert_uint_eq(shown, 2);
	ck_assert(span_data_read(s, look, &looks));
	ck_assert_uint_eq(msg_count(span, 9), 0);
	ck_assert_uint_eq(seen.dropped_attrs, 0);
	test_end(s);
	test_take();
}
END_TEST

START_TEST(what_does_not_record_is_neither_read_nor_edited)
{
	const otel_span ended = test_start("ended");
	unsigned shown = 0;

	CALL(set_int, ended, STR("a"), 1);
	test_end(ended);
	test_take();
	looks = 0;
	ck_assert(!span_data_read(ended, look, &looks));
	ck_assert(!span_data_edit(ended, OTEL_EDIT_SPAN, remove_all, &shown));
	use("always_off");
	const otel_span unsampled = test_start("unsampled");
	ck_assert(!span_data_read(unsampled, look, &looks));
	ck_assert(!span_data_edit(unsampled, OTEL_EDIT_SPAN, remove_all, &shown));
	ck_assert(!span_data_read((otel_span){0}, look, &looks));
	ck_assert_uint_eq(looks + shown, 0);
	test_end(unsampled);
}
END_TEST

SUITE_MAIN("span_data", setup, {a_root_span_that_goes_on_has_no_parent_and_no_end, 0},
	   {name_status_and_attributes_are_those_of_now, 0}, {a_remote_parent_and_its_tracestate_are_shown, 0},
	   {a_parent_here_is_not_remote, 0}, {what_was_dropped_is_counted, 0},
	   {an_end_before_the_start_counts_as_the_start, 0}, {the_schema_of_the_scope_is_shown, 0},
	   {an_edit_from_outside_changes_what_is_read_next, 0}, {what_does_not_record_is_neither_read_nor_edited, 0})

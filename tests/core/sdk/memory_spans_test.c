/* SPDX-License-Identifier: Apache-2.0
 *
 * memory_spans_test.c - what a program's tests read of its spans, with the exporter "memory": all that was recorded.
 */
#include "memory_support.h"

START_TEST(a_span_is_read_with_name_ids_times_kind_and_status)
{
	start();
	const otel_span span =
		otel_span_start_with(otel_tracer("test", "1.0"), "checkout",
				     OTEL_SPAN_OPTIONS(.kind = OTEL_KIND_SERVER, .start_time_ns = 1700000000000000001));
	const otel_span_context context = otel_span_context_get(span);
	otel_span_set_status(span, OTEL_STATUS_ERROR, "out of stock");
	otel_span_end_at(span, 1700000000000000501);

	const otel_memory_span *read = the_only_span();
	ck_assert_uint_eq(read->size, sizeof *read);
	ck_assert_str_eq(read->name, "checkout");
	ck_assert_mem_eq(read->context.trace_id, context.trace_id, sizeof context.trace_id);
	ck_assert_mem_eq(read->context.span_id, context.span_id, sizeof context.span_id);
	ck_assert_uint_eq(read->context.trace_flags, context.trace_flags);
	ck_assert_mem_eq(&read->parent, (&(otel_span_context){.is_remote = 0}), sizeof read->parent);
	ck_assert_str_eq(read->tracestate, "");
	ck_assert_int_eq(read->kind, OTEL_KIND_SERVER);
	ck_assert_int_eq(read->status, OTEL_STATUS_ERROR);
	ck_assert_str_eq(read->status_description, "out of stock");
	ck_assert_uint_eq(read->start_time_ns, 1700000000000000001);
	ck_assert_uint_eq(read->end_time_ns, 1700000000000000501);
	ck_assert_uint_eq(read->attrs.count + read->event_count + read->link_count, 0);
}
END_TEST

START_TEST(parents_are_read_whether_they_are_here_or_elsewhere)
{
	const otel_span_context elsewhere = {
		.trace_id = {1, 2}, .span_id = {3}, .trace_flags = OTEL_TRACE_FLAG_SAMPLED, .is_remote = 1};
	otel_context *remote = otel_context_with_span_context(NULL, &elsewhere, "vendor=value");

	start();
	const otel_span outer =
		otel_span_start_with(otel_tracer("test", "1.0"), "outer", OTEL_SPAN_OPTIONS(.parent = remote));
	otel_scope scope = otel_scope_enter(outer);
	end_one("inner");
	otel_scope_leave(&scope);
	otel_context_unref(remote);
	flush();

	const otel_memory_span *parent = otel_memory_find("outer"), *child = otel_memory_find("inner");
	ck_assert_ptr_nonnull(parent);
	ck_assert_ptr_nonnull(child);
	ck_assert_mem_eq(parent->parent.trace_id, elsewhere.trace_id, 16);
	ck_assert_mem_eq(parent->parent.span_id, elsewhere.span_id, 8);
	ck_assert_uint_eq(parent->parent.is_remote, 1);
	ck_assert_str_eq(parent->tracestate, "vendor=value");
	ck_assert_mem_eq(child->context.trace_id, elsewhere.trace_id, 16);
	ck_assert_mem_eq(child->parent.trace_id, elsewhere.trace_id, 16);
	ck_assert_mem_eq(child->parent.span_id, parent->context.span_id, 8);
	ck_assert_uint_eq(child->parent.is_remote, 0);
}
END_TEST

START_TEST(scope_and_resource_are_read)
{
	const otel_attr attr = otel_attr_str("team", "books");
	struct otel_tracer *tracer = otel_tracer_with(
		"library", "2.5",
		OTEL_TRACER_OPTIONS(.schema_url = "https://example.org/schema", .attrs = &attr, .attr_count = 1));

	setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test", 1);
	start();
	otel_span_end(otel_span_start(tracer, "span"));

	const otel_memory_span *read = the_only_span();
	ck_assert_str_eq(read->scope_name, "library");
	ck_assert_str_eq(read->scope_version, "2.5");
	ck_assert_str_eq(read->schema_url, "https://example.org/schema");
	ck_text(read->scope_attrs, "team", "books");
	ck_text(read->resource, "service.name", "shop");
	ck_text(read->resource, "deployment.environment.name", "test");
	unsetenv("OTEL_RESOURCE_ATTRIBUTES");
}
END_TEST

START_TEST(attributes_are_read_as_they_were_set)
{
	start();
	const otel_span span = otel_span_start(otel_tracer("test", "1.0"), "span");
	otel_span_set_str(span, "text", "abc");
	otel_span_set_str_n(span, "odd", 3, "a\0b", 3);
	otel_span_set_str(span, "nothing in it", "");
	otel_span_set_bool(span, "bool", true);
	otel_span_set_int(span, "int", INT64_MIN);
	otel_span_set_double(span, "double", 0.1);
	otel_span_set_attr(span, otel_attr_bytes("bytes", "\0\xff", 2));
	otel_span_set_attr(span, otel_attr_empty("empty"));
	otel_span_end(span);

	const otel_memory_attrs attrs = the_only_span()->attrs;
	ck_assert_uint_eq(attrs.count, 8);
	ck_text(attrs, "text", "abc");
	ck_text(attrs, "nothing in it", "");
	ck_assert_uint_eq(otel_memory_attr(attrs, "odd")->count, 3);
	ck_assert_mem_eq(otel_memory_attr(attrs, "odd")->value.str, "a\0b", 4);
	ck_assert_uint_eq(otel_memory_attr(attrs, "bool")->type, OTEL_ATTR_BOOL);
	ck_assert(otel_memory_attr(attrs, "bool")->value.b);
	ck_assert_uint_eq(otel_memory_attr(attrs, "int")->type, OTEL_ATTR_INT);
	ck_assert_int_eq(otel_memory_attr(attrs, "int")->value.i, INT64_MIN);
	ck_assert_uint_eq(otel_memory_attr(attrs, "double")->type, OTEL_ATTR_DOUBLE);
	ck_assert_double_eq(otel_memory_attr(attrs, "double")->value.d, 0.1);
	ck_assert_uint_eq(otel_memory_attr(attrs, "bytes")->type, OTEL_ATTR_BYTES);
	ck_assert_uint_eq(otel_memory_attr(attrs, "bytes")->count, 2);
	ck_assert_mem_eq(otel_memory_attr(attrs, "bytes")->value.bytes, "\0\xff", 2);
	ck_assert_uint_eq(otel_memory_attr(attrs, "empty")->type, OTEL_ATTR_EMPTY);
	ck_assert_ptr_null(otel_memory_attr(attrs, "absent"));
	ck_assert_ptr_null(otel_memory_attr(attrs, "tex"));
	ck_assert_str_eq(attrs.items[0].key, "text");
}
END_TEST

START_TEST(events_and_links_are_read_in_their_order)
{
	const otel_attr attr = otel_attr_int("n", 7);
	const otel_link link = {.span_context = {.trace_id = {9}, .span_id = {8}, .trace_flags = 1, .is_remote = 1},
				.tracestate = "a=b",
				.attrs = &attr,
				.attr_count = 1};

	start();
	const otel_span span = otel_span_start(otel_tracer("test", "1.0"), "span");
	otel_span_add_event_with(span, "first", 1700000000000000002, &attr, 1);
	otel_span_record_exception(span, "Type", "message", "stack", NULL, 0);
	otel_span_add_link(span, &link);
	otel_span_end(span);

	const otel_memory_span *read = the_only_span();
	ck_assert_uint_eq(read->event_count, 2);
	ck_assert_str_eq(read->events[0].name, "first");
	ck_assert_uint_eq(read->events[0].time_ns, 1700000000000000002);
	ck_assert_int_eq(otel_memory_attr(read->events[0].attrs, "n")->value.i, 7);
	ck_assert_str_eq(read->events[1].name, "exception");
	ck_text(read->events[1].attrs, "exception.type", "Type");
	ck_assert_uint_eq(read->link_count, 1);
	ck_assert_mem_eq(read->links[0].context.trace_id, link.span_context.trace_id, 16);
	ck_assert_mem_eq(read->links[0].context.span_id, link.span_context.span_id, 8);
	ck_assert_uint_eq(read->links[0].context.trace_flags, 1);
	ck_assert_uint_eq(read->links[0].context.is_remote, 1);
	ck_assert_str_eq(read->links[0].tracestate, "a=b");
	ck_assert_int_eq(otel_memory_attr(read->links[0].attrs, "n")->value.i, 7);
}
END_TEST

START_TEST(what_the_limits_dropped_is_read_as_a_number)
{
	static const char *const limits[] = {"OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "OTEL_SPAN_EVENT_COUNT_LIMIT",
					     "OTEL_SPAN_LINK_COUNT_LIMIT", "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT",
					     "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT"};
	const otel_attr attrs[] = {otel_attr_int("a", 1), otel_attr_int("b", 2), otel_attr_int("c", 3)};
	const otel_link link = {.span_context = {.trace_id = {9}, .span_id = {8}}, .attrs = attrs, .attr_count = 3};

	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
		setenv(limits[i], "1", 1);
	start();
	const otel_span span = otel_span_start(otel_tracer("test", "1.0"), "span");
	otel_span_set_attrs(span, attrs, 3);
	for (int i = 0; i < 4; i++) {
		otel_span_add_event_with(span, "event", 0, attrs, 3);
		otel_span_add_link(span, &link);
	}
	otel_span_end(span);

	const otel_memory_span *read = the_only_span();
	ck_assert_uint_eq(read->attrs.count, 1);
	ck_assert_uint_eq(read->attrs.dropped, 2);
	ck_assert_uint_eq(read->dropped_events, 3);
	ck_assert_uint_eq(read->events[0].attrs.dropped, 2);
	ck_assert_uint_eq(read->dropped_links, 3);
	ck_assert_uint_eq(read->links[0].attrs.dropped, 2);
}
END_TEST

int main(void)
{
	const struct suite_entry entries[] = {
		{a_span_is_read_with_name_ids_times_kind_and_status, 0},
		{parents_are_read_whether_they_are_here_or_elsewhere, 0},
		{scope_and_resource_are_read, 0},
		{attributes_are_read_as_they_were_set, 0},
		{events_and_links_are_read_in_their_order, 0},
		{what_the_limits_dropped_is_read_as_a_number, 0},
	};
	int status = suite_main("sdk/memory_spans", entries, sizeof entries / sizeof *entries, set_up);

	start_stop(5000);
	start_clean_up();
	return status;
}

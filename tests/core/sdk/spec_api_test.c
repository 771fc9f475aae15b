/* SPDX-License-Identifier: Apache-2.0
 *
 * spec_api_test.c - rules of the specification as a program meets them: the public calls in front, a whole SDK behind,
 * and what an exporter was given (specification/trace/api.md, specification/trace/sdk.md).
 */
#include <otel/otel.h>
#include <otel/sdk.h>
#include <pthread.h>

#include "start_support.h"

enum { THREADS = 8, SPANS = 50 };

static struct otel_tracer *early; /* from before there was an SDK */

static void set_up(void)
{
	const otel_status ignored = otel_sdk_stop(2000); /* the first time there is nothing to stop */

	(void)ignored;
	start_set_up();
	if (!early)
		early = otel_tracer("early", "0.9");
	ck_assert_int_eq(otel_sdk_start(NULL), OTEL_OK);
}

static bool same(ProtobufCBinaryData field, const void *bytes, size_t len)
{
	return field.len == len && memcmp(field.data, bytes, len) == 0;
}

/* ---- what arrived: a copy of each span that the tests ask for by name ---- */

struct arrived {
	const char *name; /* asked for */
	size_t count;
	uint8_t trace_id[16], span_id[8], parent_id[8];
	bool has_parent;
	uint64_t start, end;
};

static void look(void *arg, const Otlp__Resource *resource, const Otlp__Span *span)
{
	struct arrived *a = arg;

	(void)resource;
	if (!otlp_text_is(span->name, a->name))
		return;
	a->count++;
	memcpy(a->trace_id, span->trace_id.data, 16);
	memcpy(a->span_id, span->span_id.data, 8);
	a->has_parent = span->parent_span_id.len == 8;
	if (a->has_parent)
		memcpy(a->parent_id, span->parent_span_id.data, 8);
	a->start = span->start_time_unix_nano;
	a->end = span->end_time_unix_nano;
}

static struct arrived arrived(const char *name)
{
	struct arrived a = {.name = name};

	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	start_received(look, &a);
	return a;
}

/* ---- tracers ---- */

START_TEST(a_tracer_from_before_the_sdk_works_with_it)
{
	ck_assert_ptr_eq(otel_tracer("early", "0.9"), early);
	ck_assert(otel_tracer_enabled(early));
	otel_span_end(otel_span_start(early, "by the early one"));
	otel_span_end(otel_span_start(NULL, "by none"));
	ck_assert_uint_eq(arrived("by the early one").count, 1);
	ck_assert_uint_eq(arrived("by none").count, 1);
}
END_TEST

/* The scopes of the first request that was exported. */
static Otlp__ExportTraceServiceRequest *first_request(void)
{
	FILE *file = fopen(start_file, "r");
	uint32_t len;

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fread(&len, sizeof len, 1, file), 1);
	uint8_t *data = malloc(len);
	ck_assert_uint_eq(fread(data, 1, len, file), len);
	fclose(file);
	Otlp__ExportTraceServiceRequest *request = otlp__export_trace_service_request__unpack(NULL, len, data);
	ck_assert_ptr_nonnull(request);
	free(data);
	return request;
}

START_TEST(a_span_arrives_under_the_scope_of_its_tracer)
{
	const otel_attr attrs[] = {otel_attr_str("tier", "gold"), otel_attr_int("shard", 3)};
	struct otel_tracer *tracer = otel_tracer_with(
		"shop", "1.4.0",
		OTEL_TRACER_OPTIONS(.schema_url = "https://example.test/1.37.0", .attrs = attrs, .attr_count = 2));

	otel_span_end(otel_span_start(tracer, "span"));
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	Otlp__ExportTraceServiceRequest *request = first_request();
	ck_assert_uint_eq(request->n_resource_spans, 1);
	ck_assert_uint_eq(request->resource_spans[0]->n_scope_spans, 1);
	const Otlp__ScopeSpans *scope = request->resource_spans[0]->scope_spans[0];
	ck_assert_uint_eq(scope->n_spans, 1);
	ck_assert(otlp_text_is(scope->scope->name, "shop"));
	ck_assert(otlp_text_is(scope->scope->version, "1.4.0"));
	ck_assert(otlp_text_is(scope->schema_url, "https://example.test/1.37.0"));
	ck_assert_str_eq(start_text(scope->scope->attributes, scope->scope->n_attributes, "tier"), "gold");
	ck_assert_str_eq(start_text(scope->scope->attributes, scope->scope->n_attributes, "shard"), "3");
	otlp__export_trace_service_request__free_unpacked(request, NULL);
}
END_TEST

/* ---- threads ---- */

static pthread_barrier_t gate;

static void *end_spans(void *arg)
{
	struct otel_tracer *shared = arg;

	pthread_barrier_wait(&gate);
	for (int i = 0; i < SPANS; i++) {
		char name[16];
		snprintf(name, sizeof name, "scope.%d", i % 5);
		otel_span_end(otel_span_start(shared, "shared"));
		otel_span_end(otel_span_start(otel_tracer(name, NULL), "own"));
	}
	return NULL;
}

START_TEST(what_ended_on_any_thread_before_a_flush_is_delivered_by_it)
{
	pthread_t threads[THREADS];
	struct otel_tracer *shared = otel_tracer("shared", NULL);

	pthread_barrier_init(&gate, NULL, THREADS);
	for (int i = 0; i < THREADS; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, end_spans, shared), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	pthread_barrier_destroy(&gate);
	ck_assert_uint_eq(arrived("shared").count, THREADS * SPANS);
	ck_assert_uint_eq(arrived("own").count, THREADS * SPANS);
}
END_TEST

/* ---- parents ---- */

START_TEST(parents_are_the_current_span_or_that_of_the_context_given_or_none)
{
	otel_span first = otel_span_start(early, "first"), second = otel_span_start(early, "second");
	const otel_span_context of_first = otel_span_context_get(first), of_second = otel_span_context_get(second);
	otel_context *context = otel_context_with_span(NULL, second);
	otel_token token = otel_span_attach(first);

	otel_span_end(otel_span_start(early, "by default"));
	otel_span_end(otel_span_start_with(early, "explicit", OTEL_SPAN_OPTIONS(.parent = context)));
	otel_span_end(otel_span_start_with(early, "root", OTEL_SPAN_OPTIONS(.root = true)));
	otel_detach(token);
	otel_span_end(otel_span_start(early, "alone"));
	otel_context_unref(context);
	otel_span_end(second);
	otel_span_end(first);

	struct arrived a = arrived("by default");
	ck_assert(a.has_parent && !memcmp(a.parent_id, of_first.span_id, 8));
	ck_assert_mem_eq(a.trace_id, of_first.trace_id, 16);
	a = arrived("explicit");
	ck_assert(a.has_parent && !memcmp(a.parent_id, of_second.span_id, 8));
	ck_assert_mem_eq(a.trace_id, of_second.trace_id, 16);
	a = arrived("root");
	ck_assert(!a.has_parent && memcmp(a.trace_id, of_first.trace_id, 16) != 0);
	a = arrived("alone");
	ck_assert(!a.has_parent && memcmp(a.trace_id, of_first.trace_id, 16) != 0);
	a = arrived("first");
	ck_assert_mem_eq(a.span_id, of_first.span_id, 8);
	ck_assert(!a.has_parent);
}
END_TEST

/* ---- times, names, status ---- */

START_TEST(times_of_the_caller_and_the_last_name_arrive)
{
	otel_span span = otel_span_start_with(early, "before", OTEL_SPAN_OPTIONS(.start_time_ns = 1700000000000000000));

	otel_span_update_name(span, "after");
	otel_span_end_at(span, 1700000001000000000);
	otel_span_update_name(span, "too late");
	const struct arrived a = arrived("after");
	ck_assert_uint_eq(a.count, 1);
	ck_assert_uint_eq(a.start, 1700000000000000000);
	ck_assert_uint_eq(a.end, 1700000001000000000);
}
END_TEST

static void look_at_failure(void *arg, const Otlp__Resource *resource, const Otlp__Span *span)
{
	(void)arg;
	(void)resource;
	ck_assert_int_eq(span->status->code, OTLP__STATUS_CODE__STATUS_CODE_ERROR);
	ck_assert(otlp_text_is(span->status->message, "nobody listens"));
	ck_assert_str_eq(start_text(span->attributes, span->n_attributes, "error.type"), "ECONNREFUSED");
	ck_assert_uint_eq(span->n_events, 1);
	const Otlp__Span__Event *event = span->events[0];
	ck_assert(otlp_text_is(event->name, "exception"));
	ck_assert_str_eq(start_text(event->attributes, event->n_attributes, "exception.type"), "ECONNREFUSED");
	ck_assert_str_eq(start_text(event->attributes, event->n_attributes, "exception.message"), "nobody listens");
	ck_assert_ptr_nonnull(
		strstr(start_text(event->attributes, event->n_attributes, "exception.stacktrace"), "spec_api_test("));
}

START_TEST(a_failure_arrives_as_status_type_and_exception_with_the_stack)
{
	otel_span span = otel_span_start(early, "fails");

	otel_span_fail_with(span, "ECONNREFUSED", "nobody listens");
	otel_span_end(span);
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_uint_eq(start_received(look_at_failure, NULL), 1);
}
END_TEST

static void look_at_link(void *arg, const Otlp__Resource *resource, const Otlp__Span *span)
{
	const otel_span_context *target = arg;

	(void)resource;
	if (!otlp_text_is(span->name, "links"))
		return;
	ck_assert_uint_eq(span->n_links, 3);
	for (size_t i = 0; i < 3; i++) {
		ck_assert(same(span->links[i]->trace_id, target->trace_id, 16));
		ck_assert(same(span->links[i]->span_id, target->span_id, 8));
	}
	ck_assert_str_eq(start_text(span->links[0]->attributes, span->links[0]->n_attributes, "n"), "1");
	ck_assert_str_eq(start_text(span->links[1]->attributes, span->links[1]->n_attributes, "n"), "2");
	ck_assert(otlp_text_is(span->links[1]->trace_state, "a=b"));
	ck_assert_str_eq(start_text(span->links[2]->attributes, span->links[2]->n_attributes, "n"), "absent");
}

START_TEST(links_arrive_in_their_order_with_what_they_hold)
{
	otel_span target = otel_span_start(early, "target");
	otel_span_context context = otel_span_context_get(target);
	const otel_attr one = otel_attr_int("n", 1), two = otel_attr_int("n", 2);
	const otel_link links[] = {{.span_context = context, .attrs = &one, .attr_count = 1},
				   {.span_context = context, .tracestate = "a=b", .attrs = &two, .attr_count = 1}};
	otel_span span = otel_span_start_with(early, "links", OTEL_SPAN_OPTIONS(.links = links, .link_count = 2));

	otel_span_add_link(span, &(otel_link){.span_context = context});
	otel_span_end(span);
	otel_span_end(target);
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_uint_eq(start_received(look_at_link, &context), 2);
}
END_TEST

int main(void)
{
	const struct suite_entry entries[] = {
		{a_tracer_from_before_the_sdk_works_with_it, 0},
		{a_span_arrives_under_the_scope_of_its_tracer, 0},
		{what_ended_on_any_thread_before_a_flush_is_delivered_by_it, 0},
		{parents_are_the_current_span_or_that_of_the_context_given_or_none, 0},
		{times_of_the_caller_and_the_last_name_arrive, 0},
		{a_failure_arrives_as_status_type_and_exception_with_the_stack, 0},
		{links_arrive_in_their_order_with_what_they_hold, 0},
	};
	int status = suite_main("spec_api", entries, sizeof entries / sizeof *entries, set_up);
	const otel_status ignored = otel_sdk_stop(2000);

	(void)ignored;
	start_clean_up();
	return status;
}

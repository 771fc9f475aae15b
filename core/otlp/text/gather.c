/* SPDX-License-Identifier: Apache-2.0
 *
 * gather.c - traces in a hash table by id and in a list by the time of their last span.
 */
#include "otlp/text/gather.h"

#include <stdlib.h>

#define BUCKETS   4096
#define SPANS_MAX (256u * 1024)
#define BYTES_MAX (256u * 1024 * 1024) /* of requests, as encoded */

/* A span, and the request that it lives in. */
struct gathered_span {
	struct tree_span at;
	struct otlp_request *request;
};

struct trace {
	struct trace *next_in_bucket;
	struct trace *older, *newer;
	uint64_t last_ms;
	struct gathered_span *spans;
	size_t count, cap;
};

struct gather {
	struct tree_style style;
	struct trace *buckets[BUCKETS];
	struct trace *oldest, *newest;
	size_t spans;
	size_t bytes; /* added since the table was last empty: an upper bound of what is held */
};

struct gather *gather_create(const struct tree_style *style)
{
	struct gather *g = calloc(1, sizeof(*g));

	if (g)
		g->style = *style;
	return g;
}

static ProtobufCBinaryData trace_id(const struct trace *trace)
{
	return trace->spans[0].at.span->trace_id;
}

/* FNV-1a: X-Ray ids begin alike, so all bytes count. */
static struct trace **bucket_of(struct gather *g, ProtobufCBinaryData id)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < id.len; i++)
		hash = (hash ^ id.data[i]) * 16777619u;
	return &g->buckets[hash % BUCKETS];
}

static void list_remove(struct gather *g, struct trace *trace)
{
	*(trace->older ? &trace->older->newer : &g->oldest) = trace->newer;
	*(trace->newer ? &trace->newer->older : &g->newest) = trace->older;
}

static void list_push(struct gather *g, struct trace *trace)
{
	trace->older = g->newest;
	trace->newer = NULL;
	*(g->newest ? &g->newest->newer : &g->oldest) = trace;
	g->newest = trace;
}

static struct trace *find(struct gather *g, ProtobufCBinaryData id)
{
	struct trace *trace = *bucket_of(g, id);

	while (trace && (trace_id(trace).len != id.len || (id.len && memcmp(trace_id(trace).data, id.data, id.len))))
		trace = trace->next_in_bucket;
	return trace;
}

static bool append_span(struct trace *trace, const struct gathered_span *span)
{
	if (trace->count == trace->cap) {
		size_t cap = trace->cap ? trace->cap * 2 : 8;
		struct gathered_span *spans = realloc(trace->spans, cap * sizeof(*spans));
		if (!spans)
			return false;
		trace->spans = spans;
		trace->cap = cap;
	}
	trace->spans[trace->count++] = *span;
	return true;
}

static void forget(struct gather *g, struct trace *trace)
{
	struct trace **at = bucket_of(g, trace_id(trace));

	while (*at != trace)
		at = &(*at)->next_in_bucket;
	*at = trace->next_in_bucket;
	list_remove(g, trace);
	for (size_t i = 0; i < trace->count; i++)
		otlp_request_unref(trace->spans[i].request);
	g->spans -= trace->count;
	free(trace->spans);
	free(trace);
}

static bool add_span(struct gather *g, const struct gathered_span *span, uint64_t now_ms)
{
	ProtobufCBinaryData id = span->at.span->trace_id;
	struct trace *trace = find(g, id);
	struct trace **bucket = bucket_of(g, id);

	if (trace) {
		if (!append_span(trace, span))
			return false;
		list_remove(g, trace);
	} else {
		trace = calloc(1, sizeof(*trace));
		if (!trace || !append_span(trace, span)) {
			free(trace);
			return false;
		}
		trace->next_in_bucket = *bucket;
		*bucket = trace;
	}
	trace->last_ms = now_ms;
	list_push(g, trace);
	otlp_request_ref(span->request);
	g->spans++;
	return true;
}

bool gather_add(struct gather *g, struct otlp_request *request, uint64_t now_ms)
{
	bool ok = true;

	if (g->spans + request->spans > SPANS_MAX || g->bytes + request->bytes > BYTES_MAX)
		gather_print_all(g);
	g->bytes += request->bytes;
	for (size_t i = 0; i < request->message->n_resource_spans; i++) {
		const Otlp__ResourceSpans *of_resource = request->message->resource_spans[i];
		for (size_t k = 0; k < of_resource->n_scope_spans; k++) {
			const Otlp__ScopeSpans *of_scope = of_resource->scope_spans[k];
			for (size_t n = 0; n < of_scope->n_spans; n++) {
				struct gathered_span span = {
					{of_scope->spans[n], of_resource->resource, of_scope->scope}, request};
				ok = add_span(g, &span, now_ms) && ok;
			}
		}
	}
	return ok;
}

static void print(struct gather *g, struct trace *trace)
{
	struct tree_span *spans = calloc(trace->count, sizeof(*spans));

	for (size_t i = 0; spans && i < trace->count; i++)
		spans[i] = trace->spans[i].at;
	if (spans)
		tree_print(spans, trace->count, &g->style);
	free(spans);
	forget(g, trace);
}

void gather_print_idle(struct gather *g, uint64_t idle_since_ms)
{
	while (g->oldest && g->oldest->last_ms <= idle_since_ms)
		print(g, g->oldest);
	if (!g->oldest)
		g->bytes = 0;
}

void gather_print_all(struct gather *g)
{
	gather_print_idle(g, UINT64_MAX);
}

bool gather_oldest(const struct gather *g, uint64_t *since_ms)
{
	if (g->oldest)
		*since_ms = g->oldest->last_ms;
	return g->oldest != NULL;
}

void gather_destroy(struct gather *g)
{
	while (g && g->oldest)
		forget(g, g->oldest);
	free(g);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/memory.h - the spans that the exporter "memory" keeps, for tests of a program's own instrumentation. Link with
 * libotel_sdk.
 *
 * Chosen by name, as every exporter: OTEL_TRACES_EXPORTER=memory, [traces] exporter = memory, or in code:
 *
 *     static const otel_setting settings[] = {{"traces.exporter", "memory"}};
 *     otel_sdk_start(OTEL_SDK_OPTIONS(.settings = settings, .setting_count = 1));
 *     …                        what is to be tested
 *     otel_sdk_flush(5000);    spans arrive in batches: before this they may not be here yet
 *     const otel_memory_span *span = otel_memory_find("checkout");
 *     const otel_attr *items = span ? otel_memory_attr(span->attrs, "shop.items") : NULL;
 *
 * Every call may come from any thread, and none fails: without the exporter nothing is kept. What is returned is never
 * changed, and lives until otel_memory_clear() or the next start that chooses "memory", whichever comes first; a stop
 * leaves it. A child of fork() begins with nothing, and what its parent had been given is gone there.
 *
 * Kept are 10,000 spans, as far as 16 MiB hold what is read here. Those that come then are dropped, never those
 * that are kept: counted by otel_memory_dropped() and as dropped_rejected in otel_sdk_stats, told in one line, and a
 * flush answers OTEL_FAILED. Signals other than traces are not taken.
 */
#ifndef OTEL_MEMORY_H
#define OTEL_MEMORY_H

#include <otel/attr.h>
#include <otel/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The structs here are read only. All pointers are valid and all text is terminated, "" where there is none; a list
 * without elements may be NULL. Elements of lists (attributes, events, links) have a layout fixed for ever. */

/* A list of attributes, in the order of export; keys are terminated, and so are strings, which `count`
 * measures too. An array of strings, booleans, integers or doubles alone has the type for that; one without elements,
 * or of different ones, or of strings with a NUL inside, is an OTEL_ATTR_ARRAY. */
typedef struct otel_memory_attrs {
	const otel_attr *items;
	size_t count;
	uint32_t dropped; /* past the limits */
	uint32_t reserved;
} otel_memory_attrs;

/* An event; an exception is one named "exception". */
typedef struct otel_memory_event {
	const char *name;
	uint64_t time_ns; /* since the Unix epoch */
	otel_memory_attrs attrs;
} otel_memory_event;

/* A link. */
typedef struct otel_memory_link {
	otel_span_context context;
	const char *tracestate;
	otel_memory_attrs attrs;
} otel_memory_link;

/* A span as it was exported. Grows at the end only. */
typedef struct otel_memory_span {
	size_t size; /* of what the library knows */
	const char *name;
	otel_span_context context;
	otel_span_context parent; /* all zero for a root span; its trace flags are not exported, so they are 0 */
	const char *tracestate; /* of context */
	otel_span_kind kind;
	otel_status_code status;
	const char *status_description;
	uint64_t start_time_ns; /* since the Unix epoch */
	uint64_t end_time_ns;
	otel_memory_attrs attrs;
	const otel_memory_event *events; /* in the order in which they were added */
	size_t event_count;
	const otel_memory_link *links; /* likewise */
	size_t link_count;
	uint32_t dropped_events; /* past the limits */
	uint32_t dropped_links;
	/* The tracer. */
	const char *scope_name;
	const char *scope_version;
	const char *schema_url;
	otel_memory_attrs scope_attrs;
	/* The process. */
	otel_memory_attrs resource;
} otel_memory_span;

/* How many spans are kept. */
OTEL_EXPORT size_t otel_memory_count(void);

/* The index-th kept span, from 0; NULL if there are not as many. In the order of export, which need not be that of
 * their ends: what a batch holds is sorted by tracers, and threads hand in their spans apart. */
OTEL_EXPORT const otel_memory_span *otel_memory_at(size_t index);

/* The first kept span of that name; NULL if there is none, or name is NULL. */
OTEL_EXPORT const otel_memory_span *otel_memory_find(const char *name);

/* How many spans were dropped for want of room since the last clear or start. */
OTEL_EXPORT uint64_t otel_memory_dropped(void);

/* Forgets all spans, and frees them. What ended before but was not exported yet comes afterwards: flush first. */
OTEL_EXPORT void otel_memory_clear(void);

/* The attribute of that key: otel_memory_attr(span->attrs, "http.route"). NULL if there is none, or key is NULL. Works
 * for events, links, scope and resource alike. */
static inline const otel_attr *otel_memory_attr(otel_memory_attrs attrs, const char *key)
{
	const size_t len = otel_strlen(key);

	for (size_t i = 0; key && i < attrs.count; i++)
		if (attrs.items[i].key_len == len && __builtin_memcmp(attrs.items[i].key, key, len) == 0)
			return &attrs.items[i];
	return NULL;
}

#ifdef __cplusplus
}
#endif
#endif

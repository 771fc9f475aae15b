/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/span.h - tracers and spans. Follows specification/trace/api.md.
 *
 * Recording never fails: misuse (a call after end, a stale handle, a NULL key) does nothing and is counted; out of
 * memory drops telemetry and counts it. Strings are UTF-8 and borrowed for the call; times are nanoseconds since the
 * Unix epoch, 0 = now. Every call may come from any thread.
 */
#ifndef OTEL_SPAN_H
#define OTEL_SPAN_H

#include <otel/attr.h>
#include <otel/context.h>
#include <otel/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- tracers ---- */

/* The tracer of an instrumentation scope. The same pointer for the same name and version, valid as long as the
 * process; name and version are copied. version may be NULL. Nothing is allocated: past 256 scopes (or 16 KiB of
 * names) the unnamed tracer is returned, and counted. Cheap, but not free: keep the pointer where it is hot. */
OTEL_EXPORT struct otel_tracer *otel_tracer_get(const char *name, const char *version, const char *schema_url);

/* The usual form: no schema URL. Name the scope after the library that is instrumented, not after the function
 * (specification/trace/api.md, Get a Tracer). */
#ifdef __cplusplus
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow" /* the struct has no constructor to hide */
#endif
static inline struct otel_tracer *otel_tracer(const char *name, const char *version)
{
	return otel_tracer_get(name, version, NULL);
}
#ifdef __cplusplus
#pragma GCC diagnostic pop
#endif

/* What else identifies an instrumentation scope. Zero means none. */
typedef struct otel_tracer_options {
	size_t size;            /* sizeof(otel_tracer_options) */
	const char *schema_url; /* of the semantic conventions that the attributes of its spans follow */
	const otel_attr *attrs; /* of the scope, in any order; values in values are left out and counted */
	size_t attr_count;
} otel_tracer_options;

/* The same with scope attributes (specification/trace/api.md, Get a Tracer): one tracer for each combination of name,
 * version, schema URL and attributes. Everything is copied, attributes count against the 16 KiB too. options may be
 * NULL. */
OTEL_EXPORT struct otel_tracer *otel_tracer_with(const char *name, const char *version,
						 const otel_tracer_options *options);

/* Options in place (C only): otel_tracer_with("shop", "1.0", OTEL_TRACER_OPTIONS(.schema_url = "https://…")). */
#define OTEL_TRACER_OPTIONS(...) (&(const otel_tracer_options){.size = sizeof(otel_tracer_options), __VA_ARGS__})

/* Whether a span started now on this thread could be recorded: lets callers skip costly preparations. false without an
 * SDK and on suppressed threads (specification/trace/api.md, Enabled). tracer may be NULL. Ask each time: the answer
 * changes. */
OTEL_EXPORT bool otel_tracer_enabled(const struct otel_tracer *tracer);

/* ---- start ---- */

/* What may be said at start. Zero means default, so designated initialisers name only what matters. */
typedef struct otel_span_options {
	size_t size;                 /* sizeof(otel_span_options) */
	otel_span_kind kind;         /* default INTERNAL */
	bool root;                   /* start a new trace, whatever is current */
	const otel_context *parent;  /* default: the current context */
	uint64_t start_time_ns;      /* default: now */
	const otel_attr *attrs;      /* samplers see them */
	size_t attr_count;
	const otel_link *links;
	size_t link_count;
} otel_span_options;

/* Starts a span; it does not become current (specification/trace/api.md, Span Creation). tracer may be NULL: the unnamed
 * one. name need not be terminated. options may be NULL; they, and all they point to, are borrowed for the call.
 * Without an SDK, and on suppressed threads, the span is a non-recording one that carries the parent's context on, and
 * {0} if there is none: calls on it are harmless, and so is making it current. Every span must be ended by somebody, on
 * any thread. */
OTEL_EXPORT otel_span otel_span_start_n(struct otel_tracer *tracer, const char *name, size_t name_len,
					const otel_span_options *options);

/* The usual form: a child of what is current, or a root; internal; starting now. */
static inline otel_span otel_span_start(struct otel_tracer *tracer, const char *name)
{
	return otel_span_start_n(tracer, name, otel_strlen(name), NULL);
}

/* With options; see OTEL_SPAN_OPTIONS. */
static inline otel_span otel_span_start_with(struct otel_tracer *tracer, const char *name, const otel_span_options *options)
{
	return otel_span_start_n(tracer, name, otel_strlen(name), options);
}

/* Options in place (C only): otel_span_start_with(t, "GET", OTEL_SPAN_OPTIONS(.kind = OTEL_KIND_CLIENT)). */
#define OTEL_SPAN_OPTIONS(...) (&(const otel_span_options){.size = sizeof(otel_span_options), __VA_ARGS__})

/* ---- end ---- */

/* Ends a span, once (specification/trace/api.md, End). It may go on being the parent of others; only a scope or
 * otel_detach() stops it being current. Its children are not ended with it. end_time_ns before the start is taken as the
 * start. Does no I/O, and waits for nobody. A second end is counted as misuse. */
OTEL_EXPORT void otel_span_end_at(otel_span span, uint64_t end_time_ns);

/* Ends a span now. */
static inline void otel_span_end(otel_span span)
{
	if (span.id)
		otel_span_end_at(span, 0);
}

/* ---- reading ---- */

/* The current span of this thread; {0} if there is none, or if it came in through a propagator: then only
 * otel_context_capture() knows its span context. */
OTEL_EXPORT otel_span otel_span_current(void);

/* Whether calls on the span have an effect: false once it ended, and for spans that are not sampled. */
OTEL_EXPORT bool otel_span_is_recording(otel_span span);

/* The span context, all zero for {0}. After end it still answers for a while (at least 256 further spans); the form
 * that never goes stale is a captured context. */
OTEL_EXPORT otel_span_context otel_span_context_get(otel_span span);

/* ---- attributes: the same key again replaces the value ----
 *
 * specification/trace/api.md, Set Attributes. Keys and strings are copied and need not be terminated in the _n forms.
 * Past the limits (OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT and its like) new keys are dropped, long values cut, and that is
 * counted in the span. Attributes that a sampler should see go into the options at start. */

/* Lengths in bytes; value NULL is recorded as the empty value. */

OTEL_EXPORT void otel_span_set_str_n(otel_span span, const char *key, size_t key_len, const char *value,
				     size_t value_len);
OTEL_EXPORT void otel_span_set_bool_n(otel_span span, const char *key, size_t key_len, bool value);
OTEL_EXPORT void otel_span_set_int_n(otel_span span, const char *key, size_t key_len, int64_t value);
OTEL_EXPORT void otel_span_set_double_n(otel_span span, const char *key, size_t key_len, double value);

/* Any number of attributes of any type, in this order; cheaper than one call each. attrs may be NULL if count is 0. */
OTEL_EXPORT void otel_span_set_attrs(otel_span span, const otel_attr *attrs, size_t count);

/* The forms for terminated strings; the length of a literal is known to the compiler. */
static inline void otel_span_set_str(otel_span span, const char *key, const char *value)
{
	if (span.id)
		otel_span_set_str_n(span, key, otel_strlen(key), value, otel_strlen(value));
}

static inline void otel_span_set_bool(otel_span span, const char *key, bool value)
{
	if (span.id)
		otel_span_set_bool_n(span, key, otel_strlen(key), value);
}

static inline void otel_span_set_int(otel_span span, const char *key, int64_t value)
{
	if (span.id)
		otel_span_set_int_n(span, key, otel_strlen(key), value);
}

static inline void otel_span_set_double(otel_span span, const char *key, double value)
{
	if (span.id)
		otel_span_set_double_n(span, key, otel_strlen(key), value);
}

/* One attribute of any type: otel_span_set_attr(span, otel_attr_str_array("tags", tags, 3)). */
static inline void otel_span_set_attr(otel_span span, otel_attr attr)
{
	otel_span_set_attrs(span, &attr, 1);
}

/* ---- name, events, links, status ---- */

/* Replaces the name given at start; samplers have already seen that one (specification/trace/api.md, UpdateName). name
 * is terminated, copied; NULL counts as empty. */
OTEL_EXPORT void otel_span_update_name(otel_span span, const char *name);

/* Adds an event with attributes (specification/trace/api.md, Add Events); order is kept, times need not lie inside the
 * span. Past OTEL_SPAN_EVENT_COUNT_LIMIT events are dropped and counted in the span. */
OTEL_EXPORT void otel_span_add_event_with(otel_span span, const char *name, uint64_t time_ns, const otel_attr *attrs,
					  size_t attr_count);

/* An event without attributes, now. */
static inline void otel_span_add_event(otel_span span, const char *name)
{
	otel_span_add_event_with(span, name, 0, NULL, 0);
}

/* Adds a link after start; samplers do not see it (specification/trace/api.md, Add Link). Order is kept. A link without
 * a valid span context is kept only for its attributes or tracestate. */
OTEL_EXPORT void otel_span_add_link(otel_span span, const otel_link *link);

/* Ok is final; Unset is ignored; the description counts with Error only; otherwise the last call wins
 * (specification/trace/api.md, Set Status). description is terminated, copied, may be NULL. Libraries leave Ok to the
 * application. */
OTEL_EXPORT void otel_span_set_status(otel_span span, otel_status_code code, const char *description);

/* As `stacktrace` of otel_span_record_exception: the stack of the calling thread, captured now, one line a frame. Costs
 * some hundred microseconds; functions are named by the symbol tables of their files, unless these are stripped. */
#define OTEL_STACK_HERE ((const char *)-1)

/* Adds an event named "exception" (semantic conventions, exceptions on spans). Each of the three may be NULL; one of
 * type and message should be given. Extra attributes win over the three. */
OTEL_EXPORT void otel_span_record_exception(otel_span span, const char *type, const char *message,
					    const char *stacktrace, const otel_attr *attrs, size_t attr_count);

/* The short form for functions that return an error: status Error with the message as description, and an exception
 * event with the message and the current stack. The span goes on, and must still be ended. message may be NULL. */
OTEL_EXPORT void otel_span_fail(otel_span span, const char *message);

/* The same, with the kind of error ("ECONNREFUSED", "timeout", "500") as the attribute error.type and as the type of the
 * exception (semantic conventions, Recording errors). type should be one of few; NULL: as otel_span_fail(). */
OTEL_EXPORT void otel_span_fail_with(otel_span span, const char *type, const char *message);

/* The same for a failed call of the C library: `error` is what errno was. Its name ("ENOENT") is the type, its English
 * description the message. errno stays as it is. */
OTEL_EXPORT void otel_span_fail_errno(otel_span span, int error);

/* ---- scopes: with compilers that know __attribute__((cleanup)) (gcc, clang) ---- */

/* A started span that is current. Private fields; on the stack of the function that opened it, which closes it. */
typedef struct otel_scope {
	otel_token token;
	otel_span span;
} otel_scope;

/* Makes a span current until otel_scope_leave(), which also ends it. What OTEL_SPAN uses; by hand where the compiler has
 * no cleanup attribute. Both on the same thread, inner scopes left before outer ones, as with otel_detach(). */
OTEL_EXPORT otel_scope otel_scope_enter(otel_span span);
OTEL_EXPORT void otel_scope_leave(otel_scope *scope);

/* The span, which its scope will not end: it only stops being current there. Somebody else ends it, on any thread. */
static inline otel_span otel_scope_release(otel_scope *scope)
{
	otel_span span = {0};

	if (!scope)
		return span;
	span = scope->span;
	scope->span.id = 0;
	return span;
}

/* The same for a span that OTEL_SPAN declared: otel_span_detach(span) hands it to a callback that will end it. */
#define otel_span_detach(var) otel_scope_release(&var##_scope_)

/* Declares `var`, a span that is current until the end of the enclosing block, then ended: also by return, break and
 * goto; not by longjmp, nor by pthread_exit or C++ exceptions unless compiled with -fexceptions. */
#define OTEL_SPAN(var, tracer, name)                                                                                   \
	const otel_span var = otel_span_start((tracer), (name));                                                       \
	__attribute__((cleanup(otel_scope_leave), unused)) otel_scope var##_scope_ = otel_scope_enter(var)

/* The same with options (C only): OTEL_SPAN_WITH(span, tracer, "GET", .kind = OTEL_KIND_CLIENT); */
#define OTEL_SPAN_WITH(var, tracer, name, ...)                                                                         \
	const otel_span var = otel_span_start_with((tracer), (name), OTEL_SPAN_OPTIONS(__VA_ARGS__));                  \
	__attribute__((cleanup(otel_scope_leave), unused)) otel_scope var##_scope_ = otel_scope_enter(var)

#ifdef __cplusplus
}
#endif
#endif

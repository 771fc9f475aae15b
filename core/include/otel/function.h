/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/function.h - a span for a function or a call, in one line. For compilers that know __attribute__((cleanup)): gcc
 * and clang.
 *
 *     OTEL_TRACER("shop.db", "1.0");
 *
 *     int query(const char *sql)
 *     {
 *         OTEL_TRACE_FUNCTION(.name = "database_query", OTEL_STR("db.system.name", "postgresql"));
 *         otel_span_set_str(OTEL_FUNCTION_SPAN, "db.query.text", sql);
 *         int fd = OTEL_TRACE_CALL(open("/var/lib/shop.db", O_RDONLY), otel_result < 0);
 *         ...
 *     }
 *
 * Like every scope these end by return, break and goto; by pthread_exit, cancellation and C++ exceptions if compiled with
 * -fexceptions; not by longjmp.
 */
#ifndef OTEL_FUNCTION_H
#define OTEL_FUNCTION_H

#include <errno.h>
#include <otel/attr.h>
#include <otel/span.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Attributes of a fixed value, as OTEL_TRACE_FUNCTION takes them. */
#define OTEL_STR(key, value)    otel_attr_str((key), (value))
#define OTEL_INT(key, value)    otel_attr_int((key), (value))
#define OTEL_DOUBLE(key, value) otel_attr_double((key), (value))
#define OTEL_BOOL(key, value)   otel_attr_bool((key), (value))

#define OTEL_FUNCTION_ATTRS 8

/* What may be said of a function, in this order: OTEL_TRACE_FUNCTION(.kind = OTEL_KIND_CLIENT, .name = "…", attributes).
 * Not an ABI: everything here is compiled into the program. */
struct otel_function {
	otel_span_kind kind;    /* default INTERNAL */
	const char *name;       /* of the span; default: the function's */
	otel_attr attrs[OTEL_FUNCTION_ATTRS]; /* samplers see them */
};

/* Where in the source (semantic conventions, code.*). */
struct otel_code_site {
	const char *function;
	const char *file;
	int line;
};

/* The scope of a file, found at the first use. */
struct otel_file_scope {
	const char *name;
	const char *version;
	struct otel_tracer *tracer;
};

static inline struct otel_tracer *otel_file_tracer_(struct otel_file_scope *scope)
{
	struct otel_tracer *tracer = __atomic_load_n(&scope->tracer, __ATOMIC_RELAXED);

	if (!tracer) {
		tracer = otel_tracer_get(scope->name, scope->version, NULL);
		__atomic_store_n(&scope->tracer, tracer, __ATOMIC_RELAXED);
	}
	return tracer;
}

/* The span of a function; {0} where nothing would be recorded, which leaves what is current as it is. */
static inline otel_span otel_function_start_(struct otel_tracer *tracer, const struct otel_code_site *site,
					    const struct otel_function *function)
{
	otel_attr attrs[3 + OTEL_FUNCTION_ATTRS];
	size_t count = 3;
	otel_span_options options;

	attrs[0] = otel_attr_str("code.function.name", site->function);
	attrs[1] = otel_attr_str("code.file.path", site->file);
	attrs[2] = otel_attr_int("code.line.number", site->line);
	for (size_t i = 0; i < OTEL_FUNCTION_ATTRS && function->attrs[i].type; i++)
		attrs[count++] = function->attrs[i];
	memset(&options, 0, sizeof options);
	options.size = sizeof options;
	options.kind = function->kind;
	options.attrs = attrs;
	options.attr_count = count;
	return otel_span_start_with(tracer, function->name, &options);
}

/* Length of what is called in the text of a call: "db->query(x)" -> "db->query". */
static inline size_t otel_call_name_len_(const char *text)
{
	size_t len = 0;

	while (text[len] && text[len] != '(')
		len++;
	while (len && (text[len - 1] == ' ' || text[len - 1] == '\t'))
		len--;
	return len;
}

/* The span of the function that is being traced, to set more on it. */
#define OTEL_FUNCTION_SPAN otel_function_span_

#define OTEL_FUNCTION_SCOPE_                                                                                           \
	__attribute__((cleanup(otel_scope_leave), unused)) otel_scope otel_function_scope_ =                           \
		otel_scope_enter(OTEL_FUNCTION_SPAN)

/* A call as a child span named after what is called: its value is the value of the call. is_error is an expression in
 * which `otel_result` is that value; where it holds, the span fails with errno's name and description. The call is made
 * once; errno is as it left it. Not for functions that return void. */
#define OTEL_TRACE_CALL(call, is_error)                                                                                \
	__extension__({                                                                                                \
		const otel_span otel_call_span_ =                                                                      \
			otel_span_start_n(OTEL_FILE_TRACER_, #call, otel_call_name_len_(#call), NULL);                  \
		__attribute__((cleanup(otel_scope_leave), unused)) otel_scope otel_call_scope_ =                       \
			otel_scope_enter(otel_call_span_);                                                             \
		__typeof__(call) otel_result = (call);                                                                 \
		if (is_error)                                                                                          \
			otel_span_fail_errno(otel_call_span_, errno);                                                  \
		otel_result;                                                                                           \
	})

#ifndef __cplusplus

/* Declares the instrumentation scope of this file's macros; once, outside functions. Without it: the unnamed scope. */
#define OTEL_TRACER(scope_name, scope_version)                                                                         \
	static struct otel_file_scope otel_file_scope_ = {(scope_name), (scope_version), NULL}

static struct otel_file_scope otel_file_scope_ __attribute__((unused)); /* unless OTEL_TRACER completes it */
#define OTEL_FILE_TRACER_ otel_file_tracer_(&otel_file_scope_)

#ifdef __clang__
#define OTEL_QUIET_                                                                                                    \
	_Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Winitializer-overrides\"")               \
		_Pragma("clang diagnostic ignored \"-Wmissing-braces\"")                                               \
			_Pragma("clang diagnostic ignored \"-Wmissing-field-initializers\"")
#define OTEL_LOUD_ _Pragma("clang diagnostic pop")
#else
#define OTEL_QUIET_                                                                                                    \
	_Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Woverride-init\"")                           \
		_Pragma("GCC diagnostic ignored \"-Wmissing-braces\"")                                                 \
			_Pragma("GCC diagnostic ignored \"-Wmissing-field-initializers\"")
#define OTEL_LOUD_ _Pragma("GCC diagnostic pop")
#endif

/* A span for the rest of the function, named after it, with code.function.name, code.file.path and code.line.number. In
 * the parentheses: nothing, or .kind, .name and up to 8 attributes, in this order. Once in a function. */
#define OTEL_TRACE_FUNCTION(...)                                                                                       \
	OTEL_QUIET_                                                                                                    \
	const otel_span OTEL_FUNCTION_SPAN __attribute__((unused)) =                                                   \
		otel_tracer_enabled(OTEL_FILE_TRACER_)                                                                 \
			? otel_function_start_(OTEL_FILE_TRACER_,                                                       \
					      &(const struct otel_code_site){__func__, __FILE__, __LINE__},            \
					      &(const struct otel_function){.name = __func__, __VA_ARGS__})            \
			: (otel_span){0};                                                                              \
	OTEL_LOUD_ OTEL_FUNCTION_SCOPE_

#else /* C++ */
}

namespace
{
/* OTEL_TRACER defines a better match. */
inline struct otel_tracer *otel_tracer_of_file_(long)
{
	return otel_tracer_get(nullptr, nullptr, nullptr);
}
}

#define OTEL_TRACER(scope_name, scope_version)                                                                         \
	namespace                                                                                                      \
	{                                                                                                              \
	inline struct otel_tracer *otel_tracer_of_file_(int)                                                           \
	{                                                                                                              \
		static otel_file_scope scope_ = {(scope_name), (scope_version), nullptr};                              \
		return otel_file_tracer_(&scope_);                                                                      \
	}                                                                                                              \
	}                                                                                                              \
	static_assert(true, "")
#define OTEL_FILE_TRACER_ otel_tracer_of_file_(0)

template <typename... Attrs> static inline otel_function otel_function_named_(const char *name, Attrs... attrs)
{
	static_assert(sizeof...(attrs) <= OTEL_FUNCTION_ATTRS, "OTEL_TRACE_FUNCTION takes up to 8 attributes");
	return otel_function{OTEL_KIND_INTERNAL, name, {attrs...}};
}

template <typename... Attrs> static inline otel_function otel_function_unnamed_(Attrs... attrs)
{
	return otel_function_named_(nullptr, attrs...);
}

static inline otel_span otel_function_start_cxx_(struct otel_tracer *tracer, const otel_code_site &site,
						 otel_function function)
{
	if (!otel_tracer_enabled(tracer))
		return otel_span{0};
	if (!function.name)
		function.name = site.function;
	return otel_function_start_(tracer, &site, &function);
}

#define OTEL_FUNCTION_SCOPE_CXX_(function)                                                                             \
	const otel_span OTEL_FUNCTION_SPAN __attribute__((unused)) = otel_function_start_cxx_(                         \
		OTEL_FILE_TRACER_, otel_code_site{__func__, __FILE__, __LINE__}, (function));                          \
	OTEL_FUNCTION_SCOPE_

/* In C++ the attributes alone; OTEL_TRACE_FUNCTION_NAMED("name", attributes…) names the span. */
#define OTEL_TRACE_FUNCTION(...)       OTEL_FUNCTION_SCOPE_CXX_(otel_function_unnamed_(__VA_ARGS__))
#define OTEL_TRACE_FUNCTION_NAMED(...) OTEL_FUNCTION_SCOPE_CXX_(otel_function_named_(__VA_ARGS__))

extern "C" {
#endif

#ifdef __cplusplus
}
#endif
#endif

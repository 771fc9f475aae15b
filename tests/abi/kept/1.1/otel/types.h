/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/types.h - the values that cross every boundary of otel-c.
 *
 * Shared by programs (otel/otel.h) and plugins (otel/plugin.h). Includes standard headers only. The structs here
 * live in users' binaries and in arrays, so their layout is fixed for ever: nothing is added, moved or removed.
 */
#ifndef OTEL_TYPES_H
#define OTEL_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Part of the ABI, visible outside its library. */
#define OTEL_EXPORT __attribute__((visibility("default")))
/* The result must be looked at: set-up may fail. */
#define OTEL_MUST_CHECK __attribute__((warn_unused_result))

/* Outcome of a set-up call. Recording calls return nothing: they never fail. */
typedef enum otel_status {
	OTEL_OK = 0,
	OTEL_ALREADY = 1,     /* somebody did it before; nothing was changed */
	OTEL_INVALID = 2,     /* an argument or a configured value is wrong */
	OTEL_UNSUPPORTED = 3, /* this build or this version does not offer it */
	OTEL_NOT_FOUND = 4,   /* no such file, component or key */
	OTEL_DENIED = 5,      /* refused: permissions, trust, or a sandbox */
	OTEL_NO_MEMORY = 6,
	OTEL_TIMEOUT = 7, /* time was up before it was done */
	OTEL_FAILED = 8,  /* tried and failed; the reason was logged */
	OTEL_MISMATCH = 9 /* built against another version */
} otel_status;

/* A span, by value: copy it, store it, hand it to another thread. id 0 is "no span", on which every call is a
 * no-op. A handle whose span was recycled is harmless: calls on it do nothing and are counted as misuse. */
typedef struct otel_span {
	uint64_t id;
} otel_span;

/* Span kinds, numbered as in OTLP (trace.proto, SpanKind). */
typedef enum otel_span_kind {
	OTEL_KIND_UNSPECIFIED = 0, /* recorded as INTERNAL */
	OTEL_KIND_INTERNAL = 1,
	OTEL_KIND_SERVER = 2,
	OTEL_KIND_CLIENT = 3,
	OTEL_KIND_PRODUCER = 4,
	OTEL_KIND_CONSUMER = 5
} otel_span_kind;

/* Status codes, numbered as in OTLP (trace.proto, StatusCode). */
typedef enum otel_status_code {
	OTEL_STATUS_UNSET = 0,
	OTEL_STATUS_OK = 1,
	OTEL_STATUS_ERROR = 2
} otel_status_code;

/* W3C trace flags; all other bits are ignored on the way in and 0 on the way out. */
#define OTEL_TRACE_FLAG_SAMPLED 0x01u
#define OTEL_TRACE_FLAG_RANDOM 0x02u /* W3C Trace Context Level 2: the low 56 bits of the trace id are random */

/* The part of a span that travels (specification/trace/api.md, SpanContext). Valid when both ids are non-zero.
 * The tracestate is not in here: it belongs to the context (otel_context_tracestate). */
typedef struct otel_span_context {
	uint8_t trace_id[16];
	uint8_t span_id[8];
	uint8_t trace_flags; /* OTEL_TRACE_FLAG_* */
	uint8_t is_remote;   /* 1 when it came in through a propagator */
	uint8_t reserved[6]; /* 0 */
} otel_span_context;

/* Types of attribute values (specification/common/README.md, Attribute). */
typedef enum otel_attr_type {
	OTEL_ATTR_STRING = 1,
	OTEL_ATTR_BOOL = 2,
	OTEL_ATTR_INT = 3,
	OTEL_ATTR_DOUBLE = 4,
	OTEL_ATTR_BYTES = 5,
	OTEL_ATTR_STRING_ARRAY = 6,
	OTEL_ATTR_BOOL_ARRAY = 7,
	OTEL_ATTR_INT_ARRAY = 8,
	OTEL_ATTR_DOUBLE_ARRAY = 9,
	OTEL_ATTR_ARRAY = 10, /* of values of any type */
	OTEL_ATTR_MAP = 11,   /* from strings to values of any type */
	OTEL_ATTR_EMPTY = 12  /* the empty value */
} otel_attr_type;

/* One attribute. Everything pointed to is borrowed for the length of the call it is passed to. */
typedef struct otel_attr {
	const char *key; /* UTF-8, need not be terminated; empty or NULL: the attribute is ignored and counted */
	size_t key_len;  /* bytes */
	union {
		bool b;
		int64_t i;
		double d;
		const char *str;          /* STRING: UTF-8, count bytes */
		const void *bytes;        /* BYTES: count bytes */
		const char *const *strs;  /* STRING_ARRAY: count terminated strings; NULL element = empty value */
		const bool *bools;        /* BOOL_ARRAY */
		const int64_t *ints;      /* INT_ARRAY */
		const double *doubles;    /* DOUBLE_ARRAY */
		const struct otel_attr *items; /* ARRAY: keys are ignored; MAP: each key once */
	} value;
	size_t count;  /* bytes of a STRING or BYTES, elements of an array or map, else 0 */
	uint32_t type; /* otel_attr_type */
	uint32_t reserved;
} otel_attr;

/* A link to another span (specification/trace/api.md, Link). Everything it points to is borrowed for the call. */
typedef struct otel_link {
	otel_span_context span_context;
	const char *tracestate; /* W3C header value, may be NULL */
	const otel_attr *attrs;
	size_t attr_count;
} otel_link;

/* One entry of a baggage; strings borrowed from it, metadata "" if none. */
typedef struct otel_baggage_entry {
	const char *name;
	const char *value;
	const char *metadata;
} otel_baggage_entry;

/* Keys of values in contexts are compared by address: declare `static const otel_context_key key = {"my.key"};`. */
typedef struct otel_context_key {
	const char *name; /* for people who debug */
} otel_context_key;

/* One HTTP header or metadata pair; both strings are terminated, and borrowed for the call they are passed to. */
typedef struct otel_header {
	const char *name;
	const char *value;
} otel_header;

/* Opaque objects. The tracer has no typedef: its short name is the function that gets one, otel_tracer(). */
struct otel_tracer;                       /* lives as long as the process */
typedef struct otel_context otel_context; /* immutable, reference-counted */
typedef struct otel_baggage otel_baggage; /* immutable, reference-counted */

/* Where propagators read and write headers: one adapter for each kind of carrier (an HTTP request, a message).
 * get and set may be NULL when only the other direction is used. Names are matched without regard to case by get. */
typedef struct otel_carrier {
	size_t size; /* sizeof(otel_carrier) */
	void *self;  /* passed back as the first argument */
	/* Sets a header, replacing any of that name. Both strings are borrowed for the call. */
	void (*set)(void *self, const char *name, const char *value);
	/* The index-th value of the header, from 0; NULL when there are no more. Borrowed until the next call. */
	const char *(*get)(void *self, const char *name, size_t index);
	/* The name of the index-th header, from 0; NULL when there are no more. Borrowed until the next call. May be NULL:
	 * then headers whose names only a prefix tells (uberctx-…) are not found. */
	const char *(*key)(void *self, size_t index);
} otel_carrier;

#ifdef __cplusplus
}
#endif
#endif

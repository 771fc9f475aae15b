/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/plugin.h - the whole ABI between otel-c and its plugins. All a vendor needs.
 *
 * A plugin is a shared object that exports one symbol, `otel_plugin_v1`, a const otel_plugin. It links nothing of
 * otel-c: what it needs comes through the host table. Its setup() registers components by kind and name; the INI (or
 * the environment) selects them by name. A distro is a plugin plus an INI profile.
 *
 * Structs begin with their size and grow at the end only. A NULL function pointer means "not offered". Read a field
 * that is newer than 1.0 only after OTEL_OFFERS(host, field).
 *
 * Plugins are loaded with RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE and never unloaded. They have no constructors,
 * destructors, atexit handlers, threads or __thread variables of their own, and never call getenv().
 *
 * Candidate until release 1.0: changes are additive. Threads: "start" is the thread that starts the SDK; "pipeline" is
 * the one thread that exports; "any" is a thread of the host program, with nothing of ours locked unless stated.
 */
#ifndef OTEL_PLUGIN_H
#define OTEL_PLUGIN_H

#include <otel/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OTEL_PLUGIN_ABI_MAJOR 1
#define OTEL_PLUGIN_ABI_MINOR 1

/* True when a size-first struct is new enough to have the field and its maker filled it. */
#define OTEL_OFFERS(object, field)                                                                                     \
	((object)->size >= offsetof(__typeof__(*(object)), field) + sizeof((object)->field) && (object)->field)

typedef struct otel_host otel_host;     /* services of the core; valid for ever */
typedef struct otel_setup otel_setup;   /* a plugin's registration, opaque; valid for ever */
typedef struct otel_batch otel_batch;   /* items to export */
typedef struct otel_export_op otel_export_op; /* one running export, opaque */
typedef struct otel_http_call otel_http_call; /* one running request, opaque */

typedef enum otel_signal { OTEL_SIGNAL_TRACES = 1, OTEL_SIGNAL_METRICS = 2, OTEL_SIGNAL_LOGS = 4 } otel_signal;

/* Of host->log(). Shown by default: errors and warnings. */
typedef enum otel_log_level {
	OTEL_LOG_ERROR = 1, /* telemetry is lost or cannot start */
	OTEL_LOG_WARN = 2,  /* a setting is not followed as written */
	OTEL_LOG_INFO = 3,
	OTEL_LOG_DEBUG = 4
} otel_log_level;

/* ---- configuration rows ---- */

/* How a value is read, and so what is refused: a value of the wrong form is one line to the operator and counts as
 * unset. */
typedef enum otel_config_type {
	OTEL_CONFIG_STRING = 0,
	OTEL_CONFIG_BOOL = 1,     /* only "true" is true (specification/configuration/common.md) */
	OTEL_CONFIG_INT = 2,      /* 0 .. 2^31-1 */
	OTEL_CONFIG_DURATION = 3, /* milliseconds, 0 .. 2^31-1 */
	OTEL_CONFIG_TIMEOUT = 4,  /* as duration; 0 = no limit */
	OTEL_CONFIG_DOUBLE = 5,
	OTEL_CONFIG_ENUM = 6,  /* one of `choices`, any case */
	OTEL_CONFIG_LIST = 7,  /* comma-separated */
	OTEL_CONFIG_URL = 8,   /* http:// or https:// */
	OTEL_CONFIG_PATH = 9
} otel_config_type;

#define OTEL_CONFIG_SECRET 0x1u  /* shown as "redacted", never logged */
#define OTEL_CONFIG_AMBIENT 0x2u /* the variable belongs to the host's own SDK: every INI layer beats it */
#define OTEL_CONFIG_POSITIVE 0x4u /* INT, DURATION, TIMEOUT: 0 is refused */

/* One key. Elements of arrays: layout fixed for ever. All strings static. */
typedef struct otel_config_row {
	const char *section; /* "splunk" */
	const char *key;     /* "realm" */
	const char *env;     /* "SPLUNK_REALM"; NULL = no variable */
	uint32_t type;       /* otel_config_type */
	uint32_t flags;      /* OTEL_CONFIG_* */
	const char *default_value; /* NULL = unset */
	const char *choices; /* ENUM: "a|b|c", else NULL */
	const char *help;    /* one sentence, for otel-c config and the reference page */
} otel_config_row;

/* ---- the descriptor ---- */

typedef struct otel_plugin {
	size_t size; /* sizeof(otel_plugin) */
	uint16_t abi_major; /* OTEL_PLUGIN_ABI_MAJOR: must be equal */
	uint16_t abi_minor; /* OTEL_PLUGIN_ABI_MINOR it was built against; newer than the host's is refused */
	uint32_t reserved;
	const char *name;    /* "aws" */
	const char *version; /* "0.1.0" */
	const char *license; /* SPDX, "Apache-2.0" */
	const otel_config_row *rows; /* keys this plugin adds */
	size_t row_count;

	/* Registers components with host->add(). Start thread, once, before values are known. Must not block. Not
	 * OTEL_OK: the plugin is left out, with one line naming it. */
	otel_status (*setup)(const otel_host *host, otel_setup *setup);

	/* Sees effective values after layering; sets computed defaults with host->set_default(). Start thread, once,
	 * before components are selected. Must not block. May be NULL. */
	otel_status (*configure)(const otel_host *host, otel_setup *setup);
} otel_plugin;

/* What the plugin exports: it defines this one object, and hides everything else (-fvisibility=hidden).
 *
 *     const otel_plugin otel_plugin_v1 = {
 *             .size = sizeof(otel_plugin),
 *             .abi_major = OTEL_PLUGIN_ABI_MAJOR,
 *             .abi_minor = OTEL_PLUGIN_ABI_MINOR,
 *             .name = "acme",
 *             .version = "1.0.0",
 *             .license = "Apache-2.0",
 *             .setup = acme_setup,
 *     };
 */
extern OTEL_EXPORT const otel_plugin otel_plugin_v1;
#define OTEL_PLUGIN_SYMBOL "otel_plugin_v1"

/* ---- kinds of components ---- */

/* A host that does not offer a kind yet answers OTEL_UNSUPPORTED to add(); this one offers those that have a vtable
 * below. Functions of a vtable are required unless their comment says that they may be NULL. */
typedef enum otel_kind {
	OTEL_COMPONENT_ID_GENERATOR = 1,
	OTEL_COMPONENT_PROPAGATOR = 2,
	OTEL_COMPONENT_RESPONSE_PROPAGATOR = 3,
	OTEL_COMPONENT_SAMPLER = 4,
	OTEL_COMPONENT_DETECTOR = 5,
	OTEL_COMPONENT_SPAN_PROCESSOR = 6,
	OTEL_COMPONENT_LOG_PROCESSOR = 7,
	OTEL_COMPONENT_BATCH_PROCESSOR = 8,
	OTEL_COMPONENT_METRIC_PRODUCER = 9,
	OTEL_COMPONENT_EXPORTER = 10,
	OTEL_COMPONENT_AUTHENTICATOR = 11,
	OTEL_COMPONENT_COMMAND = 12,
	OTEL_COMPONENT_INSTRUMENTATION = 13
} otel_kind;

/* The head of every component's vtable. The core allocates state_size zeroed bytes as `self` when the component is
 * selected (if host->add() was given no self), calls open(), and frees them after close(). */
typedef struct otel_component {
	size_t size;       /* of the whole vtable */
	size_t state_size; /* 0 = no state */
	/* Start thread, once, when selected; reads its configuration. Must not block. May be NULL. Not OTEL_OK: the
	 * component is not used, with one line naming it; after OTEL_FAILED it has said why itself. */
	otel_status (*open)(void *self, const otel_host *host, otel_setup *setup);
	/* Pipeline or stopping thread, once, after the last call. Not at process exit. May be NULL. */
	void (*close)(void *self);
} otel_component;

/* OTEL_COMPONENT_ID_GENERATOR, selected by [sdk] id_generator. */
typedef struct otel_id_generator {
	otel_component component;
	/* Fills a non-zero trace id. `random` holds 16 bytes from the thread's generator. Any thread, in span start: no
	 * locks, no system calls beyond the clock. */
	void (*trace_id)(void *self, const uint8_t random[16], uint8_t out[16]);
	/* As above for span ids; NULL = random. */
	void (*span_id)(void *self, const uint8_t random[8], uint8_t out[8]);
	/* True when the low 56 bits of its trace ids are random (W3C Trace Context Level 2). */
	bool trace_id_is_random;
} otel_id_generator;

/* OTEL_COMPONENT_PROPAGATOR, selected by [otel] propagators, run in that order in both directions. */
typedef struct otel_propagator {
	otel_component component;
	const char *const *fields; /* NULL-terminated names of the headers inject() writes */
	/* Writes headers for a context (never NULL-current: already resolved) through carrier->set. Any thread. */
	void (*inject)(void *self, const otel_context *context, const otel_carrier *carrier);
	/* Returns a reference to a context with what the carrier held, made by host->context_with_*, or NULL when
	 * there was nothing usable. Any thread. */
	otel_context *(*extract)(void *self, otel_context *base, const otel_carrier *carrier);
} otel_propagator;

typedef enum otel_decision {
	OTEL_DROP = 0,             /* not recorded; ids travel on, unsampled */
	OTEL_RECORD_ONLY = 1,      /* recorded for processors, not exported; unsampled */
	OTEL_RECORD_AND_SAMPLE = 2 /* recorded and exported; the sampled flag is set */
} otel_decision;

/* What a sampler looks at; everything borrowed. */
typedef struct otel_sampling {
	size_t size;
	const otel_span_context *parent; /* NULL for a root span */
	const char *parent_tracestate;   /* "" if none */
	const uint8_t *trace_id;         /* 16 bytes */
	const char *name;
	size_t name_len;
	otel_span_kind kind;
	const otel_attr *attrs;
	size_t attr_count;
	/* Since 1.1. */
	const otel_link *links;
	size_t link_count;
	uint8_t trace_flags; /* what the new span's context will have but for the sampled flag: OTEL_TRACE_FLAG_RANDOM */
} otel_sampling;

/* OTEL_COMPONENT_SAMPLER, selected by [traces] sampler. Any thread, in span start; must not block. While it decides it
 * may call host->sampling_attr(), sampling_tracestate() and sampling_context(). */
typedef struct otel_sampler {
	otel_component component;
	otel_decision (*decide)(void *self, const otel_sampling *sampling);
	/* Since 1.1. Name and settings for people (specification/trace/sdk.md, GetDescription), such as
	 * "TraceIdRatioBased{0.000100}"; may change from call to call, each text lives until close(). Any thread. May be
	 * NULL. */
	const char *(*description)(void *self);
} otel_sampler;

/* A span as it is now, for processors (specification/trace/sdk.md, Additional span interfaces). Everything borrowed for
 * the call that it is passed to. */
typedef struct otel_span_data {
	size_t size;
	otel_span span;
	otel_span_context context;
	otel_span_context parent; /* all zero for a root span */
	const char *tracestate;   /* of context; "" if none */
	const char *name;
	size_t name_len;
	otel_span_kind kind;
	otel_status_code status;
	const char *status_description; /* not terminated */
	size_t status_description_len;
	uint64_t start_time_ns;
	uint64_t end_time_ns; /* 0: not ended */
	uint32_t dropped_attrs;
	uint32_t dropped_events;
	uint32_t dropped_links;
	uint32_t reserved;
	/* One OTLP InstrumentationScope message, and the scope's schema URL, not terminated. */
	const uint8_t *scope;
	size_t scope_len;
	const char *schema_url;
	size_t schema_url_len;
	/* The whole span as one OTLP Span message: attributes, events and links are read from it with protobuf-c. */
	const uint8_t *data;
	size_t len;
} otel_span_data;

/* OTEL_COMPONENT_SPAN_PROCESSOR, selected by [traces] processors, called in that order, for recording spans only, those
 * that are not sampled included (specification/trace/sdk.md, Span processor). Any thread; must not block. The export is
 * no processor of this kind: sampled spans go to the exporters after the last of these. Any but one may be NULL. */
typedef struct otel_span_processor {
	otel_component component;
	/* Inside span start; the span may be kept (by value), read and written. parent: NULL for a root span without
	 * baggage or values; borrowed. */
	void (*on_start)(void *self, otel_span span, const otel_context *parent);
	/* Inside span end, before any on_end(): the end time is fixed, the span still written and read, but only by calls
	 * from inside this one; other threads find it ended. */
	void (*on_ending)(void *self, otel_span span);
	/* Inside span end. */
	void (*on_end)(void *self, const otel_span_data *data);
	/* What ended before the call is delivered; within timeout_ms. Pipeline thread, or the one that polls. */
	otel_status (*flush)(void *self, uint32_t timeout_ms);
} otel_span_processor;

/* What to do with an attribute that host->span_edit() shows. */
typedef enum otel_edit {
	OTEL_EDIT_KEEP = 0,
	OTEL_EDIT_REMOVE = 1,
	OTEL_EDIT_REPLACE = 2 /* by the value that *attr has now; the key stays */
} otel_edit;

/* Whose attributes host->span_edit() shows; bits. */
typedef enum otel_edit_where { OTEL_EDIT_SPAN = 1, OTEL_EDIT_EVENTS = 2, OTEL_EDIT_LINKS = 4 } otel_edit_where;

/* OTEL_COMPONENT_EXPORTER, selected by [traces] exporter. */
typedef enum otel_export_result {
	OTEL_EXPORT_DONE = 0,    /* the backend has it */
	OTEL_EXPORT_RETRY = 1,   /* not now: keep the batch and try again */
	OTEL_EXPORT_DROP = 2,    /* never: refused for good */
	OTEL_EXPORT_PENDING = 3, /* under way: export_finish() will tell */
	OTEL_EXPORT_UNKNOWN = 4  /* sent, but no answer came: try again, counted as ambiguous */
} otel_export_result;

struct otel_batch {
	size_t size;
	uint32_t signal; /* otel_signal */
	uint32_t items;  /* spans, data points or log records */
	/* One complete OTLP Export<Signal>ServiceRequest, contiguous. Immutable. Valid until the op is finished. */
	const uint8_t *data;
	size_t len;
};

/* Takes whole requests: no span ever crosses this line as a struct. Read them with protobuf-c, or send them as they
 * are. One exporter has one export under way; what fails is kept by the host and offered again. */
typedef struct otel_exporter {
	otel_component component;
	uint32_t signals; /* bits of otel_signal it can take */
	uint32_t flags;   /* 0 */
	/* Begins the export of a batch. Pipeline thread; must not block: return PENDING and finish later. Not called
	 * again for this exporter until the op is finished. */
	otel_export_result (*export_batch)(void *self, const otel_batch *batch, otel_export_op *op);
	/* Time is up: finish this op promptly (any result). Pipeline thread. Only while an op is PENDING; NULL for an
	 * exporter that never answers PENDING. */
	void (*cancel)(void *self, otel_export_op *op);
} otel_exporter;

/* OTEL_COMPONENT_INSTRUMENTATION: span logic that the preload wakes. `calls` is the table its calls.h names. */
typedef struct otel_instrumentation {
	otel_component component;
	const char *library; /* "libcurl" */
	const void *calls;
} otel_instrumentation;

/* ---- HTTP ---- */

/* A request for host->http(). Everything is borrowed until http() returns, except the body. */
typedef struct otel_http_request {
	size_t size;
	const char *method; /* "POST" */
	const char *url;    /* http:// or https:// */
	const otel_header *headers;
	size_t header_count;
	const void *body; /* borrowed until the reply: not copied */
	size_t body_len;
	uint32_t timeout_ms;       /* whole exchange; 0 = 10000 */
	uint32_t connect_timeout_ms; /* 0 = as timeout_ms */
	size_t max_reply;          /* bytes kept of the body; more is an error. 0 = 4 MiB */
	const char *ca_file;       /* PEM; NULL = system */
	const char *client_cert;   /* PEM chain for mTLS, or NULL */
	const char *client_key;    /* PEM, or NULL */
} otel_http_request;

/* How an exchange ended, whatever the status code. */
typedef enum otel_http_error {
	OTEL_HTTP_OK = 0,         /* a whole answer came; look at status */
	OTEL_HTTP_REFUSED = 1,    /* connection refused */
	OTEL_HTTP_NAME = 2,       /* the host name did not resolve */
	OTEL_HTTP_CONNECT = 3,    /* not connected, other reasons */
	OTEL_HTTP_TLS = 4,        /* handshake or certificate */
	OTEL_HTTP_TIMEOUT = 5,
	OTEL_HTTP_BROKEN = 6,     /* connection lost, or an answer that is no HTTP */
	OTEL_HTTP_TOO_LARGE = 7,  /* the answer exceeded max_reply */
	OTEL_HTTP_CANCELLED = 8,
	OTEL_HTTP_UNAVAILABLE = 9, /* the http module could not be loaded */
	OTEL_HTTP_INVALID = 10     /* the request is malformed: nothing was sent, and it never will be */
} otel_http_error;

/* The answer, borrowed for the length of on_reply(). */
typedef struct otel_http_reply {
	size_t size;
	otel_http_error error;
	int status;          /* 0 when none came */
	bool sent;           /* the request may have reached the server whole: outcome unknown unless error is OK */
	const char *message; /* the cause in words, "" when OK; never holds credentials */
	const char *content_type; /* "" if none */
	const char *retry_after;  /* "" if none */
	const uint8_t *body;
	size_t body_len;
} otel_http_reply;

/* ---- host services ---- */

struct otel_host {
	size_t size;
	uint16_t abi_major;
	uint16_t abi_minor;
	uint32_t reserved;
	const char *version; /* of otel-c */

	/* Registers a component under (kind, name). vtable: static, begins with otel_component. self: static state, or
	 * NULL to have state_size bytes allocated when selected. In setup() only. OTEL_UNSUPPORTED: the kind is unknown
	 * to this host, not an error of the plugin. OTEL_ALREADY: the name is taken; a line names both plugins.
	 * OTEL_INVALID: not in setup(), or the vtable is incomplete; a line says so. */
	otel_status (*add)(otel_setup *setup, otel_kind kind, const char *name, const void *vtable, void *self);

	/* One line to the operator, prefixed with the plugin's name; each text once per process. Any thread. No
	 * secrets. */
	void (*log)(otel_setup *setup, otel_log_level level, const char *format, ...)
		__attribute__((format(printf, 3, 4)));

	/* Effective configuration, typed by the row; start thread. Strings live as long as the SDK; NULL = unset. */
	const char *(*config_str)(otel_setup *setup, const char *section, const char *key);
	bool (*config_bool)(otel_setup *setup, const char *section, const char *key);
	int64_t (*config_int)(otel_setup *setup, const char *section, const char *key); /* -1 = unset */
	double (*config_double)(otel_setup *setup, const char *section, const char *key); /* NaN = unset */
	/* Where the value comes from, for messages: "OTEL_EXPORTER_OTLP_ENDPOINT" or "/etc/otel-c/otel.ini:12". */
	const char *(*config_origin)(otel_setup *setup, const char *section, const char *key);
	/* Sets the computed default of a key; in configure() only. */
	otel_status (*set_default)(otel_setup *setup, const char *section, const char *key, const char *value);

	/* A variable of the environment as it was at load (platform facts, not configuration); NULL = absent. Any
	 * thread. */
	const char *(*env)(otel_setup *setup, const char *name);

	/* 64 random bits, not for secrets; nanoseconds since the epoch; milliseconds that never step. Any thread. */
	uint64_t (*random)(void);
	uint64_t (*unix_ns)(void);
	uint64_t (*mono_ms)(void);

	/* Contexts, for propagators: as the functions of the same names in otel/context.h and otel/baggage.h. Any
	 * thread. */
	otel_context *(*context_ref)(otel_context *context);
	void (*context_unref)(otel_context *context);
	otel_span_context (*context_span_context)(const otel_context *context);
	const char *(*context_tracestate)(const otel_context *context);
	otel_context *(*context_with_span_context)(otel_context *base, const otel_span_context *span_context,
						   const char *tracestate);
	otel_baggage *(*context_baggage)(const otel_context *context);
	otel_context *(*context_with_baggage)(otel_context *base, otel_baggage *baggage);
	otel_baggage *(*baggage_with)(otel_baggage *base, const char *name, const char *value, const char *metadata);
	void (*baggage_unref)(otel_baggage *baggage);
	const char *(*baggage_value)(const otel_baggage *baggage, const char *name);

	/* Starts a request; on_reply(arg, reply) is called once, on the pipeline thread, also after http_cancel().
	 * Called on the pipeline thread. call may be NULL. Not OTEL_OK: on_reply will not be called. */
	otel_status (*http)(otel_setup *setup, const otel_http_request *request,
			    void (*on_reply)(void *arg, const otel_http_reply *reply), void *arg,
			    otel_http_call **call);
	/* Ends a running request with OTEL_HTTP_CANCELLED. Pipeline thread. */
	void (*http_cancel)(otel_http_call *call);

	/* Ends a PENDING export, exactly once, from any thread. result is never PENDING. retry_after_ms: what the
	 * backend asked for, 0 = nothing. rejected: items refused for good although result is DONE (partial success).
	 * message: the cause in words for the operator, may be NULL; copied. */
	void (*export_finish)(otel_export_op *op, otel_export_result result, uint32_t retry_after_ms, uint32_t rejected,
			      const char *message);

	/* ---- since 1.1 ---- */

	/* More of contexts and baggage, as in otel/context.h and otel/baggage.h. Any thread. */
	void *(*context_value)(const otel_context *context, const otel_context_key *key);
	otel_context *(*context_with_value)(otel_context *base, const otel_context_key *key, void *value,
					    void (*destroy)(void *value));
	size_t (*baggage_count)(const otel_baggage *baggage);
	otel_baggage_entry (*baggage_at)(const otel_baggage *baggage, size_t index);

	/* For samplers, inside decide() only. An attribute the span gets if it is recorded: copied, as far as it fits into
	 * 1 KiB with all others; what does not fit is dropped and counted in the span. The tracestate of the span's
	 * context: copied, replaces the parent's; "" for none; one that W3C Trace Context 3.3 forbids changes nothing. The
	 * parent context: borrowed until decide() returns, NULL if there is nothing in it. */
	void (*sampling_attr)(const otel_sampling *sampling, const otel_attr *attr);
	void (*sampling_tracestate)(const otel_sampling *sampling, const char *tracestate);
	const otel_context *(*sampling_context)(const otel_sampling *sampling);

	/* Calls fire(arg) once, on the pipeline thread, delay_ms from now or later; never after close(). Any thread, but
	 * not inside setup(), configure() and open(): it may bring the pipeline thread into being. */
	otel_status (*timer)(otel_setup *setup, uint32_t delay_ms, void (*fire)(void *arg), void *arg);

	/* Spans, for span processors: the calls of otel/span.h. Any thread. */
	void (*span_set_attrs)(otel_span span, const otel_attr *attrs, size_t count);
	void (*span_update_name)(otel_span span, const char *name);
	void (*span_set_status)(otel_span span, otel_status_code code, const char *description);
	void (*span_add_event)(otel_span span, const char *name, uint64_t time_ns, const otel_attr *attrs, size_t count);
	void (*span_add_link)(otel_span span, const otel_link *link);
	bool (*span_is_recording)(otel_span span);
	otel_span_context (*span_context)(otel_span span);
	/* Calls look(arg, data) with the span as it is; false if it is not recording. look() makes no calls on the span. */
	bool (*span_read)(otel_span span, void (*look)(void *arg, const otel_span_data *data), void *arg);
	/* Shows attributes one by one, in the order they were set, and does with each what visit() answers. where: bits of
	 * otel_edit_where. An array or map is
	 * shown as OTEL_ATTR_BYTES, holding its OTLP AnyValue, and stays what it is when kept. visit() makes no calls on the span. false if it is not recording. */
	bool (*span_edit)(otel_span span, uint32_t where, otel_edit (*visit)(void *arg, otel_attr *attr), void *arg);
};

#ifdef __cplusplus
}
#endif
#endif

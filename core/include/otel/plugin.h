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
#define OTEL_PLUGIN_ABI_MINOR 2

/* True when a size-first struct is new enough to have the field and its maker filled it. */
#define OTEL_OFFERS(object, field)                                                                                     \
	((object)->size >= offsetof(__typeof__(*(object)), field) + sizeof((object)->field) && (object)->field)

typedef struct otel_host otel_host;     /* services of the core; valid for ever */
typedef struct otel_setup otel_setup;   /* a plugin's registration, opaque; valid for ever */
typedef struct otel_batch otel_batch;   /* items to export */
typedef struct otel_export_op otel_export_op; /* one running export, opaque */
typedef struct otel_http_call otel_http_call; /* one running request, opaque */
typedef struct otel_detect_op otel_detect_op; /* one running detection, opaque */
typedef struct otel_auth_op otel_auth_op; /* one running preparation of credentials, opaque */
typedef struct otel_batch_edit otel_batch_edit; /* where a batch processor puts what it made, opaque */

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
	uint16_t abi_minor; /* the oldest it can live with: OTEL_PLUGIN_ABI_MINOR, or less if it asks OTEL_OFFERS() for
			     * what is newer; newer than the host's is refused */
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

/* Since 1.2. OTEL_COMPONENT_RESPONSE_PROPAGATOR, selected by [otel] response_propagators, run in that order by
 * otel_inject_response(): what a server tells its client of the span that served it. */
typedef struct otel_response_propagator {
	otel_component component;
	const char *const *fields; /* NULL-terminated names of the headers inject() writes */
	/* Writes headers for the span that serves the request (always valid) through carrier->set. Any thread. */
	void (*inject)(void *self, const otel_span_context *span, const otel_carrier *carrier);
} otel_response_propagator;

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
	/* What ended before the call is delivered; within timeout_ms. The thread that calls
	 * otel_sdk_flush(), otel_sdk_stop() or exit(). */
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

/* Since 1.2. OTEL_COMPONENT_DETECTOR, selected by [resource] detectors; its name is in snake_case. All run side by side
 * on the pipeline thread, before the first export, within [resource] detectors_timeout; one that fails or is late loses
 * its own attributes alone. Of two that find the same key the later one in the list wins; what the environment and the
 * code say wins over all (specification/resource/sdk.md). A flush or an exit that has less time exports what was found by
 * then. */
typedef struct otel_detector {
	otel_component component;
	/* Begins to find out. Pipeline thread, once; must not block: it answers through host->detect_finish(), at once or
	 * later. Not OTEL_OK: there is nothing to find, silently (OTEL_NOT_FOUND), or one line names the detector. In the
	 * child of a fork that came before its answer it is called anew, with another op; what it had begun for the
	 * parent's has been cancelled. */
	otel_status (*detect)(void *self, otel_detect_op *op);
	/* Time is up: finish promptly. Pipeline thread. May be NULL; an answer after it is ignored either way. */
	void (*cancel)(void *self, otel_detect_op *op);
} otel_detector;

/* Since 1.2. A log record on its way, for log processors; borrowed for the call. */
typedef struct otel_log_data {
	size_t size;
	const uint8_t *data; /* one OTLP LogRecord message */
	size_t len;
	const uint8_t *scope; /* one OTLP InstrumentationScope message */
	size_t scope_len;
} otel_log_data;

/* Since 1.2. OTEL_COMPONENT_LOG_PROCESSOR, selected by [logs] processors, called in that order for every log record
 * (specification/logs/sdk.md, LogRecordProcessor) before it is queued. */
typedef struct otel_log_processor {
	otel_component component;
	/* REPLACE: by what log->data and log->len are now; the plugin's memory, copied before the call's thread calls it
	 * again. The thread that emits the record, any; must not block. */
	otel_edit (*on_emit)(void *self, otel_log_data *log);
	/* As otel_span_processor.flush. May be NULL. */
	otel_status (*flush)(void *self, uint32_t timeout_ms);
} otel_log_processor;

/* Since 1.2. OTEL_COMPONENT_METRIC_PRODUCER, selected by [metrics] producers (specification/metrics/sdk.md,
 * MetricProducer). */
typedef struct otel_metric_producer {
	otel_component component;
	/* Hands over what it has as OTLP ScopeMetrics messages, each through put(arg, …), which copies. Pipeline thread,
	 * every [metrics] export_interval and before a flush ends; must not block. */
	otel_status (*produce)(void *self, void (*put)(void *arg, const uint8_t *scope_metrics, size_t len), void *arg);
} otel_metric_producer;

/* One item of a batch: a span, a metric or a log record; borrowed from the batch. */
typedef struct otel_item {
	size_t size;
	const uint8_t *data; /* one OTLP Span, Metric or LogRecord message */
	size_t len;
	const uint8_t *scope; /* one OTLP InstrumentationScope message */
	size_t scope_len;
	const uint8_t *resource; /* one OTLP Resource message */
	size_t resource_len;
} otel_item;

typedef enum otel_verdict {
	OTEL_BATCH_KEEP = 0,
	OTEL_BATCH_DROP = 1, /* all of it, counted as dropped */
	OTEL_BATCH_REPLACE = 2 /* by what was given to host->batch_replace() */
} otel_verdict;

/* Since 1.2. OTEL_COMPONENT_BATCH_PROCESSOR, selected by [otel] batch_processors, called in that order for every batch
 * before any exporter gets it. */
typedef struct otel_batch_processor {
	otel_component component;
	uint32_t signals; /* bits of otel_signal that it wants to see */
	uint32_t flags;   /* 0 */
	/* Pipeline thread; must not block. */
	otel_verdict (*process)(void *self, const otel_batch *batch, otel_batch_edit *edit);
} otel_batch_processor;

/* OTEL_COMPONENT_EXPORTER, selected by [traces] exporter; since 1.2 also by [metrics] and [logs] exporter, for the signals
 * that it takes. */
typedef enum otel_export_result {
	OTEL_EXPORT_DONE = 0,    /* the backend has it */
	OTEL_EXPORT_RETRY = 1,   /* not now: keep the batch and try again */
	OTEL_EXPORT_DROP = 2,    /* never: refused for good */
	OTEL_EXPORT_PENDING = 3, /* under way: export_finish() will tell */
	OTEL_EXPORT_UNKNOWN = 4, /* sent, but no answer came: try again, counted as ambiguous */
	/* Since 1.2. Refused for its size, nothing of it was taken: the host offers its items again in smaller batches. One
	 * item alone is dropped. An older host takes it for a mistake and drops the batch: ask host->abi_minor. */
	OTEL_EXPORT_TOO_LARGE = 5
} otel_export_result;

struct otel_batch {
	size_t size;
	uint32_t signal; /* otel_signal */
	uint32_t items;  /* spans, data points or log records */
	/* One complete OTLP Export<Signal>ServiceRequest, contiguous. Immutable. Valid until the op is finished. */
	const uint8_t *data;
	size_t len;
};

/* otel_exporter.flags. Since 1.2: export_batch() may block, and is called on a thread of the exporter's own; it then never
 * answers PENDING. */
#define OTEL_EXPORTER_BLOCKING 0x1u
/* Since 1.2: it keeps all it knows in its state, so it is opened once for each signal that it is selected for; the exports
 * of one signal then do not wait for those of another. A host without this opens it once. */
#define OTEL_EXPORTER_PER_SIGNAL 0x2u

/* Takes whole requests: no span ever crosses this line as a struct. Read them with protobuf-c, or send them as they
 * are. One exporter has one export under way; what fails is kept by the host and offered again. */
typedef struct otel_exporter {
	otel_component component;
	uint32_t signals; /* bits of otel_signal it can take */
	uint32_t flags;   /* OTEL_EXPORTER_* */
	/* Begins the export of a batch. Pipeline thread; must not block: return PENDING and finish later. Not called
	 * again for this exporter until the op is finished. */
	otel_export_result (*export_batch)(void *self, const otel_batch *batch, otel_export_op *op);
	/* Time is up: finish this op promptly (any result). Pipeline thread. Only while an op is PENDING; NULL for an
	 * exporter that never answers PENDING. */
	void (*cancel)(void *self, otel_export_op *op);
} otel_exporter;

/* Since 1.2. OTEL_COMPONENT_COMMAND: a subcommand of the otel-c program, which loads the distro and the plugins of the
 * configuration, but starts no SDK. The component's name is the command's. */
typedef struct otel_command {
	otel_component component;
	const char *summary; /* one line for otel-c help */
	/* argv[0] is the command's name. May block and print. Its status is that of the program. Main thread. */
	int (*run)(void *self, const otel_host *host, otel_setup *setup, int argc, char **argv);
} otel_command;

/* OTEL_COMPONENT_INSTRUMENTATION: span logic that the preload wakes. `calls` is the table its calls.h names. */
typedef struct otel_instrumentation {
	otel_component component;
	const char *library; /* "libcurl" */
	const void *calls;
} otel_instrumentation;

/* ---- HTTP ---- */

/* otel_http_request.http_version, since 1.2. */
typedef enum otel_http_version {
	OTEL_HTTP_1_1 = 0,
	OTEL_HTTP_2 = 1 /* and nothing else: at once on http://, agreed upon by ALPN on https:// */
} otel_http_version;

/* otel_http_request.tls_min_version, since 1.2. */
typedef enum otel_tls_version { OTEL_TLS_1_2 = 0, OTEL_TLS_1_3 = 1 } otel_tls_version;

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
	/* Since 1.2. Name of the authenticator that signs it; "auto": the one that wants it; NULL or "none": nobody. The
	 * request waits until the authenticator is ready, its timeout running, and is never sent unsigned; after 401 or 403
	 * the authenticator prepares anew, once, and the request is sent again. OTEL_HTTP_INVALID: there is no authenticator
	 * of that name, or it would go over plain http to another machine. */
	const char *auth;
	uint32_t http_version;    /* since 1.2: otel_http_version; a server that does not speak it is OTEL_HTTP_BROKEN */
	uint32_t tls_min_version; /* since 1.2: otel_tls_version; older ones are refused */
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
	OTEL_HTTP_INVALID = 10,    /* the request is malformed: nothing was sent, and it never will be */
	OTEL_HTTP_AUTH = 11        /* since 1.2: no credentials were to be had; nothing was sent, or `status` tells how it was
				    * refused before. Try again later: the cause has been said */
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
	/* Since 1.2. Headers of the answer, then its trailers, as they came; of an answer with more than 256 or 256 KiB the
	 * exchange has failed. Also there, as far as they came, when `error` is not OK. */
	const otel_header *headers;
	size_t header_count;
} otel_http_reply;

/* Since 1.2. OTEL_COMPONENT_AUTHENTICATOR, named by otel_http_request.auth and so by [exporter.otlp] auth. All that are
 * registered are opened, whoever uses them. */
typedef struct otel_authenticator {
	otel_component component;
	/* Gets what sign() needs; answers through host->auth_finish(), at once or later. Pipeline thread; must not block.
	 * Called before the first request; ahead of the expiry that it gave, if anything was signed since; with `rejected`
	 * after 401 or 403; 1 s … 60 s after a failure, if anything is to be signed then. One at a time, for all requests
	 * that wait; but one that a fork or a stop cut off is followed by another. NULL: it is always ready. Not OTEL_OK:
	 * as auth_finish() with that status. */
	otel_status (*prepare)(void *self, otel_auth_op *op, bool rejected);
	/* Adds the headers of a request that is final: method, URL and body as they go out, headers but for the Accept,
	 * User-Agent and Content-Length that follow. add_header(arg, …) copies; headers of the same name are replaced, in
	 * any case of letters; at most 32 and 64 KiB. Pipeline thread, only while ready; no blocking, no calls of the host
	 * but clocks. Not OTEL_OK: the request fails with OTEL_HTTP_AUTH. */
	otel_status (*sign)(void *self, const otel_http_request *request,
			    void (*add_header)(void *arg, const char *name, const char *value), void *arg);
	/* Whether requests to this URL are to be signed where auth is "auto": the first authenticator that says so is
	 * taken, nobody signs if none does. Start or pipeline thread. NULL: never. */
	bool (*wants)(void *self, const char *url);
} otel_authenticator;

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

	/* ---- since 1.2 ---- */

	/* Ends a detection, exactly once, from any thread. Attributes are copied; schema_url and message may be NULL. status:
	 * OTEL_OK; OTEL_NOT_FOUND: this is not the platform, silently; anything else is one line with the message. Detectors
	 * that name different schemas leave the resource without one. A second answer is one line and counts for nothing, one
	 * that is late is ignored. */
	void (*detect_finish)(otel_detect_op *op, otel_status status, const otel_attr *attrs, size_t count,
			      const char *schema_url, const char *message);

	/* Ends a preparation, exactly once, from any thread. valid_ms: how long the credentials hold, 0 = for ever; the next
	 * preparation begins ahead of it. Not OTEL_OK: one line with the message (copied, no secrets; may be NULL), and
	 * another try later. */
	void (*auth_finish)(otel_auth_op *op, otel_status status, uint32_t valid_ms, const char *message);

	/* The items of a batch one by one: *cursor is 0 at first, item->size is set; false at the end. Pipeline thread. */
	bool (*batch_next)(const otel_batch *batch, size_t *cursor, otel_item *item);

	/* Inside process() only: the request that takes the batch's place, of the same signal, copied. Items that are fewer
	 * than before are counted as dropped. OTEL_INVALID: it is no such request; a line says so. */
	otel_status (*batch_replace)(otel_batch_edit *edit, const uint8_t *request, size_t len);

	/* Hands over telemetry of the plugin's own making: one complete OTLP Export<Signal>ServiceRequest, copied, which
	 * goes the way of every batch. Any thread, but not inside setup(), configure() and open(). OTEL_NO_MEMORY: there is
	 * no room, the items are counted as dropped. OTEL_UNSUPPORTED: nobody exports that signal. OTEL_INVALID: it is no
	 * such request; a line says so. */
	otel_status (*submit)(otel_setup *setup, otel_signal signal, const uint8_t *request, size_t len);

	/* A small file of the plugin's own in [state] directory, at most 1 MiB; name: letters, digits, '.', '-', '_', at
	 * most 64. Read: *len gets its length, OTEL_NOT_FOUND if there is none, OTEL_NO_MEMORY if it is longer than cap.
	 * Replaced atomically, readable by the owner alone. OTEL_UNSUPPORTED: no directory is configured; OTEL_INVALID: the
	 * name, or the plugin's, is none; otherwise a line has said what is wrong. Any thread that may wait for the disk;
	 * the pipeline thread may, now and then. */
	otel_status (*state_read)(otel_setup *setup, const char *name, void *data, size_t cap, size_t *len);
	otel_status (*state_replace)(otel_setup *setup, const char *name, const void *data, size_t len);
};

#ifdef __cplusplus
}
#endif
#endif

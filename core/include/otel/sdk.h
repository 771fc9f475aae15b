/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/sdk.h - starting, flushing and stopping the SDK from code. Link with libotel_sdk.
 *
 * A program that is started with OTEL_DISTRO=… needs none of this. Set-up may fail: every call returns a status that
 * must be looked at, and otel_last_error() holds the sentence.
 */
#ifndef OTEL_SDK_H
#define OTEL_SDK_H

#include <otel/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One setting in code: the key is the INI's "section.key", e.g. {"exporter.otlp.endpoint", "http://gw:4318"}. */
typedef struct otel_setting {
	const char *key;
	const char *value;
} otel_setting;

/* All optional; code wins over environment and files, except that OTEL_SDK_DISABLED=true wins over everything. */
typedef struct otel_sdk_options {
	size_t size; /* sizeof(otel_sdk_options) */
	const char *distro;          /* as OTEL_DISTRO */
	const char *service_name;    /* as OTEL_SERVICE_NAME */
	const char *service_version; /* as OTEL_SERVICE_VERSION */
	const otel_setting *settings;
	size_t setting_count;
	const otel_attr *resource_attrs; /* win over OTEL_RESOURCE_ATTRIBUTES and detectors */
	size_t resource_attr_count;
	/* Plugins that are part of the program (otel/plugin.h): what they register is chosen by name, as of others:
	 * {"traces.processors", "acme"}. Descriptors and all they point to must stay as long as the process. One that
	 * cannot be used makes the start fail. */
	const struct otel_plugin *const *plugins;
	size_t plugin_count;
} otel_sdk_options;

/* Options in place (C only): otel_sdk_start(OTEL_SDK_OPTIONS(.service_name = "shop")). */
#define OTEL_SDK_OPTIONS(...) (&(const otel_sdk_options){.size = sizeof(otel_sdk_options), __VA_ARGS__})

/* The calling program's copy of the API, which the SDK serves. Private to otel_sdk_start(). */
struct otel_slot;
OTEL_EXPORT struct otel_slot *otel_api_slot_v1(void);
OTEL_EXPORT otel_status otel_sdk_start_v1(struct otel_slot *slot, const otel_sdk_options *options);

/* Starts the SDK. Copies the environment on the calling thread, so call it before other threads may change it: first
 * thing in main(). Reads files; no network, no subprocess, waits for no thread. options may be NULL.
 * OTEL_ALREADY: the SDK runs (perhaps woken by OTEL_DISTRO); nothing was changed. OTEL_INVALID, OTEL_NOT_FOUND,
 * OTEL_DENIED: see otel_last_error(); the program goes on untraced. */
OTEL_MUST_CHECK static inline otel_status otel_sdk_start(const otel_sdk_options *options)
{
	return otel_sdk_start_v1(otel_api_slot_v1(), options);
}

/* Exports everything that ended before the call, on any thread, and tries once more what waits for a retry.
 * OTEL_OK: all delivered. OTEL_FAILED: some was not; also at once when called from a plugin's callback.
 * OTEL_TIMEOUT: time was up; export goes on behind. timeout_ms 0: do not wait, only begin. */
OTEL_EXPORT OTEL_MUST_CHECK otel_status otel_sdk_flush(uint32_t timeout_ms);

/* For programs that must have no thread but their own ([sdk] worker = none): exports what is due on the calling thread,
 * for about timeout_ms at most; 0: without waiting. To be called again after as many milliseconds as it returns, at the
 * latest; an event loop sets its timer to that:
 *
 *     uv_timer_start(&timer, on_timer, otel_sdk_poll(0), 0);
 *
 * UINT32_MAX: nothing to do, ever: there is a thread, or no SDK. While nobody polls, spans wait in the queue, and are
 * dropped and counted when it is full; flush, stop and exit do the work themselves. Any thread; one at a time does it. */
OTEL_EXPORT uint32_t otel_sdk_poll(uint32_t timeout_ms);

/* Flushes, then stops: later spans are not recorded. otel_sdk_start() may start anew. Called by the exit handler if
 * the program does not. Result as otel_sdk_flush(). */
OTEL_EXPORT OTEL_MUST_CHECK otel_status otel_sdk_stop(uint32_t timeout_ms);

/* What the SDK knows of itself; counters since start. created = accepted + dropped + queued, once all is quiet. */
typedef struct otel_sdk_stats {
	size_t size;                 /* set by the caller: sizeof(otel_sdk_stats) */
	uint64_t spans_created;      /* recorded and sampled spans that ended */
	uint64_t spans_accepted;     /* taken by every exporter they were meant for */
	uint64_t spans_queued;       /* waiting or on their way */
	uint64_t dropped_queue_full; /* no room in the queue */
	uint64_t dropped_rejected;   /* refused for good by a backend, or partial success */
	uint64_t dropped_no_memory;
	uint64_t dropped_shutdown;   /* still queued when time was up at stop or exit, or ended after it */
	uint64_t export_attempts;
	uint64_t export_failures;
	uint64_t ambiguous;          /* spans sent again because the outcome of the first try is unknown */
	uint64_t misuse;             /* API calls that made no sense */
	uint64_t left_out;           /* by the API, since the process began: scopes, baggage entries, environment variables
				      * past their limits; contexts and threads' memory for which there was none */
	uint64_t dropped_processed; /* spans that a batch processor took out */
	uint64_t items_submitted;   /* spans, data points and log records that plugins handed over or produced */
	uint64_t items_accepted;    /* of these, by the backend */
	uint64_t items_dropped;     /* of these, for whatever reason */
	uint64_t dropped_retry;     /* spans given up because no try got through in time ([export] retry_elapsed) */
	uint64_t retried;           /* of export_attempts: those that repeated one */
	uint64_t spooled;           /* of spans_created: left in the spool, and not delivered by this process since */
	uint64_t items_spooled;     /* of items_submitted, likewise */
	uint64_t replayed;          /* spans, data points and log records of other processes, delivered from the spool */
	uint64_t spans_sampled;     /* spans_created, and what is recorded to be exported and has not ended */
	const char *last_error;     /* the newest problem that was, or could have been, told on stderr; "" if there was none.
				     * Without secrets; valid until there were eight more */
} otel_sdk_stats;

OTEL_EXPORT void otel_sdk_get_stats(otel_sdk_stats *stats);

/* The sentence of the last set-up failure in this process, "" if there was none. Valid until the next set-up call. */
OTEL_EXPORT const char *otel_last_error(void);

#ifdef __cplusplus
}
#endif
#endif

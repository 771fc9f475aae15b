/* SPDX-License-Identifier: Apache-2.0
 *
 * slot.h - the ABI between a copy of the API (libotel_api.so.1, or libotel_api.a inside a program) and the SDK.
 *
 * An API copy owns one slot. Whoever wakes the SDK passes the slot to otel_sdk_attach_v1(); the SDK never looks for
 * one by symbol, and keeps a list, so any number of copies share one provider and one "current".
 * Both sides may be of different versions: structs begin with their size, grow at the end only, and a reader checks
 * the size before it touches a later field.
 */
#ifndef OTEL_API_SLOT_H
#define OTEL_API_SLOT_H

#include <otel/otel.h>
#include <stdatomic.h>

#include "util/boot.h"

#define OTEL_THREAD_HELD 4

/* What profilers read of a thread: the record of oteps/profiles/4947-thread-ctx.md, Thread-Local Context Record. */
struct otel_thread_record {
	uint8_t trace_id[16];
	uint8_t span_id[8];
	uint8_t valid; /* 1: a span is current, and the rest may be read */
	uint8_t trace_flags;
	uint16_t attrs_size; /* bytes of attributes behind it: none */
};
_Static_assert(sizeof(struct otel_thread_record) == 28, "as others read it");

/* All hot thread-local state of otel-c: one initial-exec block in the API. The SDK hangs its own state off `sdk`; what
 * follows it is for API copies alone, which keep there the contexts that attached ones cover. */
struct otel_thread {
	uint64_t span; /* current span if attached as a span, else 0 and `context` tells */
	otel_context *context; /* current context below it (baggage, values, remote parent); owned */
	uint32_t depth; /* attach depth, to tell unbalanced detaches */
	uint32_t suppressed; /* > 0: start no recording spans; the wake-up counts itself here too */
	uint32_t waking; /* this thread is inside the wake-up: API calls are no-ops */
	uint32_t size; /* of this block, as the copy that owns it knows it */
	void *sdk; /* the SDK's per-thread state, NULL at first */

	uint32_t serial; /* of the last attachment made */
	uint32_t top; /* serial of the innermost attachment */
	uint32_t held_count; /* covered contexts */
	uint32_t held_max; /* room in `held_more`, beyond the first OTEL_THREAD_HELD */
	uint32_t guarded; /* a destructor will release what is still attached at thread exit */
	uint32_t reserved;
	otel_context *held[OTEL_THREAD_HELD];
	otel_context **held_more; /* malloc'ed, NULL until needed */

	struct otel_execution *execution; /* that runs on this thread; NULL: the thread's own state is in force */
	struct otel_execution *own; /* the thread's own state while an execution runs */

	struct otel_thread_record record; /* kept up only while threads are shared with profilers */
	uint32_t shown; /* the thread's otel_thread_ctx_v1 points to the record */

	/* Never NULL. The copy's own table at first; the SDK's while `sdk` is set, which is set before this and reset
	 * after it: a signal handler may come between. */
	const struct otel_thread_calls *calls;
};

/* The calls that are made most, without a look at anything but the thread's block: whoever has state in the SDK jumps
 * there, with `sdk` of the block as the last argument, where no other has to be moved for it. Any handle may come, also
 * of another issuer or none. This table is whole: what is called less often goes by way of the provider. */
struct otel_thread_calls {
	/* Without options, below nothing: no span or context is current, nothing suppressed. */
	otel_span (*start_root)(struct otel_tracer *tracer, const char *name, size_t name_len, void *sdk);
	void (*end)(otel_span span, uint64_t end_time_ns, void *sdk);
	void (*set_str)(otel_span span, const char *key, size_t key_len, const char *value, size_t value_len,
			void *sdk);
	void (*set_bool)(otel_span span, const char *key, size_t key_len, bool value, void *sdk);
	void (*set_int)(otel_span span, const char *key, size_t key_len, int64_t value, void *sdk);
	void (*set_double)(otel_span span, const char *key, size_t key_len, double value, void *sdk);
	void (*set_key_str)(otel_span span, otel_key *key, const char *value, size_t value_len, void *sdk);
	void (*set_key_bool)(otel_span span, otel_key *key, bool value, void *sdk);
	void (*set_key_int)(otel_span span, otel_key *key, int64_t value, void *sdk);
	void (*set_key_double)(otel_span span, otel_key *key, double value, void *sdk);
	void (*add_event)(otel_span span, const char *name, uint64_t time_ns, const otel_attr *attrs, size_t count,
			  void *sdk);
};

/* An instrumentation scope, interned in the API's static table; never freed. */
struct otel_tracer {
	size_t size;
	const char *name; /* never NULL */
	const char *version;
	const char *schema_url;
	_Atomic uint32_t scope; /* the SDK's scope number + 1, 0 = not yet asked */
	uint32_t reserved;
	const otel_attr *attrs; /* of the scope, keys unique; no values in values */
	size_t attr_count;
};

/* A W3C tracestate value, shared by spans and contexts; text is terminated. */
struct otel_tracestate {
	_Atomic uint32_t refs;
	uint32_t len;
	char text[];
};

/* The parent of a new span, as the API resolved it: a handle of this provider, or {0} and `context` holds a span
 * context (perhaps invalid: a root span). The handle may be stale, for nobody can look without a race: then `context`
 * decides as well. */
struct otel_parent {
	otel_span span;
	const otel_context *context; /* may be NULL; borrowed */
};

/* Set in handles of spans that never record: the API does not trouble the provider with setters on them. */
#define OTEL_HANDLE_PASSIVE (UINT64_C(1) << 31)

/* What an SDK offers to the API. Every function may be called from any thread, never blocks on I/O, and leaves errno
 * as it was. `th` is the calling thread's block. Calls with handles of another issuer never reach the provider. */
struct otel_provider {
	size_t size;
	uint8_t issuer; /* top byte of this provider's handles, never 0 */

	otel_span (*span_start)(struct otel_thread *th, struct otel_tracer *tracer, const char *name, size_t name_len,
				const struct otel_parent *parent, const otel_span_options *options /* or NULL */);
	void (*span_end)(struct otel_thread *th, otel_span span, uint64_t end_time_ns);
	void (*set_str)(struct otel_thread *th, otel_span span, const char *key, size_t key_len, const char *value,
			size_t value_len);
	void (*set_bool)(struct otel_thread *th, otel_span span, const char *key, size_t key_len, bool value);
	void (*set_int)(struct otel_thread *th, otel_span span, const char *key, size_t key_len, int64_t value);
	void (*set_double)(struct otel_thread *th, otel_span span, const char *key, size_t key_len, double value);
	void (*set_attrs)(struct otel_thread *th, otel_span span, const otel_attr *attrs, size_t count);
	void (*add_event)(struct otel_thread *th, otel_span span, const char *name, uint64_t time_ns,
			  const otel_attr *attrs, size_t count);
	void (*add_link)(struct otel_thread *th, otel_span span, const otel_link *link);
	void (*set_status)(struct otel_thread *th, otel_span span, otel_status_code code, const char *description);
	void (*update_name)(struct otel_thread *th, otel_span span, const char *name);
	void (*record_exception)(struct otel_thread *th, otel_span span, const char *type, const char *message,
				 const char *stacktrace, const otel_attr *attrs, size_t count);
	bool (*is_recording)(struct otel_thread *th, otel_span span);

	/* Fills both; false if the handle is stale. *tracestate gets a reference or NULL; may be passed as NULL. */
	bool (*span_context)(struct otel_thread *th, otel_span span, otel_span_context *out,
			     struct otel_tracestate **tracestate);

	bool (*tracer_enabled)(const struct otel_tracer *tracer);

	/* The propagators of OTEL_PROPAGATORS. context is never "current": the API has resolved it. */
	void (*inject)(const otel_context *context, const otel_carrier *carrier);
	otel_context *(*extract)(otel_context *base, const otel_carrier *carrier); /* a reference, base if nothing */

	/* A call that made no sense (detach out of order, stale handle seen by the API). */
	void (*misuse)(void);

	/* The name of the index-th header that inject() may write, each once; NULL past the end. */
	const char *(*field)(size_t index);

	/* Setters by handle; key is never NULL. */
	void (*set_key_str)(struct otel_thread *th, otel_span span, otel_key *key, const char *value, size_t value_len);
	void (*set_key_bool)(struct otel_thread *th, otel_span span, otel_key *key, bool value);
	void (*set_key_int)(struct otel_thread *th, otel_span span, otel_key *key, int64_t value);
	void (*set_key_double)(struct otel_thread *th, otel_span span, otel_key *key, double value);

	/* The propagators of [otel] response_propagators. The span is valid and of this process; the carrier has `set`.
	 */
	void (*inject_response)(const otel_span_context *span, const otel_carrier *carrier);
};

/* Fork handlers of the SDK, called by the API's atfork handlers while net_lock is held (prepare takes it first,
 * parent and child release it last). */
struct otel_fork_hooks {
	size_t size;
	void (*prepare)(void);
	void (*parent)(void);
	void (*child)(void);
};

/* What an API copy offers to the SDK. Static storage, never freed. */
struct otel_slot {
	size_t size;
	const char *api_version;

	_Atomic(const struct otel_provider *) provider; /* set by the SDK; NULL = none yet, and never again */

	/* The calling thread's block of the copy that owns "current". An API copy asks its own TLS unless the SDK set
	 * `shared_thread`, which it does on every copy but the first attached. */
	struct otel_thread *(*thread)(void);
	_Atomic(struct otel_thread *(*)(void)) shared_thread;

	/* The environment and fd 2 as they were at load; NULL if this copy took no snapshot. */
	const struct otel_boot *boot;

	/* net_lock: held only inside libcurl, ld.so, resolver set-up and backtrace's first use; never while polling.
	 * Re-entrant. timeout_ms < 0 waits for ever. false: not had in time. */
	bool (*net_lock)(int timeout_ms);
	void (*net_unlock)(void);

	_Atomic(const struct otel_fork_hooks *) fork_hooks; /* set by the SDK on the first attached copy */

	/* Registers the copy's atfork handlers with libc, once; the waker and otel_sdk_start_v1 both call it. */
	void (*arm_fork)(void);

	/* Counted by this copy: calls that made no sense while it had no provider; tracers, contexts, attachments and
	 * baggage entries left out for lack of memory or over a limit. */
	_Atomic uint64_t misuse;
	_Atomic uint64_t dropped;

	/* Where the calling thread's otel_thread_ctx_v1 is: of this copy, and, once the SDK shares what is current with
	 * profilers, of the copy in which they look for it. NULL: nothing is shared. */
	void **(*record_place)(void);
	_Atomic(void **(*)(void)) shared_place;
};

/* Exported by libotel_sdk; found by the waker with dlsym on the handle it opened. Starts the SDK if it does not run
 * and serves the slot. Called with the slot's net_lock held. OTEL_OK or OTEL_ALREADY: slot->provider is set.
 * OTEL_TIMEOUT: it is being started for another copy, by another thread or further up on this one; the copy will ask
 * again at a later call. Anything else is final. */
typedef otel_status otel_sdk_attach_fn(struct otel_slot *slot, const struct otel_boot *boot);
#define OTEL_SDK_ATTACH_SYMBOL "otel_sdk_attach_v1"
#define OTEL_SDK_SONAME        "libotel_sdk.so.1"

/* ---- exported by libotel_api for libotel_sdk alone; pure functions over values that any copy may have made ---- */

/* The slot of the copy that is called (also declared in otel/sdk.h, for otel_sdk_start()). */
OTEL_EXPORT struct otel_slot *otel_api_slot_v1(void);

/* W3C Trace Context and W3C Baggage as propagators; contracts as otel_propagator in otel/plugin.h. */
OTEL_EXPORT void otel_tracecontext_inject_v1(const otel_context *context, const otel_carrier *carrier);
OTEL_EXPORT otel_context *otel_tracecontext_extract_v1(otel_context *base, const otel_carrier *carrier);
OTEL_EXPORT void otel_baggage_inject_v1(const otel_context *context, const otel_carrier *carrier);
OTEL_EXPORT otel_context *otel_baggage_extract_v1(otel_context *base, const otel_carrier *carrier);

/* A reference to the context's tracestate, NULL if it has none. */
OTEL_EXPORT struct otel_tracestate *otel_tracestate_of_v1(const otel_context *context);
/* A new one from header text; NULL if empty, invalid (W3C Trace Context Level 2, 3.3) or out of memory. */
OTEL_EXPORT struct otel_tracestate *otel_tracestate_make_v1(const char *text, size_t len);
OTEL_EXPORT struct otel_tracestate *otel_tracestate_ref_v1(struct otel_tracestate *tracestate);
OTEL_EXPORT void otel_tracestate_unref_v1(struct otel_tracestate *tracestate);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/propagate.h - contexts to and from headers. Follows specification/context/api-propagators.md.
 *
 * The SDK installs the propagators named by OTEL_PROPAGATORS. Without an SDK both calls do nothing, unless the
 * program asked for W3C pass-through with otel_propagate_w3c().
 */
#ifndef OTEL_PROPAGATE_H
#define OTEL_PROPAGATE_H

#include <otel/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Writes the headers of a context into the carrier through carrier->set, on the calling thread and before it returns.
 * context NULL: the current one. Nothing is written for a context without a valid span context or baggage. carrier NULL,
 * or without `set`: nothing happens. */
OTEL_EXPORT void otel_inject(const otel_context *context, const otel_carrier *carrier);

/* Reads headers through carrier->get and returns a copy of `base` with what they carried; a reference. Bad headers
 * leave it as it was: `base` itself, referenced. base is borrowed; NULL is the root context. Unlike inject it never
 * looks at what is current, nor changes it: attach the result, or start a span with it as parent.
 *
 *     otel_context *remote = otel_extract(NULL, &carrier);
 *     OTEL_SPAN_WITH(span, tracer, "GET /", .kind = OTEL_KIND_SERVER, .parent = remote);
 *     otel_context_unref(remote);
 */
OTEL_EXPORT otel_context *otel_extract(otel_context *base, const otel_carrier *carrier);

/* Writes headers of the response to the request that is being served, through carrier->set, on the calling thread and
 * before it returns: the client learns which span served it, the calling thread's current one. What is written is chosen
 * by [otel] response_propagators (OTEL_C_OTEL_RESPONSE_PROPAGATORS), nothing unless it is set; "traceresponse" comes with
 * the SDK. Nothing is written without an SDK, without a current span of this process, or to a carrier that is NULL or has
 * no `set`. Call it before the head of the response is sent. Follows the editors' draft of W3C Trace Context, HTTP
 * Response Headers Format; the specification has nothing of the kind yet.
 *
 *     otel_carrier response = {.size = sizeof response, .self = reply, .set = reply_set_header};
 *     otel_inject_response(&response);
 */
OTEL_EXPORT void otel_inject_response(const otel_carrier *carrier);

/* The name of the index-th header that inject may write, from 0; NULL past the end (specification/context/
 * api-propagators.md, Fields). For carriers that are used more than once: take these out before you inject again.
 * Headers whose names come from baggage entries (uberctx-…) are not among them. Static strings. */
OTEL_EXPORT const char *otel_propagation_field(size_t index);

/* For libraries and gateways that should not cut traces in two where nobody set up an SDK: from now on, as long as there
 * is none, inject and extract pass W3C traceparent, tracestate and baggage on. Process-wide, cannot be undone, may be
 * called any number of times. */
OTEL_EXPORT void otel_propagate_w3c(void);

/* ---- environment variables as carrier (specification/context/env-carriers.md) ---- */

/* A list of environment variables, for a child process or from a parent process. Nothing is read from or written to the
 * environment of this process: it is a copy that you make, and hand to whom you like. One thread at a time.
 *
 *     otel_environment *environment = otel_environment_create(environ);
 *     otel_environment_inject(environment, NULL);
 *     posix_spawn(&pid, path, NULL, NULL, argv, otel_environment_envp(environment));
 *     otel_environment_destroy(environment);
 *
 * and in the child, at the start of main(), before there are other threads:
 *
 *     otel_environment *environment = otel_environment_create(environ);
 *     otel_carrier carrier = otel_environment_carrier(environment);
 *     otel_context *parent = otel_extract(NULL, &carrier);
 *     otel_environment_destroy(environment);
 *     otel_token token = otel_context_attach(parent);
 */
typedef struct otel_environment otel_environment;

/* A copy of envp, a NULL-terminated array of "NAME=value" strings as execve() takes it; NULL is an empty one. Yours to
 * destroy. NULL when out of memory, which is counted; every call below takes it. */
OTEL_EXPORT otel_environment *otel_environment_create(char *const *envp);

/* Frees it, with the array of otel_environment_envp() and every string of that. NULL is ignored. */
OTEL_EXPORT void otel_environment_destroy(otel_environment *environment);

/* Writes the headers of a context (NULL: the current one) as variables, and takes out those of an older one. Nothing
 * changes where otel_inject() would write nothing. */
OTEL_EXPORT void otel_environment_inject(otel_environment *environment, const otel_context *context);

/* A carrier over it, for otel_extract() and propagators of your own; as long as it lives. The name of a header becomes
 * that of a variable: letters in upper case, every other character but digits and '_' becomes '_', and a '_' goes before
 * a leading digit (traceparent is TRACEPARENT, x-b3-traceid is X_B3_TRACEID). A variable of more than 32 KiB, or whose
 * name has more than 255 bytes, is not set, and counted. */
OTEL_EXPORT otel_carrier otel_environment_carrier(otel_environment *environment);

/* The array for execve(), posix_spawn() and the like: borrowed, valid until the next change or destroy. Never NULL: of
 * no environment it is that of this process, `environ`. */
OTEL_EXPORT char *const *otel_environment_envp(const otel_environment *environment);

#ifdef __cplusplus
}
#endif
#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * wake.h - brings an instrumentation into the process at the first call of the library it traces.
 */
#ifndef OTEL_PRELOAD_WAKE_H
#define OTEL_PRELOAD_WAKE_H

#include <stdatomic.h>

struct wake {
	const char *module; /* in <dir of the preload>/otel-c/: "curl.so" */
	const char *library; /* what its otel_instrumentation must name: "libcurl" */
	_Atomic int state;
	_Atomic(const void *) calls;
};

/* Slow part of wake_calls(). */
const void *wake_start(struct wake *wake);

/* The table of calls of the instrumentation. NULL: not armed, not there, or just being loaded, perhaps by this very
 * thread: pass the call on untraced. Never waits. Keeps errno. */
static inline const void *wake_calls(struct wake *wake)
{
	const void *calls = atomic_load_explicit(&wake->calls, memory_order_acquire);

	return calls ? calls : wake_start(wake);
}

#endif

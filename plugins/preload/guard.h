/* SPDX-License-Identifier: Apache-2.0
 *
 * guard.h - keeps a traced call from being traced again inside itself: libraries reach their own public functions
 * through the PLT, and so through our thunks.
 *
 * A guard is the stack address of the outermost traced call of this thread. A call found further out than that means
 * the traced one was left by longjmp or an exception: the guard is stale then, and is taken over.
 */
#ifndef OTEL_PRELOAD_GUARD_H
#define OTEL_PRELOAD_GUARD_H

#include <stdbool.h>
#include <stdint.h>

enum guard_library { GUARD_CURL, GUARD_LIBRARIES };

extern __thread uintptr_t guard_frames[GUARD_LIBRARIES] __attribute__((tls_model("initial-exec")));

static inline bool guard_enter(enum guard_library library, const void *frame)
{
	if (guard_frames[library] && (uintptr_t)frame <= guard_frames[library])
		return false;
	guard_frames[library] = (uintptr_t)frame;
	return true;
}

static inline void guard_leave(enum guard_library library)
{
	guard_frames[library] = 0;
}

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * fence.h - an asymmetric memory fence: free for those who pass it often, dear for the one who rarely must know that
 * they did. membarrier(2), MEMBARRIER_CMD_PRIVATE_EXPEDITED.
 *
 * A thread that stores A, passes fence_light() and loads B, and another that stores B, passes fence_heavy() and loads
 * A: at least one of them sees the other's store.
 */
#ifndef OTEL_UTIL_FENCE_H
#define OTEL_UTIL_FENCE_H

#include <stdatomic.h>
#include <stdbool.h>

extern _Atomic bool fence_registered;

/* Registers the process; true if heavy fences work. Takes milliseconds in a process with several threads: never on a
 * thread of the host. Keeps errno. Always false where the kernel lacks it, and under ThreadSanitizer, which does not
 * know it. */
bool fence_register(void);

static inline bool fence_is_ready(void)
{
	return atomic_load_explicit(&fence_registered, memory_order_relaxed);
}

static inline void fence_light(void)
{
	atomic_signal_fence(memory_order_seq_cst);
}

/* False: it did not work, nothing may be concluded. */
bool fence_heavy(void);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * fence.c - membarrier(2).
 */
#include "util/fence.h"

#include <errno.h>
#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

_Atomic bool fence_registered;

#ifdef __SANITIZE_THREAD__
#define CAN_FENCE 0
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define CAN_FENCE 0
#endif
#endif
#ifndef CAN_FENCE
#define CAN_FENCE 1
#endif

static bool membarrier(int command)
{
	const int saved = errno;
	const bool done = syscall(SYS_membarrier, command, 0, 0) == 0;

	errno = saved;
	return done;
}

bool fence_register(void)
{
	if (CAN_FENCE && !fence_is_ready() && membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED))
		atomic_store_explicit(&fence_registered, true, memory_order_release);
	return fence_is_ready();
}

bool fence_heavy(void)
{
	return membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * clock.c - threads that may not read the processor's time stamp counter: the vDSO reads it, and would kill them.
 */
#include "util/clock.h"

#include <errno.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

_Atomic bool clock_by_call;

bool clock_counter_is_forbidden(void)
{
#if defined(__x86_64__) || defined(__i386__)
	const int saved = errno;
	int mode = PR_TSC_ENABLE;
	const bool forbidden = !prctl(PR_GET_TSC, &mode) && mode == PR_TSC_SIGSEGV;

	errno = saved;
	return forbidden;
#else
	return false;
#endif
}

void clock_setup(void)
{
	atomic_store_explicit(&clock_by_call, clock_counter_is_forbidden(), memory_order_relaxed);
}

void clock_own_thread(void)
{
	if (clock_counter_is_forbidden())
		prctl(PR_SET_TSC, PR_TSC_ENABLE, 0, 0, 0);
}

void clock_call(clockid_t id, struct timespec *t)
{
	syscall(SYS_clock_gettime, id, t);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * net_lock.c - a re-entrant mutex with a deadline. The owner is known by its thread block and not by its tid, which is
 * another one in the child of a fork.
 */
#include "api/net_lock.h"

#include <pthread.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "api/thread.h"
#include "util/mutex.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static _Atomic(const struct otel_thread *) owner;
static unsigned depth; /* the owner's */

static int lock_until(int timeout_ms)
{
	struct timespec deadline;

	if (timeout_ms < 0)
		return pthread_mutex_lock(&mutex);
	if (!pthread_mutex_trylock(&mutex))
		return 0;
	if (!timeout_ms)
		return 1;
	/* Not by the vDSO, which would kill a thread under PR_TSC_SIGSEGV. */
	syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &deadline);
	deadline.tv_sec += timeout_ms / 1000;
	deadline.tv_nsec += timeout_ms % 1000 * 1000000L;
	if (deadline.tv_nsec >= 1000000000L) {
		deadline.tv_sec++;
		deadline.tv_nsec -= 1000000000L;
	}
	return !mutex_lock_until(&mutex, &deadline);
}

static void own(void)
{
	atomic_store_explicit(&owner, &thread_block, memory_order_relaxed);
	depth = 1;
}

bool net_lock_is_mine(void)
{
	return atomic_load_explicit(&owner, memory_order_relaxed) == &thread_block;
}

bool net_lock(int timeout_ms)
{
	if (net_lock_is_mine()) {
		depth++;
		return true;
	}
	if (lock_until(timeout_ms))
		return false;
	own();
	return true;
}

void net_unlock(void)
{
	if (!net_lock_is_mine()) {
		misuse();
		return;
	}
	if (--depth)
		return;
	atomic_store_explicit(&owner, NULL, memory_order_relaxed);
	pthread_mutex_unlock(&mutex);
}

void net_lock_child(void)
{
	mutex = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	pthread_mutex_lock(&mutex);
	if (!net_lock_is_mine())
		own();
}

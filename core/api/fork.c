/* SPDX-License-Identifier: Apache-2.0
 *
 * fork.c - around a fork of the host: net_lock, then the SDK's own handlers.
 */
#include "api/fork.h"

#include <errno.h>
#include <pthread.h>

#include "api/net_lock.h"
#include "api/own_slot.h"
#include "api/wake.h"

/* A thread that keeps the lock for ever (the exit handler does) must not hang the host's fork. */
#define FORK_WAIT_MS 100

static atomic_bool armed;

/* What prepare called is what its counterparts call, even if an SDK arrives in between. */
static __thread const struct otel_fork_hooks *hooks __attribute__((tls_model("initial-exec")));

static void prepare(void)
{
	int saved = errno;

	net_lock(FORK_WAIT_MS);
	hooks = atomic_load_explicit(&own_slot.fork_hooks, memory_order_acquire);
	if (hooks && hooks->prepare)
		hooks->prepare();
	errno = saved;
}

static void parent(void)
{
	int saved = errno;

	if (hooks && hooks->parent)
		hooks->parent();
	if (net_lock_is_mine())
		net_unlock();
	errno = saved;
}

static void child(void)
{
	int saved = errno;

	net_lock_child();
	if (hooks && hooks->child)
		hooks->child();
	net_unlock();
	wake_fork_child();
	errno = saved;
}

void fork_arm(void)
{
	int saved = errno;

	if (!atomic_exchange(&armed, true) && pthread_atfork(prepare, parent, child))
		atomic_store(&armed, false); /* no memory: the next caller may have more luck */
	errno = saved;
}

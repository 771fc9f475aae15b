/* SPDX-License-Identifier: Apache-2.0
 *
 * wake.c - from the environment at load to a provider in the slot.
 *
 * A thread that loses the race goes on without a provider: waiting here would deadlock when it is inside a constructor,
 * with the loader's lock held, for which the winner waits.
 */
#include "api/wake.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "api/fork.h"
#include "api/net_lock.h"
#include "api/sdk_library.h"
#include "api/thread.h"
#include "util/diag.h"
#include "util/str.h"

_Atomic int wake_state;

/* Exported by libotel_preload.so, whose snapshot is older than ours; absent from most programs. */
extern const struct otel_boot *otel_preload_boot_v1(void) __attribute__((weak, visibility("default")));

static bool is_set(const struct otel_boot *boot, const char *name)
{
	const char *value = otel_boot_env(boot, name);

	return value && *value;
}

static const struct otel_boot *taken; /* by this copy */

static const struct otel_boot *find_boot(void)
{
	const struct otel_boot *boot = otel_preload_boot_v1 ? otel_preload_boot_v1() : NULL;

	if (boot)
		return boot;
	return taken = otel_boot_wanted() ? otel_boot_take() : NULL;
}

/* A library that carries a copy may be opened and closed over and over, before that copy is ever asked for a provider.
 */
__attribute__((destructor)) static void forget(void)
{
	int idle = WAKE_IDLE;

	if (!atomic_compare_exchange_strong(&wake_state, &idle, WAKE_OFF) || provider_load())
		return;
	own_slot.boot = NULL;
	free((void *)(uintptr_t)taken);
}

/* Runs before the constructors of a program that carries libotel_api.a, and before those of libraries that need
 * libotel_api.so.1. */
__attribute__((constructor(101))) static void prepare(void)
{
	int saved = errno;
	const struct otel_boot *boot = find_boot();
	const char *level = otel_boot_env(boot, "OTEL_LOG_LEVEL");

	if (!boot || boot->secure || !(is_set(boot, "OTEL_DISTRO") || is_set(boot, "OTEL_C_FLAGS")))
		goto out;
	diag_setup(boot, level && str_equals_nocase(level, "none") ? DIAG_NONE : DIAG_WARN);
	own_slot.boot = boot;
	sdk_library_note_place();
	atomic_store(&wake_state, WAKE_IDLE);
out:
	errno = saved;
}

/* The state to go on in. With net_lock held, so that a child forked meanwhile finds ld.so and the SDK whole. */
static enum wake_state start(void)
{
	otel_sdk_attach_fn *attach = sdk_library_load();

	return attach && attach(&own_slot, own_slot.boot) == OTEL_TIMEOUT ? WAKE_IDLE : WAKE_DONE;
}

void wake_fork_child(void)
{
	int starting = WAKE_STARTING;

	if (thread_current()->waking) /* forked from within: this thread goes on here */
		return;
	atomic_compare_exchange_strong(&wake_state, &starting, sdk_library_is_loading ? WAKE_DONE : WAKE_IDLE);
}

const struct otel_provider *wake(void)
{
	struct otel_thread *th = thread_current();
	int idle = WAKE_IDLE;
	enum wake_state state = WAKE_IDLE;
	int saved = errno;
	int cancel;

	if (th->waking)
		return provider_load();
	fork_arm(); /* first: no child may find the state STARTING for ever */
	if (!atomic_compare_exchange_strong(&wake_state, &idle, WAKE_STARTING))
		return provider_load();
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel);
	th->waking = 1;
	th->suppressed++;
	if (net_lock(0)) {
		state = start();
		net_unlock();
	}
	th->suppressed--;
	th->waking = 0;
	atomic_store(&wake_state, (int)state);
	pthread_setcancelstate(cancel, NULL);
	errno = saved;
	return provider_load();
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * wake.c - loads an instrumentation module and is the smallest possible host to it: one that takes registrations.
 */
#include "plugins/preload/wake.h"

#include <otel/plugin.h>
#include <otel/version.h>

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "plugins/preload/armed.h"

/* States of a wake: IDLE, SETTLED, or the number of the process (of a line of forks) in which a thread is loading. So
 * what was begun by a thread that a forked child does not have can be begun anew. */
enum { IDLE, SETTLED, FIRST_PROCESS };

static _Atomic int process = FIRST_PROCESS;

/* ---- fork: the loader must not be caught at work, or the child could never load anything again ---- */

#define FORK_WAIT_MS 100

static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

/* This thread, whose fork it is, has `loading`. Another fork may be under way at the same time. */
static __thread bool held __attribute__((tls_model("initial-exec")));

static void fork_prepare(void)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += FORK_WAIT_MS * 1000000L;
	if (until.tv_nsec >= 1000000000L) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000L;
	}
	held = pthread_mutex_trylock(&loading) == 0 || pthread_mutex_clocklock(&loading, CLOCK_MONOTONIC, &until) == 0;
}

static void fork_parent(void)
{
	if (!held)
		return;
	held = false;
	pthread_mutex_unlock(&loading);
}

/* Without the hold a module may lie half mapped in the child: to ask for it again would be worse than to go untraced.
 */
static void fork_child(void)
{
	if (held)
		atomic_fetch_add(&process, 1);
	held = false;
	pthread_mutex_init(&loading, NULL);
}

static void arm_fork(void)
{
	static _Atomic bool done;

	if (!atomic_exchange(&done, true))
		pthread_atfork(fork_prepare, fork_parent, fork_child);
}

/* ---- the host ---- */

struct otel_setup {
	const struct wake *wake;
	const void *calls;
};

static otel_status host_add(otel_setup *setup, otel_kind kind, const char *name, const void *vtable, void *self)
{
	const otel_instrumentation *instrumentation = vtable;

	(void)name;
	(void)self;
	if (kind != OTEL_COMPONENT_INSTRUMENTATION)
		return OTEL_UNSUPPORTED;
	if (!OTEL_OFFERS(&instrumentation->component, size) ||
	    instrumentation->component.size < offsetof(otel_instrumentation, calls) + sizeof instrumentation->calls)
		return OTEL_MISMATCH;
	if (strcmp(instrumentation->library, setup->wake->library) != 0)
		return OTEL_UNSUPPORTED;
	setup->calls = instrumentation->calls;
	return OTEL_OK;
}

/* Ends with `add`: nothing else can be offered without an SDK. */
static const otel_host host = {
	.size = offsetof(otel_host, add) + sizeof((otel_host *)0)->add,
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.version = OTEL_C_VERSION,
	.add = host_add,
};

/* ---- loading ---- */

static const char *register_calls(struct wake *wake, const otel_plugin *plugin, const void **calls)
{
	otel_setup setup = {.wake = wake};

	if (!plugin)
		return "it has no symbol " OTEL_PLUGIN_SYMBOL;
	if (plugin->size < offsetof(otel_plugin, setup) + sizeof plugin->setup || !plugin->setup ||
	    plugin->abi_major != OTEL_PLUGIN_ABI_MAJOR || plugin->abi_minor > OTEL_PLUGIN_ABI_MINOR)
		return "it was built for another version of otel-c";
	if (plugin->setup(&host, &setup) != OTEL_OK || !setup.calls)
		return "it registered no instrumentation of the library";
	*calls = setup.calls;
	return NULL;
}

static const void *load(struct wake *wake)
{
	char path[PATH_MAX];
	const void *calls = NULL;
	const char *problem = NULL;
	void *module;

	if (snprintf(path, sizeof path, "%s/otel-c/%s", preload_dir(), wake->module) >= (int)sizeof path)
		return NULL;
	pthread_mutex_lock(&loading);
	module = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	if (!module)
		problem = dlerror();
	pthread_mutex_unlock(&loading);
	if (module)
		problem = register_calls(wake, dlsym(module, OTEL_PLUGIN_SYMBOL), &calls);
	if (problem)
		preload_say("%s: %s; calls of %s are not traced", path, problem, wake->library);
	return calls;
}

const void *wake_start(struct wake *wake)
{
	int saved = errno;
	int now = atomic_load(&process);
	int state = atomic_load(&wake->state);
	const void *calls;

	if (!preload_armed() || preload_dir()[0] == '\0' || state == SETTLED || state == now ||
	    !atomic_compare_exchange_strong(&wake->state, &state, now))
		return NULL;
	arm_fork();
	calls = load(wake);
	atomic_store_explicit(&wake->calls, calls, memory_order_release);
	atomic_store(&wake->state, SETTLED);
	errno = saved;
	return calls;
}

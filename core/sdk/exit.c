/* SPDX-License-Identifier: Apache-2.0
 *
 * exit.c - the exit handler.
 */
#include "sdk/exit.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "sdk/pipeline.h"
#include "sdk/processors.h"
#include "sdk/provider.h"
#include "sdk/stats_line.h"
#include "util/clock.h"
#include "util/diag.h"

static _Atomic uint32_t timeout;
static _Atomic pid_t owner; /* whose spans are queued here; 0 = nobody's yet */
static atomic_bool is_over;

/* Spans that end in handlers after this one are dropped and counted. */
static void on_exit_flush(void)
{
	int saved = errno;
	/* A child made behind our back (raw clone, _Fork) has no pipeline thread, and these spans are its parent's. */
	if (atomic_load(&owner) != getpid() || atomic_exchange(&is_over, true))
		return;
	const uint64_t end = clock_mono_ms() + atomic_load(&timeout);
	(void)processors_flush(atomic_load(&timeout));
	pipeline_exit(clock_ms_until(end));
	provider_stop();
	stats_line_say();
	errno = saved;
}

void exit_setup(uint32_t timeout_ms)
{
	atomic_store(&timeout, timeout_ms);
	if (!atomic_exchange(&owner, getpid()))
		exit_arm();
}

void exit_arm(void)
{
	if (atexit(on_exit_flush))
		diag(DIAG_WARN, "the exit handler could not be registered: spans may be lost at exit");
}

void exit_fork_child(void)
{
	if (atomic_load(&owner))
		atomic_store(&owner, getpid());
}

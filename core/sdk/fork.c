/* SPDX-License-Identifier: Apache-2.0
 *
 * fork.c - all locks of the SDK in one order, outermost first: whoever takes two takes them in this order. net_lock is
 * held around all of it.
 */
#include "sdk/fork.h"

#include "sdk/exit.h"
#include "sdk/memory.h"
#include "sdk/pipeline.h"
#include "sdk/process_context.h"
#include "sdk/processors.h"
#include "sdk/provider.h"
#include "sdk/scope.h"
#include "sdk/span_log.h"
#include "sdk/start.h"
#include "sdk/stats.h"

static void prepare(void)
{
	pipeline_fork_prepare(); /* first: its thread takes log and scope locks while it is at work */
	memory_fork_prepare();
	provider_fork_prepare();
	span_log_fork_prepare();
	scope_fork_prepare();
}

static void parent(void)
{
	scope_fork_parent();
	span_log_fork_parent();
	provider_fork_parent();
	memory_fork_parent();
	pipeline_fork_parent();
}

/* Queued spans are the parent's, and so are the counters: the child starts with empty hands. */
static void child(void)
{
	pipeline_fork_child();
	memory_fork_child();
	scope_fork_child();
	span_log_fork_child();
	provider_fork_child();
	stats_reset();
	exit_fork_child();
	start_fork_child();
	process_context_fork_child();
	processors_fork_child();
}

void fork_recover(void)
{
	child();
}

const struct otel_fork_hooks fork_hooks = {
	.size = sizeof(struct otel_fork_hooks),
	.prepare = prepare,
	.parent = parent,
	.child = child,
};

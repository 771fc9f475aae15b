/* SPDX-License-Identifier: Apache-2.0
 *
 * calls.c - what the compiler calls at the beginning and end of every function (gcc and clang, -finstrument-functions).
 *
 * A call that is shorter than the threshold costs two clock readings and nothing else. When one ends that was longer, it
 * gets a span of the time it took, and those around it get theirs, for they take longer still: opened then, with the time
 * at which they began, from the outermost in, and ended when they end. So every span has its caller's as parent.
 */
#include <errno.h>
#include <otel/otel.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/functions/settings.h"
#include "util/clock.h"
#include "util/symbols.h"

#define DEPTH_MAX 1024 /* what is called deeper has no spans */
#define NAMES     4096 /* a power of two */

OTEL_EXPORT void __cyg_profile_func_enter(void *function, void *site);
OTEL_EXPORT void __cyg_profile_func_exit(void *function, void *site);

/* ---- names: found once for each function, on the way out of a long call ---- */

struct name {
	const void *function;
	bool wanted;
	char text[128];
};

static _Atomic(struct name *) names[NAMES];

static const struct name unnamed = {.wanted = false};

static struct name *find_name(const void *function)
{
	struct name *name = malloc(sizeof *name);
	struct symbols symbols = {NULL, NULL, 0};
	struct symbol symbol;

	if (!name)
		return NULL;
	symbols_find(&symbols, function, &symbol);
	symbols_fini(&symbols);
	name->function = function;
	name->wanted = functions_wanted(symbol.name);
	memcpy(name->text, symbol.name, sizeof name->text);
	return name;
}

/* Never freed: other threads may be looking. A table that is full names no more functions. */
static const struct name *name_of(const void *function)
{
	size_t at = ((uintptr_t)function >> 4) * 0x9e3779b97f4a7c15u >> 52;
	struct name *mine = NULL;

	for (size_t tries = 0; tries < NAMES; tries++, at = (at + 1) % NAMES) {
		struct name *there = atomic_load_explicit(&names[at], memory_order_acquire);
		if (!there) {
			mine = mine ? mine : find_name(function);
			if (!mine)
				return &unnamed;
			if (atomic_compare_exchange_strong(&names[at], &there, mine))
				return mine;
		}
		if (there->function == function) {
			free(mine);
			return there;
		}
	}
	free(mine);
	return &unnamed;
}

/* ---- the calls of a thread ---- */

struct call {
	const void *function;
	uint64_t start_ns;
	otel_span span;
};

struct calls {
	uint32_t depth; /* may be greater than DEPTH_MAX */
	bool busy; /* in here already: what we call is compiled so too, or a signal came */
	struct call stack[DEPTH_MAX];
};

static __thread struct calls *own __attribute__((tls_model("initial-exec")));
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool has_key;

/* The thread ends, perhaps by pthread_exit: nobody will end what is still open. */
static void forget(void *arg)
{
	struct calls *calls = arg;

	own = NULL;
	for (uint32_t i = calls->depth < DEPTH_MAX ? calls->depth : DEPTH_MAX; i-- > 0;)
		otel_span_end(calls->stack[i].span);
	free(calls);
}

static void make_key(void)
{
	has_key = pthread_key_create(&key, forget) == 0;
}

static struct calls *create(void)
{
	const int saved = errno;
	struct calls *calls;

	pthread_once(&once, make_key);
	calls = has_key ? malloc(sizeof *calls) : NULL;
	if (calls) {
		calls->depth = 0;
		calls->busy = false;
		if (pthread_setspecific(key, calls)) {
			free(calls);
			calls = NULL;
		}
	}
	own = calls;
	errno = saved;
	return calls;
}

/* ---- spans ---- */

static otel_span start_span(const struct call *call, const struct name *name, otel_span parent)
{
	otel_context *current = otel_context_capture();
	otel_context *above = parent.id ? otel_context_with_span(current, parent) : otel_context_ref(current);
	otel_attr attr = otel_attr_str("code.function.name", name->text);
	otel_span_options options = {.size = sizeof options};

	options.parent = above;
	options.start_time_ns = call->start_ns;
	options.attrs = &attr;
	options.attr_count = 1;
	otel_span span = otel_span_start_with(otel_tracer("otel-c.functions", NULL), name->text, &options);
	otel_context_unref(above);
	otel_context_unref(current);
	return span;
}

/* The call at `depth` was long, and so were those around it. */
static void open_spans(struct calls *calls, uint32_t depth)
{
	otel_span parent = {0};

	for (uint32_t i = 0; i <= depth; i++) {
		struct call *call = &calls->stack[i];
		if (!call->span.id) {
			const struct name *name = name_of(call->function);
			if (!name->wanted)
				continue;
			call->span = start_span(call, name, parent);
		}
		parent = call->span;
	}
}

static void end_call(struct calls *calls, uint32_t depth)
{
	struct call *call = &calls->stack[depth];
	const uint64_t now = clock_unix_ns();

	if (!call->span.id && now - call->start_ns >= functions_threshold_ns && now >= call->start_ns)
		open_spans(calls, depth);
	otel_span_end_at(call->span, now);
	call->span.id = 0;
}

/* ---- the hooks ---- */

void __cyg_profile_func_enter(void *function, void *site)
{
	struct calls *calls = own;

	(void)site;
	if (functions_threshold_ns == UINT64_MAX || (!calls && !(calls = create())) || calls->busy)
		return;
	if (calls->depth < DEPTH_MAX)
		calls->stack[calls->depth] = (struct call){function, clock_unix_ns(), {0}};
	calls->depth++;
}

void __cyg_profile_func_exit(void *function, void *site)
{
	struct calls *calls = own;
	const int saved = errno;

	(void)site;
	if (!calls || calls->busy || !calls->depth)
		return;
	calls->busy = true;
	/* Calls that were left by longjmp have no end of their own: they end with the one that does. */
	uint32_t depth = calls->depth < DEPTH_MAX ? calls->depth : DEPTH_MAX;
	if (calls->depth > DEPTH_MAX) {
		calls->depth--;
		goto out;
	}
	while (depth && calls->stack[depth - 1].function != function)
		depth--;
	if (!depth)
		goto out;
	while (calls->depth >= depth)
		end_call(calls, --calls->depth);
out:
	calls->busy = false;
	errno = saved;
}

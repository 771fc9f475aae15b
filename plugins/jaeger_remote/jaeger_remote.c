/* SPDX-License-Identifier: Apache-2.0
 *
 * jaeger_remote.c - the samplers jaeger_remote and parentbased_jaeger_remote (specification/trace/sdk.md,
 * JaegerRemoteSampler): a strategy that the backend gives and changes, over HTTP and JSON.
 *
 * The first decision starts the asking, on the pipeline thread, which then goes on by itself. Should it ever end (the
 * child of a fork, a timer that could not be had), a later decision starts it again.
 */
#include <otel/plugin.h>
#include <otel/version.h>

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/jaeger_remote/remote_settings.h"
#include "plugins/jaeger_remote/strategy_slots.h"

#define MAX_REPLY  (1u << 20)
#define TIMEOUT_MS 10000u
#define LATE_MS    60000u /* so late, and nobody is going to ask any more */

struct remote {
	const otel_host *host;
	otel_setup *setup;
	char *url;
	uint32_t interval_ms;
	_Atomic uint64_t restart_at; /* when a decision starts the asking (again) */
	uint64_t ask_at; /* pipeline thread */
	char *last; /* the answer in force; pipeline thread */
	size_t last_len;
	struct strategy_slots slots;
};

/* ---- asking ---- */

static void complain(struct remote *remote, const char *what)
{
	remote->host->log(remote->setup, OTEL_LOG_WARN, "the sampling strategy stays as it was: %s", what);
}

/* The same text again is no new strategy: its buckets stay as full as they are. */
static bool is_known(struct remote *remote, const otel_http_reply *reply)
{
	return remote->last && remote->last_len == reply->body_len &&
	       !memcmp(remote->last, reply->body, reply->body_len);
}

static void remember(struct remote *remote, const otel_http_reply *reply)
{
	char *copy = malloc(reply->body_len + 1);

	if (copy)
		memcpy(copy, reply->body, reply->body_len);
	free(remote->last);
	remote->last = copy;
	remote->last_len = copy ? reply->body_len : 0;
}

static void take_strategy(struct remote *remote, const otel_http_reply *reply)
{
	struct strategy strategy;
	const char *wrong;

	if (is_known(remote, reply))
		return;
	wrong = strategy_read(&strategy, (const char *)reply->body, reply->body_len);
	if (!wrong && strategy_put(&remote->slots, &strategy)) {
		remember(remote, reply);
		return;
	}
	if (!wrong)
		strategy_fini(&strategy);
	else
		remote->host->log(remote->setup, OTEL_LOG_WARN,
				  "the sampling strategy stays as it was: the answer of the backend is not usable: %s",
				  wrong);
}

static void on_reply(void *arg, const otel_http_reply *reply)
{
	struct remote *remote = arg;

	if (reply->error == OTEL_HTTP_CANCELLED)
		return;
	if (reply->error != OTEL_HTTP_OK)
		complain(remote, reply->message);
	else if (reply->status != 200)
		remote->host->log(remote->setup, OTEL_LOG_WARN,
				  "the sampling strategy stays as it was: the backend answered with status %d",
				  reply->status);
	else
		take_strategy(remote, reply);
}

static void ask(struct remote *remote)
{
	static const otel_header accept[] = {{"Accept", "application/json"}};
	const otel_http_request request = {
		.size = sizeof request,
		.method = "GET",
		.url = remote->url,
		.headers = accept,
		.header_count = 1,
		.timeout_ms = remote->interval_ms < TIMEOUT_MS ? remote->interval_ms : TIMEOUT_MS,
		.max_reply = MAX_REPLY,
	};

	if (remote->host->http(remote->setup, &request, on_reply, remote, NULL) != OTEL_OK)
		complain(remote, "the backend cannot be asked");
}

/* Two of these may be under way after a restart: the one that comes too early is the one too many. */
static void fire(void *arg)
{
	struct remote *remote = arg;
	const uint64_t now = remote->host->mono_ms();

	if (now < remote->ask_at)
		return;
	remote->ask_at = now + remote->interval_ms;
	atomic_store_explicit(&remote->restart_at, remote->ask_at + LATE_MS, memory_order_relaxed);
	ask(remote);
	(void)!remote->host->timer(remote->setup, remote->interval_ms, fire, remote);
}

static void keep_asking(struct remote *remote, uint64_t now)
{
	uint64_t at = atomic_load_explicit(&remote->restart_at, memory_order_relaxed);

	if (now < at ||
	    !atomic_compare_exchange_strong_explicit(&remote->restart_at, &at, now + remote->interval_ms + LATE_MS,
						     memory_order_relaxed, memory_order_relaxed))
		return;
	const int saved = errno;
	(void)!remote->host->timer(remote->setup, 0, fire, remote);
	errno = saved;
}

/* ---- deciding ---- */

static uint64_t random_of(const otel_sampling *sampling)
{
	uint64_t random = 0;

	for (int i = 9; i < 16; i++)
		random = random << 8 | sampling->trace_id[i];
	return random;
}

/* The threshold where it alone decided, and no rv speaks against it; otherwise none, for the parent's says nothing of
 * this decision. */
static void tell(const struct remote *remote, const otel_sampling *sampling, const struct verdict *verdict)
{
	const char *old = sampling->parent_tracestate ? sampling->parent_tracestate : "";
	const size_t len = strlen(old);
	const bool is_random = sampling->parent || sampling->trace_flags & OTEL_TRACE_FLAG_RANDOM;
	char th[OT_DIGITS + 1], small[OT_EDIT_EXTRA + 256];
	char *out = len < 256 ? small : malloc(len + OT_EDIT_EXTRA + 1);
	struct ot_change change = {"th", NULL};
	size_t out_len;

	if (!out)
		return;
	if (verdict->is_kept && verdict->is_by_threshold && is_random && !ot_read(old, len).has_random) {
		ot_threshold_text(verdict->threshold, th);
		change.value = th;
	}
	if (ot_edit(old, len, &change, 1, out, &out_len) == OT_CHANGED) {
		out[out_len] = '\0';
		remote->host->sampling_tracestate(sampling, out);
	}
	if (out != small)
		free(out);
}

static otel_decision decide(void *self, const otel_sampling *sampling)
{
	struct remote *remote = self;
	const uint64_t now = remote->host->mono_ms();

	keep_asking(remote, now);
	struct strategy_slot *slot = strategy_enter(&remote->slots);
	const struct verdict verdict =
		strategy_decide(&slot->strategy, sampling->name, sampling->name_len, random_of(sampling), now);
	strategy_leave(slot);
	tell(remote, sampling, &verdict);
	return verdict.is_kept ? OTEL_RECORD_AND_SAMPLE : OTEL_DROP;
}

static otel_decision decide_root(void *self, const otel_sampling *sampling)
{
	if (!sampling->parent)
		return decide(self, sampling);
	return sampling->parent->trace_flags & OTEL_TRACE_FLAG_SAMPLED ? OTEL_RECORD_AND_SAMPLE : OTEL_DROP;
}

static const char *describe(void *self)
{
	(void)self;
	return "JaegerRemoteSampler{}";
}

static const char *describe_root(void *self)
{
	(void)self;
	return "ParentBased{root:JaegerRemoteSampler{},remoteParentSampled:AlwaysOnSampler,"
	       "remoteParentNotSampled:AlwaysOffSampler,localParentSampled:AlwaysOnSampler,"
	       "localParentNotSampled:AlwaysOffSampler}";
}

/* ---- life ---- */

static void say_wrong(void *arg, struct view shown, const char *allowed)
{
	const struct remote *remote = arg;

	remote->host->log(remote->setup, OTEL_LOG_WARN, "%s: \"%.*s\" is not followed; allowed: %s",
			  remote->host->config_origin(remote->setup, "traces", "sampler_arg"), (int)shown.len,
			  shown.ptr, allowed);
}

static otel_status open_remote(void *self, const otel_host *host, otel_setup *setup)
{
	struct remote *remote = self;
	struct remote_settings settings;
	struct strategy strategy;
	char *service;

	if (!OTEL_OFFERS(host, timer) || !OTEL_OFFERS(host, sampling_tracestate))
		return OTEL_MISMATCH;
	remote->host = host;
	remote->setup = setup;
	remote_settings_read(&settings, host->config_str(setup, "traces", "sampler_arg"), say_wrong, remote);
	service = remote_service(host->config_str(setup, "resource", "service_name"),
				 host->config_str(setup, "resource", "attributes"));
	remote->url = service ? remote_url(settings.endpoint, service) : NULL;
	free(service);
	if (!remote->url)
		return OTEL_NO_MEMORY;
	remote->interval_ms = settings.interval_ms;
	strategy_init(&strategy, settings.initial_rate);
	strategy_put(&remote->slots, &strategy);
	/* Otherwise jansson reads /dev/urandom when it makes its first object. */
	json_object_seed((size_t)host->random() | 1);
	return OTEL_OK;
}

static void close_remote(void *self)
{
	struct remote *remote = self;

	strategy_slots_fini(&remote->slots);
	free(remote->last);
	free(remote->url);
}

/* ---- the plugin ---- */

#define COMPONENT                                                                                                      \
	{                                                                                                              \
		.size = sizeof(otel_sampler), .state_size = sizeof(struct remote), .open = open_remote,                \
		.close = close_remote                                                                                  \
	}

static const otel_sampler sampler = {.component = COMPONENT, .decide = decide, .description = describe};
static const otel_sampler parent_sampler = {
	.component = COMPONENT, .decide = decide_root, .description = describe_root};

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	otel_status status = host->add(setup, OTEL_COMPONENT_SAMPLER, "jaeger_remote", &sampler, NULL);

	if (!status)
		status = host->add(setup, OTEL_COMPONENT_SAMPLER, "parentbased_jaeger_remote", &parent_sampler, NULL);
	return status;
}

OTEL_EXPORT extern const otel_plugin otel_plugin_v1;
const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "jaeger_remote",
	.version = OTEL_C_VERSION,
	.license = "Apache-2.0",
	.setup = set_up,
};

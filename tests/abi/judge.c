/* SPDX-License-Identifier: Apache-2.0
 *
 * judge.c - a vendor's sampler, written against otel/plugin.h alone, that lives on what ABI 1.1 added: it decides by
 * links, random flag and parent context, gives the span attributes and a tracestate, and describes itself.
 */
#include <otel/plugin.h>

#include <string.h>

struct judge {
	const otel_host *host;
};

static otel_status open_judge(void *self, const otel_host *host, otel_setup *setup)
{
	struct judge *judge = self;

	if (!OTEL_OFFERS(host, sampling_attr) || !OTEL_OFFERS(host, sampling_tracestate) ||
	    !OTEL_OFFERS(host, sampling_context)) {
		host->log(setup, OTEL_LOG_ERROR, "this otel-c has no sampler services of ABI 1.1");
		return OTEL_FAILED;
	}
	judge->host = host;
	return OTEL_OK;
}

static void say(const struct judge *judge, const otel_sampling *sampling, const char *key, int64_t value)
{
	const otel_attr attr = {.key = key, .key_len = strlen(key), .value.i = value, .type = OTEL_ATTR_INT};

	judge->host->sampling_attr(sampling, &attr);
}

static bool has_sampled_link(const otel_sampling *sampling)
{
	for (size_t i = 0; OTEL_OFFERS(sampling, links) && i < sampling->link_count; i++)
		if (sampling->links[i].span_context.trace_flags & OTEL_TRACE_FLAG_SAMPLED)
			return true;
	return false;
}

static otel_decision decide(void *self, const otel_sampling *sampling)
{
	const struct judge *judge = self;
	const otel_context *context = judge->host->sampling_context(sampling);
	const otel_baggage *baggage = context ? judge->host->context_baggage(context) : NULL;
	const char *tenant = baggage ? judge->host->baggage_value(baggage, "tenant") : NULL;

	say(judge, sampling, "judge.links", (int64_t)sampling->link_count);
	say(judge, sampling, "judge.random", sampling->trace_flags & OTEL_TRACE_FLAG_RANDOM ? 1 : 0);
	say(judge, sampling, "judge.attrs", (int64_t)sampling->attr_count);
	if (tenant && !strcmp(tenant, "noisy"))
		return OTEL_DROP;
	if (tenant && !strcmp(tenant, "quiet"))
		return OTEL_RECORD_ONLY;
	if (sampling->name_len == 5 && !memcmp(sampling->name, "clear", 5))
		judge->host->sampling_tracestate(sampling, "");
	else if (sampling->name_len == 3 && !memcmp(sampling->name, "bad", 3))
		judge->host->sampling_tracestate(sampling, "no, tracestate");
	else
		judge->host->sampling_tracestate(sampling, has_sampled_link(sampling) ? "judge=linked" : "judge=alone");
	return OTEL_RECORD_AND_SAMPLE;
}

static const char *description(void *self)
{
	const struct judge *judge = self;

	return judge->host ? "Judge{1.1}" : "Judge{closed}";
}

static const otel_sampler sampler = {
	.component = {.size = sizeof(otel_sampler), .state_size = sizeof(struct judge), .open = open_judge},
	.decide = decide,
	.description = description,
};

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	return host->add(setup, OTEL_COMPONENT_SAMPLER, "judge", &sampler, NULL);
}

const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "judge",
	.version = "1.2.3",
	.license = "Apache-2.0",
	.setup = set_up,
};
